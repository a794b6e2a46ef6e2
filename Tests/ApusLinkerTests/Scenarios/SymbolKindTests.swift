import ApusTestSupport
import SystemPackage
import Testing

/// Symbols that are more than a function or a variable keep their meaning when bitcode becomes one module.
struct SymbolKindTests {
  typealias Form = LinkScenario.Form

  /// Links a program whose `test` is in the first source, each source in the form it comes with.
  private func expectZero(
    _ parts: [(source: String, form: Form)],
    language: String = "c",
    _ options: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let scenario = try await LinkScenario()
    var names: [String] = []
    for (index, part) in parts.enumerated() {
      names.append("part\(index).o")
      try await scenario.compile(part.source, to: names[index], as: part.form, language: language)
    }
    let result = try await runTool(
      LinkScenario.linker,
      ["-o", "program", "start.o", "--save-temps"] + names + options,
      in: scenario.folder.path
    )
    try #require(result.status == 0, "\(result.error)", sourceLocation: sourceLocation)
    let status = try await scenario.run("program")
    #expect(status == 0, sourceLocation: sourceLocation)
  }

  @Test(arguments: [Form.bitcode, .machineCode])
  func `an alias is what it stands for`(_ form: Form) async throws {
    try await expectZero([
      (
        """
        int second(int); extern int other; int real(int);
        int (*volatile a)(int) = second, (*volatile b)(int) = real;
        int test(void) { return second(1) != 2 || other != 5 || a != b; }
        """, .bitcode
      ),
      (
        """
        int real(int x) { return x + 1; } int second(int) __attribute__((alias("real")));
        static int hidden = 5; extern int other __attribute__((alias("hidden")));
        """, form
      ),
    ])
  }

  @Test func `a weak alias gives way, what it stands for stays`() async throws {
    try await expectZero([
      ("int f(void), g(void); int test(void) { return f() != 2 || g() != 1; }", .bitcode),
      (
        """
        int real(void) { return 1; } int f(void) __attribute__((weak, alias("real")));
        int g(void) { return real(); }
        """, .bitcode
      ),
      ("int f(void) { return 2; }", .bitcode),
    ])
  }

