import ApusTestSupport
import SystemPackage
import Testing

/// Which library serves a reference: as with lld, an archive serves those before it and after it, and of
/// several the first.
struct ArchiveOrderTests {
  /// `sin` returns 1, 2 or 3 by the library it is from; an intrinsic refers to it.
  private func scenario() async throws -> LinkScenario {
    let scenario = try await LinkScenario()
    for number in 1...3 {
      try await scenario.compileMember(
        "double sin(double x) { return \(number); }",
        to: "sin\(number).o",
        as: number == 3 ? .machineCode : .bitcode
      )
      try await scenario.archive("lib\(number).a", "sin\(number).o")
    }
    for expected in 1...3 {
      try await scenario.compile(
        "volatile double x; int test(void) { return __builtin_sin(x) != \(expected); }",
        to: "expect\(expected).o"
      )
    }
    return scenario
  }

  @Test func `the first library that has a function serves an intrinsic`() async throws {
    let scenario = try await scenario()
    var outcome = try await scenario.linkAndRun(
      "start.o",
      "expect1.o",
      "lib1.a",
      "lib2.a",
      "lib3.a"
    )
    #expect(outcome.extracted == ["lib1.a(sin1.o)"])
    outcome = try await scenario.linkAndRun("start.o", "expect2.o", "lib2.a", "lib1.a")
    #expect(outcome.extracted == ["lib2.a(sin2.o)"])
    try await scenario.linkAndRun("start.o", "expect3.o", "lib3.a", "lib1.a")
  }

  @Test func `a library serves what comes after it`() async throws {
    let scenario = try await scenario()
    let outcome = try await scenario.linkAndRun("lib1.a", "start.o", "expect1.o", "lib2.a")
    #expect(outcome.extracted == ["lib1.a(sin1.o)"])
  }

  @Test func `the same library twice serves once`() async throws {
    let scenario = try await scenario()
    var outcome = try await scenario.linkAndRun(
      "lib1.a",
      "start.o",
      "expect1.o",
      "lib1.a",
      "lib1.a"
    )
    #expect(outcome.extracted == ["lib1.a(sin1.o)"])
    outcome = try await scenario.linkAndRun(
      "start.o",
      "expect1.o",
      "--start-group",
      "lib1.a",
      "lib1.a",
      "--end-group"
    )
    #expect(outcome.extracted == ["lib1.a(sin1.o)"])
  }

  @Test func `the program's own definition comes before any library's`() async throws {
    let scenario = try await scenario()
    try await scenario.compile("double sin(double x) { return 7; }", to: "own.o", "-ffreestanding")
    try await scenario.compile(
      "volatile double x; int test(void) { return __builtin_sin(x) != 7; }",
      to: "main.o"
    )
    for order in [["own.o", "main.o", "lib1.a"], ["lib1.a", "main.o", "own.o"]] {
      let outcome = try await scenario.linkAndRun("start.o", order[0], order[1], order[2])
      #expect(!outcome.extracted.contains("lib1.a(sin1.o)") || order[0] == "lib1.a")
    }
  }

  @Test func `libraries that need each other need no group, and bear one`() async throws {
    let scenario = try await LinkScenario()
    for (name, next) in [("a", "b"), ("b", "c"), ("c", "d")] {
      try await scenario.compileMember(
        "int \(next)(int); int \(name)(int x) { return \(next)(x + 1); }",
        to: "\(name).o"
      )
    }
    try await scenario.compileMember("int d(int x) { return x; }", to: "d.o", as: .machineCode)
    try await scenario.archive("odd.a", "a.o", "c.o")
    try await scenario.archive("even.a", "b.o", "d.o")
    try await scenario.compile(
      "int a(int); volatile int x = 1; int test(void) { return a(x) != 4; }",
      to: "main.o"
    )
    for line in [["odd.a", "even.a"], ["--start-group", "odd.a", "even.a", "--end-group"]] {
      let result = try await runTool(
        LinkScenario.linker,
        ["-o", "program", "start.o", "main.o", "--save-temps"] + line,
        in: scenario.folder.path
      )
      #expect(result.status == 0, "\(result.error)")
      #expect(try await scenario.run("program") == 0)
    }
  }

  @Test func `a whole archive is linked, whether anything needs it or not`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("int a(void) { return 1; }", to: "a.o")
    try await scenario.compileMember("int b(void) { return 2; }", to: "b.o", as: .machineCode)
    try await scenario.compileMember("double sin(double x) { return 3; }", to: "sin.o")
    try await scenario.archive("lib.a", "a.o", "b.o", "sin.o")
    let whole = try await scenario.link("-shared", "--whole-archive", "lib.a", "--no-whole-archive")
    #expect(whole.status == 0, "\(whole.errors)")
    #expect(try await scenario.exports() == ["a", "b", "sin"])
    #expect(try await scenario.link("-shared", "-u", "a", "lib.a").status == 0)
    #expect(try await scenario.exports() == ["a"])
  }

  @Test func `an object in start-lib is extracted as a member would be`() async throws {
    let scenario = try await scenario()
    try await scenario.compileMember("double cos(double x) { return 1; }", to: "cos.o")
    let outcome = try await scenario.linkAndRun(
      "start.o",
      "expect1.o",
      "--start-lib",
      "cos.o",
      "sin1.o",
      "--end-lib"
    )
    #expect(outcome.extracted == ["sin1.o"])
    #expect(try await scenario.symbols()["cos"] == nil)
  }

  @Test func `a shared library before an archive serves an intrinsic`() async throws {
    let scenario = try await scenario()
    #expect(try await scenario.link("-shared", "sin3.o", "-o", "libsin.so").status == 0)
    var outcome = try await scenario.link("start.o", "expect1.o", "libsin.so", "lib1.a")
    #expect(outcome.extracted.isEmpty)
    outcome = try await scenario.link("start.o", "expect1.o", "lib1.a", "libsin.so")
    #expect(outcome.extracted == ["lib1.a(sin1.o)"])
  }

  @Test func `a member is extracted for a strong reference only`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("int a(void) { return 1; }", to: "a.o")
    try await scenario.compileMember("double sin(double x) { return 3; }", to: "sin.o")
    try await scenario.archive("lib.a", "a.o", "sin.o")
    try await scenario.compile(
      """
      __attribute__((weak)) int a(void); volatile double x;
      int test(void) { return a != 0 || __builtin_sin(x) != 3; }
      """,
      to: "main.o"
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "lib.a")
    #expect(outcome.extracted == ["lib.a(sin.o)"])
  }

  @Test func `a damaged member matters only if it is needed`() async throws {
    let scenario = try await scenario()
    var bytes = try scenario.folder.contents(of: "sin2.o")
    // Its magic number stays, nothing else does.
    for index in 64..<bytes.count { bytes[index] ^= 0x5A }
    try scenario.folder.write(bytes, to: "broken.o")
    try await scenario.archive("lib.a", "sin1.o")
    try await runLLVMTool("llvm-ar", ["rcS", "lib.a", "broken.o"], in: scenario.folder.path)
    let outcome = try await scenario.linkAndRun("start.o", "expect1.o", "lib.a")
    #expect(outcome.extracted == ["lib.a(sin1.o)"])

    try await scenario.compileMember("int other(void) { return 0; }", to: "other.o")
    let needed = try await scenario.link(
      "start.o",
      "expect1.o",
      "--whole-archive",
      "lib.a"
    )
    #expect(needed.status == 1)
    #expect(needed.says("lib.a(broken.o)"))
  }
}
