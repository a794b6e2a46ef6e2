#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What an archive says about which member defines which symbol.
///
/// It is the word of the tool that made the archive: GNU `ar` knows nothing of bitcode unless it has
/// LLVM's plugin. ``ArchiveIndex`` adds what is missing.
struct ArchiveSymbolIndex: Sendable {
  /// How it is laid out.
  enum Kind: Sendable {
    /// `/`: big-endian, 32 bits.
    case gnu
    /// `/SYM64/`: big-endian, 64 bits.
    case gnu64
    /// `__.SYMDEF`: little-endian, 32 bits.
    case bsd
    /// `__.SYMDEF_64`: little-endian, 64 bits.
    case bsd64
  }

  /// A symbol and the member that is said to define it.
  struct Entry: Sendable {
    /// Where its name is in ``ArchiveSymbolIndex/names``.
    var name: Range<Int>
    /// The member's position.
    var member: Int
  }

  /// The text that entries' names are in.
  let names: FileSlice
  /// In the order of the archive's table.
  let entries: [Entry]

  /// Reads the table.
  ///
  /// - Throws: `LinkError` if it is damaged, or refers to something that is not a member.
  init(_ table: FileSlice, _ kind: Kind, members: [ArchiveMember]) throws(LinkError) {
    var headers = MemberLookup(members: members)
    switch kind {
    case .gnu, .gnu64:
      (names, entries) = try Self.gnu(table, is64Bit: kind == .gnu64, &headers)
    case .bsd:
      (names, entries) = try Self.bsd(table, UInt32.self, &headers)
    case .bsd64:
      (names, entries) = try Self.bsd(table, UInt64.self, &headers)
    }
  }

  /// A count, the offsets of members, and as many names one after the other.
  private static func gnu(
    _ table: FileSlice,
    is64Bit: Bool,
    _ headers: inout MemberLookup
  ) throws(LinkError) -> (FileSlice, [Entry]) {
    let width = is64Bit ? 8 : 4
    let claimed =
      is64Bit
      ? try table.bigEndian(UInt64.self, at: 0, "the index's count")
      : UInt64(try table.bigEndian(UInt32.self, at: 0, "the index's count"))
    guard let count = Int(exactly: claimed), count <= table.count / width - 1 else {
      throw table.malformed("the index claims \(claimed) symbols, more than it has room for")
    }
    let names = try table.suffix(from: width * (count + 1), "the index's names")
    let offsets = table.unsafeEscapingBytes
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    var start = 0
    for index in 1..<(count + 1) {
      guard let end = names.firstZero(from: start) else {
        throw table.malformed("the index has \(count) symbols and names for \(index - 1)")
      }
      let offset =
        is64Bit
        ? UInt64(bigEndian: offsets.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        : UInt64(
          UInt32(bigEndian: offsets.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
        )
      let member = try headers.member(at: offset, named: start..<end, in: names)
      entries.append(Entry(name: start..<end, member: member))
      start = end + 1
    }
    return (names, entries)
  }

  /// The size of pairs (name, member) and the pairs, the size of the names and the names.
  private static func bsd<Word: UnsignedInteger & FixedWidthInteger & BitwiseCopyable>(
    _ table: FileSlice,
    _ word: Word.Type,
    _ headers: inout MemberLookup
  ) throws(LinkError) -> (FileSlice, [Entry]) {
    let width = MemoryLayout<Word>.size
    let size = try table.length(word, at: 0, "the index's size")
    let pairs = try table.slice(at: width, count: size, "the index")
    let nameSize = try table.length(word, at: width + size, "the size of the index's names")
    let names = try table.slice(at: 2 * width + size, count: nameSize, "the index's names")
    var entries: [Entry] = []
    entries.reserveCapacity(size / (2 * width))
    for pair in stride(from: 0, to: size - size % (2 * width), by: 2 * width) {
      let start = try pairs.length(word, at: pair, "the index's entry")
      guard let end = names.firstZero(from: start) else {
        throw table.malformed("the index has a symbol whose name is not in it")
      }
      let offset = UInt64(try pairs.integer(word, at: pair + width, "the index's entry"))
      let member = try headers.member(at: offset, named: start..<end, in: names)
      entries.append(Entry(name: start..<end, member: member))
    }
    return (names, entries)
  }
}

/// From a header's place to the member; quick where places come in order, as in indexes they do.
private struct MemberLookup {
  let members: [ArchiveMember]
  private var last = 0

  init(members: [ArchiveMember]) { self.members = members }

  mutating func member(
    at offset: UInt64,
    named name: Range<Int>,
    in names: FileSlice
  ) throws(LinkError) -> Int {
    if last < members.count, members[last].headerOffset == offset { return last }
    if last + 1 < members.count, members[last + 1].headerOffset == offset {
      last += 1
      return last
    }
    guard let position = members.position(ofHeader: offset) else {
      let symbol = names.withUnsafeBytes { String(decoding: $0[name], as: UTF8.self) }
      throw LinkError(
        .malformed,
        "the index says '\(symbol)' is in a member at offset \(offset), and there is none: "
          + "rebuild the archive, or its index with ranlib",
        file: names.name,
        symbol: symbol
      )
    }
    last = position
    return position
  }
}

extension FileSlice {
  /// Where the first zero from `position` on is; nil if there is none.
  fileprivate func firstZero(from position: Int) -> Int? {
    let bytes = unsafeEscapingBytes
    guard position >= 0, position < bytes.count, let base = bytes.baseAddress,
      let zero = memchr(base + position, 0, bytes.count - position)
    else { return nil }
    return UnsafeRawPointer(zero) - base
  }
}
