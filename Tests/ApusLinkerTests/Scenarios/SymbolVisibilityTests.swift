import ApusTestSupport
import SystemPackage
import Testing

/// What is visible from outside, and what the command line does to names.
struct SymbolVisibilityTests {
  /// A library's `sin` in `libm.a`, and `f.o`, which uses it.
  private func scenario() async throws -> LinkScenario {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(
      "__attribute__((noinline)) double sin(double x) { return x + 1; }",
      to: "sin.o"
    )
    try await scenario.archive("libm.a", "sin.o")
    try await scenario.compile(
      """
      double f(double x) { return __builtin_sin(x); }
      __attribute__((visibility("hidden"))) double hidden(double x) { return x; }
      __attribute__((visibility("protected"))) double guarded(double x) { return x; }
      """,
      to: "f.o",
      "-fPIC"
    )
    return scenario
  }

  @Test func `a shared library exports what is visible`() async throws {
    let scenario = try await scenario()
    #expect(try await scenario.link("-shared", "f.o", "libm.a").status == 0)
    #expect(try await scenario.exports() == ["f", "guarded", "sin"])
  }

  @Test func `a version script makes the library's functions local`() async throws {
    let scenario = try await scenario()
    try scenario.folder.write("{ global: f; local: *; };", to: "versions")
    let outcome = try await scenario.link(
      "-shared",
      "--version-script=versions",
      "f.o",
      "libm.a"
    )
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try await scenario.exports() == ["f"])
    #expect(outcome.extracted == ["libm.a(sin.o)"])
  }

  @Test func `versions are those of the script`() async throws {
    let scenario = try await scenario()
    try scenario.folder.write(
      "V1 { global: f; local: *; }; V2 { global: guarded; } V1;",
      to: "versions"
    )
    #expect(
      try await scenario.link("-shared", "--version-script=versions", "f.o", "libm.a").status == 0
    )
    #expect(try await scenario.exports() == ["f@@V1", "guarded@@V2"])
  }

  @Test func `an excluded library exports nothing`() async throws {
    for option in ["--exclude-libs=libm.a", "--exclude-libs=ALL"] {
      let scenario = try await scenario()
      #expect(try await scenario.link("-shared", option, "f.o", "libm.a").status == 0)
      #expect(try await scenario.exports() == ["f", "guarded"])
    }
  }

  @Test func `a program exports nothing, unless it is asked to`() async throws {
    let scenario = try await scenario()
    try await scenario.compile(
      """
      double f(double); volatile double x = 1; int answer(void) { return 42; }
      int test(void) { return f(x) != 2; }
      """,
      to: "main.o"
    )
    let inputs = ["start.o", "main.o", "f.o", "libm.a"]
    func exports(_ options: String...) async throws -> [String] {
      let result = try await runTool(
        LinkScenario.linker,
        ["-pie", "-o", "program"] + options + inputs,
        in: scenario.folder.path
      )
      #expect(result.status == 0, "\(result.error)")
      return try await scenario.exports()
    }
    #expect(try await exports() == [])
    #expect(try await exports("--export-dynamic-symbol=answer") == ["answer"])
    #expect(try await exports("--export-dynamic-symbol=ans*") == ["answer"])
    try scenario.folder.write("{ answer; };", to: "list")
    #expect(try await exports("--dynamic-list=list") == ["answer"])
    let all = try await exports("--export-dynamic")
    #expect(all.contains("answer") && all.contains("f") && all.contains("sin"))
    #expect(!all.contains("hidden"))
  }

  @Test func `what a shared library refers to stays visible in a program`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      "int callback(void); int call(void) { return callback(); }",
      to: "call.o",
      as: .machineCode,
      "-fPIC"
    )
    #expect(try await scenario.link("-shared", "call.o", "-o", "libcall.so").status == 0)
    try await scenario.compile(
      "int call(void); int callback(void) { return 0; } int test(void) { return call(); }",
      to: "main.o"
    )
    let outcome = try await scenario.link("-pie", "start.o", "main.o", "libcall.so", "--save-temps")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try await scenario.exports() == ["callback"])
  }

  @Test func `a hidden definition serves the link and is not exported`() async throws {
    let scenario = try await scenario()
    try await scenario.compileMember(
      "__attribute__((visibility(\"hidden\"))) double sin(double x) { return 5; }",
      to: "hidden.o",
      as: .machineCode
    )
    #expect(
      try await scenario.link("-shared", "f.o", "hidden.o", "libm.a", "--save-temps").status == 0
    )
    #expect(try await scenario.exports() == ["f", "guarded"])
  }

  @Test func `a reference that says hidden hides the definition`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile("int value(void) { return 1; }", to: "value.o", "-fPIC")
    try await scenario.compile(
      """
      __attribute__((visibility("hidden"))) int value(void);
      int f(void) { return value(); }
      """,
      to: "f.o",
      "-fPIC"
    )
    #expect(try await scenario.link("-shared", "value.o", "f.o", "--save-temps").status == 0)
    #expect(try await scenario.exports() == ["f"])
  }

  // MARK: Names of the command line

  private static let main = """
    volatile double x = 1; int test(void) { return __builtin_sin(x) != EXPECTED; }
    """

  @Test func `a wrapped sin is the wrapper, and the wrapper finds the real one`() async throws {
    let scenario = try await scenario()
    try await scenario.compile(
      """
      double __real_sin(double); double __wrap_sin(double x) { return __real_sin(x) * 10; }
      """,
      to: "wrap.o"
    )
    // Asked for by name, since LLVM makes what it likes of an intrinsic.
    try await scenario.compile(
      "double sin(double); volatile double x = 1; int test(void) { return sin(x) != 20; }",
      to: "main.o",
      "-fmath-errno"
    )
    let outcome = try await scenario.linkAndRun(
      "--wrap=sin",
      "start.o",
      "main.o",
      "wrap.o",
      "libm.a"
    )
    #expect(outcome.extracted == ["libm.a(sin.o)"])
  }

  @Test func `a wrapped sin wraps what an intrinsic calls`() async throws {
    let scenario = try await scenario()
    try await scenario.compile(
      "double __real_sin(double); double __wrap_sin(double x) { return __real_sin(x) * 10; }",
      to: "wrap.o"
    )
    try await scenario.compile(Self.main.replacing("EXPECTED", with: "20"), to: "main.o")
    try await scenario.linkAndRun("--wrap=sin", "start.o", "main.o", "wrap.o", "libm.a")
  }

  @Test func `a symbol of the command line takes the place of a library's function`() async throws {
    let scenario = try await scenario()
    try await scenario.compile(
      "double own(double x) { return 30; }" + Self.main.replacing("EXPECTED", with: "30"),
      to: "main.o"
    )
    let outcome = try await scenario.linkAndRun("--defsym=sin=own", "start.o", "main.o", "libm.a")
    #expect(outcome.extracted.isEmpty)
  }

  @Test func `an alias of the command line keeps what it stands for`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      "int real(void) { return 0; } int alias(void); int test(void) { return alias(); }",
      to: "main.o"
    )
    try await scenario.linkAndRun("--defsym", "alias=real", "start.o", "main.o", "--save-temps")
  }

  @Test func `a symbol that the command line asks for is extracted and stays`() async throws {
    let scenario = try await scenario()
    try await scenario.compile("int test(void) { return 0; }", to: "main.o")
    let outcome = try await scenario.linkAndRun("-u", "sin", "start.o", "main.o", "libm.a")
    #expect(outcome.extracted == ["libm.a(sin.o)"])
    #expect(try await scenario.symbols()["sin"] == "T")
  }

  @Test func `the entry may be in bitcode, and in a library`() async throws {
    let scenario = try await LinkScenario()
    let start = """
      void begin(void) { __asm__("xor %edi, %edi; mov $60, %eax; syscall"); }
      """
    try await scenario.compile(start, to: "begin.o")
    try await scenario.linkAndRun("-e", "begin", "begin.o", "--save-temps")
    try await scenario.archive("lib.a", "begin.o")
    try await scenario.compile("int unused;", to: "main.o")
    try await scenario.linkAndRun("-e", "begin", "main.o", "lib.a", "--save-temps")
  }
}
