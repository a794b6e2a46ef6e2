import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct KeptIntrinsicsTests {
  let fixture: RelinkFixture

  init() async throws {
    fixture = try RelinkFixture()
    try await fixture.compile(RelinkFixture.part, to: "foo.o")
    try await fixture.compile(RelinkFixture.program, to: "main.o")
  }

  private func makeKept(_ output: String) async throws {
    try await fixture.link(
      "-r",
      "--keep-intrinsics",
      "-o",
      output,
      "foo.o",
      RelinkFixture.math
    )
  }

  @Test func `an archive has members for what is called by name, and none for intrinsics`()
    async throws
  {
    try await makeKept("foo.a")
    // There is no intrinsic for fdim.
    #expect(try await fixture.members(of: "foo.a") == ["foo.o", "fdim.o"])
    let text = try await fixture.text(ofBitcode: "foo.o", in: "foo.a")
    #expect(text.contains("@llvm.sin.f64"))
    #expect(!text.contains("@sin("))
  }

  @Test func `an object is bitcode with its intrinsics`() async throws {
    try await makeKept("kept.o")
    let text = try await fixture.text(ofBitcode: "kept.o")
    #expect(text.contains("@llvm.sin.f64"))
    #expect(text.contains("define") && text.contains("@f(") && text.contains("@g("))
    #expect(!text.contains("define double @sin"))
  }

  @Test(arguments: ["kept.o", "kept.a"])
  func `the next link takes what it needs from the library`(output: String) async throws {
    try await makeKept(output)
    let expected = try await fixture.nativeOutput(
      of: RelinkFixture.program,
      RelinkFixture.part
    )
    #expect(try await fixture.run(linking: ["main.o", output, RelinkFixture.math]) == expected)
    let symbols = try await fixture.definedSymbols(of: "program")
    #expect(symbols.isDisjoint(with: ["f", "g", "fdim"]) && symbols.contains("sin"))
  }

  @Test(arguments: ["kept.o", "kept.a"])
  func `the next link needs the library`(output: String) async throws {
    try await makeKept(output)
    let result = try await fixture.linkFailing(
      "-shared",
      "--no-undefined",
      "-o",
      "f.so",
      output,
      "-u",
      "f"
    )
    #expect(result.error.contains("undefined symbol: sin"))
  }

  @Test func `a call folds once it is inlined in the next link`() async throws {
    try await makeKept("kept.o")
    try await fixture.compile(
      "double f(double); int main(void) { return f(0.0) != 1; }",
      to: "zero.o"
    )
    _ = try await fixture.run(linking: ["zero.o", "kept.o", RelinkFixture.math])
    #expect(try await fixture.definedSymbols(of: "program").contains("sin") == false)
  }

  @Test func `kept, then lowered, then linked`() async throws {
    try await makeKept("kept.o")
    try await fixture.link("-r", "-o", "low.a", "kept.o", RelinkFixture.math)
    #expect(
      Set(try await fixture.members(of: "low.a")) == RelinkFixture.sineMembers.union(["low.o"])
    )
    let expected = try await fixture.nativeOutput(
      of: RelinkFixture.program,
      RelinkFixture.part
    )
    #expect(try await fixture.run(linking: ["main.o", "low.a"]) == expected)
  }

  @Test func `machine code and bitcode do not become one object`() async throws {
    try await fixture.compile("int native;", to: "native.o", "-fno-lto")
    let result = try await fixture.linkFailing(
      "-r",
      "--keep-intrinsics",
      "-o",
      "kept.o",
      "foo.o",
      "native.o"
    )
    #expect(result.status == 1)
    #expect(result.error.contains("native.o: is machine code"))
    #expect(result.error.contains("-o NAME.a"))
    #expect(!fixture.folder.names.contains("kept.o"))

    try await fixture.link("-r", "--keep-intrinsics", "-o", "kept.a", "foo.o", "native.o")
    #expect(try await fixture.members(of: "kept.a") == ["kept.o", "native.o"])
  }

  @Test func `without -r there is nothing to keep them for`() async throws {
    let result = try await fixture.linkFailing(
      "-shared",
      "--keep-intrinsics",
      "-o",
      "f.so",
      "foo.o"
    )
    #expect(result.status == 2)
    #expect(result.error.contains("needs -r"))
  }

  @Test func `the same inputs make the same bytes`() async throws {
    try await makeKept("kept.o")
    let first = try fixture.folder.contents(of: "kept.o")
    try await makeKept("kept.o")
    #expect(try fixture.folder.contents(of: "kept.o") == first)
  }
}
