import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct LibrarySearchTests {
  private let one: TemporaryFolder
  private let two: TemporaryFolder

  init() throws {
    one = try TemporaryFolder()
    two = try TemporaryFolder()
    try one.write("", to: "liba.a")
    try one.write("", to: "libboth.so")
    try one.write("", to: "libboth.a")
    try two.write("", to: "liba.so")
    try two.write("", to: "libonly.so")
    try two.write("", to: "exact.o")
  }

  private func search(_ words: String...) throws(LinkError) -> LibrarySearch {
    LibrarySearch(try LinkerArguments(["x.o"] + words).options)
  }

  @Test func `a folder that comes first wins, and in it a shared library`() throws {
    let search = try search("-L\(one.path)", "-L", two.path.string)
    #expect(try search.library("a", isStatic: false) == one.file("liba.a"))
    #expect(try search.library("both", isStatic: false) == one.file("libboth.so"))
    #expect(try search.library("both", isStatic: true) == one.file("libboth.a"))
    #expect(try search.library("only", isStatic: false) == two.file("libonly.so"))
    #expect(try search.exactLibrary("exact.o") == two.file("exact.o"))
    let reversed = try self.search("-L\(two.path)", "-L\(one.path)")
    #expect(try reversed.library("a", isStatic: false) == two.file("liba.so"))
  }

  @Test func `the sysroot stands where = or $SYSROOT is written`() throws {
    let root = two.path.removingLastComponent()
    let name = try #require(two.path.lastComponent?.string)
    for prefix in ["=", "=/", "$SYSROOT/"] {
      let search = try search("--sysroot=\(root)", "-L\(prefix)\(name)")
      #expect(try search.library("only", isStatic: false) == two.file("libonly.so"))
    }
    let without = try search("-L=\(two.path)")
    #expect(try without.library("only", isStatic: false) == two.file("libonly.so"))
  }

  @Test func `an error lists what was searched, and what lies near`() throws {
    let search = try search("-L\(one.path)", "-L\(two.path)")
    let near = #expect(throws: LinkError.self) { try search.library("onlyy", isStatic: false) }
    #expect(near?.code == .notFound)
    #expect(
      near?.description == """
        library 'onlyy' was not found: there is no libonlyy.so or libonlyy.a
          searched \(one.path)
          searched \(two.path)
          \(two.file("libonly.so")) lies there: -lonly?
        """
    )
    let shared = #expect(throws: LinkError.self) { try search.library("only", isStatic: true) }
    #expect(shared?.notes.last == "\(two.file("libonly.so")) lies there; it is shared")
    let far = #expect(throws: LinkError.self) { try search.library("xyzzy", isStatic: false) }
    #expect(far?.notes == ["searched \(one.path)", "searched \(two.path)"])
    let nowhere = #expect(throws: LinkError.self) {
      try self.search().exactLibrary("exact.o")
    }
    #expect(nowhere?.notes == ["no folder was searched: name some with -L"])
  }

  @Test func `Debian's libm is proposed for -lmm`() throws {
    let search = try search("-L/usr/lib/x86_64-linux-gnu")
    let error = #expect(throws: LinkError.self) { try search.library("mm", isStatic: true) }
    #expect(error?.notes.last?.hasPrefix("/usr/lib/x86_64-linux-gnu/libm.") == true)
  }
}
