import ApusTestSupport
import SystemPackage
import Testing

/// What LLVM does by name, to names that mean something else.
struct LibcallTrapTests {
  private static let remainder = """
    double fmod(double x, double y) { while (x >= y) x -= y; return x; }
    """

  @Test func `a static function called fmod is not called for a remainder`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(Self.remainder, to: "fmod.o")
    try await scenario.archive("libm.a", "fmod.o")
    try await scenario.compile(
      """
      volatile int n = 3; volatile double a = 17, b = 5;
      static __attribute__((noinline)) int fmod(int n, double x, double y) { return n + x + y; }
      int own(void) { return fmod(n, a, b); }
      """,
      to: "own.o",
      "-fno-builtin"
    )
    try await scenario.compile(
      """
      int own(void); extern volatile double a, b;
      int test(void) { return __builtin_fmod(a, b) != 2 || own() != 25; }
      """,
      to: "main.o"
    )
    try await scenario.linkAndRun("start.o", "own.o", "main.o", "libm.a")
  }

  @Test func `a static function called sin keeps its meaning at 0`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      define internal double @sin(double %x) noinline {
        %y = fadd double %x, 42.0
        ret double %y
      }
      define i32 @test() {
        %y = call double @sin(double 0.0)
        %different = fcmp une double %y, 42.0
        %status = zext i1 %different to i32
        ret i32 %status
      }
      """,
      to: "main.o",
      language: "ir",
      "-Xclang",
      "-disable-llvm-passes"
    )
    // Something for the linker to do.
    try await scenario.compileMember("double cos(double x) { return x; }", to: "cos.o")
    try await scenario.archive("libm.a", "cos.o")
    try await scenario.linkAndRun("start.o", "main.o", "libm.a")
  }

  @Test(arguments: LinkScenario.Form.allCases)
  func `a library function that passes could shrink is called as the backend calls it`(
    _ form: LinkScenario.Form
  ) async throws {
    let scenario = try await LinkScenario()
    // The second argument is the same wherever a pass can see it, the first is not used.
    try await scenario.compileMember(
      "__attribute__((noinline)) double fmod(double x, double y) { return y * 2; }",
      to: "fmod.o",
      as: form
    )
    try await scenario.archive("libm.a", "fmod.o")
    try await scenario.compile(
      """
      typedef double d2 __attribute__((ext_vector_type(2)));
      double fmod(double, double);
      volatile double a = 17; volatile d2 c = {1, 2}, d = {3, 4};
      int test(void) {
        if (fmod(a, 5) != 10) return 1;
        d2 x = c, y = d, z;
        for (int i = 0; i < 2; i++) z[i] = __builtin_fmod(x[i], y[i]);
        return z[0] != 6 || z[1] != 8 ? 2 : 0;
      }
      """,
      to: "main.o",
      "-fmath-errno"
    )
    try await scenario.compile(
      """
      define <2 x double> @lanes(<2 x double> %x, <2 x double> %y) {
        %z = frem <2 x double> %x, %y
        ret <2 x double> %z
      }
      """,
      to: "lanes.o",
      language: "ir"
    )
    try await scenario.linkAndRun("start.o", "main.o", "lanes.o", "libm.a", "-u", "lanes")
  }

  @Test func `a function that only a vector remainder needs is there`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(Self.remainder, to: "fmod.o")
    try await scenario.archive("libm.a", "fmod.o")
    try await scenario.compile(
      """
      define <2 x double> @lanes(<2 x double> %x, <2 x double> %y) noinline {
        %z = frem <2 x double> %x, %y
        ret <2 x double> %z
      }
      """,
      to: "lanes.o",
      language: "ir"
    )
    try await scenario.compile(
      """
      typedef double d2 __attribute__((ext_vector_type(2)));
      d2 lanes(d2, d2); volatile d2 a = {17, 9}, b = {5, 4};
      int test(void) { d2 z = lanes(a, b); return z[0] != 2 || z[1] != 1; }
      """,
      to: "main.o"
    )
    let outcome = try await scenario.linkAndRun("start.o", "main.o", "lanes.o", "libm.a")
    #expect(outcome.extracted == ["libm.a(fmod.o)"])
  }

  // MARK: Functions that are made of themselves

  @Test(arguments: [LinkScenario.Form.bitcode, .fat])
  func `a library's own intrinsic never becomes a call of itself`(
    _ form: LinkScenario.Form
  ) async throws {
    let scenario = try await LinkScenario()
    // clang makes llvm.copysign of the first, and llvm.fabs of the second.
    try await scenario.compileMember(
      """
      double copysign(double x, double y) {
        unsigned long a, b; __builtin_memcpy(&a, &x, 8); __builtin_memcpy(&b, &y, 8);
        a = a & -1ul / 2 | b & 1ul << 63; __builtin_memcpy(&x, &a, 8); return x;
      }
      """,
      to: "copysign.o",
      as: form
    )
    try await scenario.compileMember(
      "double fabs(double x) { return __builtin_fabs(x); }",
      to: "fabs.o",
      as: form
    )
    try await scenario.archive("libm.a", "copysign.o", "fabs.o")
    try await scenario.compile(
      """
      double copysign(double, double), fabs(double); volatile double a = 3, b = -2;
      double (*volatile take)(double) = fabs; double (*volatile join)(double, double) = copysign;
      int test(void) { return join(a, b) != -3 || take(b) != 2; }
      """,
      to: "main.o",
      "-fno-builtin"
    )
    try await scenario.linkAndRun("start.o", "main.o", "libm.a")
  }

  /// A function whose loop LLVM knows as the function, and a use of it.
  struct KnownLoop: CustomTestStringConvertible, Sendable {
    var name: String
    var source: String
    var use: String
    var testDescription: String { name }
  }

  private static let knownLoops = [
    KnownLoop(
      name: "memset",
      source: """
        void *memset(char *a, int c, unsigned long n) {
          for (unsigned long i = 0; i < n; i++) a[i] = c;
          return a;
        }
        """,
      use: "__builtin_memset(a, 7, n); return a[8] != 7 || a[9] == 7;"
    ),
    KnownLoop(
      name: "memcpy",
      source: """
        void *memcpy(char *restrict a, const char *restrict b, unsigned long n) {
          for (unsigned long i = 0; i < n; i++) a[i] = b[i];
          return a;
        }
        """,
      use: "b[8] = 7; __builtin_memcpy(a, b, n); return a[8] != 7;"
    ),
    KnownLoop(
      name: "memmove",
      source: """
        void *memmove(char *a, const char *b, unsigned long n) {
          if (a < b) for (unsigned long i = 0; i < n; i++) a[i] = b[i];
          else while (n--) a[n] = b[n];
          return a;
        }
        """,
      use: "a[0] = 7; __builtin_memmove(a + 1, a, n); return a[1] != 7;"
    ),
    KnownLoop(
      name: "strlen",
      source: """
        unsigned long strlen(const char *a) {
          unsigned long n = 0; while (a[n]) n++;
          return n;
        }
        """,
      use: "return __builtin_strlen(c + n) != 3;"
    ),
    KnownLoop(
      name: "bcmp",
      source: """
        int bcmp(const char *a, const char *b, unsigned long n) {
          for (; n--; a++, b++) if (*a != *b) return 1;
          return 0;
        }
        """,
      use: "return __builtin_bcmp(a, b, n) != 0;"
    ),
  ]

  @Test(arguments: knownLoops, [LinkScenario.Form.bitcode, .fat])
  func `a loop that is a library function does not become a call of itself`(
    _ loop: KnownLoop,
    _ form: LinkScenario.Form
  ) async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(loop.source, to: "\(loop.name).o", as: form)
    try await scenario.archive("libc.a", "\(loop.name).o")
    try await scenario.compile(
      """
      char a[32], b[32], c[32] = "twelve chars"; volatile unsigned long count = 9;
      int test(void) { unsigned long n = count; \(loop.use) }
      """,
      to: "main.o"
    )
    try await scenario.linkAndRun("start.o", "main.o", "libc.a")
  }

  // MARK: What selection invents

  @Test func `a fast cube root by pow needs no cbrt that the library does not have`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember("double pow(double x, double y) { return x; }", to: "pow.o")
    try await scenario.archive("without.a", "pow.o")
    try await scenario.compileMember("double cbrt(double x) { return x; }", to: "cbrt.o")
    try await scenario.archive("with.a", "pow.o", "cbrt.o")
    try await scenario.compile(
      "volatile double x = 3; int test(void) { return __builtin_pow(x, 1.0 / 3) != 3; }",
      to: "main.o",
      "-ffast-math"
    )
    try await scenario.linkAndRun("start.o", "main.o", "with.a")
    try await scenario.linkAndRun("start.o", "main.o", "without.a")
  }

  @Test func `what LLVM cannot select is an error that names the intrinsic and its function`()
    async throws
  {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      declare x86_fp80 @llvm.minimum.f80(x86_fp80, x86_fp80)
      define x86_fp80 @smaller(x86_fp80 %x, x86_fp80 %y) {
        %z = call x86_fp80 @llvm.minimum.f80(x86_fp80 %x, x86_fp80 %y)
        ret x86_fp80 %z
      }
      """,
      to: "main.o",
      language: "ir"
    )
    try await scenario.compileMember("double sin(double x) { return x; }", to: "sin.o")
    try await scenario.archive("libm.a", "sin.o")
    let outcome = try await scenario.link("-shared", "main.o", "libm.a")
    #expect(outcome.status == 1)
    #expect(outcome.says("llvm.minimum.f80", "'smaller'", "main.o"))
    #expect(!scenario.hasFile("program"))
  }

  @Test func `an intrinsic on which LLVM crashes is an error, not a crash`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      declare { <4 x double>, <4 x i32> } @llvm.frexp.v4f64.v4i32(<4 x double>)
      define <4 x i32> @exponents(<4 x double> %x) {
        %both = call { <4 x double>, <4 x i32> } @llvm.frexp.v4f64.v4i32(<4 x double> %x)
        %exponents = extractvalue { <4 x double>, <4 x i32> } %both, 1
        ret <4 x i32> %exponents
      }
      """,
      to: "main.o",
      language: "ir"
    )
    try await scenario.compileMember("double frexp(double x, int *e) { return x; }", to: "frexp.o")
    try await scenario.archive("libm.a", "frexp.o")
    let outcome = try await scenario.link("-shared", "main.o", "libm.a")
    #expect(outcome.status == 1)
    #expect(outcome.says("apus-ld: error: "))
    #expect(!scenario.hasFile("program"))
  }

  // MARK: Processors that have no library

  @Test(arguments: [
    ("amdgcn-amd-amdhsa", "amdgpu_kernel", "llvm.sin.f64"),
    ("amdgcn-amd-amdhsa", "amdgpu_kernel", "llvm.tan.f64"),
    ("nvptx64-nvidia-cuda", "ptx_kernel", "llvm.sin.f64"),
    ("nvptx64-nvidia-cuda", "ptx_kernel", "llvm.tan.f64"),
  ])
  func `a GPU's missing function is an error, never wrong code`(
    _ triple: String,
    _ convention: String,
    _ intrinsic: String
  ) async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      """
      declare double @\(intrinsic)(double)
      define \(convention) void @kernel(ptr addrspace(1) %place) {
        %x = load double, ptr addrspace(1) %place
        %y = call double @\(intrinsic)(double %x)
        store double %y, ptr addrspace(1) %place
        ret void
      }
      """,
      to: "kernel.o",
      language: "ir",
      "--target=\(triple)",
      "-nogpulib"
    )
    let name = String(intrinsic.split(separator: ".")[1])
    try await scenario.compileMember("double \(name)(double x) { return x; }", to: "host.o")
    try await scenario.compile(
      "define double @\(name)(double %x) { ret double %x }",
      to: "member.o",
      language: "ir",
      "--target=\(triple)",
      "-nogpulib"
    )
    try await scenario.archive("libm.a", "member.o")
    let outcome = try await scenario.link("-shared", "kernel.o", "libm.a")
    #expect(outcome.status == 1)
    #expect(outcome.says("kernel"))
    #expect(!scenario.hasFile("program"))
  }
}
