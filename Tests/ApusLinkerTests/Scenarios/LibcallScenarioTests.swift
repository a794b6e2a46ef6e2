import ApusTestSupport
import SystemPackage
import Testing

/// Calls that only the backend makes: what they need is part of the link, and nothing else is.
struct LibcallScenarioTests {
  @Test func `an intrinsic extracts its function, and none that the backend might have called`()
    async throws
  {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("double sin(double x) { return x + 1; }", to: "sin.o")
    try await scenario.compileMember(
      "int fegetround(void); double fma(double a, double b, double c) { return fegetround() + a; }",
      to: "fma.o"
    )
    try await scenario.archive("libm.a", "sin.o", "fma.o")
    try await scenario.compile(
      "volatile double one = 1; int test(void) { return __builtin_sin(one) != 2; }",
      to: "main.o"
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    #expect(outcome.extracted == ["libm.a(sin.o)"])
    #expect(try await scenario.symbols()["fma"] == nil)

    let lld = try await scenario.linkWithLLD("start.o", "main.o", "libm.a")
    #expect(lld.status == 1)
    #expect(lld.error.contains("undefined symbol: fegetround"))
  }

  @Test func `a call that a pass invents is compiled, never a jump to address 0`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(
      """
      int memcmp(const char *a, const char *b, unsigned long n) {
        for (; n--; a++, b++) if (*a != *b) return *a - *b;
        return 0;
      }
      """,
      to: "memcmp.o",
      as: .machineCode
    )
    try await scenario.compileMember(
      """
      __attribute__((noinline)) int bcmp(const char *a, const char *b, unsigned long n) {
        for (; n--; a++, b++) if (*a != *b) return 1;
        return 0;
      }
      """,
      to: "bcmp.o"
    )
    try await scenario.archive("libc.a", "memcmp.o", "bcmp.o")
    try await scenario.compile(
      """
      int memcmp(const void *, const void *, unsigned long);
      char a[9] = "abcdefgh", b[9] = "abcdefgh"; volatile unsigned long n = 8;
      int test(void) { return memcmp(a, b, n) == 0 ? 0 : 1; }
      """,
      to: "main.o",
      "-Xclang",
      "-disable-llvm-passes"
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "libc.a")
    let bcmp = try #require(outcome.report?.extracted.first { $0.symbol == "bcmp" })
    #expect(bcmp.round == 1)
    #expect(try await scenario.symbols()["bcmp"]?.lowercased() == "t")

    #expect(try await scenario.linkWithLLD("start.o", "main.o", "libc.a").status == 0)
    #expect(try await scenario.symbols(of: "lld-program")["bcmp"] == "A")
    #expect(try await scenario.run("lld-program") != 0)
  }

  @Test func `machine code that code generation needs may need bitcode`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(
      """
      typedef __int128 number;
      number divide(number, number);
      number __divti3(number a, number b) { return divide(a, b); }
      """,
      to: "divti3.o",
      as: .machineCode
    )
    try await scenario.compileMember(
      """
      typedef __int128 number;
      number divide(number a, number b) { number q = 0; while (a >= b) a -= b, q++; return q; }
      """,
      to: "divide.o"
    )
    try await scenario.archive("librt.a", "divti3.o", "divide.o")
    try await scenario.compile(
      "volatile __int128 a = 42, b = 6; int test(void) { return a / b != 7; }",
      to: "main.o"
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "librt.a")
    #expect(outcome.extracted == ["librt.a(divide.o)", "librt.a(divti3.o)"])

