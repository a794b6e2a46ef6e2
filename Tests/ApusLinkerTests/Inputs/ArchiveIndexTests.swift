import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

struct ArchiveIndexTests {
  @Test func `adds the bitcode that GNU's archiver leaves out`() async throws {
    let fixture = try InputFixture()
    try await fixture.compile("int f(void) { return 1; }", "a.c", to: "machine.o")
    try await fixture.compile("int g(void) { return 1; }", "a.c", to: "bitcode.o", "-flto")
    let archive = try Archive(
      try await fixture.gnuArchive("lib.a", "rcs", ["bitcode.o", "machine.o"])
    )
    #expect(archive.symbolIndex?.entries.map(\.member) == [1])
    let index = ArchiveIndex(archive, readWithLLVM: llvmIsNotNeeded)
    #expect(index.member(defining: "f")?.name == "machine.o")
    #expect(index.member(defining: "g")?.name == "bitcode.o")
  }

  @Test func `takes the first definition, whether the index or a scan found it`() async throws {
    let fixture = try InputFixture()
    let source = "int f(void) { return 1; }"
    try await fixture.compile(source, "a.c", to: "bitcode.o", "-flto")
    try await fixture.compile(source, "a.c", to: "machine.o")
    try await fixture.compile(source, "a.c", to: "again.o")
    for order in [["bitcode.o", "machine.o", "again.o"], ["machine.o", "again.o", "bitcode.o"]] {
      let archive = try Archive(try await fixture.gnuArchive("\(order[0]).a", "rcs", order))
      let index = ArchiveIndex(archive, readWithLLVM: llvmIsNotNeeded)
      #expect(index.member(defining: "f")?.position == 0)
      #expect(index.symbols.count == 1)
    }
  }

  @Test func `reads members itself where there is no index`() async throws {
    let fixture = try InputFixture()
    let source = """
      int f(void) { return 1; }
      static int internal(void) { return 2; }
      int g(void) { extern int elsewhere; return elsewhere + internal(); }
      int __attribute__((weak)) h(void) { return 3; }
      """
    try await fixture.compile(source, "a.c", to: "machine.o")
    try await fixture.compile("int common;", "b.c", to: "bitcode.o", "-flto", "-fcommon")
    try fixture.folder.write("not an object\n", to: "README")
    let archive = try Archive(
      try await fixture.archive("lib.a", ["rcS"], ["README", "machine.o", "bitcode.o"])
    )
    #expect(archive.symbolIndex == nil)
    let index = ArchiveIndex(archive, readWithLLVM: llvmIsNotNeeded)
    #expect(index.symbols.map(\.name).sorted() == ["common", "f", "g", "h"])
    #expect(index.member(defining: "elsewhere") == nil)
    #expect(index.member(defining: "internal") == nil)
    #expect(index.unreadable.isEmpty)
  }

  @Test func `asks LLVM where the bitcode has no symbol table`() async throws {
    let fixture = try InputFixture()
    try await fixture.compile("int f(void) { return 1; }", "a.c", to: "with.o", "-flto")
    // Without a target the writer cannot know how names are spelled, and writes no table.
    try fixture.folder.write("define void @g() { ret void }", to: "g.ll")
    try await runLLVMTool("llvm-as", ["g.ll", "-o", "without.o"], in: fixture.folder.path)
    #expect(try BitcodeFile(try fixture.contents("without.o")).symbolTable() == nil)
    let archive = try Archive(
      try await fixture.gnuArchive("lib.a", "rcS", ["with.o", "without.o"])
    )
    var asked: [String] = []
    let index = ArchiveIndex(archive) { member in
      asked.append(member.name)
      return [InputSymbol(name: "g", definition: .defined), InputSymbol(name: "undefined")]
    }
    #expect(asked == ["\(archive.contents.name)(without.o)"])
    #expect(index.member(defining: "g")?.name == "without.o")
    #expect(index.member(defining: "f")?.name == "with.o")
    #expect(index.member(defining: "undefined") == nil)
  }

  @Test func `keeps the reason why a member cannot be read, and goes on`() async throws {
    let fixture = try InputFixture()
    let good = try await fixture.compile("int f(void) { return 1; }", "a.c", to: "good.o", "-flto")
    try fixture.folder.write(good.withUnsafeBytes { Array($0.prefix(200)) }, to: "cut.o")
    let archive = try Archive(
      try await fixture.gnuArchive("lib.a", "rcS", ["cut.o", "good.o"])
    )
    let index = ArchiveIndex(archive, readWithLLVM: llvmIsNotNeeded)
    #expect(index.member(defining: "f")?.name == "good.o")
    let unreadable = try #require(index.unreadable.first)
    #expect(index.unreadable.count == 1)
    #expect(unreadable.member == 0)
    #expect(unreadable.error.code == .malformed)
    #expect(unreadable.error.file == "\(archive.contents.name)(cut.o)")
  }

  @Test(arguments: ["libc.a", "libm.a", "libmvec.a", "libc_nonshared.a", "libgcc.a"])
  func `finds what llvm-nm finds in the system's libraries`(_ name: String) async throws {
    let path = try await InputFixture.systemLibrary(name)
    let listing = try await runLLVMTool("llvm-nm", ["--print-armap", "-j", "-g", path.string])
    var expected: [String: String] = [:]
    for line in listing.split(separator: "\n").dropFirst().map({ String($0).words }) {
      guard line.count == 3, line[1] == "in" else { break }
      if expected[line[0]] == nil { expected[line[0]] = line[2] }
    }
    #expect(expected.count > 3)
    let index = ArchiveIndex(
      try Archive(try FileSlice(mapping: path)),
      readWithLLVM: llvmIsNotNeeded
    )
    var found: [String: String] = [:]
    for (symbol, member) in index.symbols { found[symbol] = member.name }
    #expect(found == expected)
    for (symbol, member) in expected {
      #expect(index.member(defining: symbol)?.name == member)
    }
  }
}
