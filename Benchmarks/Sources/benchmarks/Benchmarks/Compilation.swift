import Apus
import Foundation

/// Compiling a small program to a file.
struct Compilation: Benchmark {
  let name = "compile"
  let summary = "compiling in process, and with iree-compile, with the same flags"

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let compiler = Compiler(options: workbench.compilerOptions)
    let source = workbench.folder.appending("add.mlir")
    try Data(PackageResources.add_mlir).write(to: URL(fileURLWithPath: source.string))
    let output = workbench.folder.appending("compiled.vmfb")
    let times = try await PairedRounds(count: 12, repetitions: 1).measure(
      apus: { _ in
        let start = ContinuousClock.now
        try await compiler.compile(Source(contentsOf: source)).bytecode.write(to: output)
        return (ContinuousClock.now - start) / .seconds(1)
      },
      peer: { _ in
        try seconds {
          try workbench.output(
            of: workbench.toolchain.ireeCompile,
            [source.string, "-o", output.string] + compiler.options.flags
          )
        }
      }
    )
    return [
      .time(TimeComparison("compile of add.mlir, in process", against: "iree-compile", times))
    ]
  }
}
