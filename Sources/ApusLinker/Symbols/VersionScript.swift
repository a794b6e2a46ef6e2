internal import SystemPackage

/// Who may see a symbol, as a version script has it.
enum SymbolVisibility: Hashable, Sendable {
  /// Everybody; under this version, if the script names versions.
  case global(version: String?)
  /// Only the output itself.
  case local
  /// The script does not say.
  case unmentioned
}

/// Names and patterns, as version scripts and dynamic lists have them.
///
/// A pattern in `extern "C++"` is about demangled names. Nothing here demangles, so it counts as a
/// match for every mangled name where that keeps a symbol, and for none where it would hide one: lld
/// has the last word, and a symbol kept for nothing costs bytes, not meaning.
struct SymbolPatternList: Hashable, Sendable {
  private(set) var names: [String] = []
  private(set) var patterns: [SymbolPattern] = []
  private(set) var demangledNames: [String] = []
  private(set) var demangledPatterns: [SymbolPattern] = []

  /// Whether some pattern is about demangled names.
  var concernsMangledNames: Bool { !demangledNames.isEmpty || !demangledPatterns.isEmpty }

  /// Whether it matches a name, or might.
  func mayMatch(_ symbol: String) -> Bool {
    names.contains(symbol) || patterns.contains { $0.matches(symbol) }
      || mayMatchDemangled(symbol)
  }

  /// Whether a pattern about demangled names matches, or might.
  func mayMatchDemangled(_ symbol: String) -> Bool {
    guard concernsMangledNames else { return false }
    // What is not mangled is its own demangled name.
    return symbol.hasPrefix("_Z") || demangledNames.contains(symbol)
      || demangledPatterns.contains { $0.matches(symbol) }
  }

  fileprivate mutating func add(
    _ token: ScriptLexer.Token,
    isDemangled: Bool,
    _ lexer: ScriptLexer
  ) throws(LinkError) {
    // Quotes are for demangled names with `*` in them; elsewhere they do not matter.
    guard !token.isQuoted || !isDemangled else {
      demangledNames.append(token.text)
      return
    }
    guard let pattern = SymbolPattern(token.text) else {
      throw lexer.error("'\(token.text)': a '[' is not closed", at: token)
    }
    if let name = pattern.exactName {
      if isDemangled { demangledNames.append(name) } else { names.append(name) }
    } else if isDemangled {
      demangledPatterns.append(pattern)
    } else {
      patterns.append(pattern)
    }
  }
}

/// A version script: which symbols a library exports, under which version, and which it hides.
struct VersionScript: Sendable {
  /// One version, or the only, nameless one.
  struct Node: Hashable, Sendable {
    /// Empty in a script without versions.
    var name: String
    /// The versions it builds upon.
    var parents: [String] = []
    /// What is exported.
    var globals = SymbolPatternList()
    /// What is hidden.
    var locals = SymbolPatternList()
    /// Where it begins.
    var line: Int
  }

  /// The versions, in the order of the script.
  private(set) var nodes: [Node] = []
  private var exact: [String: SymbolVisibility] = [:]

  /// Reads a script.
  init(_ file: TextFile) throws(LinkError) {
    var lexer = ScriptLexer(file, .versionScript)
    try self.init(&lexer, until: nil)
    guard !nodes.isEmpty else { throw lexer.error("the version script is empty") }
  }

  /// Reads versions up to a mark, or the end.
  init(_ lexer: inout ScriptLexer, until mark: String?) throws(LinkError) {
    while let token = try lexer.peek(), mark.map(token.reads) != true {
      var node = Node(name: "", line: token.line)
      if !token.reads("{") { node.name = try lexer.name("the name of a version").text }
      if nodes.contains(where: { $0.name.isEmpty != node.name.isEmpty || $0.name.isEmpty }) {
        throw lexer.error("a nameless version must be the only one", at: token)
      }
      if nodes.contains(where: { $0.name == node.name }) {
        throw lexer.error("version '\(node.name)' is there twice", at: token)
      }
      try lexer.expect("{")
      try node.readBody(&lexer)
      while try lexer.peek()?.reads(";") == false {
        node.parents.append(try lexer.name("';'").text)
      }
      try lexer.expect(";")
      nodes.append(node)
    }
    for node in nodes {
      // What is named first counts, but without versions `local` does.
      if node.name.isEmpty { for name in node.locals.names { insert(name, .local) } }
      for name in node.globals.names { insert(name, node.visibility) }
      for name in node.locals.names { insert(name, .local) }
    }
  }

