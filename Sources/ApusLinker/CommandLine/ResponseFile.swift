internal import SystemPackage

/// `@FILE` arguments, replaced by the arguments that the files hold.
///
/// Words are separated by white space; single and double quotes and backslashes keep it. A file may
/// name further files, relative to the working folder as all paths. What cannot be opened is an
/// argument like any other, as in GNU ld.
struct ResponseFile {
  /// How deep files may name files.
  private static let deepest = 32
  private let mostArguments: Int
  private var expanded: [String] = []

  private init(mostArguments: Int) { self.mostArguments = mostArguments }

  /// The arguments with every response file in its place.
  static func expand(
    _ arguments: [String],
    mostArguments: Int = 1 << 20
  ) throws(LinkError) -> [String] {
    var file = ResponseFile(mostArguments: mostArguments)
    for argument in arguments { try file.expand(argument, within: []) }
    return file.expanded
  }

  private mutating func expand(
    _ argument: String,
    within chain: [FilePath]
  ) throws(LinkError) {
    guard argument.utf8.count > 1, argument.hasPrefix("@") else {
      try append(argument, from: chain.last)
      return
    }
    let path = FilePath(String(argument.dropFirst()))
    guard fileExists(path) else {
      try append(argument, from: chain.last)
      return
    }
    guard !chain.contains(path), chain.count < Self.deepest else {
      let names = (chain + [path]).map(\.string).joined(separator: " -> ")
      throw LinkError(
        .invalidArguments,
        chain.contains(path)
          ? "a response file reads itself: \(names)"
          : "response files are nested more than \(Self.deepest) deep",
        file: path.string
      )
    }
    for word in try Self.words(of: TextFile(path)) {
      try expand(word, within: chain + [path])
    }
  }

  private mutating func append(_ argument: String, from file: FilePath?) throws(LinkError) {
    guard expanded.count < mostArguments else {
      throw LinkError(
        .invalidArguments,
        "more than \(mostArguments) arguments",
        file: file?.string
      )
    }
    expanded.append(argument)
  }

  /// The words of a response file's text.
  static func words(of text: TextFile) throws(LinkError) -> [String] {
    var words: [String] = []
    var word: [UInt8]?
    var quote: (mark: UInt8, line: Int)?
    var line = 1
    var index = text.bytes.startIndex
    while index < text.bytes.endIndex {
      let byte = text.bytes[index]
      index += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      switch byte {
      case UInt8(ascii: "\\") where index < text.bytes.endIndex:
        word = word ?? []
        word?.append(text.bytes[index])
        index += 1
      case quote?.mark:
        quote = nil
      case UInt8(ascii: "'") where quote == nil, UInt8(ascii: "\"") where quote == nil:
        quote = (byte, line)
        word = word ?? []
      case 0:
        throw LinkError(.malformed, "not a text file", file: text.location(line: line))
      case _ where byte.isWhiteSpace && quote == nil:
        if let finished = word { words.append(String(decoding: finished, as: UTF8.self)) }
        word = nil
      default:
        word = word ?? []
        word?.append(byte)
      }
    }
    if let quote {
      throw LinkError(.malformed, "a quote is not closed", file: text.location(line: quote.line))
    }
    if let word { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }
}
