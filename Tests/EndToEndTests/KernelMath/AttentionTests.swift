import Apus
import ApusTestSupport
import Foundation
import Testing

private let heads = 2
private let rows = 16
private let depth = 8
private let columns = 40

/// Attention, whose exponentials IREE makes during code generation, against the same in `f64`.
///
/// Queries, keys and their products are exact in every type, and so is the scale, which IREE multiplies by log2 e: it
/// makes 1 of it. The values are the unit matrix. So the results are the softmax's own numbers, 2^x divided by a sum.
@Suite struct AttentionTests {
  /// What is attended to.
  struct Inputs: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var query: @Sendable (_ index: Int) -> Double
    var key: @Sendable (_ index: Int) -> Double
    /// Whether a query sees a key; nil if there is no mask.
    var isSeen: (@Sendable (_ row: Int, _ column: Int) -> Bool)?

    var isMasked: Bool { isSeen != nil }

    private var mask: [Bool] {
      (0..<heads * rows * columns).map { isSeen?($0 / columns % rows, $0 % columns) ?? true }
    }

    /// Queries, keys, values and the mask, as the program wants them.
    func arguments<Scalar: TensorScalar>(_ scalar: (Double) -> Scalar) throws -> [TensorData] {
      let queries = (0..<heads * rows * depth).map { scalar(query($0)) }
      let keys = (0..<heads * columns * depth).map { scalar(key($0)) }
      let values = (0..<heads * columns * columns).map {
        scalar($0 % columns == $0 / columns % columns ? 1 : 0)
      }
      return try [
        TensorData(queries, shape: [heads, rows, depth]),
        TensorData(keys, shape: [heads, columns, depth]),
        TensorData(values, shape: [heads, columns, columns]),
      ] + (isMasked ? [TensorData(mask, shape: [heads, rows, columns])] : [])
    }

    var truth: [Double] {
      (0..<heads * rows).flatMap { row -> [Double] in
        let scores = (0..<columns).map { column -> Double in
          guard mask[row * columns + column] else { return -.infinity }
          let key = (row / rows * columns + column) * depth
          return (0..<depth).reduce(0) { $0 + query(row * depth + $1) * self.key(key + $1) }
        }
        let largest = scores.max() ?? 0
        let powers = scores.map { exp2($0 - largest) }
        return powers.map { $0 / powers.reduce(0, +) }
      }
    }

    /// How far off the worst of the weights is, each in its own ulp.
    func error(of results: [Float]) -> Double {
      zip(results, truth).map { abs(Double($0) - $1) / Double(Float($1).ulp) }.max() ?? 0
    }

    /// Scores without an order.
    static let mixed = Inputs(
      testDescription: "mixed",
      query: { Double(($0 * 37) % 23 - 11) / 8 },
      key: { Double(($0 * 29) % 19 - 9) / 8 }
    )

    /// The same, but no query sees the keys far after it.
    static let masked = Inputs(
      testDescription: "masked",
      query: mixed.query,
      key: mixed.key,
      isSeen: { row, column in column <= row + 24 }
    )

