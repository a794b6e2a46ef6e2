import Apus
import ArgumentParser
import Foundation

/// Measures Apus against its peers: each benchmark alternates between the two sides, so that whatever
/// else the machine does meets both, and judges the ratio.
@main
struct Benchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmarks",
    abstract: "Measure Apus against C over IREE's library, IREE's tools, NumPy and lld.",
    discussion: """
      Exits with 1 if the median of a ratio is beyond its bound.

      EXAMPLES
        benchmarks
        benchmarks --only call --only matmul
        benchmarks --json > results.json
        ATEN_CPU_CAPABILITY=avx2 benchmarks --only math --target-cpu haswell
      """
  )

  /// In the order of the report.
  ///
  /// Compilation stands late because its library stays loaded.
  private static let all: [any Benchmark] = [
    CallAgainstC(), ArraysAgainstPython(), MatmulAgainstNumPy(), ParametersAgainstPython(),
    AsynchronousCall(), ProgramLoading(), Compilation(), ToolStartup(),
    LinkAgainstLLD(), LinkAtScale(), LinkedLoops(), KernelMathSpeed(), ModelCompilation(),
  ]

  @Flag(help: "Print JSON.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Run this benchmark; can be repeated: \(all.map(\.name).joined(separator: ", ")).",
      valueName: "name"
    )
  )
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "The CPU that programs are compiled for, Apus's and IREE's; other peers choose for themselves.",
      valueName: "cpu"
    )
  )
  var targetCPU = "host"

  func validate() throws {
    let names = Self.all.map(\.name)
    if let unknown = only.first(where: { !names.contains($0) }) {
      throw ValidationError(
        "there is no benchmark '\(unknown)'; there are \(names.joined(separator: ", "))"
      )
    }
  }

  func run() async throws {
    let workbench = try Workbench(targetCPU: targetCPU)
    var report = try Report(machine: Machine(workbench))
    for benchmark in Self.all where only.isEmpty || only.contains(benchmark.name) {
      note("measuring \(benchmark.name): \(benchmark.summary)")
      report.findings += try await benchmark.measure(on: workbench)
    }
    print(json ? try report.json : report.table)
    if !report.holds { throw ExitCode(1) }
  }

  /// Tells whoever waits what is going on; results alone go to standard output.
  private func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
