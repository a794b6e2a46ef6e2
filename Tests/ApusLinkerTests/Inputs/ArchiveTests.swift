import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

struct ArchiveTests {
  private static let names = [
    "a.o", "a_name_of_more_than_fifteen_characters.o", "fifteen_chars_.o",
  ]

  /// A fixture with three small objects that define `f0`, `f1` and `f2`.
  private func objects() async throws -> InputFixture {
    let fixture = try InputFixture()
    for (index, name) in Self.names.enumerated() {
      try await fixture.compile("int f\(index)(void) { return \(index); }", "a.c", to: name)
    }
    return fixture
  }

  /// Checks that members and contents are those of the files.
  private func expectMembers(_ archive: Archive, _ names: [String], _ fixture: InputFixture) throws
  {
    #expect(archive.members.map(\.name) == names)
    for member in archive.members {
      let contents = try archive.contents(of: member)
      let expected = try fixture.folder.contents(of: member.baseName)
      #expect(contents.withUnsafeBytes { Array($0) } == expected)
      #expect(contents.name == "\(archive.contents.name)(\(member.baseName))")
    }
  }

  @Test(arguments: ["gnu", "bsd", "darwin", "coff"])
  func `reads every form that LLVM's archiver writes`(_ form: String) async throws {
    let fixture = try await objects()
    let slice = try await fixture.archive("lib.a", ["--format=\(form)", "rcs"], Self.names)
    let archive = try Archive(slice)
    // Darwin's form fills members up to eight bytes, within their size.
    if form == "darwin" {
      #expect(archive.members.map(\.name) == Self.names)
    } else {
      try expectMembers(archive, Self.names, fixture)
    }
    let index = try #require(archive.symbolIndex)
    #expect(index.entries.map(\.member) == [0, 1, 2])
    let found = ArchiveIndex(archive, readWithLLVM: llvmIsNotNeeded)
    for (number, name) in Self.names.enumerated() {
      #expect(found.member(defining: "f\(number)")?.name == name)
    }
    #expect(found.member(defining: "f") == nil)
    #expect(found.member(defining: "f3") == nil)
    #expect(found.unreadable.isEmpty)
  }

  @Test(arguments: ["rcs", "rcsS", "rcsT"])
  func `reads what GNU's archiver writes`(_ flags: String) async throws {
    let fixture = try await objects()
    let archive = try Archive(try await fixture.gnuArchive("lib.a", flags, Self.names))
    try expectMembers(archive, Self.names, fixture)
    #expect((archive.symbolIndex == nil) == flags.contains("S"))
    #expect(archive.isThin == flags.contains("T"))
    let index = ArchiveIndex(archive, readWithLLVM: llvmIsNotNeeded)
    #expect(index.member(defining: "f1")?.name == Self.names[1])
    #expect(index.symbols.map(\.name).sorted() == ["f0", "f1", "f2"])
  }

  @Test func `reads an index of 64 bits`() async throws {
    let fixture = try await objects()
    // The archiver switches to it for archives of more than 4 GiB; this asks for it sooner.
    let result = try await runTool(
      LLVMTools.path("llvm-ar"),
      ["rcs", "lib.a"] + Self.names,
      in: fixture.folder.path,
      environment: ["SYM64_THRESHOLD": "1"]
    )
    #expect(result.status == 0)
    let slice = try fixture.contents("lib.a")
    #expect(slice.withUnsafeBytes { $0[8..<15].elementsEqual("/SYM64/".utf8) })
    let index = ArchiveIndex(try Archive(slice), readWithLLVM: llvmIsNotNeeded)
    #expect(index.member(defining: "f2")?.name == Self.names[2])
  }

  @Test func `keeps members of the same name apart`() async throws {
    let fixture = try await objects()
    try await fixture.compile("int first(void) { return 1; }", "1.c", to: "same.o")
    try await fixture.archive("lib.a", ["rcs"], ["same.o"])
    try await fixture.compile("int other(void) { return 2; }", "2.c", to: "same.o")
    let archive = try Archive(try await fixture.archive("lib.a", ["qs"], ["same.o"]))
    #expect(archive.members.map(\.name) == ["same.o", "same.o"])
    let index = ArchiveIndex(archive, readWithLLVM: llvmIsNotNeeded)
    #expect(index.member(defining: "first")?.position == 0)
    #expect(index.member(defining: "other")?.position == 1)
    let symbols = try archive.members.map {
      try ELFObject(archive.contents(of: $0)).inputSymbols().map(\.name)
    }
    #expect(symbols == [["first"], ["other"]])
  }

  @Test func `finds a thin archive's members from its folder, wherever that is`() async throws {
    let fixture = try await objects()
    try await runTool("/bin/mkdir", ["-p", "lib", "objects"], in: fixture.folder.path)
      .expectSuccess()
    try await fixture.compile("int g(void) { return 1; }", "a.c", to: "objects/g.o")
    let slice = try await fixture.gnuArchive("lib/thin.a", "rcsT", ["objects/g.o", "a.o"])
    let archive = try Archive(slice)
    #expect(archive.members.map(\.name) == ["../objects/g.o", "../a.o"])
    #expect(archive.members.map(\.baseName) == ["g.o", "a.o"])
    let symbols = try ELFObject(archive.contents(of: archive.members[0])).inputSymbols()
    #expect(symbols.map(\.name) == ["g"])

    try await runTool("/bin/rm", ["objects/g.o"], in: fixture.folder.path).expectSuccess()
    let error = linkError { _ = try archive.contents(of: archive.members[0]) }
    #expect(error?.code == .notFound)
    #expect(error?.file?.hasSuffix("objects/g.o") == true)
    #expect(error?.notes == ["member of the thin archive \(slice.name)"])
  }

