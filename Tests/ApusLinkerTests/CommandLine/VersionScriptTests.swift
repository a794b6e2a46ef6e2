import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct VersionScriptTests {
  private static let symbols = ["foo", "foobar", "bar", "baz", "f1", "f2", "g"]

  private func script(_ text: String) throws(LinkError) -> VersionScript {
    try VersionScript(TextFile(path: "v.map", bytes: Array(text.utf8)))
  }

  // MARK: Against lld

  @Test func `what a script says of a symbol is what lld makes of it`() async throws {
    let folder = try TemporaryFolder()
    let source = Self.symbols.map { "void \($0)(void) {}\n" }.joined()
    try await compile(source, to: "v.o", in: folder)
    let scripts = [
      "{ global: foo; local: *; };", "{ global: f*; local: foo*; g; };", "{ foo; };",
      "V1 { global: foo*; local: *; }; V2 { global: foobar; f?; } V1;",
      "V1 { f*; }; V2 { foo*; local: *; };", "{ global: *; local: foo; };", "{};", "V1 {};",
      "{ extern \"C++\" { foo; bar* }; local: *; };", "{ global : foo ; local:*;};",
      "{ f[0-9]; local: *; }; # the end", "{ global:*; foo; local:*; bar;};",
      "{ \"f*\"; local: *; };", "{ extern \"C++\" { \"f*\"; foo; }; local: *; };",
      "{ global: foo; local: foo; };", "{ local: foo; global: foo; };",
      "V1 { local: foo; }; V2 { foo; };", "V1 { global: foo; local: foo; };",
      "V1 { global: f*; local: foo*; };", "V1 { global: f*; }; V2 { local: foo*; };",
      "V1 { local: f*; }; V2 { global: foo*; local: *; };", "{ foo*bar; b??; local: *; };",
      "{ global\n : foo; local: *; }\n;", "V1 { extern \"C++\" { foo; bar*; }; local: *; };",
      "{ [!fg]*; local: *; };", "{ [^fg]*; local: *; };", "{ f[0-1]; f[^1]; local: *; };",
      "/* V0 {}; */ V1 { foo; /* bar; */ }; V2 { bar; local: *; } V1;",
    ]
    for text in scripts {
      try folder.write(text, to: "v.map")
      let link = try await runTool(
        LLVMTools.path("ld.lld"),
        ["-shared", "v.o", "--version-script=v.map", "--undefined-version", "-o", "v.so"],
        in: folder.path
      )
      #expect(link.status == 0, "\(text): \(link.error)")
      let listing = try await runTool(
        LLVMTools.path("llvm-nm"),
        ["-D", "--defined-only", "v.so"],
        in: folder.path
      )
      let exported = listing.output.split(separator: "\n").filter { !$0.contains(" A ") }
        .compactMap { $0.split(separator: " ").last }
      let own = try script(text)
      let visible = Self.symbols.compactMap { symbol -> String? in
        switch own.visibility(of: symbol) {
        case .global(let version): version.map { "\(symbol)@@\($0)" } ?? symbol
        case .local: nil
        case .unmentioned: symbol
        }
      }
      #expect(visible.sorted() == exported.map(String.init).sorted(), "\(text)")
    }
  }

  @Test(arguments: [
    "{ foo }", "{ foo; }", "", "# nothing", "{ local: *; };\nV1 {};", "{ \"global\": foo; };",
    "{ [a; };", "{ extern \"D\" { a; }; };", "{ foo; }; {", "V1 { foo; ", "{ /* foo; };",
    "{ \"foo; };", "{ global foo; };", "V1 { foo; } V2", "{ ; };",
  ])
  func `what lld refuses is refused, with the line`(text: String) async throws {
    let error = #expect(throws: LinkError.self) { try script("\n\n" + text) }
    #expect(error?.code == .malformed)
    #expect(error?.file?.hasPrefix("v.map:") == true)
    let folder = try TemporaryFolder()
    try await compile("void foo(void) {}", to: "v.o", in: folder)
    try folder.write(text, to: "v.map")
    let theirs = try await runTool(
      LLVMTools.path("ld.lld"),
      ["-shared", "v.o", "--version-script=v.map", "-o", "v.so"],
      in: folder.path
    )
    #expect(theirs.status != 0, "\(text)")
  }

  // MARK: On its own

  @Test func `an error says where it is`() throws {
    let error = #expect(throws: LinkError.self) {
      try script("V1 {\n  global: foo;\n  local: *\n};\n")
    }
    #expect(error?.description == "v.map:4: ';' expected, not '}'")
    let twice = #expect(throws: LinkError.self) { try script("V1 {};\nV1 {};") }
    #expect(twice?.description == "v.map:2: version 'V1' is there twice")
  }

  @Test func `a pattern of demangled names keeps every mangled name, and hides none`() throws {
    let own = try script(
      """
      V1 {
        global: extern "C++" { std::vector*; "f(int)"; };
        local: extern "C++" { hidden::*; }; plain;
      };
      V2 { local: *; };
      """
    )
    #expect(own.visibility(of: "_ZN6hidden1fEv") == .global(version: "V1"))
    #expect(own.visibility(of: "plain") == .local)
    #expect(own.visibility(of: "sin") == .local)
    let hiding = try script("{ local: extern \"C++\" { hidden::*; }; };")
    #expect(hiding.visibility(of: "_ZN6hidden1fEv") == .unmentioned)
  }

  @Test func `a symbol that says its version itself keeps it`() throws {
    let own = try script("V1 { local: *; };")
    #expect(own.visibility(of: "foo@@V9") == .global(version: "V9"))
    #expect(own.visibility(of: "foo@V8") == .global(version: "V8"))
  }

  @Test func `a dynamic list is a list`() throws {
    let file = TextFile(path: "d.list", bytes: Array("{ foo; b*; extern \"C++\" { x; }; };".utf8))
    let list = try SymbolPatternList(dynamicList: file)
    #expect(["foo", "bar", "x", "_Z1fv"].allSatisfy { list.mayMatch($0) })
    #expect(!list.mayMatch("fool") && !list.mayMatch("abc"))
    for text in ["{ foo }", "{ foo; }", "foo;", "{ foo; }; }", ""] {
      #expect(throws: LinkError.self) {
        try SymbolPatternList(dynamicList: TextFile(path: "d.list", bytes: Array(text.utf8)))
      }
    }
  }

  @Test func `the rules for exports are read from the files that options name`() throws {
    let folder = try TemporaryFolder()
    let map = try folder.write("{ global: f; local: *; };", to: "v.map")
    let list = try folder.write("{ g*; };", to: "d.list")
    let options = try LinkerArguments([
      "a.o", "--version-script=\(map)", "-L\(folder.path)", "--export-dynamic-symbol-list=d.list",
      "--export-dynamic-symbol=h?", "--exclude-libs=libm.a", "--dynamic-list=\(list)",
    ]).options
    let rules = try ExportRules(options)
    #expect(rules.visibility(of: "f") == .global(version: nil))
    #expect(rules.visibility(of: "e") == .local)
    #expect(["g1", "h1"].allSatisfy { rules.isExportedByName($0) })
    #expect(!rules.isExportedByName("f"))
    #expect(rules.excludes(archive: "/usr/lib/libm.a") && !rules.excludes(archive: "libc.a"))
    #expect(!rules.areEmpty)
    #expect(try ExportRules(LinkerArguments(["a.o"]).options).areEmpty)
    let missing = try LinkerArguments(["a.o", "--version-script=none.map"]).options
    let error = #expect(throws: LinkError.self) { try ExportRules(missing) }
    #expect(error?.code == .unreadable && error?.file == "none.map")
  }
}

@Suite struct SymbolPatternTests {
  @Test(arguments: [
    ("*", "", true), ("*", "abc", true), ("a*c", "abbc", true), ("a*c", "abcd", false),
    ("?", "a", true), ("?", "", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
    ("[]]", "]", true), ("[a-]", "-", true), ("\\*", "*", true), ("\\*", "a", false),
    ("*a*b*", "xxaxxb", true), ("*a*b*", "xxbxxa", false), ("a", "ab", false), ("", "", true),
    ("**", "x", true), ("_Z*sin*", "_Z3asinf", true),
  ])
  func `matches as a shell does`(pattern: String, name: String, isMatch: Bool) throws {
    #expect(try #require(SymbolPattern(pattern)).matches(name) == isMatch)
  }

  @Test func `a pattern of many stars takes no longer than its length times the name's`() throws {
    let pattern = try #require(SymbolPattern(String(repeating: "a*", count: 200) + "b"))
    #expect(!pattern.matches(String(repeating: "a", count: 5000)))
  }

  @Test func `a bracket that is open is no pattern`() {
    #expect(SymbolPattern("[a") == nil && SymbolPattern("x[") == nil && SymbolPattern("[]") == nil)
  }
}
