import ApusTestSupport
import SystemPackage
import Testing

/// Which of several definitions counts, in any mixture of bitcode and machine code.
struct DefinitionRulesTests {
  typealias Form = LinkScenario.Form

  /// Every pair of forms; two objects of machine code are lld's business.
  static let mixtures: [[Form]] = [
    [.bitcode, .bitcode], [.bitcode, .machineCode], [.machineCode, .bitcode],
  ]

  /// Links `first.o` and `second.o` behind a program in bitcode that returns what `result` returns.
  private func expectZero(
    _ first: String,
    _ second: String,
    _ forms: [Form],
    language: String = "c",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(first, to: "first.o", as: forms[0], language: language)
    try await scenario.compile(second, to: "second.o", as: forms[1], language: language)
    try await scenario.compile(
      "int result(void); int test(void) { return result(); }",
      to: "main.o"
    )
    // Saving temporary files keeps the link from being left to lld.
    try await scenario.linkAndRun(
      "start.o",
      "main.o",
      "first.o",
      "second.o",
      "--save-temps",
      sourceLocation: sourceLocation
    )
  }

  @Test(arguments: mixtures)
  func `a strong definition replaces a weak one before or after it`(_ forms: [Form]) async throws {
    let weak = "__attribute__((weak)) int value(void) { return 1; }"
    let strong = "int value(void) { return 0; }"
    let use = "int value(void); int result(void) { return value(); }"
    try await expectZero(weak + use, strong, forms)
    try await expectZero(strong, weak + use, forms)
  }

  @Test(arguments: mixtures)
  func `of weak definitions the first counts`(_ forms: [Form]) async throws {
    try await expectZero(
      "__attribute__((weak)) int value(void) { return 0; }",
      """
      __attribute__((weak)) int value(void) { return 1; }
      int result(void) { return value(); }
      """,
      forms
    )
  }

  @Test(arguments: mixtures)
  func `a weak variable gives way to a strong one`(_ forms: [Form]) async throws {
    let weak = "__attribute__((weak)) int value = 1;"
    let strong = "int value = 0;"
    let use = "extern int value; int result(void) { return value; }"
    try await expectZero(weak + use, strong, forms)
    try await expectZero(strong, weak + use, forms)
  }

  @Test(arguments: mixtures)
  func `common variables are one, as large as the largest`(_ forms: [Form]) async throws {
    let flag = "__attribute__((common)) "
    try await expectZero(
      flag + "int shared[2]; void set(void) { shared[1] = 0; }",
      flag
        + """
        int shared[64]; void set(void); int guard[1];
        int result(void) { shared[63] = 5; shared[1] = 3; set(); return shared[63] != 5 || shared[1]; }
        """,
      forms
    )
  }

  @Test(arguments: mixtures)
  func `a strong definition replaces a common one`(_ forms: [Form]) async throws {
    let common = "__attribute__((common)) int value; int result(void) { return value != 7; }"
    let strong = "int value = 7;"
    try await expectZero(common, strong, forms)
    try await expectZero(strong, common, forms)
  }

  @Test(arguments: mixtures)
  func `an inline function of two files is one`(_ forms: [Form]) async throws {
    let shared = """
      inline int &counter() { static int count; return count; }
      inline __attribute__((noinline)) int *address() { return &counter(); }

      """
    try await expectZero(
      shared + "int *first() { ++counter(); return address(); }",
      shared
        + """
        int *first();
        extern "C" int result() { return first() != address() || ++counter() != 2; }
        """,
      forms,
      language: "c++"
    )
  }

  @Test(arguments: mixtures)
  func `a template of two files is one`(_ forms: [Form]) async throws {
    let shared = """
      template <class T> struct Box { static T value; static __attribute__((noinline)) T take(T x); };
      template <class T> T Box<T>::value = 5;
      template <class T> T Box<T>::take(T x) { return value += x; }

      """
    try await expectZero(
      shared + "int more() { return Box<int>::take(1); }",
      shared
        + """
        int more();
        extern "C" int result() { more(); return Box<int>::take(1) != 7 || Box<int>::value != 7; }
        """,
      forms,
      language: "c++"
    )
  }

  @Test(arguments: mixtures)
  func `a group that does not prevail leaves none of its members`(_ forms: [Form]) async throws {
    // Constructors and vtables share a group; the types say that they came from one copy.
    let shared = """
      struct Shape { int side; Shape(int side) : side(side) {} virtual int area() { return side; } };

      """
    try await expectZero(
      shared + "Shape *make() { static Shape shape(3); return &shape; }",
      shared
        + """
        Shape *make();
        extern "C" int result() { Shape own(3); return make()->area() != own.area(); }
        extern "C" int __cxa_guard_acquire(char *guard) { return !*guard; }
        extern "C" void __cxa_guard_release(char *guard) { *guard = 1; }
        namespace __cxxabiv1 {
          struct __class_type_info { virtual void f(); }; void __class_type_info::f() {}
        }
        """,
      forms,
      language: "c++"
    )
  }

  @Test func `a helper in two members of a library is one`() async throws {
    let scenario = try await LinkScenario()
    let helper = """
      inline __attribute__((noinline)) double &state() { static double value; return value; }

      """
    for (name, form) in [("sin", Form.bitcode), ("cos", .machineCode), ("tan", .bitcode)] {
      try await scenario.compile(
        helper + "extern \"C\" double \(name)(double x) { return state() += x; }",
        to: "\(name).o",
        as: form,
        language: "c++",
        "-ffreestanding"
      )
    }
    try await scenario.archive("libm.a", "sin.o", "cos.o", "tan.o")
    // The functions are not what LLVM takes them for, so they are called by their names.
    try await scenario.compile(
      """
      double sin(double), cos(double), tan(double); volatile double x = 1;
      int test(void) { sin(x); cos(x); return tan(x) != 3; }
      """,
      to: "main.o",
      "-fno-builtin"
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    #expect(outcome.extracted == ["libm.a(cos.o)", "libm.a(sin.o)", "libm.a(tan.o)"])
  }

  @Test func `a weak reference that nobody defines is 0`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      "__attribute__((weak)) int missing(void); int test(void) { return missing ? missing() : 0; }",
      to: "main.o"
    )
    try await scenario.linkAndRun("start.o", "main.o", "--save-temps")
  }

  @Test func `the first of several definitions counts where that is allowed`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile("int value(void) { return 0; }", to: "first.o")
    try await scenario.compile("int value(void) { return 1; }", to: "second.o")
    try await scenario.compile("int value(void); int test(void) { return value(); }", to: "main.o")
    try await scenario.linkAndRun(
      "--allow-multiple-definition",
      "start.o",
      "main.o",
      "first.o",
      "second.o",
      "--save-temps"
    )
  }

  @Test func `a program's weak sin gives way to nothing, and its strong one to nothing either`()
    async throws
  {
    for attribute in ["__attribute__((weak))", ""] {
      let scenario = try await LinkScenario()
      try await scenario.compileMember("double sin(double x) { return 1; }", to: "sin.o")
      try await scenario.archive("libm.a", "sin.o")
      try await scenario.compile(
        "\(attribute) double sin(double x) { return 7; }",
        to: "own.o",
        "-ffreestanding"
      )
      try await scenario.compile(
        "volatile double x; int test(void) { return __builtin_sin(x) != 7; }",
        to: "main.o"
      )
      let outcome = try await scenario.linkAndRun("start.o", "main.o", "own.o", "libm.a")
      #expect(outcome.extracted.isEmpty)
    }
  }
}