  @Test func `looks for members of archives that are members of a thin archive`() async throws {
    let fixture = try await objects()
    try await fixture.gnuArchive("inner.a", "rcs", Array(Self.names.prefix(2)))
    let slice = try await fixture.gnuArchive("outer.a", "rcsT", ["inner.a", Self.names[2]])
    let archive = try Archive(slice)
    #expect(archive.members.count == 3)
    let names = try archive.members.map { try archive.contents(of: $0).name }
    #expect(names[1].hasSuffix("inner.a(\(Self.names[1]))"))
    #expect(names[2].hasSuffix("outer.a(\(Self.names[2]))"))
    let index = ArchiveIndex(archive, readWithLLVM: llvmIsNotNeeded)
    let member = try #require(index.member(defining: "f1"))
    let symbols = try ELFObject(archive.contents(of: member)).inputSymbols()
    #expect(symbols.map(\.name) == ["f1"])
  }

  @Test func `ends where a thin archive is a member of itself`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "!<thin>\n" + header("//", 8) + "self.a/\n" + header("/0:76", 4),
      to: "self.a"
    )
    let archive = try Archive(try FileSlice(mapping: path))
    let member = try #require(archive.members.first)
    #expect(member.headerOffset == 76)
    let error = linkError { _ = try archive.contents(of: member) }
    #expect(error?.message == "archives that are members of each other")
  }

  @Test(arguments: [
    ("../../etc/passwd", "passwd"), ("/etc/passwd", "passwd"), ("..", "member"), ("", "member"),
    ("a/..", "member"), ("dir/", "dir"), ("a\0b\n.o", "ab.o"), ("ü.o", "ü.o"), ("sin.o", "sin.o"),
  ])
  func `gives a member a name that stays in its folder`(_ name: String, _ base: String) {
    let member = ArchiveMember(
      position: 0,
      name: name,
      headerOffset: 8,
      contentRange: 68..<68,
      nestedHeaderOffset: nil
    )
    #expect(member.baseName == base)
  }

  @Test func `reads odd sizes, padding and the absence of padding`() throws {
    let text =
      "!<arch>\n" + header("odd/", 1) + "x\n" + header("even/", 2) + "yz" + header("last/", 3)
      + "abc"
    for ending in ["", "\n"] {
      let archive = try Archive(slice(text + ending))
      #expect(archive.members.map(\.name) == ["odd", "even", "last"])
      #expect(try archive.members.map { try archive.contents(of: $0).text } == ["x", "yz", "abc"])
    }
    #expect(try Archive(slice("!<arch>\n")).members.isEmpty)
    #expect(try Archive(slice("!<arch>\n" + header("e/", 0))).members.map(\.name) == ["e"])
  }

  /// A damaged archive and what is to be said about it.
  struct Damage: CustomTestStringConvertible {
    var text: String
    var message: String
    var testDescription: String { message }

    init(_ text: String, _ message: String) {
      self.text = text
      self.message = message
    }
  }

  @Test(arguments: [
    Damage("an archive", "not an archive: it begins with neither !<arch> nor !<thin>"),
    Damage("!<arch>\nshort", "no member's header at offset 8: cut short or damaged"),
    Damage(
      "!<arch>\n" + header("a/", 9) + "x",
      "the member at offset 8 has 9 bytes and 1 are left"
    ),
    Damage(
      "!<arch>\n" + header("/0", 0),
      "the member's name '/0' is not in the table of long names"
    ),
    Damage("!<arch>\n" + header("#1/9", 2) + "ab", "the member's name '#1/9' has no valid length"),
    Damage("!<arch>\n" + header("#1/-1", 2) + "ab", "the member's name '#1/-1' has no valid"),
    Damage(
      "!<arch>\n" + header("//", 4) + "abc\n" + header("/9", 0),
      "the member's name '/9' is not in the table of long names"
    ),
    Damage("!<arch>\n" + header("/", 4) + "\0\0\0\u{7}", "the index claims 7 symbols"),
    Damage(
      "!<arch>\n" + header("/", 8) + "\0\0\0\u{1}\0\0\0\u{8}",
      "the index has 1 symbols and names for 0"
    ),
    Damage(
      "!<arch>\n" + header("/", 10) + "\0\0\0\u{1}\0\0\0\u{9}f\0" + header("a/", 0),
      "the index says 'f' is in a member at offset 9, and there is none"
    ),
  ])
  func `says what is wrong with a damaged archive`(_ damage: Damage) {
    let error = linkError { _ = try Archive(slice(damage.text)) }
    #expect(error?.code == .malformed)
    #expect(error?.file == "lib.a")
    #expect(error?.message.hasPrefix(damage.message) == true, "\(error?.message ?? "")")
  }

  private func slice(_ text: String) -> FileSlice {
    FileSlice(copying: Array(text.utf8), name: "lib.a")
  }
}

/// A member's header.
private func header(_ name: String, _ size: Int) -> String {
  func field(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: width - text.utf8.count)
  }
  return field(name, 16) + field("0", 12) + field("0", 6) + field("0", 6) + field("644", 8)
    + field("\(size)", 10) + "`\n"
}

extension ToolResult {
  fileprivate func expectSuccess() { #expect(status == 0, "\(error)") }
}
