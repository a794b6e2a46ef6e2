import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// Libraries that no command line names: objects ask for them.
@Suite struct DependentLibraryTests {
  private static let source = """
    #pragma comment(lib, "helper")
    int help(void);
    double f(double x) { return __builtin_sin(x) + help(); }
    """

  private func fixture() async throws -> LinkFixture {
    let fixture = try LinkFixture()
    try await fixture.compile("int help(void) { return 1; }", to: "help.o")
    try await runLLVMTool(
      "llvm-ar",
      ["rcs", "libhelper.a", "help.o"],
      in: fixture.folder.path
    )
    return fixture
  }

  @Test(arguments: [LinkFixture.Form.bitcode, .machineCode, .fat])
  func `a library that an object asks for is searched, and resolved with the rest`(
    form: LinkFixture.Form
  ) async throws {
    let fixture = try await fixture()
    let report = try fixture.link(
      "f.so",
      [
        "-shared", "--no-undefined", try await fixture.compile(Self.source, to: "f.o", as: form),
        Peers.muslMath("x86_64").string, "-L\(fixture.folder.path)",
      ]
    )
    let member = try #require(report.extractions.first { $0.symbol == "help" })
    #expect(memberName(member.member) == "help.o")
    #expect(!member.isMachineCode)
    #expect(report.extractedMembers.contains("sin.o"))
  }

  @Test func `unless the command line says not to`() async throws {
    let fixture = try await fixture()
    let program = try await fixture.compile(Self.source, to: "f.o")
    let words = [
      "-shared", "--no-undefined", program, Peers.muslMath("x86_64").string,
      "-L\(fixture.folder.path)", "--no-dependent-libraries",
    ]
    let error = linkError { try fixture.link("f.so", words) }
    #expect(error?.code == .undefinedSymbol)
    #expect(error?.symbol == "help")
  }

  @Test func `one that is nowhere is an error that names it`() async throws {
    let fixture = try await fixture()
    let program = try await fixture.compile(Self.source, to: "f.o")
    let error = linkError { try fixture.link("f.so", ["-shared", program]) }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("'helper'") == true)
    #expect(!fixture.folder.names.contains("f.so"))
  }
}
