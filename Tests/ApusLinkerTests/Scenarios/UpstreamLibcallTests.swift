import ApusTestSupport
import SystemPackage
import Testing

/// The facts that LLVM's and lld's own tests of libcalls in link-time optimisation are about, on programs
/// that run.
struct UpstreamLibcallTests {
  private static let compare = """
    __attribute__((noinline)) int NAME(const char *a, const char *b, unsigned long n) {
      for (; n--; a++, b++) if (*a != *b) return *a - *b;
      return 0;
    }
    """
  private static let useOfMemcmp = """
    int memcmp(const void *, const void *, unsigned long);
    char a[9] = "abcdefgh", b[9] = "abcdefgh"; volatile unsigned long n = 8;
    int test(void) { return memcmp(a, b, n) == 0 ? 0 : 1; }
    """

  private func compareFunction(_ name: String) -> String {
    Self.compare.replacing("NAME", with: name)
  }

  @Test func `memcmp stays memcmp where nobody has a bcmp`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(
      compareFunction("memcmp"),
      to: "memcmp.o",
      as: .machineCode
    )
    try await scenario.archive("libc.a", "memcmp.o")
    try await scenario.compile(Self.useOfMemcmp, to: "main.o", "-Xclang", "-disable-llvm-passes")
    try await scenario.linkAndRun("start.o", "main.o", "libc.a")
    #expect(try await scenario.symbols()["bcmp"] == nil)

    let lld = try await scenario.linkWithLLD("start.o", "main.o", "libc.a")
    #expect(lld.status == 1)
    #expect(lld.error.contains("undefined symbol: bcmp"))
  }

  @Test(arguments: LinkScenario.Form.allCases)
  func `memcmp may become the bcmp of a library, whatever that is made of`(
    _ form: LinkScenario.Form
  ) async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(
      compareFunction("memcmp"),
      to: "memcmp.o",
      as: .machineCode
    )
    try await scenario.compileMember(compareFunction("bcmp"), to: "bcmp.o", as: form)
    try await scenario.archive("libc.a", "memcmp.o", "bcmp.o")
    try await scenario.compile(Self.useOfMemcmp, to: "main.o", "-Xclang", "-disable-llvm-passes")
    try await scenario.linkAndRun("start.o", "main.o", "libc.a")
    #expect(try await scenario.symbols()["bcmp"] != "A")
  }

  @Test func `a bcmp in the program's own file is not deleted before it is called`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      "int implementation(const char *, const char *, unsigned long);"
        + Self.useOfMemcmp
          + """
          __attribute__((noinline)) int bcmp(const char *a, const char *b, unsigned long n) {
            return implementation(a, b, n);
          }
          """,
      to: "main.o",
      "-fno-builtin",
      "-Xclang",
      "-disable-llvm-passes"
    )
    try await scenario.compileMember(compareFunction("implementation"), to: "implementation.o")
    try await scenario.compileMember(compareFunction("memcmp"), to: "memcmp.o")
    try await scenario.linkAndRun("start.o", "main.o", "implementation.o", "memcmp.o")
  }

  @Test func `a copy of memory extracts memcpy and no other helper`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(
      """
      void *memcpy(char *restrict a, const char *restrict b, unsigned long n) {
        for (unsigned long i = 0; i < n; i++) a[i] = b[i];
        return a;
      }
      """,
      to: "memcpy.o"
    )
    try await scenario.compileMember(
      """
      int swap(void) __asm__("__sync_val_compare_and_swap_8");
      int swap(void) { return 0; }
      """,
      to: "swap.o",
      as: .machineCode
    )
    try await scenario.archive("librt.a", "memcpy.o", "swap.o")
    try await scenario.compile(
      """
      char a[1024], b[1024]; volatile unsigned long n = 1024;
      int test(void) { b[1023] = 7; __builtin_memcpy(a, b, n); return a[1023] != 7; }
      """,
      to: "main.o"
    )
    let archived = try await scenario.linkAndRun("start.o", "main.o", "librt.a")
    #expect(archived.extracted == ["librt.a(memcpy.o)"])

    let lazy = try await scenario.linkAndRun(
      "start.o",
      "main.o",
      "--start-lib",
      "memcpy.o",
      "swap.o",
      "--end-lib"
    )
    #expect(lazy.extracted == ["memcpy.o"])
    #expect(try await scenario.symbols()["__sync_val_compare_and_swap_8"] == nil)
  }

  @Test func `malloc and memset may become a calloc in bitcode`() async throws {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(
      """
      static char memory[800] = {1, 2, 3}; void *malloc(unsigned long n) { return memory; }
      void *memset(char *a, int c, unsigned long n) { while (n--) a[n] = c; return a; }
      """,
      to: "malloc.o",
      as: .machineCode
    )
    try await scenario.compileMember(
      """
      static char memory[800]; volatile int count;
      void *calloc(unsigned long n, unsigned long m) { count++; return memory; }
      """,
      to: "calloc.o"
    )
    try await scenario.compile(
      """
      void *malloc(unsigned long); char *escaped;
      int test(void) {
        char *a = malloc(400); __builtin_memset(a, 0, 400); escaped = a;
        for (int i = 0; i < 400; i++) if (a[i]) return 1;
        return 0;
      }
      """,
      to: "main.o",
      "-Xclang",
      "-disable-llvm-passes"
    )
    try await scenario.linkAndRun(
      "start.o",
      "main.o",
      "--start-lib",
      "calloc.o",
      "malloc.o",
      "--end-lib"
    )
    #expect(try await scenario.symbols()["calloc"] != "A")
  }

  @Test func `what code generation extracts from an excluded library is not exported`()
    async throws
  {
    let scenario = try await LinkScenario()
    try await scenario.compileMember(
      "__int128 __divti3(__int128 a, __int128 b) { return a; }",
      to: "divti3.o",
      as: .machineCode
    )
    try await scenario.compileMember("int sinful(void) { return 0; }", to: "other.o")
    try await scenario.archive("librt.a", "divti3.o", "other.o")
    try await scenario.compile(
      "__int128 f(__int128 a, __int128 b) { return a / b; }",
      to: "f.o",
      "-fPIC"
    )
    let outcome = try await scenario.link("-shared", "--exclude-libs=librt.a", "f.o", "librt.a")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try await scenario.exports() == ["f"])
    #expect(try await scenario.symbols()["__divti3"] == "t")
  }

  @Test func `functions that a thin link would not see are called where they were extracted`()
    async throws
  {
    let scenario = try await LinkScenario()
    try await scenario.compile(
      Self.useOfMemcmp,
      to: "main.o",
      "-flto=thin",
      "-Xclang",
      "-disable-llvm-passes"
    )
    try await scenario.compile(
      compareFunction("memcmp"),
      to: "memcmp.o",
      "-flto=thin",
      "-ffreestanding"
    )
    try await scenario.compile(
      compareFunction("bcmp"),
      to: "bcmp.o",
      "-flto=thin",
      "-ffreestanding"
    )
    try await scenario.archive("libc.a", "memcmp.o", "bcmp.o")
    try await scenario.linkAndRun("start.o", "main.o", "libc.a")
  }
}
