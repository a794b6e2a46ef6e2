internal import ApusArtifacts
internal import ApusRuntime
package import SystemPackage

/// What a packaged program does when it is started.
///
/// Everything it needs is in its own file: the runtime as machine code, the compiled program and embedded
/// parameters behind it, mapped where they are.
package struct Launcher {
  private let executable: FilePath
  private let name: String

  /// - Parameters:
  ///   - executable: the file that is running.
  ///   - name: what messages call it.
  package init(executable: FilePath, name: String) {
    self.executable = executable
    self.name = FilePath(name).lastComponent?.string ?? "program"
  }

  /// Calls the program as the arguments say.
  ///
  /// - Returns: the exit status: 0 done, 1 failed, 2 wrong usage.
  package func run(_ arguments: [String]) -> Int32 {
    do {
      try perform(LauncherArguments(arguments))
      return 0
    } catch let error as LauncherArguments.UsageError {
      print("\(name): error: \(error.message)\n", to: .standardError)
      return 2
    } catch let error as ProgramPackageError {
      print("\(name): error: '\(executable)': \(error)\n", to: .standardError)
      return 1
    } catch {
      print("\(name): error: \(error)\n", to: .standardError)
      return 1
    }
  }

  private func perform(_ arguments: LauncherArguments) throws {
    let package = try ProgramPackage(contentsOf: executable)
    if arguments.checks {
      for entry in package.entries { _ = try package.map(entry, verifying: true) }
      print("\(package.entries.count) files, none damaged\n", to: .standardOutput)
      return
    }
    let modules = try package.entries.filter { $0.kind == .program }.map { entry in
      VMBytecode(try package.map(entry, verifying: true), name: entry.name)
    }
    if arguments.showsHelp {
      let functions = try modules.flatMap { try VMModuleDescription($0).functions }
      let lines = functions.map { "\($0.signature)" }
      print(LauncherArguments.help(name, functions: lines), to: .standardOutput)
      return
    }
    let runtime = try Runtime(device: arguments.device, workers: arguments.workers)
    // Weights are large: comparing their checksums would read all of them before the first call.
    let embedded = try package.entries.filter { $0.kind == .parameters }.map { entry in
      try ParameterArchive(package.map(entry, verifying: false), scope: entry.scope)
    }
    let given = try arguments.parameters.map(ParameterArchive.init(commandLine:))
    let program = try load(modules, on: runtime, parameters: given + embedded)
    let function = try program.function(chosen: arguments.function, of: "the program")
    let values = try function.arguments(arguments.inputs) { text, type in
      try ArgumentText(text).argument(as: type, on: runtime)
    }
    let targets = try arguments.outputs.map(OutputPlace.init)
    guard targets.isEmpty || targets.count == function.signature.results.count else {
      throw LauncherArguments.UsageError(
        message: "\(function.name) has \(function.signature.results.count) results, and --output"
          + " was given \(targets.count) times"
      )
    }
    if arguments.measures {
      let timing = try CallTiming(measuring: function, values, seconds: 1)
      print(timing.text, to: .standardOutput)
      return
    }
    let results = try function.call(values).map { try $0.data() }
    for (index, result) in results.enumerated() {
      try (targets.isEmpty ? .terminal : targets[index]).write(result) {
        print($0, to: .standardOutput)
      }
    }
  }

  /// Loads the program; where it lacks parameters, says how they are given.
  private func load(
    _ modules: [VMBytecode],
    on runtime: Runtime,
    parameters: [ParameterArchive]
  ) throws -> Program {
    do {
      return try Program(modules, on: runtime, parameters: parameters)
    } catch let error as RuntimeError {
      let needed = try modules.flatMap { try VMModuleDescription($0).parameters }
        .filter(\.isRead)
      let bound = Set(parameters.map(\.scope))
      guard error.code == .notFound,
        let scope = needed.map({ $0.scope ?? "" }).first(where: { !bound.contains($0) })
      else { throw error }
      let option = scope.isEmpty ? "FILE" : "\(scope)=FILE"
      throw LaunchFailure("\(error)\n  start it with --parameters \(option)")
    }
  }
}

/// Writes to one of the two streams; a reader that has gone away is no error.
func print(_ text: String, to stream: FileDescriptor) {
  _ = try? stream.writeAll(text.utf8)
}
