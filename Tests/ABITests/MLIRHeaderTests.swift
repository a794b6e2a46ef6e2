import ApusTestSupport
import Foundation
import Testing

@Suite struct MLIRHeaderTests {
  @Test(
    .enabled(
      if: Peers.mlirHeaders != nil,
      "needs MLIR's headers: set APUS_MLIR_HEADERS to the folder that mlir-c is in"
    )
  )
  func `every declaration and constant is MLIR's own`() async throws {
    let headers = try #require(Peers.mlirHeaders)
    let check = Peers.packageFolder.appending("Scripts/check-abi")
    let result = try await runTool(check, [headers.string])
    #expect(result.status == 0, "\(result.error)")
  }
}
