import Apus
import ApusTestSupport
import Testing

/// A mode, a type, and how many ulp are right there.
struct AccuracyPromise: Sendable, CustomTestStringConvertible {
  var mode: MathMode
  var type: ElementType
  var bound: Double

  var testDescription: String { "\(mode.rawValue), \(type)" }

  static let all = [ElementType.f32, .f64].flatMap { type in
    [
      AccuracyPromise(mode: .accurate, type: type, bound: 4),
      AccuracyPromise(mode: .exact, type: type, bound: 1),
    ]
  }

  /// A program with a function for each of the dialect's, which takes the arguments tried here.
  var program: String {
    let text = KernelMathFunction.all.map { $0.program(in: type, count: $0.calls(in: type).count) }
    return "#map = affine_map<(d0) -> (d0)>\n" + text.joined()
  }

  /// The program, compiled.
  ///
  /// - Parameter targetTriple: what it is compiled for; nil for this machine.
  func bytecode(targetTriple: String? = nil) async throws -> VMBytecode {
    var options = CompilerOptions()
    options.math = mode
    options.targetTriple = targetTriple
    return try await CompiledPrograms.bytecode(
      of: program,
      name: "kernel-math-\(type).mlir",
      options: options
    )
  }

  /// Expects of every function that its results are within the bound.
  ///
  /// - Parameter results: what a program makes of a function's arguments.
  func expectKept(
    sourceLocation: SourceLocation = #_sourceLocation,
    by results: (KernelMathFunction, [[Double]]) async throws -> [Double]
  ) async throws {
    let functions = KernelMathFunction.all
    let calls = functions.map { $0.calls(in: type) }
    let truths = try await ExactMath.shared.values(
      of: zip(functions, calls).map { ($0.exactName, $1) }
    )
    for ((function, calls), truths) in zip(zip(functions, calls), truths) {
      let results = try await results(function, calls)
      try #require(results.count == truths.count, sourceLocation: sourceLocation)
      let deviations = zip(results, truths).map { $1.deviation(of: $0, in: type) }
      let bound =
        function.isCorrectlyRounded ? 0.5 : bound
      let worst = try #require(deviations.indices.max { deviations[$0] < deviations[$1] })
      #expect(
        deviations[worst] <= bound,
        "\(function.operation)(\(calls[worst])) is \(results[worst]), \(deviations[worst]) ulp off",
        sourceLocation: sourceLocation
      )
    }
  }
}
