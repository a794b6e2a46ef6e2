/// What stands at the end of a package: which bytes of it are what.
struct PackageDirectory {
  let entries: [ProgramPackage.Entry]

  /// Reads it from a whole package.
  ///
  /// - Throws: ``ProgramPackageError``
  init(in package: UnsafeRawBufferPointer) throws(ProgramPackageError) {
    let trailerSize = ProgramPackage.trailerSize
    guard package.count >= trailerSize,
      package.suffix(ProgramPackage.magic.count).elementsEqual(ProgramPackage.magic)
    else { throw Self.withoutEnd(package) }
    var trailer = PackageCursor(UnsafeRawBufferPointer(rebasing: package.suffix(trailerSize)))
    let offset = try trailer.size()
    let count = try trailer.size()
    let checksum = try trailer.number(UInt32.self)
    let version = try trailer.number(UInt32.self)
    guard version == ProgramPackage.version else {
      throw ProgramPackageError(
        .unknownVersion,
        "it was packaged by another version of Apus (form \(version); this one knows"
          + " \(ProgramPackage.version))"
      )
    }
    let end = package.count - trailerSize
    guard offset <= end, count == end - offset else {
      throw ProgramPackageError(.damaged, "its directory was damaged: it is said to be elsewhere")
    }
    let bytes = UnsafeRawBufferPointer(rebasing: package[offset..<end])
    guard CRC32.checksum(bytes) == checksum else {
      throw ProgramPackageError(.damaged, "its directory was damaged: its checksum is another")
    }
    var cursor = PackageCursor(bytes)
    var entries: [ProgramPackage.Entry] = []
    while !cursor.isAtEnd {
      let entry = try cursor.entry()
      guard entry.offset % ProgramPackage.alignment == 0, entry.offset <= offset,
        entry.count <= offset - entry.offset, entry.count > 0
      else {
        throw ProgramPackageError(.damaged, "'\(entry.name)', which is embedded in it, was cut")
      }
      entries.append(entry)
    }
    self.entries = entries
  }

  /// Why a file has no trailer: nothing was packaged, or the end is gone.
  private static func withoutEnd(_ package: UnsafeRawBufferPointer) -> ProgramPackageError {
    guard let end = endOfExecutable(package), end >= package.count else {
      return ProgramPackageError(
        .cut,
        "what is embedded in it was cut short: the file ends before the package does"
      )
    }
    return ProgramPackageError(.empty, "there is no program in it")
  }

  /// Where an ELF executable of 64 bits ends by its own account: with the table of its sections, which
  /// linkers and strip put last.
  private static func endOfExecutable(_ file: UnsafeRawBufferPointer) -> Int? {
    guard file.count >= 64, file.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2]) else { return nil }
    let table = file.loadUnaligned(fromByteOffset: 40, as: UInt64.self).littleEndian
    let size = file.loadUnaligned(fromByteOffset: 58, as: UInt16.self).littleEndian
    let count = file.loadUnaligned(fromByteOffset: 60, as: UInt16.self).littleEndian
    return Int(exactly: table).flatMap {
      let (end, overflow) = $0.addingReportingOverflow(Int(size) * Int(count))
      return overflow ? nil : end
    }
  }

  /// The directory and the trailer behind it, for a directory that begins at `offset`.
  static func bytes(of entries: [ProgramPackage.Entry], at offset: Int) -> [UInt8] {
    var directory: [UInt8] = []
    for entry in entries {
      directory.append(entry.kind.rawValue)
      directory.append(entry.checksum)
      directory.append(UInt64(entry.offset))
      directory.append(UInt64(entry.count))
      directory.append(UInt32(entry.name.utf8.count))
      directory.append(UInt32(entry.scope.utf8.count))
      directory += entry.name.utf8
      directory += entry.scope.utf8
    }
    let checksum = directory.withUnsafeBytes(CRC32.checksum)
    let count = directory.count
    directory.append(UInt64(offset))
    directory.append(UInt64(count))
    directory.append(checksum)
    directory.append(ProgramPackage.version)
    return directory + ProgramPackage.magic
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}

/// Takes numbers and texts from bytes, in order.
private struct PackageCursor {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _: Number.Type
  ) throws(ProgramPackageError) -> Number {
    let size = MemoryLayout<Number>.size
    guard bytes.count - offset >= size else { throw Self.tooShort }
    defer { offset += size }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }

  mutating func size() throws(ProgramPackageError) -> Int {
    guard let size = Int(exactly: try number(UInt64.self)) else { throw Self.tooShort }
    return size
  }

  mutating func entry() throws(ProgramPackageError) -> ProgramPackage.Entry {
    let number = try number(UInt32.self)
    guard let kind = ProgramPackage.Kind(rawValue: number) else {
      throw ProgramPackageError(.unknownVersion, "it has an entry of an unknown kind, \(number)")
    }
    let checksum = try self.number(UInt32.self)
    let offset = try size()
    let count = try size()
    let nameCount = Int(try self.number(UInt32.self))
    let scopeCount = Int(try self.number(UInt32.self))
    return ProgramPackage.Entry(
      kind: kind,
      name: try text(nameCount),
      scope: try text(scopeCount),
      offset: offset,
      count: count,
      checksum: checksum
    )
  }

  private mutating func text(_ count: Int) throws(ProgramPackageError) -> String {
    guard bytes.count - offset >= count else { throw Self.tooShort }
    defer { offset += count }
    return String(decoding: bytes[offset..<(offset + count)], as: UTF8.self)
  }

  private static let tooShort = ProgramPackageError(
    .damaged,
    "its directory was damaged: it ends too early"
  )
}