    let lld = try await scenario.linkWithLLD("start.o", "main.o", "librt.a")
    let status = lld.status == 0 ? try await scenario.run("lld-program") : lld.status
    #expect(status != 0)
  }

  @Test(arguments: [LinkScenario.Form.bitcode, .machineCode])
  func `a conversion of a half-precision number extracts its helper`(
    _ form: LinkScenario.Form
  ) async throws {
    let scenario = try await LinkScenario()
    // 1.0, whatever is converted.
    try await scenario.compileMember(
      """
      _Float16 __truncsfhf2(float x) {
        unsigned short bits = 0x3C00; _Float16 one; __builtin_memcpy(&one, &bits, 2); return one;
      }
      """,
      to: "truncsfhf2.o",
      as: form
    )
    try await scenario.compileMember(
      "float __extendhfsf2(_Float16 x) { return 0; }",
      to: "extendhfsf2.o",
      as: form
    )
    try await scenario.archive("librt.a", "truncsfhf2.o", "extendhfsf2.o")
    try await scenario.compile(
      """
      volatile float x = 3; volatile _Float16 y;
      int test(void) { y = (_Float16)x; return *(unsigned short *)&y != 0x3C00; }
      """,
      to: "main.o"
    )
    try await scenario.linkAndRun("start.o", "main.o", "librt.a")
    #expect(try await scenario.symbols()["__extendhfsf2"] == nil)
  }

  @Test func `what a shared library offers to the backend is not extracted from an archive`()
    async throws
  {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("double sin(double x) { return x; }", to: "sin.o")
    try await scenario.compileMember(
      "double sin(double x) { return x; }",
      to: "native.o",
      as: .machineCode
    )
    try await scenario.archive("libm.a", "sin.o")
    #expect(try await scenario.link("-shared", "native.o", "-o", "libm.so").status == 0)
    try await scenario.compile(
      "volatile double x; int test(void) { return __builtin_sin(x) != 0; }",
      to: "main.o"
    )
    let outcome = try await scenario.link("start.o", "main.o", "libm.so", "libm.a")
    #expect(outcome.status == 0)
    #expect(outcome.extracted.isEmpty)
    #expect(try await scenario.symbols(of: "program", "-D", "--undefined-only")["sin"] == "U")

    // lld looks for what has bitcode to offer, whatever is there already.
    let archive = try await scenario.link("start.o", "main.o", "libm.a", "libm.so")
    #expect(archive.extracted == ["libm.a(sin.o)"])
  }

  // MARK: Sine and cosine of one number

  private static let sineAndCosine = """
    volatile double x = 1;
    int test(void) { double a = x; return __builtin_sin(a) + __builtin_cos(a) != 30; }
    """

  @Test func `a sine and a cosine need no sincos that the library does not have`() async throws {
    let scenario = try await LinkScenario()
    for (name, value) in [("sin", 10), ("cos", 20)] {
      try await scenario.compileMember(
        "__attribute__((noinline)) double \(name)(double x) { return x * \(value); }",
        to: "\(name).o"
      )
    }
    try await scenario.archive("libm.a", "sin.o", "cos.o")
    try await scenario.compile(Self.sineAndCosine, to: "main.o")
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    #expect(outcome.extracted == ["libm.a(cos.o)", "libm.a(sin.o)"])

    let lld = try await scenario.linkWithLLD("start.o", "main.o", "libm.a")
    #expect(lld.status == 1)
    #expect(lld.error.contains("undefined symbol: sincos"))
  }

  @Test(arguments: LinkScenario.Form.allCases)
  func `a sine and a cosine may become the library's sincos`(
    _ form: LinkScenario.Form
  ) async throws {
    let scenario = try await LinkScenario()
    for (name, value) in [("sin", 10), ("cos", 20)] {
      try await scenario.compileMember(
        "double \(name)(double x) { return x * \(value); }",
        to: "\(name).o",
        as: .machineCode
      )
    }
    try await scenario.compileMember(
      "void sincos(double x, double *sine, double *cosine) { *sine = x * 10; *cosine = x * 20; }",
      to: "sincos.o",
      as: form
    )
    try await scenario.archive("libm.a", "sin.o", "cos.o", "sincos.o")
    try await scenario.compile(Self.sineAndCosine, to: "main.o")
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    #expect(outcome.extracted.contains("libm.a(sincos.o)"))
  }

  // MARK: Types

  @Test func `each lane of a vector is what the scalar function computes`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      typedef double d4 __attribute__((ext_vector_type(4)));
      typedef float f8 __attribute__((ext_vector_type(8)));
      typedef float f3 __attribute__((ext_vector_type(3)));
      volatile d4 a = {0.5, 1.25, 3, 700}, b = {0.25, -2, 3.5, 0.1};
      volatile f8 c = {-3, -0.5, 0, 0.1, 1, 2, 20, 80};
      volatile f3 d = {0.1, 1, 100};
      int test(void) {
        d4 x = a, y = b, power = __builtin_elementwise_pow(x, y);
        f8 z = c, exponential = __builtin_elementwise_exp(z);
        f3 w = d, sine = __builtin_elementwise_sin(w);
        for (int i = 0; i < 4; i++) if (power[i] != __builtin_pow(a[i], b[i])) return 1;
        for (int i = 0; i < 8; i++) if (exponential[i] != __builtin_expf(c[i])) return 2;
        for (int i = 0; i < 3; i++) if (sine[i] != __builtin_sinf(d[i])) return 3;
        return 0;
      }
      """,
      to: "main.o"
    )
    let libm = Peers.muslMath("x86_64").string
    let outcome = try await scenario.linkAndRun("start.o", "main.o", libm)
    let names = outcome.extracted.compactMap { $0.split(separator: "(").last }
    for needed in ["pow.o)", "expf.o)", "sinf.o)"] { #expect(names.contains { $0 == needed }) }
    for foreign in ["exp.o)", "sin.o)", "powf.o)"] { #expect(!names.contains { $0 == foreign }) }
  }

  @Test(arguments: ["float", "double", "long double"])
  func `a remainder is the library's`(_ type: String) async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      volatile \(type) a = 17.5, b = 5;
      int test(void) { return __builtin_fmod\(type == "float" ? "f" : type == "double" ? "" : "l")(a, b) != 2.5; }
      """,
      to: "main.o"
    )
    let libm = Peers.muslMath("x86_64").string
    let outcome = try await scenario.linkAndRun("start.o", "main.o", libm)
    #expect(outcome.extracted.count <= 2)
  }

  @Test func `a sine of 128 bits is refused where LLVM would call that of 80`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      declare fp128 @llvm.sin.f128(fp128)
      define fp128 @f(fp128 %x) {
        %y = call fp128 @llvm.sin.f128(fp128 %x)
        ret fp128 %y
      }
      """,
      to: "main.o",
      language: "ir",
      "--target=x86_64-linux-musl"
    )
    try await scenario.compileMember("long double sinl(long double x) { return x; }", to: "sinl.o")
    try await scenario.archive("libm.a", "sinl.o")
    let outcome = try await scenario.link("-shared", "main.o", "libm.a")
    #expect(outcome.status == 1)
    #expect(outcome.says("main.o", "llvm.sin.f128", "sinl", "80-bit", "128 bits"))
    #expect(outcome.says("'f'"))
    #expect(!scenario.hasFile("program"))

    // lld links it: the program computes nonsense.
    #expect(try await scenario.linkWithLLD("-shared", "main.o", "libm.a").status == 0)
  }

  // MARK: Meaning

  @Test func `a call that sets errno stays, an unused intrinsic goes`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(
      "int *__errno_location(void); double log(double x) { ++*__errno_location(); return x; }",
      to: "log.o"
    )
    try await scenario.archive("libm.a", "log.o")
    try await scenario.compile(
      "double log(double); void strict(double x) { log(x); }",
      to: "strict.o",
      "-fmath-errno"
    )
    try await scenario.compile(
      """
      declare double @llvm.log.f64(double)
      define void @relaxed(double %x) {
        %y = call double @llvm.log.f64(double %x)
        ret void
      }
      """,
      to: "relaxed.o",
      language: "ir",
      "-Xclang",
      "-disable-llvm-passes"
    )
    try await scenario.compile(
      """
      int *__errno_location(void); void strict(double), relaxed(double);
      volatile double x = -2;
      int test(void) { strict(x); relaxed(x); relaxed(x); return *__errno_location() != 1; }
      """,
      to: "main.o"
    )
    // Where errno is, LLVM must not see.
    try await scenario.compileMember(
      "int count; int *__errno_location(void) { return &count; }",
      to: "errno.o",
      as: .machineCode
    )
    try await scenario.linkAndRun(
      "start.o",
      "main.o",
      "strict.o",
      "relaxed.o",
      "errno.o",
      "libm.a"
    )
  }

  @Test func `a library that is compiled for itself can be inlined`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("double floor(double x) { return x + 1; }", to: "floor.o")
    try await scenario.archive("libm.a", "floor.o")
    try await scenario.compile(
      "volatile double x = 1; int test(void) { return __builtin_floor(x) != 2; }",
      to: "main.o"
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    #expect(outcome.report?.inlined == ["floor"])
    #expect(try await scenario.symbols()["floor"] == nil)

    #expect(try await scenario.linkWithLLD("start.o", "main.o", "libm.a").status == 0)
    #expect(try await scenario.symbols(of: "lld-program")["floor"] == "T")
  }

  @Test func `a constant argument leaves no call and extracts nothing`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      declare double @llvm.sin.f64(double)
      define i32 @test() {
        %y = call double @llvm.sin.f64(double 0.0)
        %different = fcmp une double %y, 0.0
        %status = zext i1 %different to i32
        ret i32 %status
      }
      """,
      to: "main.o",
      language: "ir",
      "-Xclang",
      "-disable-llvm-passes"
    )
    try await scenario.compileMember("double sin(double x) { return x; }", to: "sin.o")
    try await scenario.archive("libm.a", "sin.o")
    try await scenario.linkAndRun("start.o", "main.o", "libm.a")
    #expect(try await scenario.symbols()["sin"] == nil)
  }
}
