import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct ResponseFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func words(_ text: String) throws(LinkError) -> [String] {
    try ResponseFile.words(of: TextFile(path: "r.rsp", bytes: Array(text.utf8)))
  }

  @Test func `words are quoted as in GNU's tools`() throws {
    #expect(try words("a b\tc\nd\r\n") == ["a", "b", "c", "d"])
    #expect(try words("'a b' \"c d\" e\\ f") == ["a b", "c d", "e f"])
    #expect(try words("x'a b'\"c\"y") == ["xa bcy"])
    #expect(try words("'it\\'s' \"a\\\"b\" \\\\") == ["it's", "a\"b", "\\"])
    #expect(try words("'' \"\"") == ["", ""])
    #expect(try words("'a\nb'") == ["a\nb"])
    #expect(try words("") == [] && words(" \n") == [])
    #expect(try words("ü 'ß'") == ["ü", "ß"])
  }

  @Test func `what is wrong in a file is said with its line`() throws {
    let open = #expect(throws: LinkError.self) { try words("a\nb 'c\nd") }
    #expect(open?.description == "r.rsp:2: a quote is not closed")
    let binary = #expect(throws: LinkError.self) { try words("a\n\0") }
    #expect(binary?.description == "r.rsp:2: not a text file")
  }

  @Test func `files name files, and what is not there is an argument`() throws {
    let inner = try folder.write("-lm 'x y.o'", to: "inner.rsp")
    let outer = try folder.write("a.o @\(inner) -o out", to: "outer.rsp")
    #expect(
      try ResponseFile.expand(["-shared", "@\(outer)", "@no-such-file", "@"])
        == ["-shared", "a.o", "-lm", "x y.o", "-o", "out", "@no-such-file", "@"]
    )
    let options = try LinkerArguments(["@\(outer)"]).options
    #expect(options.output == "out")
    #expect(options.arguments == ["@\(outer)"])
    #expect(inputs(of: options).map(\.source) == [.file("a.o"), .library("m"), .file("x y.o")])
  }

  @Test func `a file that reads itself is an error that names the way`() throws {
    let first = folder.file("first.rsp")
    let second = try folder.write("@\(first)", to: "second.rsp")
    try folder.write("a.o @\(second)", to: "first.rsp")
    let error = #expect(throws: LinkError.self) { try ResponseFile.expand(["@\(first)"]) }
    #expect(error?.code == .invalidArguments)
    #expect(
      error?.message == "a response file reads itself: \(first) -> \(second) -> \(first)"
    )
  }

  @Test func `files that grow without end are an error`() throws {
    try folder.write("x x x x x x x x", to: "0.rsp")
    for level in 1...3 {
      let inner = "@\(folder.file("\(level - 1).rsp")) "
      try folder.write(String(repeating: inner, count: 8), to: "\(level).rsp")
    }
    let error = #expect(throws: LinkError.self) {
      try ResponseFile.expand(["@\(folder.file("3.rsp"))"], mostArguments: 4095)
    }
    #expect(error?.message == "more than 4095 arguments")
    let all = try ResponseFile.expand(["@\(folder.file("3.rsp"))"], mostArguments: 4096)
    #expect(all.count == 4096)
  }

  @Test func `a folder is no response file`() {
    let error = #expect(throws: LinkError.self) { try ResponseFile.expand(["@\(folder.path)"]) }
    #expect(error?.code == .unreadable)
  }
}
