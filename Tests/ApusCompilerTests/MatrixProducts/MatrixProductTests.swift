import Testing

@testable import ApusCompiler

/// Which products of matrices are given a kernel of Apus's.
@Suite struct MatrixProductTests {
  /// Programs as they are before IREE lays out matrices in tiles.
  private func lower(
    _ text: String,
    _ change: (inout CompilerOptions) -> Void = { _ in }
  ) async throws -> String {
    var options = CompilerOptions()
    options.targetCPU = "haswell"
    change(&options)
    return try await Compiler(options: options).lower(Source(text), to: .preprocessing).text
  }

  /// A program with one `stablehlo.dot_general`.
  private func product(_ left: String, _ right: String, _ result: String, _ dims: String) -> String
  {
    let types = [left, right, result].map { "tensor<\($0)>" }
    return """
      func.func @product(%a: \(types[0]), %b: \(types[1])) -> \(types[2]) {
        %0 = stablehlo.dot_general %a, %b, \(dims) : (\(types[0]), \(types[1])) -> \(types[2])
        return %0 : \(types[2])
      }
      """
  }

  private func executables(_ text: String) -> [String] {
    text.matches(of: /stream\.executable private @(\w+)/).map { String($0.1) }
  }

  private static let rowsByColumns = "contracting_dims = [1] x [0]"

  @Test(arguments: [
    ("64x96xf64", "96x128xf64", "64x128xf64", rowsByColumns, "matmul_64x128x96xf64"),
    ("256x256xf32", "256x256xf32", "256x256xf32", rowsByColumns, "matmul_256x256x256xf32"),
    (
      "64x64x64xf32", "64x64x64xf32", "64x64x64xf32",
      "batching_dims = [0] x [0], contracting_dims = [2] x [1]", "batch_matmul_64x64x64x64xf32"
    ),
    ("33x50xf64", "50x47xf64", "33x47xf64", rowsByColumns, "matmul_33x47x50xf64"),
    (
      "64x96xf64", "128x96xf64", "64x128xf64", "contracting_dims = [1] x [1]",
      "matmul_transpose_b_64x128x96xf64"
    ),
    (
      "4x64x96xf64", "4x96x32xf64", "4x64x32xf64",
      "batching_dims = [0] x [0], contracting_dims = [2] x [1]", "batch_matmul_4x64x32x96xf64"
    ),
    (
      "4x64x96xf64", "4x32x96xf64", "4x64x32xf64",
      "batching_dims = [0] x [0], contracting_dims = [2] x [2]",
      "batch_matmul_transpose_b_4x64x32x96xf64"
    ),
    // A batch of rows is one matrix.
    (
      "4x64x96xf64", "96x128xf64", "4x64x128xf64", "contracting_dims = [2] x [0]",
      "matmul_256x128x96xf64"
    ),
  ])
  func `a product of known sizes is dispatched to a kernel`(
    _ left: String,
    _ right: String,
    _ result: String,
    _ dims: String,
    _ kernel: String
  ) async throws {
    let text = try await lower(product(left, right, result, dims))
    #expect(executables(text) == ["apus_\(kernel)"])
    #expect(text.contains("flow.dispatch @apus_\(kernel)::@\(kernel)("))
    #expect(!text.contains("linalg.matmul") && !text.contains("linalg.batch_matmul"))
  }

  @Test(arguments: ["x86-64-v4", "skylake-avx512", "znver4"])
  func `with AVX-512 a kernel's vectors are as wide`(_ cpu: String) async throws {
    let text = try await lower(square) { $0.targetCPU = cpu }
    #expect(executables(text) == ["apus_matmul_64x64x64xf64"])
    #expect(text.contains("vector<8xf64>") && !text.contains("vector<4xf64>"))
  }

  @Test(arguments: [
    ("31x64xf64", "64x64xf64", "31x64xf64", rowsByColumns),
    ("64x64xf64", "64x31xf64", "64x31xf64", rowsByColumns),
    ("64x16xf64", "16x64xf64", "64x64xf64", rowsByColumns),
    ("?x64xf64", "64x64xf64", "?x64xf64", rowsByColumns),
    ("255x256xf32", "256x256xf32", "255x256xf32", rowsByColumns),
    ("64x64xf16", "64x64xf16", "64x64xf16", rowsByColumns),
    ("64x64xbf16", "64x64xbf16", "64x64xf32", rowsByColumns),
    ("64x64xi32", "64x64xi32", "64x64xi32", rowsByColumns),
  ])
  func `others are left to IREE`(
    _ left: String,
    _ right: String,
    _ result: String,
    _ dims: String
  ) async throws {
    let text = try await lower(product(left, right, result, dims))
    #expect(executables(text) == [])
    #expect(text.contains("linalg.matmul"))
  }

