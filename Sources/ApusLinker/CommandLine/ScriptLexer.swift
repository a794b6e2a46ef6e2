internal import SystemPackage

/// Splits a linker script or a version script into words, quoted names and punctuation.
struct ScriptLexer {
  /// Which characters words are made of.
  enum Grammar {
    /// Linker scripts: a path or a pattern is one word; parentheses, braces, `;`, `,`, `=` and `"`
    /// end it.
    case linkerScript
    /// Version scripts: `::` belongs to a word, a single `:` ends it.
    case versionScript
  }

  /// A word, or a single mark.
  struct Token: Equatable {
    var text: String
    var line: Int
    /// In quotes it is never a keyword or a mark.
    var isQuoted = false
    /// Where it stands in the file's bytes.
    var range: Range<Int>

    /// Whether it is this keyword or mark.
    func reads(_ keyword: String) -> Bool { !isQuoted && text == keyword }
  }

  let file: TextFile
  private let grammar: Grammar
  private var index = 0
  private var line = 1
  private var peeked: Token??

  init(_ file: TextFile, _ grammar: Grammar) {
    self.file = file
    self.grammar = grammar
  }

  /// The next token, which stays; nil at the end.
  mutating func peek() throws(LinkError) -> Token? {
    if let peeked { return peeked }
    let token = try read()
    peeked = .some(token)
    return token
  }

  /// The next token, consumed; nil at the end.
  mutating func next() throws(LinkError) -> Token? {
    let token = try peek()
    peeked = nil
    return token
  }

  /// Consumes the next token if it is this mark or keyword.
  mutating func skip(_ text: String) throws(LinkError) -> Bool {
    guard try peek()?.reads(text) == true else { return false }
    peeked = nil
    return true
  }

  /// Consumes the next token, which must be this mark.
  mutating func expect(_ text: String) throws(LinkError) {
    let token = try next()
    guard let token, token.reads(text) else {
      throw error("'\(text)' expected, not \(Self.named(token))", at: token)
    }
  }

  /// Consumes the next token, which must be a name.
  mutating func name(_ what: String) throws(LinkError) -> Token {
    guard let token = try next(), token.isQuoted || !token.isMark else {
      throw error("\(what) expected", at: nil)
    }
    return token
  }

  /// An error with the place of a token, or of where the lexer is.
  func error(_ message: String, at token: Token? = nil) -> LinkError {
    LinkError(.malformed, message, file: file.location(line: token?.line ?? line))
  }

  /// How an error calls a token.
  static func named(_ token: Token?) -> String {
    token.map { "'\($0.text)'" } ?? "the end of the file"
  }

  // MARK: Characters

  private mutating func read() throws(LinkError) -> Token? {
    try skipSpace()
    let bytes = file.bytes
    guard index < bytes.count else { return nil }
    let start = index
    let byte = bytes[index]
    if byte == UInt8(ascii: "\"") {
      guard let end = bytes[(start + 1)...].firstIndex(of: byte) else {
        throw error("a quote is not closed")
      }
      let first = line
      line += bytes[start..<end].count { $0 == UInt8(ascii: "\n") }
      index = end + 1
      let text = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
      return Token(text: text, line: first, isQuoted: true, range: start..<index)
    }
    while index < bytes.count, isWord(at: index) { index += isDoubleColon(at: index) ? 2 : 1 }
    if index == start { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    return Token(text: text, line: line, range: start..<index)
  }

  private mutating func skipSpace() throws(LinkError) {
    let bytes = file.bytes
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte.isWhiteSpace {
        index += 1
      } else if byte == UInt8(ascii: "#") {
        index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      } else if startsComment(at: index) {
        let first = line
        index += 2
        while index < bytes.count, !endsComment(at: index) {
          if bytes[index] == UInt8(ascii: "\n") { line += 1 }
          index += 1
        }
        guard index < bytes.count else {
          line = first
          throw error("a comment is not closed")
        }
        index += 2
      } else if byte < 0x20 || byte == 0x7F {
        throw error("neither an object, nor an archive, nor text: there is a byte \(byte)")
      } else {
        return
      }
    }
  }

  private func isWord(at index: Int) -> Bool {
    let byte = file.bytes[index]
    if byte.isWhiteSpace || byte < 0x20 || startsComment(at: index) { return false }
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: "\""): return false
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","):
      return grammar == .versionScript
    case UInt8(ascii: "="):
      // `=/lib/libc.a`: the sysroot's.
      return grammar == .versionScript || startsSysrootPath(at: index)
    case UInt8(ascii: ":"): return grammar == .linkerScript || isDoubleColon(at: index)
    default: return true
    }
  }

  private func startsSysrootPath(at index: Int) -> Bool {
    guard index + 1 < file.bytes.count, file.bytes[index + 1] == UInt8(ascii: "/") else {
      return false
    }
    guard index > 0 else { return true }
    let before = file.bytes[index - 1]
    return before.isWhiteSpace || before == UInt8(ascii: "(") || before == UInt8(ascii: ",")
  }

  private func isDoubleColon(at index: Int) -> Bool {
    grammar == .versionScript && index + 1 < file.bytes.count
      && file.bytes[index] == UInt8(ascii: ":") && file.bytes[index + 1] == UInt8(ascii: ":")
  }

  private func startsComment(at index: Int) -> Bool {
    index + 1 < file.bytes.count && file.bytes[index] == UInt8(ascii: "/")
      && file.bytes[index + 1] == UInt8(ascii: "*")
  }

  private func endsComment(at index: Int) -> Bool {
    index + 1 < file.bytes.count && file.bytes[index] == UInt8(ascii: "*")
      && file.bytes[index + 1] == UInt8(ascii: "/")
  }
}

extension ScriptLexer.Token {
  /// Whether it is punctuation.
  var isMark: Bool {
    ["{", "}", "(", ")", ";", ",", ":", "="].contains(text)
  }
}
