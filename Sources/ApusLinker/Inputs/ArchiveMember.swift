internal import SystemPackage

/// A member of an archive: a name and a place, its content unread.
struct ArchiveMember: Sendable {
  /// Its place in the order of members, from 0; the index and the long names are not counted.
  let position: Int
  /// As the archive has it; in a thin archive, a path.
  ///
  /// Two members may have the same name.
  let name: String
  /// Where its header is in the archive: what the index refers to.
  let headerOffset: Int
  /// Where its content is in the archive; empty in a thin archive.
  let contentRange: Range<Int>
  /// In a thin archive, where the header of the real member is in the archive that ``name`` names.
  let nestedHeaderOffset: Int?

  /// The last component of its name, for writing it out: never a path, never empty, no control
  /// characters.
  var baseName: String { Self.baseName(of: name) }

  /// The last component of a path, such that it can be a member's name.
  static func baseName(of name: String) -> String {
    let last = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true).last
    let printable = (last ?? name.utf8[...]).filter { $0 >= 0x20 && $0 != 0x7F && $0 != 0x2F }
    let text = String(decoding: printable, as: UTF8.self)
    return ["", ".", ".."].contains(text) ? "member" : text
  }
}

extension [ArchiveMember] {
  /// Which of an archive's members has its header there; nil if none.
  func position(ofHeader offset: UInt64) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle].headerOffset < offset { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].headerOffset == offset ? low : nil
  }
}
