internal import Apus
internal import ApusCompiler
internal import ApusLinker
internal import ApusNativeLibrary
public import ArgumentParser
internal import Foundation

/// The `apus` tool.
public struct ApusCommand: AsyncParsableCommand {
  /// What the argument parser knows of the tool.
  public static let configuration = CommandConfiguration(
    commandName: "apus",
    abstract: "Compile numerical programs and run them, on prebuilt IREE.",
    discussion: """
      EXAMPLES
        Compile a program and call its function:
          apus compile add.mlir -o add.vmfb
          apus run add.vmfb --input 4xf32=1,2,3,4 --input 4xf32=10,20,30,40

        Both in one step; the compiled program is kept for the next time:
          apus run add.mlir --input 4xf32=1,2,3,4 --input 4xf32=10

        Link bitcode with exactly the math it needs:
          apus link -shared -o kernel.so kernel.bc libm.a --explain

        Make a program and all that it needs one executable:
          apus package add.mlir -o add

        See what is in a program, how fast it is, and what is installed:
          apus inspect add.vmfb
          apus bench add.vmfb --input 4xf32=1 --input 4xf32=2
          apus doctor

      Exit status: 0 done, 1 failed, 2 wrong usage.
      """,
    version: "apus 0.1.0",
    subcommands: [
      CompileCommand.self, LinkCommand.self, RunCommand.self, InspectCommand.self,
      BenchCommand.self, PackageCommand.self, BundleRuntimeCommand.self, DoctorCommand.self,
    ]
  )

  /// For the argument parser.
  public init() {}

  /// Runs the tool with the arguments given, without the tool's own name.
  ///
  /// - Returns: the exit status: 0 done, 1 failed, 2 wrong usage.
  public static func run(_ arguments: [String]) async -> Int32 {
    // Started by the compiler, not by people, so not a subcommand that help would list.
    if arguments.first == CompilerWorker.subcommand {
      return CompilerWorker.run(Array(arguments.dropFirst()))
    }
    // The linker asks about operations that may crash LLVM in another process: this one.
    if LibcallProbeService.isAskedFor(by: ["apus"] + arguments) {
      return LibcallProbeService.run()
    }
    if arguments.first == LinkCommand.configuration.commandName {
      return LinkCommand.run(Array(arguments.dropFirst()))
    }
    do {
      var command = try parseAsRoot(arguments)
      // Which `doctor` reports itself, among the rest.
      if !(command is DoctorCommand) {
        try ToolchainPins.checkVersion(environment: ProcessInfo.processInfo.environment)
      }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return 0
    } catch {
      return report(error, arguments)
    }
  }

  private static func report(_ error: any Error, _ arguments: [String]) -> Int32 {
    if let failure = error as? CommandFailure {
      Terminal.error.write(failure.rendered(color: Terminal.error.isInteractive))
      return 1
    }
    let status = exitCode(for: error)
    if status == .success {
      Terminal.output.write(fullMessage(for: error) + "\n")
      return 0
    }
    if status == .validationFailure {
      Terminal.error.write(usageMessage(for: error) + "\n")
      return 2
    }
    if let error = error as? ExitCode { return error.rawValue }
    Terminal.error.write(
      CommandFailure(error).rendered(color: Terminal.error.isInteractive)
    )
    return 1
  }

  /// What is wrong with the arguments; with the command's usage, where the parser knows the command.
  private static func usageMessage(for error: any Error) -> String {
    if let error = error as? ValidationError { return "apus: error: \(error.message)" }
    let text = fullMessage(for: error)
    let prefix = "Error: "
    return text.hasPrefix(prefix) ? "apus: error: " + text.dropFirst(prefix.count) : text
  }
}
