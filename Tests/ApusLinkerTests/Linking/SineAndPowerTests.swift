import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// A program with one sine and one power: what everybody's first link is.
@Suite struct SineAndPowerTests {
  private static let source = """
    #include <string.h>
    double f(double x, double y) { return __builtin_sin(x) + __builtin_pow(x, y); }
    unsigned long run(char *to) {
      // 100,000 pairs of numbers: half of any magnitude, half of a common one.
      unsigned long state = 1, count = 100000;
      for (unsigned long i = 0; i < count; ++i) {
        double a[2];
        for (int k = 0; k < 2; ++k) {
          state = state * 6364136223846793005 + 1442695040888963407;
          unsigned long bits = state ^ state >> 29;
          if (i & 1) memcpy(a + k, &bits, 8);
          else a[k] = (bits >> 11) * 0x1p-53 * 40 - (k ? 20 : 0);
        }
        double r[2] = {f(a[0], a[1]), __builtin_sin(a[1])};
        for (int k = 0; k < 2; ++k) if (r[k] != r[k]) r[k] = __builtin_nan("");
        memcpy(to + 16 * i, r, 16);
      }
      return 16 * count;
    }
    """

  /// What musl's sine and power need.
  private static let musl = [
    "__cos.o", "__math_invalid.o", "__math_oflow.o", "__math_uflow.o", "__math_xflow.o",
    "__rem_pio2.o", "__rem_pio2_large.o", "__sin.o", "exp_data.o", "fabs.o", "floor.o", "pow.o",
    "pow_data.o", "scalbn.o", "sin.o",
  ]

  @Test(arguments: MathLibraryForm.allCases)
  func `exactly the members are extracted that a native link extracts`(
    form: MathLibraryForm
  ) async throws {
    let fixture = try LinkFixture()
    let library = try await form.archive.string
    try await fixture.compile(Self.source, to: "native.o", as: .machineCode)
    let native = try await fixture.linkWithLLD(
      "native.so",
      ["-shared", "-Bsymbolic", "native.o", nativeTwin(of: form), "--why-extract=why.txt"]
    )
    try #require(native.status == 0, "\(native.error)")
    let expected = try String(decoding: fixture.folder.contents(of: "why.txt"), as: UTF8.self)
      .split(separator: "\n").dropFirst().map { memberName(String($0.split(separator: "\t")[1])) }

    let report = try fixture.link(
      "ours.so",
      ["-shared", "-Bsymbolic", try await fixture.compile(Self.source, to: "f.o"), library]
    )
    #expect(report.extractedMembers == expected.sorted())
    #expect(report.rounds == 1)
    if form != .llvmLibc { #expect(report.extractedMembers == Self.musl) }
    if form == .llvmLibc { #expect(report.extractedMembers.count == expected.count) }

    // Bit for bit.
    let ours = try await fixture.results(of: "ours.so")
    #expect(ours.count == 1_600_000)
    #expect(try await fixture.results(of: "native.so") == ours)
  }

  /// The library that a native link takes.
  private func nativeTwin(of form: MathLibraryForm) async throws -> String {
    try await ([.bitcode, .bitcodeAlone].contains(form) ? MathLibraryForm.machineCode : form)
      .archive.string
  }

  @Test func `of a library with machine code, only the program is compiled`() async throws {
    let fixture = try LinkFixture()
    let program = try await fixture.compile(Self.source, to: "f.o")
    for form in [MathLibraryForm.fat, .machineCode, .llvmLibc] {
      let report = try await fixture.link("f.so", ["-shared", program, form.archive.string])
      #expect(report.compiledFunctions.sorted() == ["f", "run"])
      #expect(report.bitcodeMembers == [])
    }
  }

  @Test func `of a library of bitcode, only what the program needs is compiled`() async throws {
    let fixture = try LinkFixture()
    let program = try await fixture.compile(Self.source, to: "f.o")
    let options = ["-shared", "--exclude-libs=ALL", program]
    // Static functions of the members too: "libm.a[sin.o]: sin T 0 1a2".
    let inMembers = Set(
      try await fixture.lines(
        "llvm-nm",
        "--print-file-name",
        "--format=posix",
        MathLibraryForm.machineCode.archive.string
      ).compactMap { line in
        let isNeeded = Self.musl.contains { line.contains("[\($0)]") }
        return isNeeded ? line.words.dropFirst().first : nil
      }
    )
    for form in [MathLibraryForm.bitcode, .bitcodeAlone, .fat] {
      let report = try await fixture.link(
        "f.so",
        options + [form.archive.string, "--inline-math=all"]
      )
      #expect(report.bitcodeMembers == Self.musl)
      let functions = Set(report.compiledFunctions)
      #expect(functions.isSuperset(of: ["f", "run"]))
      #expect(functions.subtracting(["f", "run"]).isSubset(of: inMembers))
    }
  }

  @Test(arguments: MathLibraryForm.allCases)
  func `a sine of 0 leaves no call and extracts no sine`(form: MathLibraryForm) async throws {
    let fixture = try LinkFixture()
    // Not folded by the compiler, which does not see that the argument is 0.
    let program = try await fixture.compile(
      """
      double zero(void);
      double f(void) { return __builtin_sin(zero()) + 1; }
      """,
      to: "f.o"
    )
    let zero = try await fixture.compile("double zero(void) { return 0; }", to: "zero.o")
    let report = try await fixture.link(
      "f.so",
      [
        "-shared", program, zero, "--gc-sections", "--exclude-libs=ALL", form.archive.string,
        "--version-script=\(try fixture.folder.write("{ global: f; local: *; };", to: "f.map"))",
      ]
    )
    #expect(report.compiledFunctions == ["f"])
    #expect(try await fixture.calls(in: "f", of: "f.so") == [])
    // The library's sine was extracted before that was known, and dropped again.
    #expect(try await fixture.functions(in: "f.so").filter { $0.contains("sin") } == [])
  }

  @Test(arguments: [MathLibraryForm.fat, .bitcode])
  func `small functions are inlined`(form: MathLibraryForm) async throws {
    let fixture = try LinkFixture()
    let program = try await fixture.compile(
      """
      double absolute(double x) { return __builtin_fabs(x); }
      double fdim(double, double), fmax(double, double);
      double difference(double x, double y) { return fdim(x, y); }
      double larger(double x, double y) { return __builtin_fmax(x, y); }
      double larger_by_name(double x, double y) { return fmax(x, y); }
      """,
      to: "f.o",
      as: .bitcode,
      "-fno-builtin-fmax"
    )
    let report = try await fixture.link(
      "f.so",
      ["-shared", program, form.archive.string, "--exclude-libs=ALL"]
    )
    for function in ["absolute", "difference", "larger", "larger_by_name"] {
      #expect(try await fixture.calls(in: function, of: "f.so") == [])
    }
    #expect(report.inlinedFunctions.contains("fdim"))
    #expect(
      try await fixture.functions(in: "f.so").filter { ["fdim", "fmax", "fabs"].contains($0) } == []
    )
  }
}
