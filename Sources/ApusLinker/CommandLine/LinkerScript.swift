internal import SystemPackage

/// A linker script: a text file that stands for other inputs, or one that lays out the output.
///
/// Debian's `libm.a` is of the first kind: `GROUP ( libm-2.36.a libmvec.a )`. Scripts of the second
/// kind are lld's: what is read here are the names that they refer to, so that nothing of it is
/// optimised away. Every word that could be a symbol counts.
struct LinkerScript: Sendable {
  /// A file that the script asks for.
  struct File: Hashable, Sendable {
    /// As written: a path, or `-lNAME`.
    var name: String
    /// Inside AS_NEEDED.
    var isAsNeeded: Bool
    /// The GROUP it is in, counted from 1; nil in INPUT.
    var group: Int?
    /// Where it is asked for.
    var line: Int
  }

  /// INPUT, GROUP: what to link in the script's place.
  private(set) var files: [File] = []
  /// INCLUDE: scripts that belong to it.
  private(set) var includes: [File] = []
  /// SEARCH_DIR.
  private(set) var searchPaths: [FilePath] = []
  /// OUTPUT_FORMAT, the first one named: `elf64-x86-64`.
  private(set) var outputFormat: String?
  /// ENTRY.
  private(set) var entry: String?
  /// EXTERN: what to extract members for.
  private(set) var undefined: [String] = []
  /// Whether it lays out the output, so that lld must see it.
  private(set) var isLayout = false
  /// Names in the script that could be symbols, and the patterns of its VERSION; sorted.
  private(set) var symbols: [String] = []
  /// The sections in KEEP, or patterns of them.
  private(set) var keptSections: [String] = []

  private var groupCount = 0

  /// Reads a script.
  init(_ file: TextFile) throws(LinkError) {
    var lexer = ScriptLexer(file, .linkerScript)
    while let token = try lexer.next() { try readCommand(token, &lexer) }
    if isLayout, let input = files.first {
      throw LinkError(
        .unsupported,
        "a script that lays out the output names inputs, too: give them on the command line",
        file: file.location(line: input.line)
      )
    }
    symbols = Set(symbols).sorted()
  }

  /// Reads a piece of a script, such as a block of SECTIONS includes.
  init(fragment file: TextFile) throws(LinkError) {
    var lexer = ScriptLexer(file, .linkerScript)
    isLayout = true
    while let token = try lexer.next() { try note(token, &lexer) }
    collect(file.bytes[...])
  }

  private mutating func readCommand(
    _ token: ScriptLexer.Token,
    _ lexer: inout ScriptLexer
  ) throws(LinkError) {
    switch token.isQuoted ? "" : token.text {
    case ";": break
    case "INPUT": try readFiles(&lexer, group: nil)
    case "GROUP":
      groupCount += 1
      try readFiles(&lexer, group: groupCount)
    case "SEARCH_DIR": searchPaths.append(FilePath(try argument(&lexer, "a folder")))
    case "OUTPUT_FORMAT": outputFormat = try readOutputFormat(&lexer)
    case "OUTPUT_ARCH", "TARGET": _ = try argument(&lexer, "a name")
    case "ENTRY": entry = try argument(&lexer, "a symbol")
    case "EXTERN": try readExtern(&lexer)
    case "INCLUDE":
      let file = try lexer.name("a file")
      includes.append(File(name: file.text, isAsNeeded: false, line: file.line))
    case "VERSION": try readVersion(&lexer)
    case "SECTIONS", "MEMORY", "PHDRS", "OVERWRITE_SECTIONS":
      try skipBlock(&lexer, token, from: "{", to: "}")
    case "ASSERT", "PROVIDE", "PROVIDE_HIDDEN", "HIDDEN", "REGION_ALIAS", "NOCROSSREFS",
      "NOCROSSREFS_TO":
      try skipBlock(&lexer, token, from: "(", to: ")")
    default: try readAssignment(token, &lexer)
    }
  }

  // MARK: Inputs

  private mutating func readFiles(_ lexer: inout ScriptLexer, group: Int?) throws(LinkError) {
    try lexer.expect("(")
    while try !lexer.skip(")") {
      if try lexer.skip(",") { continue }
      if try lexer.skip("AS_NEEDED") {
        try lexer.expect("(")
        while try !lexer.skip(")") {
          if try lexer.skip(",") { continue }
          try readFile(&lexer, group: group, isAsNeeded: true)
        }
      } else {
        try readFile(&lexer, group: group, isAsNeeded: false)
      }
    }
  }

  private mutating func readFile(
    _ lexer: inout ScriptLexer,
    group: Int?,
    isAsNeeded: Bool
  ) throws(LinkError) {
    let file = try lexer.name("a file or ')'")
    guard !file.text.isEmpty else { throw lexer.error("a file has no name", at: file) }
    files.append(
      File(name: file.text, isAsNeeded: isAsNeeded, group: group, line: file.line)
    )
  }

  // MARK: Other commands

  private func argument(
    _ lexer: inout ScriptLexer,
    _ what: String
  ) throws(LinkError) -> String {
    try lexer.expect("(")
    let token = try lexer.name(what)
    try lexer.expect(")")
    return token.text
  }

