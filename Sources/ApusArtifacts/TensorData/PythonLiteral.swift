/// A value as Python writes it: what the header of an `.npy` file is made of.
enum PythonLiteral: Hashable {
  case string(String)
  case bool(Bool)
  /// Kept as text, since Python's integers have no bound.
  case integer(String)
  case tuple([PythonLiteral])
  case list([PythonLiteral])

  /// A dictionary's entry, with the places of its key and value in the text.
  struct Entry {
    var key: String
    var keyOffset: Int
    var value: PythonLiteral
    var valueOffset: Int
  }
}

/// A parser of the part of Python's literals that NumPy's headers use.
///
/// That is one dictionary with strings for keys. Any input ends in entries or an error.
struct PythonLiteralParser {
  private let bytes: [UInt8]
  private var position = 0
  /// Where the text begins in the file, for errors.
  private let base: Int

  /// Nesting that no header has, but few enough calls for any stack.
  private static let depthLimit = 32

  init(_ bytes: [UInt8], base: Int) {
    self.bytes = bytes
    self.base = base
  }

  /// The dictionary that is the whole text but for blanks.
  mutating func parseDictionary() throws(TensorDataError) -> [PythonLiteral.Entry] {
    try expect("{", "the header is not a dictionary")
    var entries: [PythonLiteral.Entry] = []
    while !take("}") {
      if !entries.isEmpty {
        try expect(",", "entries are not separated by a comma")
        if take("}") { break }
      }
      skipBlanks()
      let keyOffset = base + position
      guard let quote = bytes[position...].first, quote == Self.single || quote == Self.double
      else { throw malformed("a key is not a string") }
      let key = try parseString(quote)
      try expect(":", "a key is not followed by a colon")
      skipBlanks()
      let valueOffset = base + position
      let value = try parseValue(depth: 0)
      entries.append(
        PythonLiteral.Entry(
          key: key,
          keyOffset: keyOffset,
          value: value,
          valueOffset: valueOffset
        )
      )
    }
    skipBlanks()
    guard position == bytes.count else { throw malformed("text follows the dictionary") }
    return entries
  }

  private mutating func parseValue(depth: Int) throws(TensorDataError) -> PythonLiteral {
    guard depth < Self.depthLimit else { throw malformed("values are nested too deeply") }
    skipBlanks()
    guard position < bytes.count else { throw malformed("the header ends before a value") }
    switch bytes[position] {
    case Self.single, Self.double:
      return .string(try parseString(bytes[position]))
    case UInt8(ascii: "("):
      let (values, hasComma) = try parseSequence(until: ")", depth: depth)
      // Python: `(3)` is a number in parentheses, `(3,)` a tuple.
      return values.count == 1 && !hasComma ? values[0] : .tuple(values)
    case UInt8(ascii: "["):
      return .list(try parseSequence(until: "]", depth: depth).values)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try parseInteger()
    default:
      if take("True") { return .bool(true) }
      if take("False") { return .bool(false) }
      throw malformed("a value is not a string, number, truth value, tuple or list")
    }
  }

  private mutating func parseSequence(
    until end: StaticString,
    depth: Int
  ) throws(TensorDataError) -> (values: [PythonLiteral], hasComma: Bool) {
    position += 1
    var values: [PythonLiteral] = []
    var hasComma = false
    while !take(end) {
      if !values.isEmpty {
        try expect(",", "values are not separated by a comma")
        hasComma = true
        if take(end) { break }
      }
      values.append(try parseValue(depth: depth + 1))
    }
    return (values, hasComma)
  }

  private mutating func parseInteger() throws(TensorDataError) -> PythonLiteral {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let digits = bytes[position...].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard !digits.isEmpty else { throw malformed("a number has no digits") }
    position = digits.endIndex
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    // Python 2 wrote long integers as `3L`.
    if position < bytes.count, bytes[position] == UInt8(ascii: "L") { position += 1 }
    return .integer(text)
  }

  private mutating func parseString(_ quote: UInt8) throws(TensorDataError) -> String {
    let start = position + 1
    guard let end = bytes[start...].firstIndex(of: quote) else {
      throw malformed("a string does not end")
    }
    let content = bytes[start..<end]
    guard !content.contains(UInt8(ascii: "\\")) else {
      throw malformed("a string has an escape sequence")
    }
    position = end + 1
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, Self.blanks.contains(bytes[position]) { position += 1 }
  }

  private mutating func take(_ token: StaticString) -> Bool {
    skipBlanks()
    let length = token.utf8CodeUnitCount
    let isThere = token.withUTF8Buffer { bytes[position...].starts(with: $0) }
    if isThere { position += length }
    return isThere
  }

  private mutating func expect(
    _ token: StaticString,
    _ complaint: String
  ) throws(TensorDataError) {
    guard take(token) else { throw malformed(complaint) }
  }

  private func malformed(_ complaint: String) -> TensorDataError {
    TensorDataError(.npy, "damaged header: \(complaint)", offset: base + position)
  }

  private static let single = UInt8(ascii: "'")
  private static let double = UInt8(ascii: "\"")
  private static let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
}
