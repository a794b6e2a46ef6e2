import Testing

@testable import ApusCompiler

/// How many numbers of a row kernels reduce at once.
@Suite struct ReductionStepTests {
  private func configurations(
    of text: String,
    cpu: String = "skylake-avx512",
    math: MathMode = .accurate
  ) async throws -> [String] {
    var options = CompilerOptions()
    options.targetCPU = cpu
    options.math = math
    let lowered = try await Compiler(options: options)
      .lower(Source(text), to: .executableConfigurations).text
    return lowered.matches(of: /(vector_(?:reduction|inner_parallel) = \[[0-9, ]*\])/)
      .map { String($0.1) }
  }

  /// The sum of each row, over which each number is divided.
  private func shares(_ columns: String) -> String {
    let matrix = "tensor<24x\(columns)xf32>"
    return """
      func.func @shares(%p: \(matrix)) -> \(matrix) {
        %zero = stablehlo.constant dense<0.0> : tensor<f32>
        %row = stablehlo.reduce(%p init: %zero) applies stablehlo.add across dimensions = [1]
          : (\(matrix), tensor<f32>) -> tensor<24xf32>
        %sum = stablehlo.broadcast_in_dim %row, dims = [0] : (tensor<24xf32>) -> \(matrix)
        %r = stablehlo.divide %p, %sum : \(matrix)
        return %r : \(matrix)
      }
      """
  }

  @Test(arguments: [
    ("skylake-avx512", 40, 8), ("skylake-avx512", 1000, 8), ("skylake-avx512", 36, 4),
    ("haswell", 36, 4), ("haswell", 1004, 4),
  ])
  func `a row is taken in vectors that divide it, with all that goes along it`(
    _ cpu: String,
    _ columns: Int,
    _ step: Int
  ) async throws {
    let found = try await configurations(of: shares("\(columns)"), cpu: cpu)
    #expect(found.contains("vector_reduction = [0, \(step)]"))
    #expect(found.contains("vector_inner_parallel = [0, \(step)]"))
    #expect(found.allSatisfy { $0.hasSuffix(", \(step)]") })
  }

  @Test(arguments: [64, 41, 42])
  func `a row that vectors divide, or nothing does, stays`(_ columns: Int) async throws {
    let found = try await configurations(of: shares("\(columns)"))
    #expect(try await found == configurations(of: shares("\(columns)"), math: .iree))
    #expect(found.contains("vector_reduction = [0, 16]"))
  }

  @Test func `with IREE's math, IREE's steps`() async throws {
    let found = try await configurations(of: shares("40"), math: .iree)
    #expect(found.contains("vector_reduction = [0, 16]"))
  }

  @Test func `columns are summed as IREE has it`() async throws {
    let text = """
      func.func @sums(%p: tensor<40x24xf32>) -> tensor<24xf32> {
        %zero = stablehlo.constant dense<0.0> : tensor<f32>
        %sums = stablehlo.reduce(%p init: %zero) applies stablehlo.add across dimensions = [0]
          : (tensor<40x24xf32>, tensor<f32>) -> tensor<24xf32>
        return %sums : tensor<24xf32>
      }
      """
    #expect(
      try await configurations(of: text) == configurations(of: text, math: .iree)
    )
  }
}