  @Test func `the address of sin is that of one function`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("double sin(double x) { return x + 1; }", to: "sin.o")
    try await scenario.archive("libm.a", "sin.o")
    try await scenario.compile(
      """
      double sin(double); double (*const table[])(double) = {sin};
      double (*other(void))(double); volatile double x = 1;
      int test(void) { return table[0] != other() || table[0](x) != 2 || __builtin_sin(x) != 2; }
      """,
      to: "main.o"
    )
    try await scenario.compile(
      "double sin(double); double (*other(void))(double) { return sin; }",
      to: "other.o",
      as: .machineCode
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "other.o", "libm.a")
    #expect(outcome.extracted == ["libm.a(sin.o)"])
    #expect(try await scenario.symbols()["sin"]?.lowercased() == "t")
  }

  @Test(arguments: [Form.bitcode, .machineCode])
  func `a function that is chosen when the program starts is chosen`(_ form: Form) async throws {
    // Its relocations are applied by hand, since there is no C library.
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      static double fast(double x) { return x + 1; }
      static double (*choose(void))(double) { return fast; }
      double sin(double) __attribute__((ifunc("choose")));
      """,
      to: "sin.o",
      as: form,
      "-ffreestanding"
    )
    try await scenario.archive("libm.a", "sin.o")
    try await scenario.compile(
      """
      struct relocation { unsigned long place, info; long addend; };
      extern const struct relocation __rela_iplt_start[], __rela_iplt_end[];
      volatile double x = 1;
      int test(void) {
        for (const struct relocation *r = __rela_iplt_start; r < __rela_iplt_end; r++)
          *(unsigned long *)r->place = ((unsigned long (*)(void))r->addend)();
        return __builtin_sin(x) != 2;
      }
      """,
      to: "main.o"
    )
    try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    // Passes may find out what will be chosen.
    if form == .machineCode { #expect(try await scenario.symbols()["sin"] == "i") }
  }

  @Test(arguments: [Form.bitcode, .machineCode])
  func `module-level assembly may define what bitcode uses`(_ form: Form) async throws {
    try await expectZero([
      ("int value(void); int test(void) { return value() != 7; }", .bitcode),
      (#"__asm__(".text\n.globl value\nvalue:\n  mov $7, %eax\n  ret\n");"#, form),
    ])
  }

  @Test func `module-level assembly may use what bitcode and libraries define`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("double sin(double x) { return x + 1; }", to: "sin.o")
    try await scenario.archive("libm.a", "sin.o")
    try await scenario.compile(
      #"""
      __asm__(".text\n.globl through\nthrough:\n  call own\n  jmp sin\n");
      double through(double); double own(double x) { return x + 10; } volatile double x = 1;
      int test(void) { return through(x) != 12; }
      """#,
      to: "main.o"
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    #expect(outcome.extracted == ["libm.a(sin.o)"])
  }

  @Test func `assembly inside a function may use what bitcode defines`() async throws {
    try await expectZero([
      (
        """
        int answer __attribute__((used)) = 9;
        int test(void) { int x; __asm__("mov answer(%%rip), %0" : "=r"(x)); return x != 9; }
        """, .bitcode
      )
    ])
  }

  @Test func `a symbol that assembly renames is the one that is linked`() async throws {
    try await expectZero([
      (#"int f(void) __asm__("renamed"); int test(void) { return f(); }"#, .bitcode),
      (#"int f(void) __asm__("renamed"); int f(void) { return 0; }"#, .bitcode),
    ])
  }

  @Test(arguments: [
    [Form.bitcode, .machineCode], [.machineCode, .bitcode], [.bitcode, .bitcode],
  ])
  func `a thread's variable is the same in both kinds of code`(_ forms: [Form]) async throws {
    // The thread pointer is set by hand, since there is no C library.
    try await expectZero([
      (
        """
        extern _Thread_local int shared; int bump(void);
        static char block[4096] __attribute__((aligned(64)));
        int test(void) {
          void **thread = (void **)(block + 2048); *thread = thread; long result;
          __asm__ volatile("syscall" : "=a"(result) : "a"(158), "D"(0x1002), "S"(thread)
            : "rcx", "r11", "memory");
          shared = 4; return bump() != 5 || shared != 5;
        }
        """, forms[0]
      ),
      ("_Thread_local int shared; int bump(void) { return ++shared; }", forms[1]),
    ])
  }

  @Test func `constructors run, whatever nobody refers to`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      extern void (*__init_array_start[])(void), (*__init_array_end[])(void); extern int count;
      int test(void) {
        for (void (**f)(void) = __init_array_start; f < __init_array_end; f++) (*f)();
        return count != 111;
      }
      """,
      to: "main.o"
    )
    try await scenario.compile(
      "int count; __attribute__((constructor)) static void first(void) { count += 1; }",
      to: "first.o"
    )
    try await scenario.compile(
      "extern int count; __attribute__((constructor(200))) static void second(void) { count += 10; }",
      to: "second.o"
    )
    try await scenario.compile(
      "extern int count; __attribute__((constructor)) static void third(void) { count += 100; }",
      to: "third.o",
      as: .machineCode
    )
    try await scenario.linkAndRun(
      "start.o",
      "main.o",
      "first.o",
      "second.o",
      "third.o",
      "--gc-sections",
      "--save-temps"
    )
  }

  @Test func `what is marked used stays, what is not goes`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      __attribute__((used)) static int kept = 1; static int dropped = 2; int nobody(void) { return 3; }
      __attribute__((used)) int stays(void) { return 4; }
      int test(void) { return 0; }
      """,
      to: "main.o"
    )
    try await scenario.linkAndRun("start.o", "main.o", "--save-temps")
    let symbols = try await scenario.symbols()
    #expect(symbols["kept"] != nil && symbols["stays"] != nil)
    #expect(symbols["dropped"] == nil && symbols["nobody"] == nil)
  }

  @Test func `sections of a name are found by their ends`() async throws {
    try await expectZero([
      (
        """
        extern const int __start_table[], __stop_table[]; int more(void);
        __attribute__((section("table"), used)) static const int first = 1;
        int test(void) { int sum = more(); for (const int *p = __start_table; p < __stop_table; p++) sum += *p; return sum != 3; }
        """, .bitcode
      ),
      (
        """
        __attribute__((section("table"), used)) static const int second = 2;
        int more(void) { return 0; }
        """, .bitcode
      ),
    ])
  }

  @Test func `private names of several files stay apart`() async throws {
    try await expectZero([
      (
        """
        static int state = 1; static __attribute__((noinline)) int sin(void) { return state; }
        int other(void); int test(void) { return sin() != 1 || other() != 2; }
        """, .bitcode
      ),
      (
        """
        static int state = 2; static __attribute__((noinline)) int sin(void) { return state; }
        int other(void) { return sin(); }
        """, .bitcode
      ),
    ])
  }

  @Test func `a symbol may change from bitcode to machine code and back`() async throws {
    try await expectZero([
      ("int b(int); int test(void) { return b(1) != 4; } int c(int x) { return x + 1; }", .bitcode),
      ("int c(int); int d(int); int b(int x) { return c(x) + d(x) - 0; }", .machineCode),
      ("int e(int); int d(int x) { return e(x); }", .bitcode),
      ("int e(int x) { return x + 1; }", .machineCode),
    ])
  }
}
