/// Reads LLVM's bitstream: numbers of any width, one after the other, in nested blocks.
///
/// Enough of it to find the parts of a bitcode file and to read a few records without LLVM.
struct Bitstream {
  /// What stands next in a block.
  enum Entry {
    /// The block is over.
    case end
    /// A block inside; reading goes on behind it.
    case block(id: Int, entries: Bitstream)
    /// A record: what it is, and its numbers or, where it has one, its run of bytes.
    case record(code: UInt64, operands: [UInt64], blob: FileSlice?)
  }

  /// How a record is written.
  private enum Operand {
    case literal(UInt64)
    case fixed(Int)
    case variable(Int)
    case character
    case array
    case blob
  }

  private static let characters = Array(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._".utf8
  )

  private let contents: FileSlice
  private var bit = 0
  private let bitCount: Int
  private let abbreviationWidth: Int
  private var abbreviations: [[Operand]] = []

  /// The entries of a block.
  ///
  /// - Parameters:
  ///   - body: what is between the block's header and its end, as ``BitcodeFile`` found it.
  ///   - abbreviationWidth: how many bits say what stands next; the block's header says it.
  init(_ body: FileSlice, abbreviationWidth: Int) {
    contents = body
    bitCount = body.count > Int.max / 8 ? 0 : body.count * 8
    self.abbreviationWidth = abbreviationWidth
  }

  /// Reads what stands next.
  mutating func next() throws(LinkError) -> Entry {
    while bit < bitCount {
      switch try fixed(abbreviationWidth) {
      case 0:
        return .end
      case 1:
        let (id, width, size) = try blockHeader()
        let body = try contents.slice(at: byteOffset, count: size, "a block")
        bit += size * 8
        return .block(id: id, entries: Bitstream(body, abbreviationWidth: width))
      case 2:
        try defineAbbreviation()
      case 3:
        let code = try variable(6)
        let count = try variable(6)
        // Each takes six bits at least.
        guard count <= UInt64((bitCount - bit) / 6) else { throw tooLong(count) }
        var operands: [UInt64] = []
        operands.reserveCapacity(Int(count))
        for _ in 0..<count { operands.append(try variable(6)) }
        return .record(code: code, operands: operands, blob: nil)
      case let id:
        return try record(abbreviatedBy: id)
      }
    }
    return .end
  }

  /// A block's number, the width of what is inside, and how many bytes that is.
  ///
  /// Reading is then at the first byte of the inside.
  mutating func blockHeader() throws(LinkError) -> (id: Int, abbreviationWidth: Int, size: Int) {
    let id = try variable(8)
    let width = try variable(4)
    try align()
    let size = Int(try fixed(32)) * 4
    guard id <= 0xFFFF, (2...32).contains(width) else {
      throw contents.malformed("damaged bitcode: a block that no LLVM writes")
    }
    guard size <= (bitCount - bit) / 8 else {
      throw contents.malformed(
        "damaged bitcode: a block of \(size) bytes where \((bitCount - bit) / 8) are left"
      )
    }
    return (Int(id), Int(width), size)
  }

  // MARK: - Records

  private mutating func record(abbreviatedBy id: UInt64) throws(LinkError) -> Entry {
    guard id - 4 < abbreviations.count else {
      throw contents.malformed("damaged bitcode: a record of an undeclared form")
    }
    let form = abbreviations[Int(id) - 4]
    var operands: [UInt64] = []
    var blob: FileSlice?
    var index = 0
    while index < form.count {
      switch form[index] {
      case .array:
        let count = try variable(6)
        // The writer puts an array last, and the form of its elements behind it.
        let element = form[index + 1]
        guard count <= UInt64(bitCount - bit) else { throw tooLong(count) }
        for _ in 0..<count { operands.append(try scalar(element)) }
        index += 1
      case .blob:
        let count = try variable(6)
        try align()
        guard count <= UInt64((bitCount - bit) / 8) else { throw tooLong(count) }
        blob = try contents.slice(at: bit / 8, count: Int(count), "a run of bytes")
        bit += Int(count) * 8
        try align()
      case let operand:
        operands.append(try scalar(operand))
      }
      index += 1
    }
    guard let code = operands.first else {
      throw contents.malformed("damaged bitcode: a record that does not say what it is")
    }
    return .record(code: code, operands: Array(operands.dropFirst()), blob: blob)
  }

