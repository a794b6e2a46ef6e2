import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusLinker

/// Links with musl's libm as bitcode, each test with a cache of its own.
@Suite struct CodeCacheTests {
  let fixture: LinkFixture
  let program: String

  init() async throws {
    fixture = try LinkFixture()
    program = try await fixture.compile(
      "double f(double x, double y) { return __builtin_sin(x) * __builtin_pow(x, y); }",
      to: "f.o"
    )
  }

  /// What a link says it compiled.
  private struct Report: Decodable {
    var compiled: [String]
    var compiledAlone: [String]
  }

  private func link(_ output: String, _ flags: String...) async throws -> Report {
    let result = try await runApusLinker(
      ["-shared", "-o", output, program, MathLibraryForm.bitcode.archive.string, "--json"] + flags,
      in: fixture.folder.path,
      environment: ["APUS_HOME": fixture.path("home")]
    )
    try #require(result.status == 0, "\(result.error)")
    return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
  }

  private var entries: [String] {
    let folder = fixture.path("home/code")
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  @Test func `a large function is compiled in the first link, and never again`() async throws {
    let first = try await link("first.so")
    #expect(Set(first.compiledAlone).isSuperset(of: ["pow", "__rem_pio2", "__rem_pio2_large"]))
    #expect(first.compiledAlone.contains("floor") || first.compiled.contains("floor"))
    #expect(!first.compiled.contains("pow"))
    #expect(!entries.isEmpty)

    let second = try await link("second.so")
    #expect(second.compiledAlone == [])
    #expect(second.compiled == first.compiled)
    #expect(
      try fixture.folder.contents(of: "first.so") == fixture.folder.contents(of: "second.so")
    )
  }

  @Test func `what is kept depends on what code is generated for`() async throws {
    _ = try await link("any.so")
    let count = entries.count
    #expect(try await link("fast.so", "-plugin-opt=mcpu=haswell").compiledAlone.contains("pow"))
    #expect(try await link("none.so", "--lto-O0").compiledAlone.contains("pow"))
    #expect(entries.count == 3 * count)
  }

  @Test(arguments: [0, 1, 40, 500])
  func `what was damaged is made again`(size: Int) async throws {
    let first = try await link("first.so")
    for entry in entries {
      let file = try FileHandle(forUpdating: URL(filePath: fixture.path("home/code/\(entry)")))
      try file.truncate(atOffset: UInt64(size))
    }
    let second = try await link("second.so")
    #expect(second.compiledAlone == first.compiledAlone)
    #expect(
      try fixture.folder.contents(of: "first.so") == fixture.folder.contents(of: "second.so")
    )
    #expect(try await link("third.so").compiledAlone == [])
  }

  @Test func `one changed byte makes code as good as none`() async throws {
    let first = try await link("first.so")
    for entry in entries {
      var bytes = try fixture.folder.contents(of: "home/code/\(entry)")
      bytes[bytes.count / 2] ^= 1
      try fixture.folder.write(bytes, to: "home/code/\(entry)")
    }
    #expect(try await link("second.so").compiledAlone == first.compiledAlone)
  }

  @Test func `a cache that cannot be written does not matter`() async throws {
    try fixture.folder.write("a file", to: "home")
    let first = try await link("first.so")
    let second = try await link("second.so")
    #expect(first.compiledAlone.contains("pow"))
    #expect(second.compiledAlone == first.compiledAlone)
    #expect(
      try fixture.folder.contents(of: "first.so") == fixture.folder.contents(of: "second.so")
    )
  }

  @Test func `nothing is kept of a library that is inlined whole`() async throws {
    let report = try await link("all.so", "--inline-math=all")
    #expect(report.compiledAlone == [])
    #expect(report.compiled.contains("pow"))
    #expect(entries == [])
  }
}