  private func readOutputFormat(_ lexer: inout ScriptLexer) throws(LinkError) -> String {
    try lexer.expect("(")
    let format = try lexer.name("a format").text
    // The formats for -EB and -EL.
    while try lexer.skip(",") { _ = try lexer.name("a format") }
    try lexer.expect(")")
    return format
  }

  private mutating func readExtern(_ lexer: inout ScriptLexer) throws(LinkError) {
    try lexer.expect("(")
    while try !lexer.skip(")") {
      if try lexer.skip(",") { continue }
      undefined.append(try lexer.name("a symbol or ')'").text)
    }
  }

  private mutating func readVersion(_ lexer: inout ScriptLexer) throws(LinkError) {
    isLayout = true
    guard let brace = try lexer.peek() else { throw lexer.error("'{' expected") }
    let bytes = try skipped(&lexer, brace, from: "{", to: "}")
    // The block's lines are the script's.
    let before = lexer.file.bytes[..<(bytes.lowerBound + 1)].map { $0 == 10 ? $0 : 0x20 }
    let inner = TextFile(
      path: lexer.file.path,
      bytes: before + lexer.file.bytes[(bytes.lowerBound + 1)..<(bytes.upperBound - 1)]
    )
    var versions = ScriptLexer(inner, .versionScript)
    let script = try VersionScript(&versions, until: nil)
    for node in script.nodes {
      symbols += node.globals.names + node.globals.patterns.map(\.text)
      if node.globals.concernsMangledNames { symbols.append("_Z*") }
      symbols += node.globals.demangledNames + node.globals.demangledPatterns.map(\.text)
    }
  }

  private mutating func readAssignment(
    _ token: ScriptLexer.Token,
    _ lexer: inout ScriptLexer
  ) throws(LinkError) {
    // `a = 1`; in `a += 1` the operator is a word and a mark.
    let isAssignment = try lexer.peek().map { next in
      next.reads("=") || (!next.isMark && endsInOperator(next))
    }
    guard !token.isMark, isAssignment == true else {
      throw lexer.error("unknown command '\(token.text)'", at: token)
    }
    isLayout = true
    var end = token.range.upperBound
    while let part = try lexer.next() {
      end = part.range.upperBound
      if part.reads(";") {
        collect(lexer.file.bytes[token.range.lowerBound..<end])
        return
      }
    }
    throw lexer.error("the assignment to '\(token.text)' has no ';'", at: token)
  }

  private func endsInOperator(_ token: ScriptLexer.Token) -> Bool {
    token.text.utf8.last.map { "+-*/<>&|^".utf8.contains($0) } ?? false
  }

  // MARK: Blocks

  private mutating func skipBlock(
    _ lexer: inout ScriptLexer,
    _ keyword: ScriptLexer.Token,
    from open: String,
    to close: String
  ) throws(LinkError) {
    isLayout = true
    let range = try skipped(&lexer, keyword, from: open, to: close)
    collect(lexer.file.bytes[range])
  }

  /// The bytes of a block with its brackets, which may hold others.
  private mutating func skipped(
    _ lexer: inout ScriptLexer,
    _ keyword: ScriptLexer.Token,
    from open: String,
    to close: String
  ) throws(LinkError) -> Range<Int> {
    let start = try lexer.peek()?.range.lowerBound ?? 0
    try lexer.expect(open)
    var depth = 1
    while let token = try lexer.next() {
      if token.reads(open) { depth += 1 }
      if token.reads(close) { depth -= 1 }
      if depth == 0 { return start..<token.range.upperBound }
      try note(token, &lexer)
    }
    throw lexer.error("the block of '\(keyword.text)' is not closed", at: keyword)
  }

  /// What a word in a block says beside being a name.
  private mutating func note(
    _ token: ScriptLexer.Token,
    _ lexer: inout ScriptLexer
  ) throws(LinkError) {
    if token.isQuoted { symbols.append(token.text) }
    if token.reads("KEEP") { try readKeep(lexer) }
    if token.reads("INCLUDE"), let file = try lexer.peek(), !file.isMark {
      includes.append(File(name: file.text, isAsNeeded: false, line: file.line))
    }
  }

  /// The sections in `KEEP (*(.init .fini))`; the lexer is a copy that looks ahead.
  private mutating func readKeep(_ lexer: ScriptLexer) throws(LinkError) {
    var lexer = lexer
    guard try lexer.skip("(") else { return }
    var depth = 1
    while depth > 0, let token = try lexer.next() {
      if token.reads("(") {
        depth += 1
      } else if token.reads(")") {
        depth -= 1
      } else if depth > 1, !token.isMark {
        keptSections.append(token.text)
      }
    }
  }

  private mutating func collect(_ bytes: ArraySlice<UInt8>) {
    symbols += symbolNames(in: Array(bytes))
  }
}

/// Every word of an expression that could be the name of a symbol.
func symbolNames(in expression: [UInt8]) -> [String] {
  expression.split { !$0.isSymbolByte }.compactMap { word in
    guard let first = word.first, !(0x30...0x39).contains(first) else { return nil }
    // `.` alone is the location counter.
    guard word.count > 1 || first != UInt8(ascii: ".") else { return nil }
    return String(decoding: word, as: UTF8.self)
  }
}

extension UInt8 {
  /// Letters, digits, `_`, `.`, `$`, and whatever is not ASCII.
  fileprivate var isSymbolByte: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "$"), 0x80...0xFF:
      true
    default: false
    }
  }
}
