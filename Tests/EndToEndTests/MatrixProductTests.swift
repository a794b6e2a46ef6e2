import Apus
import ApusTestSupport
import Testing

/// Products of matrices by Apus's kernels, held against IREE's, bit for bit, and against the exact result.
@Suite(.enabled(if: Processor.hasAVX2, "needs a processor with AVX2"))
struct MatrixProductTests {
  /// The sizes of a product: of a batch, rows, columns and depth.
  struct Sizes: CustomTestStringConvertible {
    var batch: Int?
    let rows: Int
    let columns: Int
    let depth: Int
    var isRightTransposed = false

    var testDescription: String {
      "\(batch.map { "\($0)x" } ?? "")\(rows)x\(columns)x\(depth)\(isRightTransposed ? "T" : "")"
    }

    var left: [Int] { (batch.map { [$0] } ?? []) + [rows, depth] }
    var right: [Int] {
      (batch.map { [$0] } ?? []) + (isRightTransposed ? [columns, depth] : [depth, columns])
    }
    var result: [Int] { (batch.map { [$0] } ?? []) + [rows, columns] }

    func program(_ element: String) -> String {
      let types = [left, right, result].map {
        "tensor<\($0.map(String.init).joined(separator: "x"))x\(element)>"
      }
      let first = batch == nil ? 0 : 1
      let second = first + (isRightTransposed ? 1 : 0)
      let batches = batch == nil ? "" : "batching_dims = [0] x [0], "
      let dims = "\(batches)contracting_dims = [\(first + 1)] x [\(second)]"
      return """
        func.func @product(%a: \(types[0]), %b: \(types[1])) -> \(types[2]) {
          %0 = stablehlo.dot_general %a, %b, \(dims) : (\(types[0]), \(types[1])) -> \(types[2])
          return %0 : \(types[2])
        }
        """
    }
  }

  private static let sizes = [
    // Whole tiles, and rows and columns that are left over, of one vector and of two.
    Sizes(rows: 48, columns: 64, depth: 64), Sizes(rows: 32, columns: 32, depth: 32),
    Sizes(rows: 37, columns: 41, depth: 35), Sizes(rows: 71, columns: 59, depth: 33),
    // Several strips of the depth, the last of them shorter; several work groups.
    Sizes(rows: 65, columns: 33, depth: 1030), Sizes(rows: 521, columns: 144, depth: 513),
    Sizes(rows: 40, columns: 700, depth: 64),
    Sizes(batch: 3, rows: 33, columns: 50, depth: 70),
    Sizes(batch: 20, rows: 36, columns: 64, depth: 40),
    Sizes(rows: 48, columns: 64, depth: 64, isRightTransposed: true),
    Sizes(rows: 37, columns: 41, depth: 1030, isRightTransposed: true),
    Sizes(batch: 3, rows: 33, columns: 50, depth: 70, isRightTransposed: true),
  ]

  /// The same kinds, with as many multiplications as have a kernel in `f32`.
  private static let largeSizes = [
    Sizes(rows: 48, columns: 64, depth: 5504), Sizes(rows: 37, columns: 41, depth: 11_100),
    Sizes(rows: 71, columns: 59, depth: 4100), Sizes(rows: 521, columns: 144, depth: 513),
    Sizes(rows: 40, columns: 700, depth: 608), Sizes(rows: 512, columns: 512, depth: 65),
    Sizes(batch: 3, rows: 33, columns: 50, depth: 3500),
    Sizes(batch: 20, rows: 36, columns: 64, depth: 400),
    Sizes(rows: 48, columns: 64, depth: 5504, isRightTransposed: true),
    Sizes(rows: 37, columns: 41, depth: 11_100, isRightTransposed: true),
    Sizes(batch: 3, rows: 33, columns: 50, depth: 3500, isRightTransposed: true),
  ]

  private func function(
    _ text: String,
    _ runtime: Runtime,
    cpu: String = "haswell",
    kernels: Bool = true
  ) async throws -> Function {
    var options = CompilerOptions()
    options.targetCPU = cpu
    options.matmulKernels = kernels
    let bytecode = try await Compiler(options: options).compile(Source(text)).bytecode
    return try Program([bytecode], on: runtime).functions[0]
  }

  @Test(arguments: largeSizes)
  func `f32 as IREE's kernels, bit for bit`(_ sizes: Sizes) async throws {
    try await expectSameBits(sizes, "f32") { Float($0) }
  }

