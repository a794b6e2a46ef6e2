internal import Apus
internal import ApusLauncher
internal import ApusPackaging
internal import ArgumentParser
internal import Foundation
internal import SystemPackage

struct PackageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "package",
    abstract: "Make a program and all that it needs one executable.",
    discussion: """
      The executable runs where neither Apus nor IREE nor Swift is installed. It
      needs a launcher, which 'make launcher' builds once.

      EXAMPLES
        apus package add.mlir -o add
        ./add --input 4xf32=1,2,3,4 --input 4xf32=10,20,30,40
        apus package model.vmfb -o model \\
          --parameters model=weights.safetensors --embed-parameters
      """
  )

  @Argument(
    help: ArgumentHelp(
      "The program: a compiled .vmfb, or a .mlir, which is compiled first.",
      valueName: "model"
    )
  )
  var model: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The executable.", valueName: "file"))
  var output: String

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A file of parameters: .safetensors, .irpa or .gguf. Can be repeated.",
      valueName: "[scope=]file"
    )
  )
  var parameters: [String] = []

  @Flag(help: "Put the files given with --parameters into the executable.")
  var embedParameters = false

  @Option(
    help: ArgumentHelp(
      "The launcher. (default: what APUS_LAUNCHER names, or what 'make launcher' built)",
      valueName: "file"
    )
  )
  var launcher: String?

  @OptionGroup(title: "Compilation") var compilation: CompilationOptions

  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if embedParameters, parameters.isEmpty {
      throw ValidationError("--embed-parameters wants files: give them with --parameters")
    }
    if !embedParameters, !parameters.isEmpty {
      throw ValidationError(
        "--parameters are put into the executable with --embed-parameters; without it they are given"
          + " when it is started"
      )
    }
  }

  func run() async throws {
    let path =
      try launcher.map { FilePath($0) }
      ?? ProgramPackager.locateLauncher(environment: ProcessInfo.processInfo.environment)
    let packager = try ProgramPackager(launcher: path)
    let files = try parameters.map(ParameterText.init).map {
      try ProgramPackager.Parameters(contentsOf: $0.path, scope: $0.scope)
    }
    let progress = ProgressLine(quiet: quiet)
    let program = try await compilation.bytecode(of: model, progress)
    let description = try VMModuleDescription(program)
    let named = program.name == model ? program : VMBytecode(program.bytes, name: model)
    try packager.package(named, parameters: files, to: FilePath(output))
    warn(about: description, embedded: Set(files.map(\.scope)))
  }

  /// Says which parameters the executable will ask for.
  private func warn(about program: VMModuleDescription, embedded: Set<String>) {
    let scopes = Set(program.parameters.filter(\.isRead).map { $0.scope ?? "" })
    for scope in scopes.subtracting(embedded).sorted() {
      let option = scope.isEmpty ? "FILE" : "\(scope)=FILE"
      Terminal.error.write("apus: '\(output)' is to be started with --parameters \(option)\n")
    }
  }
}
