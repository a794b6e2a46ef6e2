import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct DebugInformationTests {
  private static let source = """
    double fdim(double, double);

    __attribute__((noinline)) double mine(double x) {
      return __builtin_sin(x) +
        fdim(x, 2);
    }

    double f(double x) { return mine(x) * 2; }
    """

  @Test(arguments: [(MathLibraryForm.fat, "small"), (.fat, "all"), (.bitcode, "small")])
  func `debug information survives and names the user's file`(
    form: MathLibraryForm,
    inlining: String
  ) async throws {
    let fixture = try LinkFixture()
    try fixture.folder.write(Self.source, to: "user.c")
    try await runLLVMTool(
      "clang",
      ["-c", "user.c", "-o", "user.o", "-O2", "-g", "-fPIC", "-flto", "-fno-math-errno"],
      in: fixture.folder.path
    )
    try await fixture.link(
      "f.so",
      ["-shared", fixture.path("user.o"), form.archive.string, "--inline-math=\(inlining)"]
    )
    let verdict = try await runTool(
      LLVMTools.path("llvm-dwarfdump"),
      ["--verify", "f.so"],
      in: fixture.folder.path
    )
    #expect(verdict.status == 0, "\(verdict.output)")
    #expect(verdict.output.contains("No errors."))

    let lines = try await fixture.lines("llvm-dwarfdump", "--debug-line", "f.so")
    #expect(lines.contains { $0.contains("name: \"user.c\"") })
    // Every line of the function, the one with the inlined call too.
    let places = try await fixture.lines(
      "llvm-objdump",
      "--disassemble-symbols=mine",
      "--line-numbers",
      "f.so"
    ).filter { $0.contains("user.c:") }
    for line in [4, 5] { #expect(places.contains { $0.hasSuffix("user.c:\(line)") }) }
    let variables = try await fixture.lines(
      "llvm-dwarfdump",
      "--name=mine",
      "--show-children",
      "f.so"
    )
    #expect(variables.contains { $0.contains("DW_AT_name") && $0.contains("\"x\"") })
  }
}
