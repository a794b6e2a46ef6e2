import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// Programs that use the names of library functions for purposes of their own.
@Suite struct ProgramMeaningTests {
  /// A library, and what the command line says before it.
  static let libraries = [MathLibraryForm.fat, .bitcode, .machineCode]

  private static let output = """
    static char *put(char *to, double x) {
      for (int i = 0; i < 8; ++i) to[i] = ((char *)&x)[i];
      return to + 8;
    }
    static volatile double one = 1;

    """

  /// Links the sources as a shared library and returns what `run` computes.
  private func run(
    _ fixture: LinkFixture,
    _ sources: [String],
    _ library: MathLibraryForm,
    flags: String = "-O2",
    _ options: String...
  ) async throws -> (report: LinkReport, numbers: [Double]) {
    var words = ["-shared", "-Bsymbolic", "--no-undefined"] + options
    for (index, source) in sources.enumerated() {
      words.append(try await fixture.compile(source, to: "\(index).o", as: .bitcode, flags))
    }
    let report = try await fixture.link("f.so", words + [library.archive.string])
    let bytes = try await fixture.results(of: "f.so")
    let numbers = stride(from: 0, to: bytes.count, by: 8).map { start in
      Double(
        bitPattern: bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      )
    }
    return (report, numbers)
  }

  @Test(arguments: libraries) func `a program's weak sine prevails over the library's`(
    library: MathLibraryForm
  ) async throws {
    let (report, numbers) = try await run(
      LinkFixture(),
      [
        Self.output + """
          double sin(double);
          unsigned long run(char *to) {
            to = put(to, __builtin_sin(one));
            put(to, sin(one));
            return 16;
          }
          """,
        "__attribute__((weak)) double sin(double x) { return x + 41; }",
      ],
      library
    )
    #expect(numbers == [42, 42])
    #expect(report.extractedMembers == [])
  }

