internal import Apus
internal import ApusArtifacts
internal import ArgumentParser
internal import Foundation
internal import SystemPackage

struct CompileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Compile MLIR to a program.",
    discussion: """
      The program is StableHLO, TOSA, torch or linalg, as MLIR text or bytecode. The
      compiler runs in a process of its own, so that it cannot take the tool down
      with it. Nothing is written unless all went well.

      EXAMPLES
        apus compile model.mlir -o model.vmfb
        apus compile model.mlir -o model.vmfb --target-cpu generic
        apus compile model.mlir -o model.vmfb --target-triple aarch64-linux-gnu
        apus compile model.mlir -o model.flow.mlir --compile-to flow
        apus compile model.mlir -o model.vmfb --math exact --explain
      """
  )

  @Argument(help: ArgumentHelp("The program: a .mlir or .mlirbc file.", valueName: "model"))
  var model: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to write the result; - for standard output.", valueName: "file")
  )
  var output: String

  @Option(
    help: ArgumentHelp(
      "Stop after a phase and write MLIR, as text or, to a .mlirbc, as bytecode: "
        + CompilationPhase.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "phase"
    )
  )
  var compileTo: CompilationPhase?

  @Flag(help: "Say which math functions the kernels call, and where they come from.")
  var explain = false

  @OptionGroup(title: "Compilation") var compilation: CompilationOptions

  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if explain, compileTo != nil {
      throw ValidationError("--explain is about finished kernels; leave out --compile-to")
    }
  }

  func run() async throws {
    let source = try Source(contentsOf: FilePath(model))
    let progress = ProgressLine(quiet: quiet)
    let compiler = compilation.compiler(for: model, progress: progress)
    defer { progress.clear() }
    do {
      if let compileTo {
        let path = FilePath(output)
        let lowered = try await compiler.lower(
          source,
          to: compileTo,
          format: path.extension == "mlirbc" ? .bytecode : .text
        )
        progress.clear()
        report(lowered.diagnostics)
        try write(lowered.bytes, to: path)
      } else {
        let compiled = try await compiler.compile(source)
        progress.clear()
        report(compiled.diagnostics)
        try write(compiled.bytecode.bytes, to: FilePath(output))
        if explain {
          let terminal = output == "-" ? Terminal.error : Terminal.output
          terminal.write(KernelMathText.text(of: compiled.mathUses, mode: compilation.math))
        }
      }
    } catch let error as CompilerError {
      progress.clear()
      throw CommandFailure(error, source: source)
    }
  }

  private func write(_ bytes: [UInt8], to path: FilePath) throws {
    if path == "-" {
      Terminal.output.write(bytes)
    } else {
      try bytes.withUnsafeBytes { try writeAtomically($0, to: path) }
    }
  }

  private func report(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics { Terminal.error.write("\(diagnostic)\n") }
  }
}
