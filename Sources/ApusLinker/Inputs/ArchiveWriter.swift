// What GNU's `ar` would write with `D`: no times, no owners, so that the same members make the same bytes.

/// Makes an archive, with its index, of members in memory.
struct ArchiveWriter {
  private struct Member {
    let name: String
    let contents: FileSlice
    let symbols: [String]
  }

  private var members: [Member] = []

  /// Adds a member.
  ///
  /// - Parameters:
  ///   - name: what it is called; made into a name that is no path.
  ///   - symbols: what the index says it defines.
  mutating func add(_ contents: FileSlice, name: String, symbols: [String]) {
    members.append(
      Member(name: ArchiveMember.baseName(of: name), contents: contents, symbols: symbols)
    )
  }

  /// The archive.
  ///
  /// The index has 64-bit offsets only where 32 bits are too few: not every tool reads those.
  func bytes() -> [UInt8] {
    let names = longNames()
    var offsets = memberOffsets(indexSize: indexSize(width: 4), namesSize: names.table.count)
    var width = 4
    if let last = offsets.last, last > UInt32.max {
      width = 8
      offsets = memberOffsets(indexSize: indexSize(width: 8), namesSize: names.table.count)
    }
    var bytes = Archive.magic
    bytes.reserveCapacity((offsets.last ?? 0) + (members.last?.contents.count ?? 0) + 64)
    appendHeader(width == 4 ? "/" : "/SYM64/", size: indexSize(width: width), to: &bytes)
    appendIndex(offsets, width: width, to: &bytes)
    if !names.table.isEmpty {
      appendHeader("//", size: names.table.count, to: &bytes)
      bytes += names.table
    }
    for (member, field) in zip(members, names.fields) {
      appendHeader(field, mode: "644", size: member.contents.count, to: &bytes)
      member.contents.withUnsafeBytes { bytes.append(contentsOf: $0) }
      if !bytes.count.isMultiple(of: 2) { bytes.append(Self.newline) }
    }
    return bytes
  }

  private static let headerSize = 60
  private static let newline = UInt8(ascii: "\n")

  /// What stands in each member's header, and the table of names that are too long for one.
  private func longNames() -> (fields: [String], table: [UInt8]) {
    var table: [UInt8] = []
    let fields = members.map { member in
      // The slash that ends a name needs one of the field's sixteen bytes.
      guard member.name.utf8.count > 15 else { return member.name + "/" }
      defer { table += Array("\(member.name)/\n".utf8) }
      return "/\(table.count)"
    }
    if !table.count.isMultiple(of: 2) { table.append(Self.newline) }
    return (fields, table)
  }

  /// The size of the index: a count, an offset for each symbol, and their names.
  private func indexSize(width: Int) -> Int {
    var size = width
    for member in members {
      for symbol in member.symbols { size += width + symbol.utf8.count + 1 }
    }
    return size + size % 2
  }

  /// Where each member's header is.
  private func memberOffsets(indexSize: Int, namesSize: Int) -> [Int] {
    var position = Archive.magic.count + Self.headerSize + indexSize
    if namesSize > 0 { position += Self.headerSize + namesSize }
    return members.map { member in
      defer {
        position += Self.headerSize + member.contents.count + member.contents.count % 2
      }
      return position
    }
  }

  private func appendIndex(_ offsets: [Int], width: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    func append(_ number: Int) {
      for byte in (0..<width).reversed() {
        bytes.append(UInt8(truncatingIfNeeded: number >> (8 * byte)))
      }
    }
    append(members.reduce(0) { $0 + $1.symbols.count })
    for (member, offset) in zip(members, offsets) {
      for _ in member.symbols { append(offset) }
    }
    for member in members {
      for symbol in member.symbols {
        bytes += symbol.utf8
        bytes.append(0)
      }
    }
    if !(bytes.count - start).isMultiple(of: 2) { bytes.append(0) }
  }

  /// A name, a time, an owner, a group, a mode and a size, each in a field filled up with spaces.
  private func appendHeader(
    _ name: String,
    mode: String = "0",
    size: Int,
    to bytes: inout [UInt8]
  ) {
    for (text, width) in [(name, 16), ("0", 12), ("0", 6), ("0", 6), (mode, 8), ("\(size)", 10)] {
      bytes += text.utf8
      bytes += repeatElement(UInt8(ascii: " "), count: max(0, width - text.utf8.count))
    }
    bytes += "`\n".utf8
  }
}
