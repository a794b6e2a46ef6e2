import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@testable import ApusLinker

/// Generated files are what generating them again gives.
///
/// With `APUS_REGENERATE=1` in the environment they are written instead.
@Suite struct GeneratedFileTests {
  private static let folder = Peers.packageFolder.appending("Sources/ApusLinker/Libcalls")
  private static let header = "/usr/lib/llvm-22/include/llvm/Analysis/TargetLibraryInfo.td"

  private func check(_ source: String, isContentsOf name: String) throws {
    let path = Self.folder.appending(name).string
    if ProcessInfo.processInfo.environment["APUS_REGENERATE"] == "1" {
      try source.write(toFile: path, atomically: true, encoding: .utf8)
      return
    }
    let contents = try String(contentsOfFile: path, encoding: .utf8)
    let written = Set(contents.split(separator: "\n"))
    let expected = Set(source.split(separator: "\n"))
    #expect(expected.subtracting(written) == [], "not in \(name)")
    #expect(written.subtracting(expected) == [], "too much in \(name)")
    #expect(contents == source)
  }

  @Test func `the table of libcalls is what the backends call`() async throws {
    let table = try await TableText()
    #expect(table.text.split(separator: "\n").count > 1_000)
    try check(table.source, isContentsOf: "LibcallTable+Generated.swift")
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: header), "LLVM's headers are not installed")
  )
  func `the list of library functions is LLVM's`() throws {
    let text = try String(contentsOfFile: Self.header, encoding: .utf8)
    let names = Set(text.matches(of: /: TargetLibCall<\s*"([^"]+)"/).map { String($0.1) }).sorted()
    #expect(names.count > 500)
    var lines = [""]
    for name in names {
      if lines[lines.count - 1].count + name.count >= 96 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + name
    }
    let source = """
      // Made from llvm/Analysis/TargetLibraryInfo.td of LLVM 22; GeneratedFileTests says how.

      extension RuntimeLibcallNames {
        /// What `TargetLibraryInfo` knows, sorted, with white space between.
        static let libraryFunctionNames = \"""
      \(lines.map { "    \($0)\n" }.joined())    \"""
      }

      """
    try check(source, isContentsOf: "LibFuncNames+Generated.swift")
  }
}
