import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@Suite struct InspectCommandTests {
  @Test func `functions, kernels, parameters and sizes are told, as text and as JSON`() async throws
  {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      module @model {
        util.global private @w = #flow.parameter.named<"weights"::"w"> : tensor<4xf32>
        func.func @scale(%a: tensor<?x4xf32> {iree.abi.name = "images"}) -> tensor<4xf32> {
          %w = util.global.load @w : tensor<4xf32>
          %zero = stablehlo.constant dense<0.0> : tensor<f32>
          %sum = stablehlo.reduce(%a init: %zero) applies stablehlo.add across dimensions = [0]
            : (tensor<?x4xf32>, tensor<f32>) -> tensor<4xf32>
          %0 = stablehlo.multiply %sum, %w : tensor<4xf32>
          return %0 : tensor<4xf32>
        }
      }
      """,
      to: "model.mlir"
    )
    let compile = try await runApus("compile", "model.mlir", "-o", "model.vmfb", in: folder.path)
    try #require(compile.status == 0, "\(compile.error)")

    let text = try await runApus("inspect", "model.vmfb", in: folder.path)
    #expect(text.status == 0)
    for line in [
      "model.vmfb: module @model, bytecode 15.0",
      "  func scale(images: Tensor<Float>[?, 4]) -> Tensor<Float>[4]",
      "  weights::w, 16 B", "  calls change nothing",
    ] {
      #expect(text.output.contains(line + "\n"), "\(text.output)")
    }

    let json = try await runApus("inspect", "model.vmfb", "--json", in: folder.path)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    )
    #expect(report["module"] as? String == "model")
    #expect(report["mutatesState"] as? Bool == false)
    let parameters = try #require(report["parameters"] as? [[String: Any]])
    #expect(parameters.map { $0["key"] as? String } == ["w"])
    #expect(parameters.map { $0["scope"] as? String } == ["weights"])
    #expect(parameters.map { $0["byteCount"] as? Int } == [16])
    let executables = try #require(report["executables"] as? [[String: Any]])
    #expect(executables.map { $0["machine"] as? String } == ["x86_64"])
    let sizes = try #require(report["sizes"] as? [String: Any])
    #expect(sizes["file"] as? Int == (try folder.contents(of: "model.vmfb").count))
  }

  @Test func `what is no program is refused, and never crashes`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("PK\u{3}\u{4} and then nothing", to: "zip.vmfb")
    let result = try await runApus("inspect", "zip.vmfb", in: folder.path)
    #expect(result.status == 1)
    #expect(result.error.hasPrefix("apus: error: 'zip.vmfb' cannot be inspected: "))
    #expect(result.output.isEmpty)
  }
}