  @Test(arguments: libraries)
  func `a program's own exp is called for the intrinsic, not the library's`(
    library: MathLibraryForm
  ) async throws {
    let source =
      Self.output + """
        __attribute__((noinline)) double exp(double x) { return x * 100; }
        double cosh(double);
        unsigned long run(char *to) {
          to = put(to, __builtin_exp(one));
          put(to, cosh(one));
          return 16;
        }
        """
    // The library's hyperbolic cosine calls exp as well.
    let (report, numbers) = try await run(LinkFixture(), [source], library)
    #expect(!report.extractedMembers.contains("exp.o"))
    #expect(report.extractedMembers.contains("cosh.o") || report.wasHandedOver)

    let fixture = try LinkFixture()
    try await fixture.compile(source, to: "native.o", as: .machineCode)
    let native = try await fixture.linkWithLLD(
      "native.so",
      [
        "-shared", "-Bsymbolic", "--no-undefined", "native.o",
        MathLibraryForm.machineCode.archive.string,
      ]
    )
    try #require(native.status == 0, "\(native.error)")
    let bytes = try await fixture.results(of: "native.so")
    #expect(numbers[0] == 100)
    #expect(
      numbers.flatMap { number in
        (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> ($0 * 8)) }
      } == bytes
    )
  }

  @Test(arguments: libraries) func `a wrapped sine goes through the wrapper, intrinsic or call`(
    library: MathLibraryForm
  ) async throws {
    let fixture = try LinkFixture()
    let source =
      Self.output + """
        double sin(double), __real_sin(double);
        double __wrap_sin(double x) { return __real_sin(x) + 1000; }
        __attribute__((noinline)) double by_intrinsic(double x) { return __builtin_sin(x); }
        unsigned long run(char *to) {
          to = put(to, by_intrinsic(one));
          to = put(to, sin(one));
          to = put(to, __real_sin(one));
          return 24;
        }
        """
    let (report, numbers) = try await run(
      fixture,
      [source],
      library,
      flags: "-fno-builtin-sin",
      "--wrap=sin"
    )
    #expect(numbers[1] == numbers[2] + 1000)
    // A native link wraps the call that the backend made of the intrinsic.
    #expect(numbers[0] == numbers[1])
    #expect(numbers[2] == 0.8414709848078965)
    #expect(
      report.extractedMembers.filter { $0 == "sin.o" }.count == (report.wasHandedOver ? 0 : 1)
    )
  }

  @Test(arguments: libraries) func `a program without builtins and libraries keeps its functions`(
    library: MathLibraryForm
  ) async throws {
    let fixture = try LinkFixture()
    let source = """
      double sin(double x) { return x + 1; }
      static double fmod(double x, int y) { return x - y; }
      void *memset(void *to, int value, unsigned long count) {
        char *bytes = to;
        for (unsigned long i = 0; i < count; ++i) bytes[i] = value + 1;
        return to;
      }
      static volatile double zero = 0;
      static char buffer[300];
      __attribute__((used)) int main(void) {
        memset(buffer, 6, sizeof buffer);
        if (sin(0) != 1 || sin(zero) != 1 || fmod(zero + 5, 3) != 2) return 1;
        for (int i = 0; i < 300; ++i) if (buffer[i] != 7) return 2;
        return 0;
      }
      __attribute__((naked)) void _start(void) {
        __asm__("xor %ebp, %ebp; call main; mov %eax, %edi; mov $60, %eax; syscall");
      }
      """
    let program = try await fixture.compile(
      source,
      to: "f.o",
      as: .bitcode,
      "-fno-builtin",
      "-fno-pic"
    )
    let report = try await fixture.link(
      "f",
      ["-nostdlib", "-static", program, library.archive.string]
    )
    #expect(report.extractedMembers == [])
    #expect(try await runTool(fixture.folder.file("f"), []).status == 0)
  }

  @Test(arguments: libraries) func `strict code computes in the rounding mode it set`(
    library: MathLibraryForm
  ) async throws {
    let fixture = try LinkFixture()
    let source =
      Self.output + """
        #pragma STDC FENV_ACCESS ON
        int fesetround(int);
        static volatile double third = 1.0 / 3, big = 1e16;
        unsigned long run(char *to) {
          for (int mode = 0; mode < 4; ++mode) {
            fesetround(mode << 10);
            to = put(to, __builtin_rint(third * 7));
            to = put(to, __builtin_nearbyint(-third * 7));
            to = put(to, third + one);
            to = put(to, __builtin_sqrt(third));
            to = put(to, __builtin_sin(third));
            to = put(to, __builtin_fma(third, third, big));
            // Folded in one mode, it would be the same in all.
            to = put(to, 1.0 / 3.0);
            to = put(to, __builtin_exp2(0.1));
            to = put(to, (double)__builtin_lrint(third * 7));
          }
          fesetround(0);
          return 4 * 9 * 8;
        }
        """
    let (_, numbers) = try await run(fixture, [source], library, flags: "-ffp-model=strict")
    try await fixture.compile(source, to: "native.o", as: .machineCode, "-ffp-model=strict")
    let native = try await fixture.linkWithLLD(
      "native.so",
      [
        "-shared", "-Bsymbolic", "--no-undefined", "native.o",
        MathLibraryForm.machineCode.archive.string,
      ]
    )
    try #require(native.status == 0, "\(native.error)")
    #expect(try await fixture.results(of: "native.so") == fixture.results(of: "f.so"))
    // Nearest, down, up, towards zero: 7 thirds, and a third.
    #expect(stride(from: 0, to: 36, by: 9).map { numbers[$0] } == [2, 2, 3, 2])
    #expect(numbers[6] != numbers[15] || numbers[6] != numbers[24])
  }

  @Test func `errno is set where the program calls, and the call of a constant stays`() async throws
  {
    let fixture = try LinkFixture()
    // A library whose log says that it was called.
    try await fixture.compile(
      "int calls; double log(double x) { ++calls; return x; }",
      to: "log.o",
      as: .bitcode,
      "-ffreestanding"
    )
    try await runLLVMTool("llvm-ar", ["rcs", "liblog.a", "log.o"], in: fixture.folder.path)
    let program = try await fixture.compile(
      """
      extern int calls;
      double log(double);
      unsigned long run(char *to) {
        log(-1);
        *to = calls;
        return 1;
      }
      """,
      to: "f.o",
      as: .bitcode,
      "-fmath-errno"
    )
    try fixture.link("f.so", ["-shared", "-Bsymbolic", program, fixture.path("liblog.a")])
    #expect(try await fixture.results(of: "f.so") == [1])
  }
}