  private mutating func scalar(_ operand: Operand) throws(LinkError) -> UInt64 {
    switch operand {
    case .literal(let value): return value
    case .fixed(let width): return try fixed(width)
    case .variable(let width): return try variable(width)
    case .character: return UInt64(Self.characters[Int(try fixed(6))])
    case .array, .blob:
      throw contents.malformed("damaged bitcode: an array of arrays")
    }
  }

  private mutating func defineAbbreviation() throws(LinkError) {
    let count = try variable(5)
    guard count <= UInt64(bitCount - bit) else { throw tooLong(count) }
    var operands: [Operand] = []
    for _ in 0..<count {
      if try fixed(1) == 1 {
        operands.append(.literal(try variable(8)))
        continue
      }
      let encoding = try fixed(3)
      switch encoding {
      case 1, 2:
        let width = try variable(5)
        guard width <= 64 else {
          throw contents.malformed("damaged bitcode: a number of \(width) bits")
        }
        if width == 0 {
          // A number without bits is always zero.
          operands.append(.literal(0))
        } else {
          operands.append(encoding == 1 ? .fixed(Int(width)) : .variable(Int(width)))
        }
      case 3: operands.append(.array)
      case 4: operands.append(.character)
      case 5: operands.append(.blob)
      default: throw contents.malformed("damaged bitcode: a record of an unknown form")
      }
    }
    for (index, operand) in operands.enumerated() {
      guard case .array = operand else { continue }
      // An element without bits would make an array of any length out of nothing.
      guard index == operands.count - 2 else {
        throw contents.malformed("damaged bitcode: an array that is not at the end of its record")
      }
      if case .literal = operands[index + 1] {
        throw contents.malformed("damaged bitcode: an array of constants")
      }
    }
    abbreviations.append(operands)
  }

  // MARK: - Numbers

  /// A number of so many bits, at most 64.
  mutating func fixed(_ width: Int) throws(LinkError) -> UInt64 {
    guard width <= bitCount - bit else {
      throw contents.malformed("damaged bitcode: cut short in the middle of a number")
    }
    var value: UInt64 = 0
    var done = 0
    let position = bit
    contents.withUnsafeBytes { bytes in
      while done < width {
        let at = position + done
        let take = min(8 - at % 8, width - done)
        let part = UInt64(bytes[at / 8]) >> UInt64(at % 8) & (1 << UInt64(take) - 1)
        value |= part << UInt64(done)
        done += take
      }
    }
    bit += width
    return value
  }

  /// A number in pieces of so many bits, each of which says whether another follows.
  mutating func variable(_ width: Int) throws(LinkError) -> UInt64 {
    guard width >= 2 else {
      throw contents.malformed("damaged bitcode: a number in pieces of \(width) bits")
    }
    let more: UInt64 = 1 << UInt64(width - 1)
    var value: UInt64 = 0
    var shift = 0
    while true {
      let piece = try fixed(width)
      guard shift < 64 else {
        throw contents.malformed("damaged bitcode: a number of more than 64 bits")
      }
      value |= (piece & (more - 1)) << UInt64(shift)
      if piece & more == 0 { return value }
      shift += width - 1
    }
  }

  /// Goes on at the next four bytes, counted from the beginning of the file, as all blocks are.
  private mutating func align() throws(LinkError) {
    let next = (bit + 31) / 32 * 32
    guard next <= bitCount else {
      throw contents.malformed("damaged bitcode: cut short at the end of a block")
    }
    bit = next
  }

  /// The byte that is read next; only where a block begins or ends.
  var byteOffset: Int { bit / 8 }

  private func tooLong(_ count: UInt64) -> LinkError {
    contents.malformed("damaged bitcode: a record claims \(count) entries, more than are left")
  }
}
