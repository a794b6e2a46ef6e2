import ApusTestSupport
import SystemPackage
import Testing

@Suite struct IREEHeaderTests {
  @Test(
    .enabled(
      if: Peers.ireeHeaders != nil,
      "needs IREE's headers: set APUS_IREE_HEADERS to a checkout of its sources at v3.9.0"
    )
  )
  func `every declaration, layout and constant is IREE's own`() async throws {
    let headers = try #require(Peers.ireeHeaders)
    let check = Peers.packageFolder.appending("Scripts/check-abi")
    let result = try await runTool(check, [headers.string])
    #expect(result.status == 0, "\(result.error)")
  }

  @Test func `the check fails where there are no headers`() async throws {
    let folder = try TemporaryFolder()
    let check = Peers.packageFolder.appending("Scripts/check-abi")
    let result = try await runTool(check, [folder.path.string])
    #expect(result.status == 1)
    #expect(result.error.contains("iree/base/api.h"))
  }
}
