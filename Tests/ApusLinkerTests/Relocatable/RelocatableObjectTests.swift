import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct RelocatableObjectTests {
  let fixture: RelinkFixture

  init() async throws {
    fixture = try RelinkFixture()
    try await fixture.compile(RelinkFixture.part, to: "foo.o")
    try await fixture.compile(RelinkFixture.program, to: "main.o")
  }

  @Test func `an object has machine code for everything, and no bitcode`() async throws {
    try await fixture.link("-r", "-o", "low.o", "foo.o", RelinkFixture.math)
    let object = try ELFObject(FileSlice(mapping: fixture.folder.file("low.o")))
    #expect(try object.embeddedBitcode() == nil)
    let symbols = try await fixture.definedSymbols(of: "low.o")
    #expect(symbols.isSuperset(of: ["f", "g", "sin", "fdim", "__rem_pio2", "__sin"]))
    #expect(symbols.isDisjoint(with: ["cos", "pow", "exp"]))
    #expect(try object.inputSymbols().filter(\.isUndefined).isEmpty)
  }

  @Test(arguments: ["ld.lld", "ld.bfd", "apus-ld"], [false, true])
  func `an object is linked by any linker`(linker: String, isLibraryOffered: Bool) async throws {
    try await fixture.link("-r", "-o", "low.o", "foo.o", RelinkFixture.math)
    try await fixture.compile(RelinkFixture.program, to: "main.o", "-fno-lto")
    let path =
      switch linker {
      case "apus-ld": Peers.linker
      case "ld.bfd": FilePath("/usr/bin/ld.bfd")
      default: LLVMTools.path(linker)
      }
    let expected = try await fixture.nativeOutput(
      of: RelinkFixture.program,
      RelinkFixture.part
    )
    let inputs = ["main.o", "low.o", "-fno-lto"] + (isLibraryOffered ? [RelinkFixture.math] : [])
    #expect(try await fixture.run(linking: inputs, with: path) == expected)
  }

  @Test func `objects are made of objects, three links deep`() async throws {
    try await fixture.link("-r", "-o", "one.o", "foo.o", RelinkFixture.math)
    try await fixture.compile(
      "#include <math.h>\ndouble f(double); double h(double x) { return f(x) + sin(x) + exp(x); }",
      to: "h.o"
    )
    try await fixture.link("-r", "-o", "two.o", "h.o", "one.o", RelinkFixture.math)
    let symbols = try await fixture.definedSymbols(of: "two.o")
    #expect(symbols.isSuperset(of: ["f", "g", "h", "sin", "exp"]))
    try await fixture.compile(
      "double h(double); int main(int n, char **w) { return h(n) < 4; }",
      to: "main.o"
    )
    _ = try await fixture.run(linking: ["main.o", "two.o", RelinkFixture.math])
  }

  @Test func `sections that nothing needs are left out where lld is asked to`() async throws {
    try await fixture.link(
      "-r",
      "--gc-sections",
      "-u",
      "g",
      "-o",
      "low.o",
      "foo.o",
      RelinkFixture.math
    )
    let symbols = try await fixture.definedSymbols(of: "low.o")
    #expect(symbols.contains("g"))
    #expect(symbols.isDisjoint(with: ["f", "sin"]))
  }

  @Test func `the same inputs make the same bytes`() async throws {
    try await fixture.link("-r", "-o", "low.o", "foo.o", RelinkFixture.math)
    let first = try fixture.folder.contents(of: "low.o")
    try await fixture.link("-r", "--threads=1", "-o", "low.o", "foo.o", RelinkFixture.math)
    #expect(try fixture.folder.contents(of: "low.o") == first)
  }

  @Test(arguments: ["--lto-emit-llvm", "-plugin-opt=emit-llvm"])
  func `bitcode as LLVM's passes leave it can be the output`(option: String) async throws {
    try await fixture.link("-r", option, "-o", "out.bc", "foo.o", RelinkFixture.math)
    let text = try await fixture.text(ofBitcode: "out.bc")
    #expect(text.contains("@sin(") && text.contains("@__rem_pio2("))
    #expect(!text.contains("@llvm.sin"))
    let symbols = try await fixture.definedSymbols(of: "out.bc")
    #expect(symbols.isSuperset(of: ["f", "g", "sin", "__rem_pio2"]))
    let expected = try await fixture.nativeOutput(
      of: RelinkFixture.program,
      RelinkFixture.part
    )
    #expect(try await fixture.run(linking: ["main.o", "out.bc"]) == expected)
  }

  @Test func `bitcode of a shared library shows what it exports`() async throws {
    try await fixture.link(
      "-shared",
      "--lto-emit-llvm",
      "-o",
      "out.bc",
      "foo.o",
      RelinkFixture.math,
      "--exclude-libs=ALL"
    )
    let text = try await fixture.text(ofBitcode: "out.bc")
    #expect(text.contains("define dso_local double @f(") || text.contains("double @f("))
    #expect(!text.contains("define internal double @f("))
    #expect(!text.contains("define double @__rem_pio2("))
  }

  @Test func `bitcode is not made of machine code`() async throws {
    try await fixture.compile(RelinkFixture.part, to: "native.o", "-fno-lto")
    let result = try await fixture.linkFailing("-r", "--lto-emit-llvm", "-o", "o.bc", "native.o")
    #expect(result.status == 1)
    #expect(result.error.contains("none of the inputs is"))
    #expect(!fixture.folder.names.contains("o.bc"))
  }

  @Test func `a shared library is no part of a relocatable output`() async throws {
    try await fixture.link("-shared", "-o", "libfoo.so", "foo.o", RelinkFixture.math)
    for output in ["out.a", "out.o"] {
      let result = try await fixture.linkFailing("-r", "-o", output, "main.o", "libfoo.so")
      #expect(result.status == 1)
      #expect(result.error.contains("libfoo.so"))
      #expect(!fixture.folder.names.contains(output))
    }
  }
}
