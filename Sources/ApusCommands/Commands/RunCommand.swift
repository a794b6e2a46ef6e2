internal import Apus
internal import ApusLauncher
internal import ArgumentParser
internal import SystemPackage

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Call a function of a program.",
    discussion: """
      A .mlir is compiled first and kept, so that the next run starts at once. A
      program holds machine code: run only what you trust.

      EXAMPLES
        apus run add.mlir --input 4xf32=1,2,3,4 --input 4xf32=10,20,30,40
        apus run model.vmfb --parameters model=weights.safetensors \\
          --input @images.npy --output @labels.npy
        apus run counter.vmfb --function next --repeat 3
        apus run add.mlir --input 4xf32=1 --input 4xf32=2 --expect 4xf32=3
      """
  )

  @OptionGroup var program: ProgramOptions

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Where a result goes, in order: - to print it, @file.npy or @file.bin. One for each result, or"
        + " none to print them all.",
      valueName: "target"
    )
  )
  var output: [OutputTarget] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "What a result should be, in order; written as --input. Fails if it is not.",
      valueName: "value"
    )
  )
  var expect: [String] = []

  @Option(
    help: ArgumentHelp(
      "The absolute difference allowed by --expect. (default: by element type)",
      valueName: "x"
    )
  )
  var atol: Double?

  @Option(
    help: ArgumentHelp(
      "The relative difference allowed by --expect. (default: by element type)",
      valueName: "x"
    )
  )
  var rtol: Double?

  @Option(
    name: .customLong("repeat"),
    help: ArgumentHelp("How many times to call; the last results count.", valueName: "count")
  )
  var count = 1

  func validate() throws {
    guard count > 0 else {
      throw ValidationError("--repeat must be at least 1, and is \(count)")
    }
    for (name, tolerance) in [("atol", atol), ("rtol", rtol)] {
      if let tolerance, !(tolerance >= 0) {
        throw ValidationError("--\(name) must not be negative, and is \(tolerance)")
      }
    }
  }

  func run() async throws {
    let progress = ProgressLine(quiet: program.quiet)
    let function = try await program.loadFunction(progress)
    try checkCounts(function)
    let arguments = try program.arguments(for: function)
    var values: [Value] = []
    for _ in 0..<count { values = try function.call(arguments) }
    let results = try values.map { try $0.data() }
    try write(results)
    try compare(results)
  }

  private func checkCounts(_ function: Function) throws {
    let results = function.signature.results.count
    if !output.isEmpty, output.count != results {
      throw ValidationError(
        "\(function.name) has \(results) results, and --output was given \(output.count) times"
      )
    }
    if expect.count > results {
      throw ValidationError(
        "\(function.name) has \(results) results, and --expect was given \(expect.count) times"
      )
    }
  }

  private func write(_ results: [TensorData]) throws {
    if output.isEmpty {
      for result in results { Terminal.output.write(printed(result) + "\n") }
    }
    for (result, target) in zip(results, output) { try target.write(result) }
  }

  /// A result that was not asked for in full is cut where nobody would read on.
  private func printed(_ result: TensorData) -> String {
    result.count <= 1024 ? result.text : result.description
  }

  private func compare(_ results: [TensorData]) throws {
    for (index, (result, text)) in zip(results, expect).enumerated() {
      let expected = try CommandValue(parsing: text).data(like: result)
      var tolerance = TensorComparison.Tolerance.standard(for: result.elementType)
      tolerance.absolute = atol ?? tolerance.absolute
      tolerance.relative = rtol ?? tolerance.relative
      let comparison = TensorComparison(
        actual: result,
        expected: expected,
        tolerance: tolerance
      )
      guard comparison.isMatch else {
        throw CommandFailure("result \(index) is not as expected: \(comparison)")
      }
    }
  }
}
