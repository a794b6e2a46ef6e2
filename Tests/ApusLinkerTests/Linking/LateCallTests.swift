import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// Calls that no symbol table and no intrinsic shows, because passes and code generation invent them.
@Suite struct LateCallTests {
  /// A program that needs a function nobody can foresee.
  struct LateCall: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Sources in C, each an object of its own.
    var sources: [String]
    /// The function, and the member that has it.
    var symbol: String
    var member: String
    /// What `run` writes, where no native link can say.
    var expected: [UInt8]?
    /// The library: musl's libm in a form, or members made of these sources.
    var library: Library

    enum Library: Sendable {
      case libm(MathLibraryForm)
      case members([String: String])
    }
  }

  private static let runs = """
    #include <string.h>
    static volatile double inputs[] = {0, -0.0, 0.5, 1, -2.25, 3, 7.75, 100, -1e10, 1e300};
    static volatile int integers[] = {-2000, -1030, -52, -1, 0, 1, 2, 52, 1023, 1024};
    #define RUN(RESULTS) \\
      unsigned long run(char *to) { \\
        char *start = to; \\
        for (int i = 0; i < 10; ++i) { double x = inputs[i]; RESULTS; } \\
        return to - start; \\
      }
    #define PUT(RESULT) { double r = RESULT; memcpy(to, &r, 8); to += 8; }

    """

  /// Values that the program knows only when its objects are joined.
  private static let values = """
    double two(void) { return 2; }
    double half(void) { return 0.5; }
    double whole(int n) { return n; }
    const char *format(void) { return "%s\\n"; }
    """

  private static let fromLibm: [LateCall] = [
    (MathLibraryForm.fat, "fat objects"), (.bitcode, "bitcode"),
  ].flatMap { form, name in
    [
      LateCall(
        testDescription: "code generation makes sincos of a sine and a cosine; \(name)",
        sources: [
          runs
            + """
            void both(double x, double *s, double *c) { *s = __builtin_sin(x); *c = __builtin_cos(x); }
            RUN(double s; double c; both(x, &s, &c); PUT(s) PUT(c))
            """
        ],
        symbol: "sincos",
        member: "sincos.o",
        library: .libm(form)
      ),
      LateCall(
        testDescription: "a pass makes exp2(x) of pow(2, x); \(name)",
        sources: [
          runs + "double two(void); RUN(PUT(__builtin_pow(two(), x)))", values,
        ],
        symbol: "exp2",
        member: "exp2.o",
        library: .libm(form)
      ),
      LateCall(
        testDescription: "a pass makes ldexp(1, n) of exp2(n); \(name)",
        sources: [
          runs + "double whole(int); RUN(PUT(__builtin_exp2(whole(integers[i]))))", values,
        ],
        symbol: "ldexp",
        member: "ldexp.o",
        library: .libm(form)
      ),
    ]
  }

  private static let fromMembers = [
    LateCall(
      testDescription: "a pass makes memset of stores",
      sources: [
        """
        void clear(long *to);
        unsigned long run(char *to) {
          for (int i = 0; i < 512; ++i) ((volatile char *)to)[i] = 1;
          clear((long *)to);
          return 512;
        }
        """,
        "void clear(long *p) { \((0..<64).map { "p[\($0)] = 0;" }.joined(separator: " ")) }",
      ],
      symbol: "memset",
      member: "memset.o",
      expected: Array(repeating: 0, count: 512),
      library: .members([
        "memset": """
        void *memset(char *to, int value, unsigned long count) {
          for (unsigned long i = 0; i < count; ++i) to[i] = value;
          return to;
        }
        """
      ])
    ),
    LateCall(
      testDescription: "a pass makes puts of printf",
      sources: [
        """
        int printf(const char *, ...);
        const char *format(void);
        extern char said[];
        unsigned long run(char *to) {
          printf(format(), "hello");
          for (int i = 0; i < 6; ++i) to[i] = said[i];
          return 6;
        }
        """,
        values + "char said[6];",
      ],
      symbol: "puts",
      member: "puts.o",
      expected: Array("hello\0".utf8),
      library: .members([
        "printf": """
        extern char said[];
        __attribute__((noinline)) int printf(const char *format, ...) {
          said[0] = '?';
          return 0;
        }
        """,
        "puts": """
        extern char said[];
        int puts(const char *text) {
          for (int i = 0; i < 6; ++i) said[i] = text[i];
          return 0;
        }
        """,
      ])
    ),
  ]

  static let all = fromLibm + fromMembers

  /// The objects and the archive of a program, for a linker's command line.
  private func inputs(
    _ call: LateCall,
    in fixture: LinkFixture,
    as form: LinkFixture.Form = .bitcode
  ) async throws -> [String] {
    var words: [String] = ["-shared", "-Bsymbolic", "--no-undefined"]
    for (index, source) in call.sources.enumerated() {
      // The compiler would make memset itself.
      let isRaw = call.symbol == "memset" && form == .bitcode
      words.append(
        try await fixture.compile(
          source,
          to: "\(form)-\(index).o",
          as: form,
          isRaw ? "-Xclang" : "-O2",
          isRaw ? "-disable-llvm-passes" : "-O2"
        )
      )
    }
    switch call.library {
    case .libm(let libraryForm):
      let used = form == .machineCode ? .machineCode : libraryForm
      words.append(try await used.archive.string)
    case .members(let members):
      for (name, source) in members {
        // Passes leave calls of printf alone where they see its body.
        let memberForm = name == "printf" ? .machineCode : form
        try await fixture.compile(source, to: "\(name).o", as: memberForm, "-ffreestanding")
      }
      try await runLLVMTool(
        "llvm-ar",
        ["rcs", "members.a"] + members.keys.map { "\($0).o" },
        in: fixture.folder.path
      )
      words.append(fixture.path("members.a"))
    }
    return words
  }

  @Test(arguments: all) func `a call that is invented late extracts its function`(
    call: LateCall
  ) async throws {
    let fixture = try LinkFixture()
    let report = try fixture.link("late.so", try await inputs(call, in: fixture))
    let extraction = try #require(report.extractions.first { $0.symbol == call.symbol })
    #expect(memberName(extraction.member) == call.member)
    #expect(extraction.round > 0)
    #expect(extraction.reference.contains("code generated for function"))
    let results = try await fixture.results(of: "late.so")
    if let expected = call.expected {
      #expect(results == expected)
    } else {
      let native = try await fixture.linkWithLLD(
        "native.so",
        inputs(call, in: fixture, as: .machineCode)
      )
      try #require(native.status == 0, "\(native.error)")
      #expect(try await results == fixture.results(of: "native.so"))
    }
  }

  @Test(arguments: all) func `without the fixpoint it would be undefined`(
    call: LateCall
  ) async throws {
    let fixture = try LinkFixture()
    let inputs = try await inputs(call, in: fixture)
    let error = linkError {
      try fixture.link("late.so", inputs) { $0.checksToFixpoint = false }
    }
    #expect(error?.code == .undefinedSymbol)
    #expect(error?.symbol == call.symbol)
    #expect(!fixture.folder.names.contains("late.so"))
  }

  @Test func `a power of a half is a square root, and no power is linked`() async throws {
    let fixture = try LinkFixture()
    let program = try await fixture.compile(
      Self.runs + "double half(void); RUN(PUT(__builtin_pow(x, half())))",
      to: "f.o"
    )
    let values = try await fixture.compile(Self.values, to: "values.o")
    let library = try await MathLibraryForm.fat.archive.string
    let script = try fixture.folder.write("{ global: run; local: *; };", to: "exports")
    try fixture.link(
      "f.so",
      [
        "-shared", "--no-undefined", "--gc-sections", "--version-script=\(script)", program, values,
        library,
      ]
    )
    #expect(try await fixture.functions(in: "f.so") == ["run"])
    let results = try await fixture.results(of: "f.so")
    #expect(results.count == 80)
    // 7.75 is the seventh of the inputs.
    let bits = results[48..<56].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    #expect(Double(bitPattern: bits) == 7.75.squareRoot())
  }

  // MARK: What is foreseen

  /// A sine in half precision: LLVM converts to `float`, calls `sinf` and converts back.
  private static let halfSine = """
    #include <string.h>
    _Float16 sine(_Float16 x) { return __builtin_sinf16(x); }
    static volatile _Float16 input = 0.5;
    unsigned long run(char *to) {
      _Float16 r = sine(input);
      memcpy(to, &r, 2);
      return 2;
    }
    """

  private static let conversions: Set = ["__truncsfhf2", "__extendhfsf2"]

  @Test func `a half-precision program extracts the conversions it needs`() async throws {
    let fixture = try LinkFixture()
    let libraries = try await [
      MathLibraryForm.fat.archive.string, InputFixture.systemLibrary("libgcc.a").string,
    ]
    let arguments = ["-shared", "--no-undefined"]
    let program = try await fixture.compile(Self.halfSine, to: "f.o")
    let report = try fixture.link("f.so", arguments + [program] + libraries)
    let needed = Self.conversions.union(["sinf"])
    #expect(needed.isSubset(of: report.extractions.map(\.symbol)))
    for extraction in report.extractions { #expect(extraction.round == 0) }
    #expect(report.rounds == 1)

    let native = try await fixture.compile(Self.halfSine, to: "native.o", as: .machineCode)
    let result = try await fixture.linkWithLLD("native.so", arguments + [native] + libraries)
    try #require(result.status == 0, "\(result.error)")
    #expect(try await fixture.results(of: "f.so") == fixture.results(of: "native.so"))
  }

  @Test func `what is not foreseen, the fixpoint finds`() async throws {
    let fixture = try LinkFixture()
    let libraries = try await [
      MathLibraryForm.bitcode.archive.string, InputFixture.systemLibrary("libgcc.a").string,
    ]
    let program = try await fixture.compile(Self.halfSine, to: "f.o")
    let inputs = ["-shared", "--no-undefined", program] + libraries
    let report = try fixture.link("f.so", inputs) { $0.foreseesCalls = false }
    for symbol in Self.conversions.union(["sinf"]) {
      #expect(report.extractions.first { $0.symbol == symbol }?.round ?? 0 > 0)
    }
    #expect(try await fixture.results(of: "f.so").count == 2)

    let error = linkError {
      try fixture.link("none.so", inputs) {
        $0.foreseesCalls = false
        $0.checksToFixpoint = false
      }
    }
    #expect(error?.code == .undefinedSymbol)
  }
}
