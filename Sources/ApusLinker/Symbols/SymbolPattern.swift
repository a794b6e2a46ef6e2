/// A name of symbols or files with wildcards: `*`, `?`, `[a-z]`, `[!a-z]`; a backslash makes the next
/// character mean itself.
struct SymbolPattern: Hashable, Sendable {
  fileprivate enum Piece: Hashable, Sendable {
    case byte(UInt8)
    case any
    case many
    case oneOf([ClosedRange<UInt8>], isNegated: Bool)
  }

  /// As it was written.
  let text: String
  private let pieces: [Piece]

  /// Nil where a bracket is not closed.
  init?(_ text: String) {
    var pieces: [Piece] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "*"):
        if pieces.last != .many { pieces.append(.many) }
      case UInt8(ascii: "?"): pieces.append(.any)
      case UInt8(ascii: "\\") where index < bytes.count:
        pieces.append(.byte(bytes[index]))
        index += 1
      case UInt8(ascii: "["):
        guard let (piece, end) = Self.bracket(bytes, from: index) else { return nil }
        pieces.append(piece)
        index = end
      default: pieces.append(.byte(byte))
      }
    }
    self.text = text
    self.pieces = pieces
  }

  /// The name it is, where it has no wildcard.
  var exactName: String? {
    var name: [UInt8] = []
    for piece in pieces {
      guard case .byte(let byte) = piece else { return nil }
      name.append(byte)
    }
    return String(decoding: name, as: UTF8.self)
  }

  /// Whether it is `*` alone, which yields to every other pattern.
  var matchesEverything: Bool { pieces == [.many] }

  /// Whether it matches the whole name.
  func matches(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    var piece = 0
    var index = 0
    // Where to go on when what follows the last `*` does not match: one byte later.
    var retry: (piece: Int, index: Int)?
    while index < bytes.count {
      if piece < pieces.count, pieces[piece] == .many {
        piece += 1
        retry = (piece, index)
      } else if piece < pieces.count, pieces[piece].matches(bytes[index]) {
        piece += 1
        index += 1
      } else if let (afterMany, start) = retry {
        retry = (afterMany, start + 1)
        piece = afterMany
        index = start + 1
      } else {
        return false
      }
    }
    return pieces[piece...].allSatisfy { $0 == .many }
  }

  /// What is between brackets, from after the first to after the last.
  private static func bracket(_ bytes: [UInt8], from start: Int) -> (Piece, end: Int)? {
    var index = start
    let isNegated =
      index < bytes.count && [UInt8(ascii: "!"), UInt8(ascii: "^")].contains(bytes[index])
    if isNegated { index += 1 }
    var ranges: [ClosedRange<UInt8>] = []
    let first = index
    while index < bytes.count {
      let low = bytes[index]
      // A bracket that comes first is a member.
      if low == UInt8(ascii: "]"), index > first {
        return (.oneOf(ranges, isNegated: isNegated), index + 1)
      }
      if index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "-"),
        bytes[index + 2] != UInt8(ascii: "]")
      {
        let high = bytes[index + 2]
        if low <= high { ranges.append(low...high) }
        index += 3
      } else {
        ranges.append(low...low)
        index += 1
      }
    }
    return nil
  }
}

extension SymbolPattern.Piece {
  fileprivate func matches(_ byte: UInt8) -> Bool {
    switch self {
    case .byte(let own): own == byte
    case .any: true
    case .many: false
    case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
    }
  }
}