  @Test(arguments: ["generic", "nehalem"])
  func `so are those for processors without AVX2`(_ cpu: String) async throws {
    let text = try await lower(square) { $0.targetCPU = cpu }
    #expect(executables(text) == [])
  }

  @Test func `so are those for AArch64, and all if that is asked for`() async throws {
    let arm = try await lower(square) {
      $0.targetCPU = "host"
      $0.targetTriple = "aarch64-linux-gnu"
    }
    #expect(executables(arm) == [])
    let unchanged = try await lower(square) { $0.matmulKernels = false }
    #expect(executables(unchanged) == [])
    #expect(unchanged.contains("linalg.matmul"))
  }

  private var square: String {
    product("64x64xf64", "64x64xf64", "64x64xf64", Self.rowsByColumns)
  }

  @Test func `products of the same sizes share a kernel`() async throws {
    let text = try await lower(
      """
      func.func @products(%a: tensor<64x64xf64>, %b: tensor<64x32xf64>) -> tensor<64x32xf64> {
        %0 = stablehlo.dot_general %a, %a, contracting_dims = [1] x [0]
          : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
        %1 = stablehlo.dot_general %0, %a, contracting_dims = [1] x [0]
          : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
        %2 = stablehlo.dot_general %1, %b, contracting_dims = [1] x [0]
          : (tensor<64x64xf64>, tensor<64x32xf64>) -> tensor<64x32xf64>
        return %2 : tensor<64x32xf64>
      }
      """
    )
    #expect(
      executables(text).sorted() == ["apus_matmul_64x32x64xf64", "apus_matmul_64x64x64xf64"]
    )
    #expect(text.matches(of: /flow\.dispatch/).count == 3)
  }

  @Test func `a product of constants stays one that is computed once`() async throws {
    let text = try await lower(
      """
      func.func @constant() -> tensor<64x64xf64> {
        %a = stablehlo.constant dense<2.0> : tensor<64x64xf64>
        %b = stablehlo.iota dim = 0 : tensor<64x64xf64>
        %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
          : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64>
        return %0 : tensor<64x64xf64>
      }
      """
    )
    #expect(executables(text) == [])
  }

  @Test(arguments: ["1.0", "-0.0"])
  func `a product that is added to something stays`(_ number: String) async throws {
    let text = try await lower(
      """
      func.func @sum(%a: tensor<64x64xf64>, %b: tensor<64x64xf64>) -> tensor<64x64xf64> {
        %number = arith.constant \(number) : f64
        %empty = tensor.empty() : tensor<64x64xf64>
        %0 = linalg.fill ins(%number : f64) outs(%empty : tensor<64x64xf64>) -> tensor<64x64xf64>
        %1 = linalg.matmul ins(%a, %b : tensor<64x64xf64>, tensor<64x64xf64>)
          outs(%0 : tensor<64x64xf64>) -> tensor<64x64xf64>
        return %1 : tensor<64x64xf64>
      }
      """
    )
    #expect(executables(text) == [])
  }

  @Test(arguments: ["+avx2,+fma", "+avx512f"])
  func `work groups cover each matrix, with whole tiles but for the last`(
    _ features: String
  ) throws {
    let target = KernelTarget(
      attribute: #"<"llvm-cpu", "embedded-elf-x86_64", {cpu_features = "\#(features)"}>"#
    )
    for rows in [32, 33, 100, 512, 515, 517, 1024, 5000] {
      for columns in [32, 47, 480, 481, 512, 1000, 1920, 1921, 4096] {
        for batchSize in [nil, 3, 64] {
          let product = MatrixProduct(
            batchSize: batchSize,
            rowCount: rows,
            columnCount: columns,
            depth: 1000,
            element: .f64,
            isRightTransposed: false
          )
          let tiling = try #require(MatrixProductTiling(product, target))
          #expect(tiling.groupRows.isMultiple(of: tiling.tileRows))
          #expect(tiling.depth * tiling.tileColumns * 8 <= 32768)
          #expect(tiling.groupColumns.isMultiple(of: tiling.tileColumns))
          for (size, part) in [(rows, tiling.groupRows), (columns, tiling.groupColumns)] {
            let count = (size + part - 1) / part
            #expect((count - 1) * part < size && count * part >= size)
          }
        }
      }
    }
  }
}
