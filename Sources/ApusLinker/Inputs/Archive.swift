// An archive is a row of files with a header of text each, and as a rule an index from symbols to
// members. Three families of tools write it, and differ in where a name of more than fifteen
// characters goes: GNU (and LLVM on Linux) puts it into a member called `//`, BSD in front of the
// content. A thin archive is GNU's with the contents left out: its members are files beside it.

internal import Synchronization
internal import SystemPackage

/// An archive's members and index; contents are looked at when they are asked for.
struct Archive: Sendable {
  static let magic = Array("!<arch>\n".utf8)
  static let thinMagic = Array("!<thin>\n".utf8)

  /// The archive's bytes.
  let contents: FileSlice
  /// Whether members are files of their own.
  let isThin: Bool
  /// The members in order.
  let members: [ArchiveMember]
  /// What the archive says about which member defines what; nil if it has no index.
  let symbolIndex: ArchiveSymbolIndex?

  private let nestedArchives = NestedArchives()

  /// Reads the members' headers and finds the index.
  ///
  /// - Throws: `LinkError` if a header, a name or the index is damaged.
  init(_ contents: FileSlice) throws(LinkError) {
    self.contents = contents
    isThin = contents.starts(with: Self.thinMagic)
    guard isThin || contents.starts(with: Self.magic) else {
      throw contents.malformed("not an archive: it begins with neither !<arch> nor !<thin>")
    }
    var walk = HeaderWalk(contents: contents, isThin: isThin)
    try walk.run()
    members = walk.members
    symbolIndex = try walk.index.map { (kind, bytes) throws(LinkError) in
      try ArchiveSymbolIndex(bytes, kind, members: walk.members)
    }
  }

  /// What a member contains, named `archive(member)`.
  ///
  /// - Throws: `LinkError` if the archive is thin and the member's file cannot be mapped.
  func contents(of member: ArchiveMember) throws(LinkError) -> FileSlice {
    try contents(of: member, depth: 0)
  }

  /// Whether a member is worth a closer look by one who wants bitcode; quick.
  func mayBeBitcode(_ member: ArchiveMember) -> Bool {
    guard !isThin else { return true }
    let first = contents.unsafeEscapingBytes[member.contentRange].first
    return first == 0x42 || first == 0xDE
  }

  /// What messages call a member.
  func displayName(of member: ArchiveMember) -> String { "\(contents.name)(\(member.baseName))" }

  private func contents(of member: ArchiveMember, depth: Int) throws(LinkError) -> FileSlice {
    guard isThin else {
      let range = member.contentRange
      return try contents.slice(at: range.lowerBound, count: range.count, "the member")
        .renamed(displayName(of: member))
    }
    let path = path(ofThin: member)
    do throws(LinkError) {
      guard let header = member.nestedHeaderOffset else {
        return try FileSlice(mapping: path).renamed(displayName(of: member))
      }
      // An archive may name itself.
      guard depth < 8 else {
        throw contents.malformed("archives that are members of each other")
      }
      let nested = try nestedArchives.open(path)
      guard let real = nested.members.position(ofHeader: UInt64(header)) else {
        throw contents.malformed("'\(path)' has no member at offset \(header)")
      }
      return try nested.contents(of: nested.members[real], depth: depth + 1)
    } catch {
      var error = error
      if error.file != contents.name {
        error.notes.append("member of the thin archive \(contents.name)")
      }
      throw error
    }
  }

  /// Where a thin archive's member is: its name is a path that starts from the archive's folder.
  private func path(ofThin member: ArchiveMember) -> FilePath {
    let name = FilePath(member.name)
    guard !name.isAbsolute, let archive = contents.path else { return name }
    return archive.removingLastComponent().appending(name.components)
  }

  /// The archives that members of a thin archive are in, each opened once.
  private final class NestedArchives: Sendable {
    private let archives = Mutex<[FilePath: Archive]>([:])

    func open(_ path: FilePath) throws(LinkError) -> Archive {
      if let archive = archives.withLock({ $0[path] }) { return archive }
      let archive = try Archive(try FileSlice(mapping: path))
      return archives.withLock { archives in
        archives[path] = archive
        return archive
      }
    }
  }
}

/// The walk from header to header.
///
/// Every link makes it through thousands of headers, so it looks at bytes and makes text only of
/// the names.
private struct HeaderWalk {
  private static let headerSize = 60
  /// A path, and a name that is a path, is no longer than this.
  private static let longestName = 4096
  private static let slash = UInt8(ascii: "/")

  let contents: FileSlice
  let isThin: Bool
  var members: [ArchiveMember] = []
  var index: (ArchiveSymbolIndex.Kind, FileSlice)?
  private var longNames: FileSlice?
  /// The bytes of `contents`, which keeps them alive.
  private let bytes: UnsafeRawBufferPointer

  init(contents: FileSlice, isThin: Bool) {
    self.contents = contents
    self.isThin = isThin
    bytes = contents.unsafeEscapingBytes
  }

  mutating func run() throws(LinkError) {
    var position = Archive.magic.count
    // A last newline may pad the archive itself.
    while contents.count - position > 1 {
      let next = try readMember(at: position)
      // The content of an odd number of bytes is followed by a newline.
      position = next + next & 1
    }
  }