    /// The first key has all the weight, to the last digit of the sum; the others' are powers of 2 with exponents
    /// from -32 to -110, and nothing but these is rounded.
    static let steep = Inputs(
      testDescription: "steep",
      query: { Double(($0 * 37) % 11 + 16) / 4 },
      key: { $0 / depth % columns == 0 ? 0 : -Double(($0 * 29) % 19 + 16) / 16 }
    )
  }

  /// - Parameter isDynamic: whether the numbers of queries and keys are known only when it runs.
  static func program(
    _ type: String,
    isDynamic: Bool = false,
    isMasked: Bool = false
  ) -> String {
    let m = isDynamic ? "?" : "\(rows)"
    let n = isDynamic ? "?" : "\(columns)"
    let (q, k) = (
      "tensor<\(heads)x\(m)x\(depth)x\(type)>", "tensor<\(heads)x\(n)x\(depth)x\(type)>"
    )
    let v = "tensor<\(heads)x\(n)x\(columns)x\(type)>"
    let mask = "tensor<\(heads)x\(m)x\(n)xi1>"
    let result = "tensor<\(heads)x\(m)x\(columns)x\(type)>"
    func map(_ results: String) -> String { "affine_map<(b, m, n, k1, k2) -> (\(results))>" }
    let maps =
      [map("b, m, k1"), map("b, k2, k1"), map("b, k2, n"), map("")]
      + (isMasked ? [map("b, m, k2")] : []) + [map("b, m, n")]
    return """
      func.func @main(%q: \(q), %k: \(k), %v: \(v)\(isMasked ? ", %mask: \(mask)" : "")) -> \(result) {
        %scale = arith.constant \(log(2.0)) : \(type)
        %one = arith.constant 1 : index
        %count = tensor.dim %q, %one : \(q)
        %empty = tensor.empty(\(isDynamic ? "%count" : "")) : \(result)
        %r = "iree_linalg_ext.attention"(%q, %k, %v, %scale\(isMasked ? ", %mask" : ""), %empty) <{
          indexing_maps = [\(maps.joined(separator: ", "))],
          operandSegmentSizes = array<i32: 1, 1, 1, 1, \(isMasked ? 1 : 0), 1>
        }> ({
        ^bb0(%score: f32):
          iree_linalg_ext.yield %score : f32
        }) : (\(q), \(k), \(v), \(type)\(isMasked ? ", \(mask)" : ""), \(result)) -> \(result)
        return %r : \(result)
      }
      """
  }

  private func load(_ text: String, _ mode: MathMode) async throws -> Program {
    var options = CompilerOptions()
    options.math = mode
    return try Program(
      [await CompiledPrograms.bytecode(of: text, options: options)],
      on: Runtime(workers: 2)
    )
  }

  private func result<Scalar: TensorScalar>(
    of program: Program,
    _ inputs: Inputs,
    _ scalar: (Double) -> Scalar
  ) throws -> [Scalar] {
    let results = try program.functions[0].call(
      inputs.arguments(scalar).map { try AnyTensor($0, on: program.runtime) }
    )
    let scalars = try Tensor<Scalar>(programValue: results[0]).scalars()
    try #require(scalars.count == heads * rows * columns)
    return scalars
  }

  private func error(_ inputs: Inputs, _ mode: MathMode) async throws -> Double {
    let program = try await load(Self.program("f32"), mode)
    return try inputs.error(of: result(of: program, inputs) { Float($0) })
  }

  @Test func `every weight keeps the bound of its mode, and with IREE's math does not`()
    async throws
  {
    let accurate = try await error(.steep, .accurate)
    let exact = try await error(.steep, .exact)
    let iree = try await error(.steep, .iree)
    #expect(accurate <= 4)
    #expect(exact <= 1)
    #expect(iree > 10)
  }

  @Test(arguments: [Inputs.mixed, .masked], [MathMode.accurate, .exact])
  func `attention is within 3 ulp of f64, in units of its largest result`(
    _ inputs: Inputs,
    _ mode: MathMode
  ) async throws {
    let truth = inputs.truth
    let largest = try #require(truth.max())
    for isDynamic in [false, true] {
      func program(_ type: String) async throws -> Program {
        try await load(Self.program(type, isDynamic: isDynamic, isMasked: inputs.isMasked), mode)
      }
      let full = try result(of: await program("f32"), inputs) { Float($0) }
      let half = try result(of: await program("f16"), inputs) { Float16($0) }
      let brain = try result(of: await program("bf16"), inputs) { BFloat16(Float($0)) }
      let units = [Float(largest).ulp, Float(Float16(largest).ulp), Float(largest).ulp * 65_536]
      let results = [full.map(Double.init), half.map(Double.init), brain.map { Double(Float($0)) }]
      for (values, unit) in zip(results, units) {
        let worst = zip(values, truth).map { abs($0 - $1) }.max() ?? 0
        // Where it is not known how many keys there are, their weights are added one after another: that alone
        // is 2.2 ulp off in `f32`.
        #expect(worst <= (isDynamic ? 3 : 2) * Double(unit))
      }
    }
  }
}
