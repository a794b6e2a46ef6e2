import ApusTestSupport
import Foundation
import Testing

@testable import ApusLinker

/// A program for which code is generated in parts means what it means as a whole.
struct PartitionTests {
  /// Code that is no matter of lld's alone is generated here.
  private static let keepsFromHandOver = "--save-temps"

  /// Compares a program in so many partitions with the same program without link-time optimisation.
  private func expectSame(
    _ source: String,
    language: String = "c",
    partitions: Int = 4,
    _ options: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let fixture = try LinkFixture()
    let bitcode = try await fixture.compile(source, to: "f.o", language: language)
    let native = try await fixture.compile(source, to: "n.o", as: .machineCode, language: language)
    let linked = try await fixture.linkWithLLD("native.so", ["-shared", native] + options)
    try #require(linked.status == 0, "\(linked.error)", sourceLocation: sourceLocation)
    let words = ["-shared", bitcode, "--lto-partitions=\(partitions)", Self.keepsFromHandOver]
    let report = try fixture.link("parts.so", words + options)
    #expect(report.partitions == partitions, sourceLocation: sourceLocation)
    #expect(
      try await fixture.results(of: "parts.so") == fixture.results(of: "native.so"),
      sourceLocation: sourceLocation
    )
  }

  @Test(arguments: [2, 3, 9])
  func `static functions and variables are shared`(partitions: Int) async throws {
    try await expectSame(
      """
      #define N __attribute__((noinline))
      extern int nowhere(void) __attribute__((weak));
      static int counter, table[4];
      static _Thread_local int own = 7;
      int common;
      static N int bump(int x) { counter += x, own++, table[x & 3] ^= x; return counter; }
      static N const char *name(int x) { return x & 1 ? "odd text" : "even text"; }
      N int f1(int x) { return bump(x) + name(x)[0] + own; }
      N int f2(int x) { return bump(x + 1) + name(x + 1)[1] + table[1] + own; }
      static N int f3(int x) { return bump(x + 2) * 3 + "odd text"[x & 7]; }
      static N int f4(int x) { return bump(x + 3) * 5 + (nowhere ? nowhere() : 77); }
      static int (*const jumps[])(int) = {f1, f2, f3, f4};
      __attribute__((weak)) N int f5(int x) { return jumps[x & 3](x); }
      N int shared(int x) { common += x; return f5(x) + common; }
      extern int other(int) __attribute__((alias("shared")));
      static N int odd(int x, ...) {
        __builtin_va_list list; __builtin_va_start(list, x);
        int y = __builtin_va_arg(list, int);
        __builtin_va_end(list);
        return y > 0 ? odd(x + y, y - 1) : x;
      }
      N int choose(int x) {
        switch (x) { case 0: return 5; case 1: return 17; case 2: return 3; case 3: return 44;
          case 4: return 2; case 5: return 8; }
        return 1;
      }
      unsigned long run(int *out) {
        int n = 0;
        for (int i = 0; i < 10; i++) {
          out[n++] = f1(i), out[n++] = f2(i), out[n++] = f3(i), out[n++] = shared(i);
          out[n++] = other(i), out[n++] = choose(i), out[n++] = odd(i, i);
        }
        return n * sizeof(int);
      }
      """,
      partitions: partitions
    )
  }

  @Test func `constructors run once, in their order`() async throws {
    try await expectSame(
      """
      static volatile int log[8], count;
      static __attribute__((noinline)) void add(int x) { log[count++] = x; }
      __attribute__((constructor)) static void last(void) { add(3); }
      __attribute__((constructor)) static void verylast(void) { add(4); }
      __attribute__((constructor(300))) static void second(void) { add(2); }
      __attribute__((constructor(200))) static void first(void) { add(1); }
      unsigned long run(int *out) {
        for (int i = 0; i < 8; i++) out[i] = log[i];
        return 8 * sizeof(int);
      }
      """
    )
  }

  @Test func `exceptions, inline functions and their static variables`() async throws {
    let library = try await runLLVMTool("clang", ["-print-file-name=libstdc++.so.6"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
    try await expectSame(
      """
      #define N __attribute__((noinline))
      struct Error { int code; };
      struct Other { virtual ~Other() {} virtual int f(int x) { return x + 1; } };
      struct Derived : Other { N Derived() {} N ~Derived() {} int f(int x) override { return x * 2; } };
      namespace { struct Hidden : Other { int f(int x) override { return x * 5; } }; }
      template <class T> N T twice(T x) { static T last = x + 1; last += x; return last; }
      inline N int counted() { static int count; return ++count; }
      static N int fail(int x) { if (x & 1) throw Error{x}; if (x & 2) throw x; return counted(); }
      N int first(int x) { try { return fail(x); } catch (Error &e) { return e.code + 100; } }
      N int second(int x) { try { return first(x + 1); } catch (int y) { return y + 200; } }
      N int third(Other &o, int x) { return o.f(x) + twice(x) + counted(); }
      extern "C" unsigned long run(int *out) {
        int n = 0;
        for (int i = 0; i < 8; i++) {
          Derived d; Hidden h;
          out[n++] = second(i), out[n++] = third(d, i), out[n++] = third(h, i);
          out[n++] = int(twice(1.5 * i)), out[n++] = counted();
        }
        return n * sizeof(int);
      }
      """,
      language: "c++",
      partitions: 5,
      "--eh-frame-hdr",
      library
    )
  }

  @Test func `garbage collection keeps what is retained, and drops the rest`() async throws {
    let fixture = try LinkFixture()
    let bitcode = try await fixture.compile(
      """
      #define N __attribute__((noinline))
      // Used, to the optimiser, though nothing refers to it.
      #define H __attribute__((noinline, used, visibility("hidden")))
      __attribute__((retain, used)) static int kept_function(int x) { return x * 3; }
      __attribute__((retain, used, section("notes"))) static int kept_variable = 5;
      H int unused_a(int x) { return x + 1; }
      H int unused_b(int x) { return unused_a(x) + 1; }
      static N int step(int x) { return x * x; }
      N int f(int x) { return step(x) + 1; }
      unsigned long run(int *out) { out[0] = f(3) + step(2); return sizeof(int); }
      """,
      to: "f.o"
    )
    let report = try fixture.link(
      "f.so",
      ["-shared", bitcode, "--lto-partitions=4", Self.keepsFromHandOver, "--gc-sections"]
    )
    #expect(report.partitions == 4)
    #expect(report.compiledFunctions.contains("unused_b"))
    let names = try await fixture.lines("llvm-nm", "--format=posix", "f.so").map { $0.words[0] }
    #expect(names.contains { $0.hasPrefix("kept_function") })
    #expect(names.contains { $0.hasPrefix("kept_variable") })
    #expect(!names.contains { $0.hasPrefix("unused") })
    #expect(try await fixture.results(of: "f.so") == withUnsafeBytes(of: Int32(14)) { Array($0) })
  }

  @Test func `an object to link again is one`() async throws {
    let fixture = try LinkFixture()
    let sources = (0..<2).map { number in
      """
      #define N __attribute__((noinline))
      static int state = \(number);
      static N int step(int x) { return state += x; }
      N int first\(number)(int x) { return step(x) + 1; }
      N int second\(number)(int x) { return step(x) * 2 + first\(number)(x); }
      \(number == 0 ? "" : """
        int second0(int);
        unsigned long run(int *out) { out[0] = second0(1); out[1] = second1(2); return 8; }
        """)
      """
    }
    for (number, source) in sources.enumerated() {
      let bitcode = try await fixture.compile(source, to: "\(number).o")
      let report = try fixture.link(
        "part\(number).o",
        ["-r", bitcode, "--lto-partitions=3", Self.keepsFromHandOver]
      )
      #expect(report.partitions == 3)
    }
    // Both have static symbols of the same names.
    let linked = try await fixture.linkWithLLD("f.so", ["-shared", "part0.o", "part1.o"])
    try #require(linked.status == 0, "\(linked.error)")
    let results: [Int32] = [2 + 2 + 1, 3 * 2 + 5 + 1]
    #expect(try await fixture.results(of: "f.so") == results.withUnsafeBytes { Array($0) })
  }

  @Test func `calls that code generation invents are found in every part`() async throws {
    let fixture = try LinkFixture()
    let bitcode = try await fixture.compile(
      """
      #define N __attribute__((noinline))
      static N double both(double x) { return __builtin_sin(x) * __builtin_cos(x); }
      N double first(double x) { return both(x) + 1; }
      N double second(double x) { return both(x) + first(x); }
      N double third(double x, double y) { return __builtin_fmod(x, y) + both(x); }
      """,
      to: "f.o"
    )
    let library = try await MathLibraryForm.fat.archive.string
    let report = try fixture.link(
      "f.so",
      ["-shared", bitcode, library, "--no-undefined", "--lto-partitions=4"]
    )
    #expect(report.partitions == 4)
    let found = try #require(report.extractions.first { memberName($0.member) == "sincos.o" })
    #expect(found.reference.hasSuffix("'both'"))
  }

  @Test func `an undefined symbol is reported with the function's own name`() async throws {
    let fixture = try LinkFixture()
    let bitcode = try await fixture.compile(
      """
      #define N __attribute__((noinline))
      int missing(int);
      static N int caller(int x) { return missing(x) + 1; }
      N int first(int x) { return caller(x) * 2; }
      N int second(int x) { return caller(x) * 3; }
      """,
      to: "f.o"
    )
    let error = #expect(throws: LinkError.self) {
      try fixture.link(
        "f.so",
        ["-shared", bitcode, "--no-undefined", "--lto-partitions=3", Self.keepsFromHandOver]
      )
    }
    #expect(error?.code == .undefinedSymbol && error?.symbol == "missing")
    #expect(error.map { "\($0)".contains("'caller'") } == true)
  }
}