  private mutating func insert(_ name: String, _ visibility: SymbolVisibility) {
    if exact[name] == nil { exact[name] = visibility }
  }

  /// What the script says of a symbol.
  ///
  /// As in lld: a name comes before a pattern, a pattern before `*`; of several patterns that of the
  /// last version counts, and in one version `global` comes before `local`.
  func visibility(of symbol: String) -> SymbolVisibility {
    if let at = symbol.firstIndex(of: "@") {
      let version = symbol[at...].drop { $0 == "@" }
      return .global(version: String(version))
    }
    if let visibility = exact[symbol] { return visibility }
    if let node = nodes.first(where: { $0.globals.mayMatchDemangled(symbol) }) {
      return node.visibility
    }
    let hidesDemangled =
      !symbol.hasPrefix("_Z") && nodes.contains { $0.locals.mayMatchDemangled(symbol) }
    if hidesDemangled { return .local }
    for isEverything in [false, true] {
      for node in nodes.reversed() {
        if node.globals.hasPattern(for: symbol, isEverything) { return node.visibility }
        if node.locals.hasPattern(for: symbol, isEverything) { return .local }
      }
    }
    return .unmentioned
  }
}

extension SymbolPatternList {
  fileprivate func hasPattern(for symbol: String, _ isEverything: Bool) -> Bool {
    patterns.contains { $0.matchesEverything == isEverything && $0.matches(symbol) }
  }
}

extension VersionScript.Node {
  fileprivate var visibility: SymbolVisibility { .global(version: name.isEmpty ? nil : name) }

  /// Everything between the braces, and the closing one.
  fileprivate mutating func readBody(_ lexer: inout ScriptLexer) throws(LinkError) {
    var isLocal = false
    while try !lexer.skip("}") {
      let token = try lexer.name("a symbol or '}'")
      if !token.isQuoted, ["global", "local"].contains(token.text), try lexer.skip(":") {
        isLocal = token.text == "local"
        continue
      }
      var list = isLocal ? locals : globals
      if !token.isQuoted, token.text == "extern" {
        try list.readExtern(&lexer)
      } else {
        try list.add(token, isDemangled: false, lexer)
        try lexer.expect(";")
      }
      if isLocal { locals = list } else { globals = list }
    }
  }
}

extension SymbolPatternList {
  /// `"C++" { names; };`, after `extern`.
  fileprivate mutating func readExtern(_ lexer: inout ScriptLexer) throws(LinkError) {
    let language = try lexer.name("a language")
    guard ["C", "C++"].contains(language.text) else {
      throw lexer.error("names of language '\(language.text)' are unknown here", at: language)
    }
    try lexer.expect("{")
    while try !lexer.skip("}") {
      let token = try lexer.name("a symbol or '}'")
      try add(token, isDemangled: language.text == "C++", lexer)
      // The last name needs none.
      if try lexer.peek()?.reads("}") == false { try lexer.expect(";") }
    }
    _ = try lexer.skip(";")
  }

  /// Reads a dynamic list: `{ name; pattern*; };`.
  init(dynamicList file: TextFile) throws(LinkError) {
    var lexer = ScriptLexer(file, .versionScript)
    try lexer.expect("{")
    while try !lexer.skip("}") {
      let token = try lexer.name("a symbol or '}'")
      if !token.isQuoted, token.text == "extern" {
        try readExtern(&lexer)
      } else {
        try add(token, isDemangled: false, lexer)
        try lexer.expect(";")
      }
    }
    try lexer.expect(";")
    if let token = try lexer.peek() {
      throw lexer.error(
        "nothing is expected after the list, not \(ScriptLexer.named(token))",
        at: token
      )
    }
  }
}
