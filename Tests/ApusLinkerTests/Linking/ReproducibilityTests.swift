import ApusNativeLibrary
import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct ReproducibilityTests {
  private static let sources = [
    """
    double g(double), h(float);
    double f(double x, double y) {
      return __builtin_sin(x) + __builtin_pow(x, y) + __builtin_fmod(x, y) + g(x) + h(y);
    }
    """,
    """
    double g(double x) { return __builtin_exp2(x) - __builtin_cbrt(x); }
    double h(float x) { return __builtin_log2f(x) + __builtin_sinf(x) + __builtin_cosf(x); }
    """,
  ]

  @Test(arguments: [(MathLibraryForm.fat, "small"), (.bitcode, "all")])
  func `twenty links make the same bytes, wherever and on however many threads`(
    form: MathLibraryForm,
    inlining: String
  ) async throws {
    let fixture = try LinkFixture()
    for (index, source) in Self.sources.enumerated() {
      try await fixture.compile(source, to: "\(index).o")
    }
    let library = try await form.archive.string
    var outputs: Set<[UInt8]> = []
    for run in 0..<20 {
      let temporary = try TemporaryFolder()
      var environment = ["TMPDIR": temporary.path.string]
      // Nothing is remembered from earlier links in half of them.
      if run % 2 == 1 { environment["APUS_HOME"] = temporary.path.string }
      let result = try await runApusLinker(
        [
          "-shared", "0.o", "1.o", library, "-o", "f.so", "--inline-math=\(inlining)",
          "--threads=\([1, 2, 3, 8][run / 2 % 4])",
        ],
        in: fixture.folder.path,
        environment: environment
      )
      try #require(result.status == 0, "\(result.error)")
      outputs.insert(try fixture.folder.contents(of: "f.so"))
      #expect(temporary.names.filter { $0 != "libcalls" && $0 != "code" } == [])
    }
    #expect(outputs.count == 1)
  }

  @Test func `Debian's LLVM makes the same bytes as the one that setup linked`() async throws {
    let fixture = try LinkFixture()
    for (index, source) in Self.sources.enumerated() {
      try await fixture.compile(source, to: "\(index).o")
    }
    let library = try await MathLibraryForm.fat.archive.string
    let toolchain = ToolchainFolder(environment: ProcessInfo.processInfo.environment)
    let libraries = try #require(toolchain.llvmLibraries.count > 1 ? toolchain.llvmLibraries : nil)
    var outputs: Set<[UInt8]> = []
    for llvm in libraries {
      let result = try await runApusLinker(
        ["-shared", "0.o", "1.o", library, "-o", "f.so", "--inline-math=all"],
        in: fixture.folder.path,
        environment: ["APUS_LLVM": llvm.string]
      )
      try #require(result.status == 0, "\(result.error)")
      outputs.insert(try fixture.folder.contents(of: "f.so"))
    }
    #expect(outputs.count == 1)
  }

  @Test func `links at the same time in one process make the same bytes as one alone`() async throws
  {
    let fixture = try LinkFixture()
    let program = try await fixture.compile(Self.sources[0], to: "0.o")
    let other = try await fixture.compile(Self.sources[1], to: "1.o")
    let library = try await MathLibraryForm.bitcode.archive.string
    let words = ["-shared", program, other, library]
    try fixture.link("alone.so", words)
    let expected = try fixture.folder.contents(of: "alone.so")
    try await withThrowingTaskGroup { group in
      for index in 0..<8 {
        group.addTask { _ = try fixture.link("\(index).so", words) }
      }
      try await group.waitForAll()
    }
    for index in 0..<8 { #expect(try fixture.folder.contents(of: "\(index).so") == expected) }
  }
}
