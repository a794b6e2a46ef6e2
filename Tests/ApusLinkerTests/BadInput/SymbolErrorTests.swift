import ApusTestSupport
import SystemPackage
import Testing

/// Symbols that are missing or there twice: the error names them and every place.
struct SymbolErrorTests {
  typealias Form = LinkScenario.Form

  @Test(arguments: DefinitionRulesTests.mixtures + [[.machineCode, .machineCode]])
  func `a symbol that is defined twice is named with both files`(_ forms: [Form]) async throws {
    let scenario = try await LinkScenario.withMath()
    for (index, form) in forms.enumerated() {
      try await scenario.compile("int twice(void) { return 1; }", to: "part\(index).o", as: form)
    }
    try await scenario.expectRefusal(
      "duplicate symbol: twice",
      "part0.o",
      "part1.o",
      linking: ["start.o", "main.o", "part0.o", "part1.o", "libm.a"]
    )
  }

  @Test func `a symbol that a member defines again is named with the member`() async throws {
    let scenario = try await LinkScenario.withMath()
    try await scenario.compileMember(
      "double sin(double x) { return x + 1; } int own(void) { return 1; }",
      to: "sin.o"
    )
    try await scenario.archive("libown.a", "sin.o")
    try await scenario.compile("int own(void) { return 2; }", to: "own.o")
    try await scenario.expectRefusal(
      "duplicate symbol: own",
      "own.o",
      "libown.a(sin.o)",
      linking: ["start.o", "main.o", "own.o", "libown.a"]
    )
  }

  @Test(arguments: [Form.bitcode, .machineCode])
  func `a missing symbol is named, with who refers to it and where it was looked for`(
    _ form: Form
  ) async throws {
    let scenario = try await LinkScenario.withMath()
    try await scenario.compile(
      """
      int absent(void); int other(void);
      int first(void) { return absent() + other(); } int second(void) { return absent() * 2; }
      """,
      to: "part.o",
      as: form
    )
    try await scenario.compile("int others(void) { return 1; }", to: "others.o", as: form)
    try await scenario.expectRefusal(
      "undefined symbol: absent",
      "function 'first' of part.o",
      "undefined symbol: other",
      "libm.a",
      "'others'",
      linking: [
        "start.o", "main.o", "part.o", "others.o", "libm.a", "-u", "first", "-u", "second",
      ]
    )
  }

  @Test(arguments: [Form.bitcode, .machineCode])
  func `a missing symbol of a link without libraries is named with its function`(
    _ form: Form
  ) async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      "int absent(void); int test(void) { return absent(); }",
      to: "main.o",
      as: form
    )
    try await scenario.expectRefusal(
      "undefined symbol: absent",
      "test",
      "main.o",
      "no library was given",
      linking: ["start.o", "main.o"]
    )
  }

  @Test func `a missing library function is named with the function that has the intrinsic`()
    async throws
  {
    let scenario = try await LinkScenario.withMath()
    try await scenario.compile("double f(double x) { return __builtin_cos(x); }", to: "f.o")
    try await scenario.expectRefusal(
      "undefined symbol: cos",
      "function 'f' of f.o",
      "libm.a",
      linking: ["start.o", "main.o", "f.o", "-u", "f", "libm.a"]
    )
  }

  @Test func `a shared library's symbol may be missing, unless that is forbidden`() async throws {
    let scenario = try await LinkScenario.withMath()
    try await scenario.compile(
      "int absent(void); double f(double x) { return __builtin_sin(x) + absent(); }",
      to: "f.o",
      "-fPIC"
    )
    for option in ["--no-undefined", "-zdefs"] {
      try await scenario.expectRefusal(
        "undefined symbol: absent",
        linking: ["-shared", option, "f.o", "libm.a"]
      )
    }
    #expect(try await scenario.link("-shared", "f.o", "libm.a").status == 0)
    #expect(try await scenario.symbols(of: "program", "-D")["absent"] == "U")
  }
}
