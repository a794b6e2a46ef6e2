import Apus
import ApusTestSupport
import Testing

/// Products of matrices of 64-bit numbers whose sizes programs do not know, or that are small: by IREE's kernels, in
/// tiles of Apus's.
@Suite struct UnknownSizeProductTests {
  /// Rows, columns, depth: parts of tiles, whole ones, and several work groups.
  private static let sizes = [
    (1, 1, 1), (3, 5, 2), (8, 16, 4), (24, 40, 16), (33, 65, 100), (64, 64, 64), (67, 131, 9),
    (130, 70, 257),
  ]

  private static func program(_ element: String) -> String {
    let type = "tensor<?x?x\(element)>"
    return """
      func.func @product(%a: \(type), %b: \(type)) -> \(type) {
        %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
          : (\(type), \(type)) -> \(type)
        return %0 : \(type)
      }
      """
  }

  private func function(_ text: String, _ cpu: String, _ runtime: Runtime) async throws -> Function
  {
    var options = CompilerOptions()
    options.targetCPU = cpu
    let bytecode = try await Compiler(options: options).compile(Source(text)).bytecode
    return try Program([bytecode], on: runtime).functions[0]
  }

  private func expectExact<Scalar: TensorScalar & Equatable>(
    _ product: Function,
    _ sizes: (rows: Int, columns: Int, depth: Int),
    _ runtime: Runtime,
    _ scalar: (Int) -> Scalar
  ) async throws {
    let (rows, columns, depth) = sizes
    var random = SeededGenerator(seed: 5)
    let left = (0..<rows * depth).map { _ in Int.random(in: -99...99, using: &random) }
    let right = (0..<depth * columns).map { _ in Int.random(in: -99...99, using: &random) }
    let result: Tensor<Scalar> = try await product(
      Tensor(left.map(scalar), shape: [rows, depth], on: runtime),
      Tensor(right.map(scalar), shape: [depth, columns], on: runtime)
    )
    let expected = (0..<rows * columns).map { place in
      scalar(
        (0..<depth).reduce(0) {
          $0 + left[place / columns * depth + $1] * right[$1 * columns + place % columns]
        }
      )
    }
    #expect(try result.scalars() == expected)
  }

  @Test(arguments: ["generic"] + Processor.vectorCPUs)
  func `of unknown sizes, small whole numbers' are exact`(_ cpu: String) async throws {
    let runtime = try Runtime(workers: 2)
    let double = try await function(Self.program("f64"), cpu, runtime)
    let integer = try await function(Self.program("i64"), cpu, runtime)
    for sizes in Self.sizes {
      try await expectExact(double, sizes, runtime) { Double($0) }
      try await expectExact(integer, sizes, runtime) { Int64($0) }
    }
  }

  @Test(arguments: ["generic"] + Processor.vectorCPUs)
  func `of known sizes too small for a kernel of Apus's, also`(_ cpu: String) async throws {
    let runtime = try Runtime(workers: 2)
    for (rows, columns, depth) in Self.sizes where min(rows, columns, depth) < 32 {
      for (element, isFloat) in [("f64", true), ("i64", false)] {
        let text = Self.program(element)
          .replacing("%a: tensor<?x?x", with: "%a: tensor<\(rows)x\(depth)x")
          .replacing("%b: tensor<?x?x", with: "%b: tensor<\(depth)x\(columns)x")
          .replacing(
            "(tensor<?x?x\(element)>, tensor<?x?x",
            with: "(tensor<\(rows)x\(depth)x\(element)>, tensor<\(depth)x\(columns)x"
          )
          .replacing("tensor<?x?x", with: "tensor<\(rows)x\(columns)x")
        let product = try await function(text, cpu, runtime)
        let sizes = (rows, columns, depth)
        if isFloat {
          try await expectExact(product, sizes, runtime) { Double($0) }
        } else {
          try await expectExact(product, sizes, runtime) { Int64($0) }
        }
      }
    }
  }

  // IREE alone refuses these: "operations with large vector sizes".
  @Test(arguments: ["f64", "i64"])
  func `with AVX-512 a batch and a transposed product compile`(_ element: String) async throws {
    var options = CompilerOptions()
    options.targetCPU = "skylake-avx512"
    for (left, right, result, dims) in [
      (
        "5x24x30", "5x30x40", "5x24x40",
        "batching_dims = [0] x [0], contracting_dims = [2] x [1]"
      ),
      ("24x30", "40x30", "24x40", "contracting_dims = [1] x [1]"),
      ("30x24", "30x40", "24x40", "contracting_dims = [0] x [0]"),
    ] {
      let types = [left, right, result].map { "tensor<\($0)x\(element)>" }
      let text = """
        func.func @product(%a: \(types[0]), %b: \(types[1])) -> \(types[2]) {
          %0 = stablehlo.dot_general %a, %b, \(dims) : (\(types[0]), \(types[1])) -> \(types[2])
          return %0 : \(types[2])
        }
        """
      let bytecode = try await Compiler(options: options).compile(Source(text)).bytecode
      #expect(!bytecode.bytes.isEmpty)
    }
  }
}
