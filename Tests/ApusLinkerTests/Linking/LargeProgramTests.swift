import ApusTestSupport
import Foundation
import Testing

@testable import ApusLinker

/// Code for a program of some size is generated on several threads.
struct LargeProgramTests {
  /// Functions that call one another, static ones too, and share variables and texts.
  private static func largeSource(functionCount: Int) -> String {
    var source = """
      double sin(double), cos(double);
      static double sum, terms[16];
      static _Thread_local int calls;
      static const char *const names[] = {"none", "shared", "text"};

      """
    for number in 0..<functionCount {
      let prefix = number % 3 == 0 ? "" : "static "
      source += """
        __attribute__((noinline)) \(prefix)double f\(number)(double x, int n) {
          const char *text = n & \(1 << number % 4) ? "shared" : "text of \(number % 7)";
          double y = x * \(number) + names[n % 3][1] + text[n % 4];
          for (int i = 0; i < n % 5; i++) y = y * 0.5 + sin(y + i) * terms[(n + i) & 15];
          sum += y, calls++, terms[\(number % 16)] += 0.25;
          return y\(number > 0 ? " + (n > 0 ? f\(number * 7 % number)(y, n - 1) : 0)" : "");
        }

        """
    }
    let all = (0..<functionCount).map { "f\($0)" }.joined(separator: ", ")
    return source + """
      unsigned long run(double *out) {
        static double (*const functions[])(double, int) = {\(all)};
        int n = 0;
        for (int i = 0; i < \(functionCount); i++) out[n++] = functions[i](i * 0.01, i % 9);
        out[n++] = sum, out[n++] = calls;
        return n * sizeof(double);
      }
      """
  }

  @Test func `a large program is the same on any number of threads, and computes the same`()
    async throws
  {
    let fixture = try LinkFixture()
    let source = Self.largeSource(functionCount: 700)
    let bitcode = try await fixture.compile(source, to: "f.o")
    let library = try await MathLibraryForm.fat.archive.string
    var outputs: [[UInt8]] = []
    for threads in [1, 2, 5] {
      let words = ["-shared", bitcode, library, "--exclude-libs=ALL", "--threads=\(threads)"]
      let report = try fixture.link("parts.so", words)
      #expect(report.partitions > 1)
      #expect(report.compiledFunctions.contains("f1") && report.compiledFunctions.contains("f699"))
      #expect(!report.compiledFunctions.contains { $0.contains(".llvm.") })
      #expect(report.explanation.contains("code was generated once, in \(report.partitions) parts"))
      outputs.append(try fixture.folder.contents(of: "parts.so"))
    }
    #expect(Set(outputs).count == 1)
    let whole = try fixture.link(
      "whole.so",
      ["-shared", bitcode, library, "--exclude-libs=ALL", "--lto-partitions=1"]
    )
    #expect(whole.partitions == 1)
    #expect(try await fixture.results(of: "parts.so") == fixture.results(of: "whole.so"))
    // Functions keep their order, and one copy of each text remains.
    #expect(try await order(of: "parts.so", fixture) == order(of: "whole.so", fixture))
    let text = try String(decoding: fixture.folder.contents(of: "parts.so"), as: UTF8.self)
    #expect(text.components(separatedBy: "text of 3").count == 2)
    // What was static is no one else's.
    let exports = try await fixture.lines("llvm-nm", "-D", "--defined-only", "parts.so")
    #expect(!exports.contains { $0.contains(".llvm.") })
  }

  /// The program's functions by address, as the source calls them.
  private func order(of library: String, _ fixture: LinkFixture) async throws -> [String] {
    try await fixture.lines("llvm-nm", "--numeric-sort", "--format=posix", library).compactMap {
      let name = $0.words[0].components(separatedBy: ".llvm.")[0]
      return name.hasPrefix("f") && Int(name.dropFirst()) != nil ? name : nil
    }
  }

  @Test func `a small program stays whole`() async throws {
    let fixture = try LinkFixture()
    let bitcode = try await fixture.compile(Self.largeSource(functionCount: 30), to: "f.o")
    let library = try await MathLibraryForm.fat.archive.string
    #expect(try fixture.link("f.so", ["-shared", bitcode, library]).partitions == 1)
  }
}
