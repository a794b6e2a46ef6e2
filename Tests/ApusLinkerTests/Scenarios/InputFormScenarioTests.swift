import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// The forms in which bitcode comes, linked and run.
struct InputFormScenarioTests {
  private static let addition = "int add(int a, int b) { return a + b; }"
  private static let use = """
    int add(int, int); volatile int a = 2; int test(void) { return add(a, 3) != 5; }
    """

  @Test func `a fat object counts once, as bitcode or as machine code`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(Self.addition, to: "add.o", as: .fat)
    try await scenario.compile(Self.use, to: "main.o", as: .fat)
    let bitcode = try await scenario.linkAndRun("start.o", "main.o", "add.o", "--save-temps")
    #expect(bitcode.report?.wasHandedOver == false)
    #expect(try await scenario.symbols()["add"] == nil)

    let native = try await scenario.linkAndRun("--no-fat-lto-objects", "start.o", "main.o", "add.o")
    #expect(native.report?.wasHandedOver == true)
    #expect(try await scenario.symbols()["add"] == "T")
  }

  @Test func `a fat member counts once`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(Self.addition, to: "add.o", as: .fat)
    try await scenario.archive("liba.a", "add.o")
    try await scenario.compile(Self.use, to: "main.o")
    try await scenario.linkAndRun("start.o", "main.o", "liba.a")
    try await scenario.linkAndRun("start.o", "main.o", "liba.a", "--save-temps")
  }

  @Test func `two modules in one file are both linked`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      struct Shape { virtual int area() { return 1; } };
      struct Square : Shape { int area() override { return 4; } };
      extern "C" __attribute__((noinline)) int area(Shape *shape) { return shape->area(); }
      extern "C" int test() { Square square; return area(&square) != 4; }
      // What a vtable needs without a C++ library.
      namespace __cxxabiv1 {
        struct __class_type_info { virtual void f(); }; void __class_type_info::f() {}
        struct __si_class_type_info { virtual void f(); }; void __si_class_type_info::f() {}
      }
      """,
      to: "main.o",
      language: "c++",
      "-flto=thin",
      "-fsplit-lto-unit",
      "-fwhole-program-vtables",
      "-fvisibility=hidden",
      "-fno-rtti"
    )
    let contents = try FileSlice(mapping: scenario.folder.file("main.o"))
    try #require(try BitcodeFile(contents).modules.count == 2)
    try await scenario.linkAndRun("start.o", "main.o", "--save-temps")
    try await scenario.linkAndRun("start.o", "main.o")
  }

  @Test(arguments: ["-flto", "-flto=thin", "-funified-lto"])
  func `bitcode for any kind of link-time optimisation is linked as one`(_ flag: String)
    async throws
  {
    let scenario = try await LinkScenario()
    try await scenario.compile(Self.addition, to: "add.o", flag)
    try await scenario.compile(Self.use, to: "main.o", flag)
    try await scenario.linkAndRun("start.o", "main.o", "add.o", "--save-temps")
    #expect(try await scenario.symbols()["add"] == nil)
  }

  @Test func `bitcode in Darwin's wrapper is bitcode`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(Self.addition, to: "add.o")
    try await scenario.compile(Self.use, to: "main.o")
    let bitcode = try scenario.folder.contents(of: "add.o")
    func word(_ value: Int) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let header = word(0x0B17_C0DE) + word(0) + word(20) + word(bitcode.count) + word(0x0100_0007)
    try scenario.folder.write(header + bitcode, to: "wrapped.o")
    try await scenario.linkAndRun("start.o", "main.o", "wrapped.o", "--save-temps")
    #expect(try await scenario.symbols()["add"] == nil)
  }

  @Test func `LLVM's assembly language is linked as the bitcode it stands for`() async throws {
    let scenario = try await LinkScenario()
    try scenario.folder.write(
      """
      target triple = "x86_64-pc-linux-gnu"
      define i32 @add(i32 %a, i32 %b) {
        %sum = add i32 %a, %b
        ret i32 %sum
      }
      """,
      to: "add.ll"
    )
    try await scenario.compile(Self.use, to: "main.o")
    try await scenario.linkAndRun("start.o", "main.o", "add.ll")
    #expect(try await scenario.symbols()["add"] == nil)
  }

  @Test func `an archive without an index of its bitcode is searched`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("double sin(double x) { return x + 1; }", to: "sin.o")
    let result = try await runTool(
      InputFixture.gnuArchiver,
      ["--plugin=/dev/null", "rcs", "libm.a", "sin.o"],
      in: scenario.folder.path
    )
    try #require(result.status == 0)
    try await scenario.compile(
      "volatile double x = 1; int test(void) { return __builtin_sin(x) != 2; }",
      to: "main.o"
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    #expect(outcome.extracted == ["libm.a(sin.o)"])
  }

  @Test func `members of a thin archive are found beside it`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("double sin(double x) { return x + 1; }", to: "sin.o")
    try await scenario.compileMember(
      "double cos(double x) { return x + 1; }",
      to: "cos.o",
      as: .machineCode
    )
    try await runLLVMTool(
      "llvm-ar",
      ["--thin", "rcs", "libm.a", "sin.o", "cos.o"],
      in: scenario.folder.path
    )
    try await scenario.compile(
      """
      volatile double x = 1;
      int test(void) { return __builtin_sin(x) != 2 || __builtin_cos(x) != 2; }
      """,
      to: "main.o"
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    #expect(outcome.extracted.count == 2)
  }

  @Test func `a mixed archive serves bitcode and machine code both ways`() async throws {
    let scenario = try await LinkScenario()
    for (name, next, form) in [
      ("a", "b", LinkScenario.Form.bitcode), ("b", "c", .machineCode), ("c", "d", .bitcode),
    ] {
      try await scenario.compileMember(
        "double \(next)(double); double \(name)(double x) { return \(next)(x) + 1; }",
        to: "\(name).o",
        as: form
      )
    }
    try await scenario.compileMember("double d(double x) { return x; }", to: "d.o", as: .fat)
    try await scenario.compileMember("double e(double x) { return x; }", to: "e.o")
    try await scenario.archive("lib.a", "a.o", "b.o", "c.o", "d.o", "e.o")
    try await scenario.compile(
      "double a(double); volatile double x = 1; int test(void) { return a(x) != 4; }",
      to: "main.o"
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "lib.a", "--save-temps")
    #expect(outcome.extracted == ["lib.a(a.o)", "lib.a(b.o)", "lib.a(c.o)", "lib.a(d.o)"])
  }

  @Test func `debug info and line tables of bitcode survive`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("double sin(double x) { return x + 1; }", to: "sin.o")
    try await scenario.archive("libm.a", "sin.o")
    try await scenario.compile(
      "volatile double x = 1; int test(void) { return __builtin_sin(x) != 2; }",
      to: "main.o",
      "-g"
    )
    try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    let info = try await runLLVMTool(
      "llvm-dwarfdump",
      ["--name=test", "program"],
      in: scenario.folder.path
    )
    #expect(info.contains("DW_TAG_subprogram"))
    #expect(info.contains("DW_AT_decl_line\t(1)"))
  }
}
