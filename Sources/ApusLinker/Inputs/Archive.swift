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
      guard let real = nested.members.first(where: { $0.headerOffset == header }) else {
        throw contents.malformed("'\(path)' has no member at offset \(header)")
      }
      return try nested.contents(of: real, depth: depth + 1)
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
private struct HeaderWalk {
  private static let headerSize = 60
  /// A path, and a name that is a path, is no longer than this.
  private static let longestName = 4096

  let contents: FileSlice
  let isThin: Bool
  var members: [ArchiveMember] = []
  var index: (ArchiveSymbolIndex.Kind, FileSlice)?
  private var longNames: FileSlice?

  init(contents: FileSlice, isThin: Bool) {
    self.contents = contents
    self.isThin = isThin
  }

  mutating func run() throws(LinkError) {
    var position = Archive.magic.count
    while position < contents.count {
      // A last newline may pad the archive itself.
      if contents.count - position == 1 { return }
      let next = try member(at: position)
      // The content of an odd number of bytes is followed by a newline.
      position = next + next & 1
    }
  }

  /// Reads one header and returns where what it describes ends.
  private mutating func member(at header: Int) throws(LinkError) -> Int {
    let fields = try contents.slice(at: header, count: Self.headerSize, "a member's header")
    let (field, size) = try fields.withUnsafeBytes { (bytes) throws(LinkError) in
      guard bytes[58] == 0x60, bytes[59] == 0x0A else {
        throw contents.malformed("no member's header at offset \(header): cut short or damaged")
      }
      guard let size = Self.decimal(bytes[48..<58]) else {
        throw contents.malformed("the member at offset \(header) has no valid size")
      }
      return (Self.trimmed(bytes[0..<16]), size)
    }
    let start = header + Self.headerSize
    let special = try special(field, at: start, size: size)
    if special { return start + size }

    var name = field
    var content = start..<start
    var end = start
    var nested: Int?
    if !isThin {
      guard contents.contains(start, size: size) else {
        throw contents.malformed(
          "the member at offset \(header) has \(size) bytes and \(contents.count - start) are "
            + "left: cut short or damaged"
        )
      }
      content = start..<(start + size)
      end = start + size
    }
    if field.hasPrefix("#1/") {
      (name, content) = try bsdName(field, content)
      // BSD's index is a member with a name like any other.
      if try isBSDIndex(name, content) { return end }
    } else if field.hasPrefix("/"), field.utf8.count > 1 {
      (name, nested) = try gnuName(field)
    } else if field.hasSuffix("/") {
      name.removeLast()
    } else if try isBSDIndex(field, content) {
      return end
    }
    members.append(
      ArchiveMember(
        position: members.count,
        name: name,
        headerOffset: header,
        contentRange: content,
        nestedHeaderOffset: nested
      )
    )
    return end
  }

  /// Takes in GNU's index and long names, which have contents in thin archives too.
  private mutating func special(
    _ field: String,
    at start: Int,
    size: Int
  ) throws(LinkError) -> Bool {
    switch field {
    case "/":
      let bytes = try contents.slice(at: start, count: size, "the index")
      // Windows tools write a second index, of another form, that says the same.
      if index == nil { index = (.gnu, bytes) }
    case "/SYM64/":
      let bytes = try contents.slice(at: start, count: size, "the index")
      if index == nil { index = (.gnu64, bytes) }
    case "//":
      longNames = try contents.slice(at: start, count: size, "the table of long names")
    case _ where field.hasPrefix("/<"):
      _ = try contents.slice(at: start, count: size, "the member \(field)")
    default:
      return false
    }
    return true
  }

  private mutating func isBSDIndex(
    _ name: String,
    _ content: Range<Int>
  ) throws(LinkError) -> Bool {
    guard members.isEmpty, name.hasPrefix("__.SYMDEF") else { return false }
    let kind: ArchiveSymbolIndex.Kind = name.hasPrefix("__.SYMDEF_64") ? .bsd64 : .bsd
    index = (kind, try contents.slice(at: content.lowerBound, count: content.count, "the index"))
    return true
  }

  /// `#1/N`: the name is the first N bytes of the content, filled up with zeros.
  private func bsdName(
    _ field: String,
    _ content: Range<Int>
  ) throws(LinkError) -> (String, Range<Int>) {
    guard let length = Self.decimal(field.utf8.dropFirst(3)), length <= content.count,
      length <= Self.longestName
    else {
      throw contents.malformed("the member's name '\(field)' has no valid length")
    }
    let bytes = try contents.slice(at: content.lowerBound, count: length, "a member's name")
    let name = bytes.withUnsafeBytes { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return (name, (content.lowerBound + length)..<content.upperBound)
  }

  /// `/N`: the name is at N in the table; `/N:M` in a thin archive: the member of that archive whose
  /// header is at M.
  private func gnuName(_ field: String) throws(LinkError) -> (String, Int?) {
    let parts = field.utf8.dropFirst().split(
      separator: UInt8(ascii: ":"),
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    guard let longNames, let offset = parts.first.flatMap({ Self.decimal($0) }),
      offset < longNames.count, parts.count == 1 || isThin
    else {
      throw contents.malformed("the member's name '\(field)' is not in the table of long names")
    }
    var nested: Int?
    if parts.count == 2 {
      guard let origin = Self.decimal(parts[1]) else {
        throw contents.malformed("the member's name '\(field)' has no valid offset")
      }
      nested = origin > 0 ? origin : nil
    }
    let name = longNames.withUnsafeBytes { bytes in
      // The end is `/` and a newline for GNU, a zero for others; a path has slashes inside.
      bytes[offset...].prefix(Self.longestName).prefix { $0 != 0x0A && $0 != 0 }
    }
    return (
      String(decoding: name.last == UInt8(ascii: "/") ? name.dropLast() : name, as: UTF8.self),
      nested
    )
  }

  /// The text of a field without the spaces that fill it up.
  private static func trimmed(_ field: Slice<UnsafeRawBufferPointer>) -> String {
    var field = field
    while field.last == 0x20 { field.removeLast() }
    return String(decoding: field, as: UTF8.self)
  }

  /// A decimal number filled up with spaces; nil if it is not one.
  private static func decimal(_ digits: some Sequence<UInt8>) -> Int? {
    var value = 0
    var count = 0
    var isOver = false
    for byte in digits {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9") where !isOver && count < 18:
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
        count += 1
      case 0x20:
        isOver = true
      default:
        return nil
      }
    }
    return count > 0 ? value : nil
  }
}
