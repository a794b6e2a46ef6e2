import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

@Suite struct LinkerScriptTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func script(_ text: String) throws(LinkError) -> LinkerScript {
    try LinkerScript(TextFile(path: "script.ld", bytes: Array(text.utf8)))
  }

  private func resolve(_ words: [String]) throws(LinkError) -> LinkOptions {
    try LinkerArguments(words).options.resolvingInputs()
  }

  /// Something that is no script.
  @discardableResult
  private func object(_ name: String) throws -> FilePath {
    try folder.write([0x42, 0x43, 0xC0, 0xDE], to: name)
  }

  // MARK: Scripts that stand for inputs

  @Test func `Debian's C library is what its scripts name`() throws {
    let system = "/usr/lib/x86_64-linux-gnu"
    let shared = inputs(of: try resolve(["-L\(system)", "-lm", "-lc"]))
    #expect(
      shared.compactMap(\.path).map { $0.lastComponent?.string } == [
        "libm.so.6", "libmvec.so.1", "libc.so.6", "libc_nonshared.a", "ld-linux-x86-64.so.2",
      ]
    )
    #expect(shared.map(\.isAsNeeded) == [false, true, false, false, true])
    #expect(shared.map(\.group) == [1, 1, 2, 2, 2])
    let archives = inputs(of: try resolve(["-static", "-L\(system)", "--as-needed", "-lm"]))
    #expect(archives.count == 2)
    #expect(archives.compactMap(\.path?.extension) == ["a", "a"])
    #expect(archives.allSatisfy { $0.isStatic && $0.isAsNeeded })
  }

  @Test func `files lie beside the script, or in the search path`() throws {
    let beside = try object("beside.o")
    let elsewhere = try TemporaryFolder()
    try elsewhere.write([0x42, 0x43, 0xC0, 0xDE], to: "far.o")
    try elsewhere.write([0x42, 0x43, 0xC0, 0xDE], to: "libz.a")
    let path = try folder.write(
      """
      /* A comment; with INPUT(none.o) */
      OUTPUT_FORMAT ( "elf64-x86-64", elf64-x86-64, elf64-x86-64 )
      OUTPUT_ARCH(i386:x86-64)
      SEARCH_DIR(\(elsewhere.path)); SEARCH_DIR("=\(elsewhere.path)")
      INPUT(beside.o, "far.o" -lz AS_NEEDED ( \(beside) -l:far.o ))
      ENTRY(begin) EXTERN(one two) # the end
      """,
      to: "libscript.so"
    )
    let options = try resolve([path.string, "--whole-archive", "-L\(folder.path)", "-lscript"])
    let found = inputs(of: options)
    let far = elsewhere.file("far.o")
    let once = [beside, far, elsewhere.file("libz.a"), beside, far]
    #expect(found.compactMap(\.path) == once + once)
    #expect(found.map(\.isAsNeeded).prefix(5) == [false, false, false, true, true])
    #expect(
      found.map(\.isWholeArchive) == [Bool](repeating: false, count: 5)
        + .init(repeating: true, count: 5)
    )
    #expect(
      found.map(\.source)[2] == .library("z") && found.map(\.source)[1] == .exactLibrary("far.o")
    )
    #expect(options.entry == "begin" && options.undefined == ["one", "two"])
    #expect(options.items.contains(.nativeOption(["--entry=begin"])))
    #expect(options.items.contains(.nativeOption(["--undefined=two"])))
    #expect(!options.items.contains(.nativeOption([path.string])))
    // The command line's entry comes before the script's.
    #expect(try resolve([path.string, "-e", "start"]).entry == "start")
    // With -nostdlib a script adds no folders.
    #expect(throws: LinkError.self) { try resolve([path.string, "-nostdlib"]) }
  }

  @Test func `an absolute path in a script of the sysroot is of the sysroot`() throws {
    try object("inside.o")
    let path = try folder.write("INPUT(/inside.o)", to: "s.ld")
    let options = try resolve(["--sysroot=\(folder.path)", path.string])
    #expect(inputs(of: options).map(\.path) == [folder.file("inside.o")])
    let equals = try folder.write("INPUT(=/inside.o $SYSROOT/inside.o)", to: "e.ld")
    #expect(inputs(of: try resolve(["--sysroot=\(folder.path)", equals.string])).count == 2)
  }

  @Test func `an input may be remapped, and binary data is no script`() throws {
    let replacement = try object("other.o")
    let data = try folder.write("INPUT(x)", to: "data.txt")
    let remap = try folder.write("# comment\n*.o=\(replacement) # more\n", to: "remap")
    let options = try resolve(
      ["--remap-inputs-file=\(remap)", "some.o", "-b", "binary", data.string]
    )
    #expect(inputs(of: options).map(\.path) == [replacement, data])
  }

  @Test func `a script that asks for itself is an error that names the way`() throws {
    let a = folder.file("a.ld")
    let b = folder.file("b.ld")
    try folder.write("GROUP(\(b))", to: "a.ld")
    try folder.write("INPUT(a.ld)", to: "b.ld")
    let error = #expect(throws: LinkError.self) { try resolve([a.string]) }
    #expect(error?.code == .malformed)
    #expect(error?.message == "a linker script asks for itself: \(a) -> \(b) -> \(a)")
    try folder.write("INCLUDE \(a)", to: "a.ld")
    #expect(throws: LinkError.self) { try resolve([a.string]) }
    #expect(throws: LinkError.self) { try resolve(["-T", a.string, try object("x.o").string]) }
  }

  @Test func `scripts that grow without end are an error`() throws {
    try object("x.o")
    try folder.write("INPUT(x.o)", to: "0.ld")
    for level in 1...2 {
      let inner = "\(level - 1).ld "
      try folder.write("INPUT(\(String(repeating: inner, count: 8)))", to: "\(level).ld")
    }
    let options = try LinkerArguments([folder.file("2.ld").string]).options
    let error = #expect(throws: LinkError.self) {
      var resolver = InputResolver(options, mostInputs: 100)
      _ = try resolver.resolve()
    }
    #expect(error?.message == "more than 100 inputs")
    #expect(inputs(of: try options.resolvingInputs()).count == 64)
  }

  @Test func `a file that a script asks for in vain is an error with the script's line`() throws {
    let path = try folder.write("\nINPUT(\n  none.o)", to: "s.ld")
    let error = #expect(throws: LinkError.self) { try resolve([path.string]) }
    #expect(error?.code == .notFound && error?.file == "\(path):3")
    let library = try folder.write("INPUT(-lnone)", to: "l.ld")
    let missing = #expect(throws: LinkError.self) { try resolve([library.string]) }
    #expect(missing?.notes.last == "asked for by \(library):1")
    let absolute = try folder.write("INPUT(/no/such.o)", to: "p.ld")
    let unreadable = #expect(throws: LinkError.self) { try resolve([absolute.string]) }
    #expect(unreadable?.file == "/no/such.o")
    #expect(unreadable?.notes == ["asked for by \(absolute):1"])
  }

  // MARK: Scripts that lay out the output

  private let layout = """
    ENTRY(_start)
    MEMORY { all (rwx) : ORIGIN = 0, LENGTH = 1M }
    PROVIDE(stack_top = stack_base + 0x1000);
    heap_end = .;
    limit = limited + 4;
    VERSION { V1 { global: api_*; exact; local: *; }; }
    SECTIONS {
      . = SIZEOF_HEADERS;
      .text : { KEEP(*(.init .vectors*)) *(.text) "quoted name" = .; }
      PROVIDE_HIDDEN (edata = .);
      ASSERT(checked != 0, "it is not { closed")
    }
    EXTERN(pulled)
    """

  @Test func `a layout goes to lld, and every name in it is kept`() throws {
    let read = try script(layout)
    #expect(read.isLayout && read.files.isEmpty)
    #expect(read.entry == "_start" && read.undefined == ["pulled"])
    for name in ["stack_top", "stack_base", "heap_end", "limit", "edata", "checked", "quoted name"]
      + ["api_*", "exact"]
    {
      #expect(read.symbols.contains(name), "\(name)")
    }
    #expect(!read.symbols.contains(".") && !read.symbols.contains("*"))
    #expect(read.keptSections == [".init", ".vectors*"])

    let path = try folder.write(layout, to: "layout.ld")
    let input = try object("a.o")
    let given = try resolve(["-T", path.string, input.string])
    #expect(given.keptSymbols.contains("checked") && given.keptSections.contains(".init"))
    #expect(given.entry == "_start" && given.undefined == ["pulled"])
    #expect(given.items.contains(.nativeOption(["--script=\(path)"])))
    let asInput = try resolve([path.string, input.string])
    #expect(asInput.items.first == .nativeOption([path.string]))
    #expect(asInput.keptSymbols.contains("stack_top"))
    #expect(inputs(of: asInput).count == 1)
  }

  @Test func `lld links with a layout that is understood here`() async throws {
    let source = """
      int stack_base, checked = 1, limited;
      void _start(void) {}
      void pulled(void) {}
      void exact(void) {}
      """
    try await compile(source, to: "a.o", in: folder)
    try folder.write(layout, to: "layout.ld")
    let link = try await runTool(
      LLVMTools.path("ld.lld"),
      ["-shared", "-T", "layout.ld", "a.o", "-o", "a.so"],
      in: folder.path
    )
    #expect(link.status == 0, "\(link.error)")
    let symbols = try await runTool(
      LLVMTools.path("llvm-nm"),
      ["-D", "--defined-only", "a.so"],
      in: folder.path
    )
    #expect(symbols.output.contains("exact@@V1") && !symbols.output.contains("pulled"))
  }

  @Test func `what a layout includes counts`() throws {
    try folder.write("inner = outer + 1;", to: "symbols.ld")
    try folder.write("KEEP(*(.text.first)) piece = .; INCLUDE deep.ld", to: "piece.ld")
    try folder.write("deep = .;", to: "deep.ld")
    let path = try folder.write(
      "INCLUDE symbols.ld\nSECTIONS { .text : { INCLUDE piece.ld } }",
      to: "layout.ld"
    )
    let input = try object("a.o")
    let options = try resolve(["-L\(folder.path)", "-T", path.string, input.string])
    #expect(
      ["inner", "outer", "piece", "deep"].allSatisfy { options.keptSymbols.contains($0) }
    )
    #expect(options.keptSections == [".text.first"])
  }

  @Test func `a layout that names inputs is an error`() throws {
    let path = try folder.write("x = 1;\nINPUT(a.o)", to: "mixed.ld")
    let error = #expect(throws: LinkError.self) { try resolve([path.string]) }
    #expect(error?.code == .unsupported && error?.file == "\(path):2")
  }

  @Test(arguments: [
    ("INPUT(a.o", "script.ld:1: a file or ')' expected"), ("FROB(x)", "unknown command 'FROB'"),
    ("\n\n/* open", "script.ld:3: a comment is not closed"),
    ("INPUT(\"a)", "a quote is not closed"),
    ("SECTIONS {\n { }", "script.ld:1: the block of 'SECTIONS' is not closed"),
    ("GROUP a.o", "'(' expected"),
    ("x = 1", "the assignment to 'x' has no ';'"), ("hello world", "unknown command 'hello'"),
    ("INPUT(a.o)\u{1}", "neither an object"), (")", "unknown command ')'"),
    ("ENTRY()", "a symbol expected"),
    ("INPUT(\"\")", "a file has no name"), ("VERSION { V1 { a } }", "';' expected"),
  ])
  func `what is wrong is said with the line`(text: String, message: String) {
    let error = #expect(throws: LinkError.self) { try script(text) }
    #expect(error?.code == .malformed)
    #expect(error?.description.contains(message) == true, "\(error as Any)")
    #expect(error?.file?.hasPrefix("script.ld:") == true)
  }
}
