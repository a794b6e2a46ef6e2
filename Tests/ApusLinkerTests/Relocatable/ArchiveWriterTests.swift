import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct ArchiveWriterTests {
  /// Odd and even sizes, nothing at all, names that are too long, paths, and a name that is none.
  private static let members: [(name: String, contents: String, symbols: [String])] = [
    ("a.o", "odd", ["a", "b"]), ("fifteen_chars.o", "even", []),
    ("sixteen_chars_.o", "x", ["c"]), ("", "", []),
    ("folder/of/a_name_that_is_rather_long.o", "12345", ["d_with_a_long_name"]),
    ("another_name_that_is_rather_long.o", "", ["e"]), ("../..", "z", []),
  ]

  private static let names = [
    "a.o", "fifteen_chars.o", "sixteen_chars_.o", "member", "a_name_that_is_rather_long.o",
    "another_name_that_is_rather_long.o", "member",
  ]

  private func bytes() -> [UInt8] {
    var writer = ArchiveWriter()
    for (name, contents, symbols) in Self.members {
      writer.add(
        FileSlice(copying: Array(contents.utf8), name: name),
        name: name,
        symbols: symbols
      )
    }
    return writer.bytes()
  }

  @Test func `what is written is read again`() throws {
    let archive = try Archive(FileSlice(copying: bytes(), name: "w.a"))
    #expect(archive.members.map(\.name) == Self.names)
    #expect(try archive.members.map { try archive.contents(of: $0).text } == Self.members.map(\.1))
    let index = ArchiveIndex(archive, readWithLLVM: llvmIsNotNeeded)
    for (position, member) in Self.members.enumerated() {
      for symbol in member.symbols {
        #expect(index.member(defining: symbol)?.position == position)
      }
    }
    #expect(index.symbols.count == 5)
  }

  @Test func `LLVM's and GNU's archivers read it`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(bytes(), to: "w.a")
    let expected = Self.names.map { $0 + "\n" }.joined()
    #expect(try await runLLVMTool("llvm-ar", ["t", "w.a"], in: folder.path) == expected)
    let result = try await runTool(InputFixture.gnuArchiver, ["t", "w.a"], in: folder.path)
    #expect(result == ToolResult(status: 0, output: expected, error: ""))
    let details = try await runLLVMTool("llvm-ar", ["tv", "w.a"], in: folder.path)
    #expect(details.split(separator: "\n").allSatisfy { $0.hasPrefix("rw-r--r-- 0/0 ") })
    #expect(details.split(separator: "\n").allSatisfy { $0.contains(" 1970 ") })
  }

  @Test func `an empty archive is one`() throws {
    let archive = try Archive(FileSlice(copying: ArchiveWriter().bytes(), name: "w.a"))
    #expect(archive.members.isEmpty)
  }
}
