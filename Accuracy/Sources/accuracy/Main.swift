import Apus
import ArgumentParser
import Foundation

/// Measures the math of compiled kernels against MPFR.
@main
struct AccuracyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accuracy",
    abstract: "Measure how accurate the math of compiled kernels is; the truth is MPFR's.",
    discussion: """
      Exits with 1 if a bound is missed.

      EXAMPLES
        accuracy --write Documentation/MathAccuracy.md
        accuracy --function sin --function pow --type f64
        accuracy --mode exact --samples 1000000
      """
  )

  @Option(help: "Write the table to a file, and print only what is missed.")
  var write: FilePath?

  @Option(help: ArgumentHelp("Measure this function; can be repeated.", valueName: "name"))
  var function: [String] = []

  @Option(help: "Measure in this type; can be repeated.")
  var type: [FloatType] = []

  @Option(help: "Measure this mode of the compiler; can be repeated.")
  var mode: [MathMode] = []

  @Option(help: "How many random arguments to try, where not all numbers are.")
  var samples = 100_000

  func validate() throws {
    let names = MathFunction.all.map(\.name)
    if let unknown = function.first(where: { !names.contains($0) }) {
      throw ValidationError(
        "there is no function '\(unknown)'; there are \(names.joined(separator: ", "))"
      )
    }
    guard samples >= 0 else { throw ValidationError("--samples is negative: \(samples)") }
  }

  func run() async throws {
    let modes = mode.isEmpty ? MathMode.allCases : mode
    let types = type.isEmpty ? FloatType.allCases : type
    let functions = MathFunction.all.filter { function.isEmpty || function.contains($0.name) }
    let measurer = Measurer(runtime: try Runtime(), modes: modes, samples: samples)
    let work = types.flatMap { type in functions.map { (function: $0, type: type) } }

    // A task a core: computing the truth keeps one busy, and so does compiling.
    var measurements: [Int: [Measurement]] = [:]
    try await withThrowingTaskGroup(of: (Int, [Measurement]).self) { group in
      for (index, item) in work.enumerated() {
        if index >= ProcessInfo.processInfo.activeProcessorCount,
          let (index, found) = try await group.next()
        {
          measurements[index] = found
          note("\(measurements.count) of \(work.count)")
        }
        group.addTask {
          (index, try await measurer.measure(item.function, in: item.type))
        }
      }
      for try await (index, found) in group { measurements[index] = found }
    }

    let report = AccuracyReport(
      measurements: work.indices.flatMap { measurements[$0] ?? [] },
      modes: modes,
      samples: samples
    )
    if let write {
      try Data(report.markdown.utf8).write(to: URL(fileURLWithPath: write.string))
      for failure in report.failures { print(failure) }
    } else {
      print(report.markdown)
    }
    if !report.failures.isEmpty { throw ExitCode(1) }
  }

  /// Tells whoever waits how far it is; results alone go to standard output.
  private func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

extension FloatType: ExpressibleByArgument {}
extension MathMode: @retroactive ExpressibleByArgument {}
extension FilePath: @retroactive ExpressibleByArgument {
  /// A path, as it is given.
  public init?(argument: String) { self.init(argument) }
}
