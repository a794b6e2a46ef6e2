import ApusTestSupport
import Foundation
import Testing

@testable import ApusLinker

/// Many files of bitcode, which become one module in several steps.
struct ManyObjectsTests {
  @Test(arguments: [1, 8, 9, 31, 32, 75])
  func `each object keeps its own static function`(count: Int) async throws {
    let fixture = try LinkFixture()
    var inputs: [String] = []
    for number in 0..<count {
      let text = """
        target triple = "x86_64-unknown-linux-gnu"
        @kept = internal global i64 \(number)
        @llvm.used = appending global [1 x ptr] [ptr @kept], section "llvm.metadata"
        define internal i64 @step(i64 %x) noinline {
          %y = add i64 %x, \(number)
          ret i64 %y
        }
        define i64 @f\(number)(i64 %x) {
          %y = call i64 @step(i64 %x)
          \(number + 1 < count ? "%z = call i64 @f\(number + 1)(i64 %y)" : "%z = add i64 %y, 0")
          ret i64 %z
        }
        \(number + 1 < count ? "declare i64 @f\(number + 1)(i64)" : "")
        """
      inputs.append(try fixture.folder.write(text, to: "\(number).ll").string)
    }
    let run = """
      target triple = "x86_64-unknown-linux-gnu"
      declare i64 @f0(i64)
      define i64 @run(ptr %out) {
        %sum = call i64 @f0(i64 0)
        store i64 %sum, ptr %out
        ret i64 8
      }
      """
    inputs.append(try fixture.folder.write(run, to: "run.ll").string)
    try fixture.link("many.so", ["-shared"] + inputs)
    let sum = UInt64(count * (count - 1) / 2)
    #expect(try await fixture.results(of: "many.so") == withUnsafeBytes(of: sum) { Array($0) })
    // What llvm.used keeps is kept, and nothing else that nobody refers to.
    let names = try await fixture.lines("llvm-nm", "--format=posix", "many.so").map { $0.words[0] }
    #expect(names.count { $0.hasPrefix("kept") } == count)
    #expect(names.contains { $0.hasPrefix("f0") })
  }

  @Test func `a library function that calls others is taken as machine code`() async throws {
    let fixture = try LinkFixture()
    let program = try await fixture.compile(
      """
      double erf(double);
      double calls_others(double x) { return __builtin_cos(x) + erf(x); }
      double calls_one(double x, int n) { return __builtin_ldexp(x, n); }
      """,
      to: "f.o"
    )
    let library = try await MathLibraryForm.fat.archive.string
    let report = try fixture.link(
      "f.so",
      ["-shared", program, library, "--exclude-libs=ALL"]
    )
    #expect(Set(report.extractedMembers).isSuperset(of: ["cos.o", "erf.o", "ldexp.o"]))
    #expect(!report.bitcodeMembers.contains("cos.o"))
    #expect(!report.bitcodeMembers.contains("erf.o"))
    // Inlined, it is a call of scalbn.
    #expect(report.bitcodeMembers.contains("ldexp.o"))
    #expect(!report.compiledFunctions.contains("ldexp"))
  }
}
