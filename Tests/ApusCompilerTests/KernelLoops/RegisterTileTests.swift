import Testing

@testable import ApusCompiler

/// How large the pieces are that IREE's own kernels multiply.
@Suite struct RegisterTileTests {
  /// A product whose kernel is IREE's, as it has been configured.
  private func configurations(
    _ types: (left: String, right: String, result: String),
    cpu: String,
    kernels: Bool = true
  ) async throws -> [String] {
    var options = CompilerOptions()
    options.targetCPU = cpu
    options.matmulKernels = kernels
    let (left, right, result) = types
    let batch = result.split(separator: "x").count == 4
    let dims =
      batch
      ? "batching_dims = [0] x [0], contracting_dims = [2] x [1]" : "contracting_dims = [1] x [0]"
    let text = """
      func.func @product(%a: tensor<\(left)>, %b: tensor<\(right)>) -> tensor<\(result)> {
        %0 = stablehlo.dot_general %a, %b, \(dims)
          : (tensor<\(left)>, tensor<\(right)>) -> tensor<\(result)>
        return %0 : tensor<\(result)>
      }
      """
    let lowered = try await Compiler(options: options)
      .lower(Source(text), to: .executableConfigurations).text
    return lowered.matches(of: /lowering_config<[^>]*(vector_common_parallel[^>]*)>/)
      .map { String($0.1) }
  }

  private static let unknown = (left: "?x?xf64", right: "?x?xf64", result: "?x?xf64")

  @Test(arguments: [
    ("generic", "[4, 4]", "[4, 4, 0], vector_reduction = [0, 0, 2]"),
    ("haswell", "[8, 8]", "[8, 8, 0], vector_reduction = [0, 0, 4]"),
    ("skylake-avx512", "[8, 16]", "[8, 16, 0], vector_reduction = [0, 0, 4]"),
  ])
  func `a product of unknown sizes stays in registers, and so does what goes along with it`(
    _ cpu: String,
    _ others: String,
    _ product: String
  ) async throws {
    let found = try await configurations(Self.unknown, cpu: cpu)
    #expect(found.contains("vector_common_parallel = \(product)"))
    #expect(found.contains("vector_common_parallel = \(others)"))
    #expect(found.count == 2)
  }

  @Test func `of a batch, one product at a time`() async throws {
    let types = ("5x?x24xf64", "5x24x?xf64", "5x?x?xf64")
    let found = try await configurations(types, cpu: "haswell")
    #expect(
      found.contains("vector_common_parallel = [1, 8, 8, 0], vector_reduction = [0, 0, 0, 4]")
    )
  }

  @Test(arguments: [
    // Smaller than a tile; of 32 bits; a product by a vector has no tiles.
    ("7x40xf64", "40x40xf64", "7x40xf64"), ("40x40xf64", "40x7xf64", "40x7xf64"),
    ("40x40xi32", "40x40xi32", "40x40xi32"),
  ])
  func `others are as IREE has them`(
    _ left: String,
    _ right: String,
    _ result: String
  ) async throws {
    let types = (left, right, result)
    let found = try await configurations(types, cpu: "haswell")
    #expect(try await found == configurations(types, cpu: "haswell", kernels: false))
  }

  @Test func `all are if that is asked for`() async throws {
    let found = try await configurations(Self.unknown, cpu: "haswell", kernels: false)
    #expect(found.contains("vector_common_parallel = [1, 1, 0], vector_reduction = [0, 0, 4]"))
  }
}
