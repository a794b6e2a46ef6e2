import Apus
import Testing

@Suite struct ToolchainReportTests {
  @Test func `everything the tests need is found, with its version`() throws {
    let report = ToolchainReport()
    #expect(report.isComplete)
    #expect(report.ireeVersion == "3.9.0")
    let compiler = try #require(report.parts.first { $0.name == "IREE compiler" })
    #expect(compiler.state == .found)
    #expect(compiler.version?.hasPrefix("3.9.0") == true)
    #expect(compiler.path?.hasSuffix("libIREECompiler.so") == true)
    #expect(compiler.problem == nil && compiler.remedy == nil)
    #expect(report.parts.contains { $0.name == "IREE runtime" && $0.state == .found })
  }
}
