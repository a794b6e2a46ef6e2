import ApusTestSupport
import SystemPackage
import Testing

@Suite struct LLVMHeaderTests {
  @Test func `every declaration and constant is LLVM's own`() async throws {
    let check = Peers.packageFolder.appending("Scripts/check-abi")
    let result = try await runTool(check, ["/usr/lib/llvm-22/include"])
    #expect(result.status == 0, "\(result.error)")
  }
}
