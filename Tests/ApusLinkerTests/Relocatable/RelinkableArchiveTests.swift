import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct RelinkableArchiveTests {
  let fixture: RelinkFixture

  init() async throws {
    fixture = try RelinkFixture()
    try await fixture.compile(RelinkFixture.part, to: "foo.o")
    try await fixture.compile(RelinkFixture.program, to: "main.o")
  }

  private func makeArchive() async throws {
    try await fixture.link("-r", "-o", "foo.a", "foo.o", RelinkFixture.math)
  }

  @Test func `the archive holds the bitcode, the members it needs, and nothing else`() async throws
  {
    try await makeArchive()
    let members = try await fixture.members(of: "foo.a")
    #expect(members.first == "foo.o")
    #expect(members.count == Set(members).count)
    #expect(Set(members.dropFirst()) == RelinkFixture.members)
  }

  @Test func `members of the library are as they were`() async throws {
    try await makeArchive()
    try await runLLVMTool("llvm-ar", ["x", RelinkFixture.math, "sin.o"], in: fixture.folder.path)
    let original = try fixture.folder.contents(of: "sin.o")
    try await runLLVMTool("llvm-ar", ["x", "foo.a", "sin.o"], in: fixture.folder.path)
    #expect(try fixture.folder.contents(of: "sin.o") == original)
  }

  @Test func `intrinsics become plain calls that are still known for what they are`() async throws {
    try await makeArchive()
    let text = try await fixture.text(ofBitcode: "foo.o", in: "foo.a")
    #expect(text.contains("call double @sin("))
    #expect(text.contains("memory(none)"))
    #expect(!text.contains("@llvm.sin"))
    #expect(!text.contains("nobuiltin") && !text.contains("no-builtin"))
  }

  @Test func `an intrinsic that LLVM would make again of its call stays one`() async throws {
    let source = """
      #include <math.h>
      double f(double x) { return fmax(x, 1) + floor(x); }
      """
    try await fixture.compile(source, to: "foo.o")
    try await fixture.link("-r", "-o", "foo.a", "foo.o", RelinkFixture.math)
    #expect(try await fixture.members(of: "foo.a") == ["foo.o", "floor.o"])
    let text = try await fixture.text(ofBitcode: "foo.o", in: "foo.a")
    #expect(text.contains("@llvm.floor.f64") && !text.contains("@floor("))

    try await fixture.compile(
      "double f(double); int main(int n, char **words) { return f(n + 1.5) != 4.5; }",
      to: "main.o"
    )
    _ = try await fixture.run(linking: ["main.o", "foo.a"])
  }

  @Test func `the second link needs no library and computes what a native link does`() async throws
  {
    try await makeArchive()
    let expected = try await fixture.nativeOutput(
      of: RelinkFixture.program,
      RelinkFixture.part
    )
    #expect(try await fixture.run(linking: ["main.o", "foo.a"]) == expected)
  }

  @Test func `a small function is inlined in the second link, a large one is called`() async throws
  {
    try await makeArchive()
    _ = try await fixture.run(linking: ["main.o", "foo.a"])
    let symbols = try await fixture.definedSymbols(of: "program")
    #expect(symbols.isDisjoint(with: ["f", "g", "fdim"]))
    #expect(symbols.contains("sin"))
  }

  @Test func `a call folds once it is inlined in the second link`() async throws {
    try await makeArchive()
    try await fixture.compile(
      "double f(double); int main(void) { return f(0.0) != 1; }",
      to: "zero.o"
    )
    _ = try await fixture.run(linking: ["zero.o", "foo.a"])
    let symbols = try await fixture.definedSymbols(of: "program")
    #expect(symbols.isDisjoint(with: ["f", "sin", "__sin", "__rem_pio2"]))
  }

  @Test func `archives are made of archives, three links deep`() async throws {
    let second = """
      #include <math.h>
      double f(double);
      double h(double x) { return exp(f(x)) + sin(x); }
      """
    let program = """
      #include <stdio.h>
      double h(double), g(double, double);
      int main(int count, char **words) {
        for (int i = count; i < 500; ++i) printf("%a\\n", h(i * 0.01) + g(i, 7));
      }
      """
    try await makeArchive()
    try await fixture.compile(second, to: "bar.o")
    try await fixture.compile(program, to: "main.o")
    // g is offered by foo.a, but nothing in the second link needs it.
    try await fixture.link("-r", "-o", "bar.a", "bar.o", "foo.a", RelinkFixture.math, "-u", "g")
    let members = try await fixture.members(of: "bar.a")
    #expect(members.count == Set(members).count)
    #expect(members.starts(with: ["bar.o"]))
    #expect(Set(members).isSuperset(of: RelinkFixture.members.union(["foo.o", "exp.o"])))
    let expected = try await fixture.nativeOutput(of: program, second, RelinkFixture.part)
    #expect(try await fixture.run(linking: ["main.o", "bar.a"]) == expected)
  }

  @Test(arguments: [["foo.a", RelinkFixture.math], [RelinkFixture.math, "foo.a"]])
  func `the library offered again defines nothing twice`(libraries: [String]) async throws {
    try await makeArchive()
    let expected = try await fixture.nativeOutput(
      of: RelinkFixture.program,
      RelinkFixture.part
    )
    #expect(try await fixture.run(linking: ["main.o"] + libraries) == expected)
  }

  @Test func `functions come from the archive where it is offered first`() async throws {
    try await makeArchive()
    try await fixture.compile(
      "#include <math.h>\ndouble f(double); double k(double x) { return f(x) + cos(x); }",
      to: "k.o"
    )
    let text = try await fixture.link(
      "-shared",
      "-o",
      "k.so",
      "k.o",
      "foo.a",
      RelinkFixture.math,
      "--explain"
    )
    #expect(text.contains("foo.a(sin.o) for sin"))
    #expect(!text.contains("libm.a(sin.o)"))
    #expect(text.contains("libm.a(cos.o) for cos"))
    #expect(!text.contains("foo.a(cos.o)"))
  }

  @Test func `what code generation invents is part of the archive`() async throws {
    try await fixture.compile(
      "#include <math.h>\ndouble both(double x) { return sin(x) * cos(x); }",
      to: "both.o"
    )
    try await fixture.link("-r", "-o", "both.a", "both.o", RelinkFixture.math)
    #expect(try await fixture.members(of: "both.a").contains("sincos.o"))
    try await fixture.compile(
      "double both(double); int main(int count, char **words) { return both(count) < 0; }",
      to: "main.o"
    )
    _ = try await fixture.run(linking: ["main.o", "both.a"])
  }

  @Test func `machine code is part of the archive as it is`() async throws {
    try await fixture.compile(
      "#include <math.h>\ndouble f(double); double native(double x) { return f(x) + cbrt(x); }",
      to: "native.o",
      "-fno-lto"
    )
    try await fixture.link("-r", "-o", "foo.a", "native.o", "foo.o", RelinkFixture.math)
    let members = try await fixture.members(of: "foo.a")
    #expect(Set(members).isSuperset(of: ["foo.o", "native.o", "cbrt.o", "sin.o"]))
    let original = try fixture.folder.contents(of: "native.o")
    try await runLLVMTool("llvm-ar", ["x", "foo.a", "native.o"], in: fixture.folder.path)
    #expect(try fixture.folder.contents(of: "native.o") == original)

    try await fixture.compile(
      "double native(double); int main(void) { return native(8) < 2; }",
      to: "main.o"
    )
    _ = try await fixture.run(linking: ["main.o", "foo.a"])
  }

  @Test func `inputs that are all machine code make an archive, too`() async throws {
    try await fixture.compile(RelinkFixture.part, to: "foo.o", "-fno-lto")
    try await makeArchive()
    #expect(Set(try await fixture.members(of: "foo.a")) == RelinkFixture.members.union(["foo.o"]))
    _ = try await fixture.run(linking: ["main.o", "foo.a"])
  }

  @Test func `the index names the definition that counts`() async throws {
    try await fixture.compile("int chosen(void) { return 1; }", to: "strong.o", "-fno-lto")
    try await fixture.compile(
      "__attribute__((weak)) int chosen(void) { return 2; } int other;",
      to: "weak.o",
      "-fno-lto"
    )
    try await fixture.link("-r", "-o", "chosen.a", "weak.o", "strong.o")
    let index = try await runLLVMTool(
      "llvm-nm",
      ["--print-armap", "chosen.a"],
      in: fixture.folder.path
    )
    #expect(index.contains("chosen in strong.o"))
    #expect(!index.contains("chosen in weak.o"))
    #expect(index.contains("other in weak.o"))
  }

  @Test func `the program's own function is used in the later link, too`() async throws {
    let own = """
      #include <math.h>
      double exp(double x) { return 42; }
      double f(double x) { return exp(x) + sin(x); }
      """
    try await fixture.compile(own, to: "own.o", "-fno-builtin-exp")
    try await fixture.link("-r", "-o", "own.a", "own.o", RelinkFixture.math)
    #expect(try await fixture.members(of: "own.a").contains("exp.o") == false)
    try await fixture.compile(
      "double f(double); int main(int n, char **w) { return f(n - 1) != 42; }",
      to: "main.o"
    )
    _ = try await fixture.run(linking: ["main.o", "own.a", RelinkFixture.math])
  }

  @Test(arguments: [[], ["-Wl,--fat-lto-objects"]])
  func `ld.lld links with the archive`(flags: [String]) async throws {
    try await makeArchive()
    let expected = try await fixture.nativeOutput(
      of: RelinkFixture.program,
      RelinkFixture.part
    )
    let output = try await fixture.run(
      linking: ["main.o", "foo.a"] + flags,
      with: LLVMTools.path("ld.lld")
    )
    #expect(output == expected)
  }

  @Test func `the same inputs make the same bytes`() async throws {
    try await makeArchive()
    let first = try fixture.folder.contents(of: "foo.a")
    let other = try RelinkFixture()
    try await other.compile(RelinkFixture.part, to: "foo.o")
    try await other.link("-r", "--threads=1", "-o", "foo.a", "foo.o", RelinkFixture.math)
    #expect(try other.folder.contents(of: "foo.a") == first)
  }

  @Test func `options that only lld carries out are refused`() async throws {
    for words in [["--wrap=sin"], ["--defsym=x=f"], ["--just-symbols=main.o"]] {
      let result = try await runApusLinker(
        ["-r", "-o", "no.a", "foo.o", RelinkFixture.math] + words,
        in: fixture.folder.path
      )
      #expect(result.status == 1)
      #expect(result.error.contains("give it to the next link"))
    }
    #expect(!fixture.folder.names.contains("no.a"))
  }

  @Test func `an archive is not written where a symbol has two definitions`() async throws {
    try await fixture.compile("double f(double x) { return x; }", to: "twice.o", "-fno-lto")
    let result = try await fixture.linkFailing("-r", "-o", "foo.a", "foo.o", "twice.o")
    #expect(result.error.contains("duplicate symbol: f"))
    #expect(!fixture.folder.names.contains("foo.a"))
  }
}
