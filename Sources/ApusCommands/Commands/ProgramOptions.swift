internal import Apus
internal import ApusLauncher
internal import ArgumentParser
internal import Foundation
internal import SystemPackage

/// The options of the commands that load a program and call a function of it.
struct ProgramOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The program: a compiled .vmfb, or a .mlir, which is compiled first.",
      valueName: "model"
    )
  )
  var model: String

  @Option(
    help: ArgumentHelp(
      "The function to call; may be left out if the program has one.",
      valueName: "name"
    )
  )
  var function: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "An argument, in order. Can be repeated. 4xf32=1,2,3,4 or 4xf32=0 or i32=5 or @file.npy or"
        + " 4xf32=@file.bin.",
      valueName: "value"
    )
  )
  var input: [String] = []

  @Option(
    help: ArgumentHelp(
      "The device: local-task, on worker threads, or local-sync, on the thread that calls. (default: local-task; on"
        + " one core, local-sync)",
      valueName: "uri"
    )
  )
  var device: String?

  @Option(
    help: ArgumentHelp(
      "How many threads run kernels. (default: one a core)",
      valueName: "count"
    )
  )
  var workers: Int?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A file of parameters: .safetensors, .irpa or .gguf. Can be repeated.",
      valueName: "[scope=]file"
    )
  )
  var parameters: [String] = []

  @OptionGroup(title: "Compilation") var compilation: CompilationOptions

  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false

  /// Loads the program, and finds the function.
  func loadFunction(_ progress: ProgressLine) async throws -> Function {
    let archives = try parameters.map(ParameterArchive.init(commandLine:))
    let runtime = try Runtime(device: device, workers: workers)
    let program = try Program(
      [await compilation.bytecode(of: model, progress)],
      on: runtime,
      parameters: archives
    )
    return try program.function(chosen: function, of: "'\(model)'")
  }

  /// The arguments as the function's signature wants them.
  ///
  /// - Throws: `ValidationError` for text that is not a value; what the runtime says of one that does
  ///   not fit.
  func arguments(for function: Function) throws -> [any ProgramArgument] {
    try function.arguments(input) { text, type in
      try CommandValue(parsing: text).argument(as: type, on: function.program.runtime)
    }
  }
}
