import Apus
import ApusTestSupport
import Testing

/// Loops that begin with constants, on which IREE crashes by itself.
///
/// They are compiled in a process of its own: a crash is a failure of the test, not of all tests.
@Suite struct LoopTests {
  /// Doubles numbers until the largest is 100, and multiplies others by a factor each time.
  private func program(_ start: String, factor: String, argument: String = "") -> String {
    """
    func.func @main(\(argument)) -> tensor<4xf64> {
      %limit = stablehlo.constant dense<100.0> : tensor<f64>
      %least = stablehlo.constant dense<0.0> : tensor<f64>
      %factor = stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf64>
      %start = \(start)
      %r:2 = stablehlo.while(%x = %start, %y = %start) : tensor<4xf64>, tensor<4xf64>
        cond {
          %largest = stablehlo.reduce(%x init: %least) applies stablehlo.maximum
            across dimensions = [0] : (tensor<4xf64>, tensor<f64>) -> tensor<f64>
          %goes_on = stablehlo.compare LT, %largest, %limit
            : (tensor<f64>, tensor<f64>) -> tensor<i1>
          stablehlo.return %goes_on : tensor<i1>
        } do {
          %0 = stablehlo.add %x, %x : tensor<4xf64>
          %1 = stablehlo.multiply %y, \(factor) : tensor<4xf64>
          stablehlo.return %0, %1 : tensor<4xf64>, tensor<4xf64>
        }
      return %r#1 : tensor<4xf64>
    }
    """
  }

  private static let constant = "stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf64>"
  private static let splat = "stablehlo.constant dense<4.0> : tensor<4xf64>"
  private static let computed = "stablehlo.sqrt %factor : tensor<4xf64>"

  private func compile(_ text: String, _ mode: MathMode) async throws -> VMBytecode {
    var options = CompilerOptions()
    options.math = mode
    return try await Compiler(options: options, isolation: .process(worker: Peers.apus))
      .compile(Source(text)).bytecode
  }

  @Test(arguments: [MathMode.accurate, .iree], [constant, splat, computed])
  func `a loop of constants alone is computed`(_ mode: MathMode, _ start: String) async throws {
    let bytecode = try await compile(program(start, factor: "%factor"), mode)
    let program = try Program([bytecode], on: Runtime(workers: 2))
    let result: Tensor<Double> = try await program.functions[0]()
    // From 4 it takes five steps to reach 100, from 2 six.
    let factors: [Double] = [1, 2, 3, 4]
    let expected =
      switch start {
      case Self.constant: factors.map { multiply($0, by: $0, times: 5) }
      case Self.splat: factors.map { multiply(4, by: $0, times: 5) }
      default: factors.map { multiply($0.squareRoot(), by: $0, times: 6) }
      }
    #expect(try result.scalars() == expected)
  }

  @Test(arguments: [MathMode.accurate, .iree], [constant, splat, computed])
  func `a loop from constants goes on with an argument`(
    _ mode: MathMode,
    _ start: String
  ) async throws {
    let text = program(start, factor: "%a", argument: "%a: tensor<4xf64>")
    let program = try Program([await compile(text, mode)], on: Runtime(workers: 2))
    let result: Tensor<Double> = try await program.functions[0](
      Tensor([1, 2, 1, 3] as [Double], on: program.runtime)
    )
    let expected: [Double] =
      switch start {
      case Self.constant: [1, 64, 3, 4 * 243]
      case Self.splat: [4, 128, 4, 4 * 243]
      default: [1, 2.0.squareRoot() * 64, 3.0.squareRoot(), 2 * 729]
      }
    #expect(try result.scalars() == expected)
  }

  @Test func `only a loop that begins with constants is changed`() async throws {
    func barriers(_ text: String) async throws -> Int {
      try await Compiler().lower(Source(text), to: .preprocessing).text
        .split(separator: "util.optimization_barrier").count - 1
    }
    let argument = "%a: tensor<4xf64>"
    #expect(try await barriers(program(Self.constant, factor: "%a", argument: argument)) > 0)
    #expect(try await barriers(program(Self.constant, factor: "%factor")) > 0)
    #expect(try await barriers(program(Self.splat, factor: "%factor")) == 1)
    #expect(try await barriers(program(Self.splat, factor: "%a", argument: argument)) == 0)
    let sum = "stablehlo.add %a, %factor : tensor<4xf64>"
    #expect(try await barriers(program(sum, factor: "%factor", argument: argument)) == 0)
  }

  private func multiply(_ start: Double, by factor: Double, times count: Int) -> Double {
    (0..<count).reduce(start) { product, _ in product * factor }
  }
}