  /// Reads one header and returns where what it describes ends.
  private mutating func readMember(at header: Int) throws(LinkError) -> Int {
    guard contents.contains(header, size: Self.headerSize), bytes[header + 58] == 0x60,
      bytes[header + 59] == 0x0A
    else {
      throw contents.malformed("no member's header at offset \(header): cut short or damaged")
    }
    guard let size = Self.decimal(bytes[(header + 48)..<(header + 58)]) else {
      throw contents.malformed("the member at offset \(header) has no valid size")
    }
    let start = header + Self.headerSize
    let field = trimmedField(at: header)
    let startsWithSlash = field.first == Self.slash
    if startsWithSlash, try isSpecial(field, at: start, size: size) { return start + size }

    var content = start..<start
    if !isThin {
      guard contents.contains(start, size: size) else {
        throw contents.malformed(
          "the member at offset \(header) has \(size) bytes and \(contents.count - start) are "
            + "left: cut short or damaged"
        )
      }
      content = start..<(start + size)
    }
    let end = content.upperBound
    var name = field
    var nested: Int?
    if startsWithSlash {
      (name, nested) = try gnuName(field)
    } else if field.starts(with: "#1/".utf8) {
      (name, content) = try bsdName(field, content)
    } else if field.last == Self.slash {
      name = field.dropLast()
    }
    // BSD's index is a member with a name like any other's.
    if members.isEmpty, name.starts(with: "__.SYMDEF".utf8) {
      index = (
        name.starts(with: "__.SYMDEF_64".utf8) ? .bsd64 : .bsd,
        try contents.slice(at: content.lowerBound, count: content.count, "the index")
      )
      return end
    }
    members.append(
      ArchiveMember(
        position: members.count,
        name: String(decoding: name, as: UTF8.self),
        headerOffset: header,
        contentRange: content,
        nestedHeaderOffset: nested
      )
    )
    return end
  }

  /// The name in a header, without the spaces that fill it up.
  private func trimmedField(at header: Int) -> Slice<UnsafeRawBufferPointer> {
    var end = header + 16
    while end > header, bytes[end - 1] == 0x20 { end -= 1 }
    return bytes[header..<end]
  }

  /// Takes in GNU's index and long names, which have contents in thin archives too.
  private mutating func isSpecial(
    _ field: Slice<UnsafeRawBufferPointer>,
    at start: Int,
    size: Int
  ) throws(LinkError) -> Bool {
    if field.elementsEqual("//".utf8) {
      longNames = try contents.slice(at: start, count: size, "the table of long names")
      return true
    }
    let kind: ArchiveSymbolIndex.Kind? =
      field.count == 1 ? .gnu : field.elementsEqual("/SYM64/".utf8) ? .gnu64 : nil
    guard kind != nil || field.starts(with: "/<".utf8) else { return false }
    let table = try contents.slice(at: start, count: size, "the index")
    // Windows tools write a second index, of another form, that says the same.
    if let kind, index == nil { index = (kind, table) }
    return true
  }

  /// `#1/N`: the name is the first N bytes of the content, filled up with zeros.
  private func bsdName(
    _ field: Slice<UnsafeRawBufferPointer>,
    _ content: Range<Int>
  ) throws(LinkError) -> (Slice<UnsafeRawBufferPointer>, Range<Int>) {
    guard let length = Self.decimal(field.dropFirst(3)), length <= content.count,
      length <= Self.longestName
    else { throw badName(field, "has no valid length") }
    let start = content.lowerBound + length
    return (bytes[content.lowerBound..<start].prefix { $0 != 0 }, start..<content.upperBound)
  }

  /// `/N`: the name is at N in the table; `/N:M` in a thin archive: the member of that archive whose
  /// header is at M.
  private func gnuName(
    _ field: Slice<UnsafeRawBufferPointer>
  ) throws(LinkError) -> (Slice<UnsafeRawBufferPointer>, Int?) {
    let digits = field.dropFirst()
    let colon = digits.firstIndex(of: UInt8(ascii: ":")) ?? digits.endIndex
    guard let longNames, let offset = Self.decimal(digits[..<colon]), offset < longNames.count
    else { throw badName(field, "is not in the table of long names") }
    var nested: Int?
    if colon < digits.endIndex {
      guard isThin, let origin = Self.decimal(digits[(colon + 1)...]) else {
        throw badName(field, "has no valid offset")
      }
      nested = origin > 0 ? origin : nil
    }
    // The end is `/` and a newline for GNU, a zero for others; a path has slashes inside.
    let name = longNames.unsafeEscapingBytes[offset...].prefix(Self.longestName)
      .prefix { $0 != 0x0A && $0 != 0 }
    return (name.last == Self.slash ? name.dropLast() : name, nested)
  }

  private func badName(_ field: Slice<UnsafeRawBufferPointer>, _ problem: String) -> LinkError {
    contents.malformed("the member's name '\(String(decoding: field, as: UTF8.self))' \(problem)")
  }

  /// A decimal number filled up with spaces; nil if it is not one.
  private static func decimal(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
    var value = 0
    var count = 0
    for byte in digits {
      if byte == 0x20 { break }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), count < 18 else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      count += 1
    }
    return count > 0 ? value : nil
  }
}
