import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// Links where nothing is to be done that lld would not do.
@Suite struct HandOverTests {
  /// Sources without math, each an object.
  private static let sources = [
    """
    extern int table[100];
    int twice(int), sum(void);
    __attribute__((noinline)) static int hidden(int x) { return x * 3 + table[x & 7]; }
    int exported(int x) { return twice(hidden(x)) + sum(); }
    void _start(void) { exported(1); for (;;); }
    """,
    """
    int table[100] = {1, 2, 3};
    static const char text[] = "some words";
    const char *words = text;
    int twice(int x) { return x + x; }
    int sum(void) { int s = 0; for (int i = 0; i < 100; ++i) s += table[i]; return s; }
    """,
  ]

  @Test(arguments: [
    ["-shared"], ["-pie", "--no-dynamic-linker"], ["-static", "--gc-sections", "--icf=all"],
    ["-shared", "--version-script=exports", "--hash-style=gnu", "--build-id=sha1"],
    ["-static", "--lto-O3", "-s", "-z", "noexecstack"],
  ])
  func `without math, the output is lld's, byte for byte`(options: [String]) async throws {
    for forms in [[LinkFixture.Form.bitcode, .bitcode], [.bitcode, .machineCode], [.machineCode]] {
      let fixture = try LinkFixture()
      try fixture.folder.write("{ global: exported; local: *; };", to: "exports")
      var inputs: [String] = []
      for (index, source) in Self.sources.enumerated() {
        let form = index < forms.count ? forms[index] : .machineCode
        inputs.append(try await fixture.compile(source, to: "\(index).o", as: form))
      }
      let options = options.map {
        $0.hasSuffix("=exports") ? "--version-script=\(fixture.path("exports"))" : $0
      }
      // With a library that could be used, and is not.
      for library in [[], [Peers.muslMath("x86_64").string]] {
        let words = options + inputs + library
        // The name of the output is part of what LLVM's code generation is told.
        let lld = try await fixture.linkWithLLD("program", words)
        try #require(lld.status == 0, "\(lld.error)")
        let expected = try fixture.folder.contents(of: "program")
        let report = try fixture.link("program", words)
        #expect(report.wasHandedOver)
        #expect(report.extractions == [])
        #expect(report.compiledFunctions == [])
        #expect(try fixture.folder.contents(of: "program") == expected)
      }
    }
  }

  @Test func `what lld says is passed on`() async throws {
    let fixture = try LinkFixture()
    let program = try await fixture.compile(
      "int missing(void); int f(void) { return missing(); }",
      to: "f.o"
    )
    let words = ["-shared", "--no-undefined", program]
    let lld = try await fixture.linkWithLLD("f.so", words)
    let error = linkError { try fixture.link("f.so", words) }
    #expect(lld.status == 1)
    #expect(error?.description.contains("undefined symbol: missing") == true)
    #expect(fixture.folder.names == ["f.o"])
  }

  @Test func `with one function of a library, the link is not lld's`() async throws {
    let fixture = try LinkFixture()
    let program = try await fixture.compile(
      "double f(double x) { return __builtin_sin(x); }",
      to: "f.o"
    )
    let report = try fixture.link("f.so", ["-shared", program, Peers.muslMath("x86_64").string])
    #expect(!report.wasHandedOver)
  }
}