  @Test(arguments: sizes)
  func `f64 as IREE's kernels, bit for bit`(_ sizes: Sizes) async throws {
    try await expectSameBits(sizes, "f64") { $0 }
  }

  private func expectSameBits<Scalar: TensorScalar & BinaryFloatingPoint>(
    _ sizes: Sizes,
    _ element: String,
    _ scalar: (Double) -> Scalar
  ) async throws {
    let runtime = try Runtime(workers: 2)
    var random = SeededGenerator(seed: 11)
    func matrix(_ shape: [Int]) throws -> Tensor<Scalar> {
      let numbers = (0..<shape.reduce(1, *)).map { _ in scalar(.random(in: -2...2, using: &random))
      }
      return try Tensor(numbers, shape: shape, on: runtime)
    }
    let (a, b) = (try matrix(sizes.left), try matrix(sizes.right))
    func result(_ product: Function) async throws -> [Scalar] {
      let result: Tensor<Scalar> = try await product(a, b)
      #expect(result.shape == sizes.result)
      return try result.scalars()
    }
    let text = sizes.program(element)
    // For AVX-512, IREE's own do not compile in `f64`.
    let expected = try await result(function(text, runtime, kernels: false))
    for cpu in Processor.vectorCPUs {
      let actual = try await result(function(text, runtime, cpu: cpu))
      #expect(actual == expected, "\(cpu)")
    }
  }

  @Test(arguments: sizes, Processor.vectorCPUs)
  func `products of small whole numbers are exact`(_ sizes: Sizes, _ cpu: String) async throws {
    let runtime = try Runtime(workers: 2)
    var random = SeededGenerator(seed: 7)
    func numbers(_ shape: [Int]) -> [Int] {
      (0..<shape.reduce(1, *)).map { _ in .random(in: -9...9, using: &random) }
    }
    let (left, right) = (numbers(sizes.left), numbers(sizes.right))
    let product = try await function(sizes.program("f64"), runtime, cpu: cpu)
    let result: Tensor<Double> = try await product(
      Tensor(left.map(Double.init), shape: sizes.left, on: runtime),
      Tensor(right.map(Double.init), shape: sizes.right, on: runtime)
    )
    let scalars = try result.scalars()
    var differing = 0
    for batch in 0..<(sizes.batch ?? 1) {
      for row in 0..<sizes.rows {
        for column in 0..<sizes.columns {
          var sum = 0
          for k in 0..<sizes.depth {
            let place =
              sizes.isRightTransposed
              ? (batch * sizes.columns + column) * sizes.depth + k
              : (batch * sizes.depth + k) * sizes.columns + column
            sum += left[(batch * sizes.rows + row) * sizes.depth + k] * right[place]
          }
          let actual = scalars[(batch * sizes.rows + row) * sizes.columns + column]
          if actual != Double(sum) { differing += 1 }
        }
      }
    }
    #expect(differing == 0)
  }

  @Test(arguments: Processor.vectorCPUs)
  func `zeros, infinities and NaN go where they belong`(_ cpu: String) async throws {
    let sizes = Sizes(rows: 37, columns: 41, depth: 35)
    let runtime = try Runtime(workers: 1)
    var left = [Double](repeating: 1, count: 37 * 35)
    var right = [Double](repeating: -1, count: 35 * 41)
    left[5 * 35 + 3] = .nan
    left[36 * 35 + 34] = .infinity
    right[0 * 41 + 40] = .infinity
    for k in 0..<35 {
      left[20 * 35 + k] = -0.0
      right[k * 41 + 7] = 0
    }
    let product = try await function(sizes.program("f64"), runtime, cpu: cpu)
    let result: Tensor<Double> = try await product(
      Tensor(left, shape: sizes.left, on: runtime),
      Tensor(right, shape: sizes.right, on: runtime)
    )
    let scalars = try result.scalars()
    func at(_ row: Int, _ column: Int) -> Double { scalars[row * 41 + column] }
    #expect((0..<41).allSatisfy { at(5, $0).isNaN })
    #expect((0..<40).allSatisfy { $0 == 7 ? at(36, 7).isNaN : at(36, $0) == -.infinity })
    // Infinity of both signs; a zero times infinity.
    #expect(at(36, 40).isNaN && at(20, 40).isNaN && at(0, 40) == .infinity)
    #expect((0..<40).allSatisfy { at(20, $0) == 0 && at(20, $0).sign == .plus })
    #expect(at(0, 0) == -35)
  }
}
