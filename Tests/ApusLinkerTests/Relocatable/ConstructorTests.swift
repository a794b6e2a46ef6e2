import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// Code that runs before `main` and after it, in one link and in two.
@Suite struct ConstructorTests {
  private static let first = """
    #include <stdio.h>
    int order;
    __attribute__((constructor)) static void ordinary(void) { order = order * 10 + 3; }
    __attribute__((constructor(201))) static void late(void) { order = order * 10 + 2; }
    __attribute__((constructor(101))) static void early(void) { order = order * 10 + 1; }
    __attribute__((destructor)) static void last(void) { printf("last\\n"); }
    int f(void) { return order; }
    """
  private static let program = """
    #include <stdio.h>
    extern int order;
    int f(void);
    __attribute__((constructor)) static void own(void) { order = order * 10 + 4; }
    int main(void) { printf("%d\\n", f()); fflush(stdout); }
    """

  @Test(arguments: ["direct", "foo.a", "foo.o", "kept.o"])
  func `constructors run in order, and destructors run`(form: String) async throws {
    let fixture = try RelinkFixture()
    try await fixture.compile(Self.first, to: "first.o")
    try await fixture.compile(Self.program, to: "main.o")
    // Some math, so that the link is not left to lld.
    try await fixture.compile(
      "double g(double x) { return __builtin_floor(x); }",
      to: "math.o"
    )
    var inputs = ["first.o", "math.o", RelinkFixture.math]
    if form != "direct" {
      let flags = form == "kept.o" ? ["--keep-intrinsics"] : []
      let result = try await runApusLinker(
        ["-r", "-o", form] + flags + inputs,
        in: fixture.folder.path
      )
      try #require(result.status == 0, "\(result.error)")
      inputs = [form, RelinkFixture.math]
    }
    let output = try await fixture.run(linking: inputs + ["main.o"])
    #expect(output == "1234\nlast\n")
    let sections = try await runLLVMTool(
      "llvm-readelf",
      ["-SW", "program"],
      in: fixture.folder.path
    )
    #expect(sections.contains(".init_array") && !sections.contains(".ctors"))
  }
}
