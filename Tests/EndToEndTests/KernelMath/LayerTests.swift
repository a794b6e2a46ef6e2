import Apus
import ApusTestSupport
import Foundation
import Testing

/// Layers of models, where math is fused with products of matrices and with reductions, against the same in
/// `f64`.
@Suite struct LayerTests {
  private static let rows = 24
  private static let depth = 16
  private static let columns = 40

  /// A layer that follows a product of matrices in one program.
  struct Layer: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// From `%p`, a `tensor<24x40xf32>`, to `%r`.
    var body: String
    /// A row of the product to a row of the result.
    var truth: @Sendable ([Double]) -> [Double]

    var program: String {
      """
      func.func @main(%a: tensor<\(rows)x\(depth)xf32>, %b: tensor<\(depth)x\(columns)xf32>)
          -> tensor<\(rows)x\(columns)xf32> {
        %p = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
          : (tensor<\(rows)x\(depth)xf32>, tensor<\(depth)x\(columns)xf32>) -> tensor<\(rows)x\(columns)xf32>
      \(body)
        return %r : tensor<\(rows)x\(columns)xf32>
      }
      """
    }

    /// What is multiplied, as the program wants it.
    static func factors() throws -> [TensorData] {
      try [
        TensorData(a, shape: [rows, depth]), TensorData(b, shape: [depth, columns]),
      ]
    }

    // Their product is exact in `f32`, so that all there is of an error is the layer's.
    private static let a = (0..<rows * depth).map { Float(($0 * 37) % 23 - 11) / 16 }
    private static let b = (0..<depth * columns).map { Float(($0 * 29) % 19 - 9) / 16 }

    /// How far off the worst element of a result is, in ulp of the largest one.
    func error(of result: [Float]) throws -> Double {
      let truth = (0..<rows).flatMap { row in
        self.truth((0..<columns).map { Self.product(row, $0) })
      }
      try #require(result.count == truth.count)
      let unit = Double(Float(truth.map { abs($0) }.max() ?? 0).ulp)
      return zip(result, truth).map { abs(Double($0) - $1) / unit }.max() ?? 0
    }

    private static func product(_ row: Int, _ column: Int) -> Double {
      (0..<depth).reduce(0) { sum, k in
        sum + Double(a[row * depth + k]) * Double(b[k * columns + column])
      }
    }
  }

  private static let matrix = "tensor<\(rows)x\(columns)xf32>"
  private static let vector = "tensor<\(rows)xf32>"

  private static func constant(_ name: String, _ value: Double) -> String {
    "  \(name) = stablehlo.constant dense<\(value)> : \(matrix)\n"
  }

  /// The reduction of `value`'s rows, spread over the rows again.
  private static func reduction(
    _ name: String,
    of value: String,
    by operation: String,
    from start: String
  ) -> String {
    """
      \(name)_start = stablehlo.constant dense<\(start)> : tensor<f32>
      \(name)_row = stablehlo.reduce(\(value) init: \(name)_start)
        applies stablehlo.\(operation) across dimensions = [1]
        : (\(matrix), tensor<f32>) -> \(vector)
      \(name) = stablehlo.broadcast_in_dim \(name)_row, dims = [0] : (\(vector)) -> \(matrix)

    """
  }

  static let layers = [
    Layer(
      testDescription: "GELU by the error function",
      body: constant("%half", 0.5) + constant("%one", 1) + constant("%s", 0.5.squareRoot()) + """
          %0 = stablehlo.multiply %p, %s : \(matrix)
          %1 = chlo.erf %0 : \(matrix) -> \(matrix)
          %2 = stablehlo.add %1, %one : \(matrix)
          %3 = stablehlo.multiply %p, %half : \(matrix)
          %r = stablehlo.multiply %3, %2 : \(matrix)
        """,
      truth: { row in row.map { 0.5 * $0 * (1 + erf($0 * 0.5.squareRoot())) } }
    ),
    Layer(
      testDescription: "GELU by the hyperbolic tangent",
      body: constant("%half", 0.5) + constant("%one", 1) + constant("%c", 0.044715)
        + constant("%s", (2 / Double.pi).squareRoot()) + """
            %0 = stablehlo.multiply %p, %p : \(matrix)
            %1 = stablehlo.multiply %0, %p : \(matrix)
            %2 = stablehlo.multiply %1, %c : \(matrix)
            %3 = stablehlo.add %p, %2 : \(matrix)
            %4 = stablehlo.multiply %3, %s : \(matrix)
            %5 = stablehlo.tanh %4 : \(matrix)
            %6 = stablehlo.add %5, %one : \(matrix)
            %7 = stablehlo.multiply %p, %half : \(matrix)
            %r = stablehlo.multiply %7, %6 : \(matrix)
          """,
      truth: { row in
        row.map {
          0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0)))
        }
      }
    ),
    Layer(
      testDescription: "softmax",
      body: reduction("%max", of: "%p", by: "maximum", from: "0xFF800000") + """
          %0 = stablehlo.subtract %p, %max : \(matrix)
          %1 = stablehlo.exponential %0 : \(matrix)

        """ + reduction("%sum", of: "%1", by: "add", from: "0.0") + """
            %r = stablehlo.divide %1, %sum : \(matrix)
          """,
      truth: { row in
        let largest = row.max() ?? 0
        let powers = row.map { exp($0 - largest) }
        return powers.map { $0 / powers.reduce(0, +) }
      }
    ),
    Layer(
      testDescription: "layer normalisation",
      body: constant("%count", Double(columns)) + constant("%epsilon", 0.001)
        + reduction("%total", of: "%p", by: "add", from: "0.0") + """
            %mean = stablehlo.divide %total, %count : \(matrix)
            %0 = stablehlo.subtract %p, %mean : \(matrix)
            %1 = stablehlo.multiply %0, %0 : \(matrix)

          """ + reduction("%squares", of: "%1", by: "add", from: "0.0") + """
            %2 = stablehlo.divide %squares, %count : \(matrix)
            %3 = stablehlo.add %2, %epsilon : \(matrix)
            %4 = stablehlo.rsqrt %3 : \(matrix)
            %5 = stablehlo.multiply %0, %4 : \(matrix)
            %r = stablehlo.tanh %5 : \(matrix)
          """,
      truth: { row in
        let mean = row.reduce(0, +) / Double(row.count)
        let variance = row.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(row.count)
        return row.map { tanh(($0 - mean) / (variance + 0.001).squareRoot()) }
      }
    ),
  ]

  @Test(arguments: layers, [MathMode.accurate, .exact])
  func `a layer is within 2 ulp of f64, in units of its largest result`(
    _ layer: Layer,
    _ mode: MathMode
  ) async throws {
    var options = CompilerOptions()
    options.math = mode
    let bytecode = try await CompiledPrograms.bytecode(of: layer.program, options: options)
    let runtime = try Runtime(workers: 2)
    let program = try Program([bytecode], on: runtime)
    let factors = try Layer.factors().map { try AnyTensor($0, on: runtime) }
    let results = try program.functions[0].call(factors)
    #expect(try layer.error(of: Tensor<Float>(programValue: results[0]).scalars()) <= 2)
  }
}
