/// What an IREE parameter archive says is in it.
///
/// The header gives the places of three segments: a table of entries, their names, and their bytes.
/// Archives that are chained, one header to the next, are refused: IREE 3.9 reads the first header
/// again for each of them.
///
/// Related IREE documentation: `iree/schemas/parameter_archive.h`.
struct IRPAHeader {
  let records: [ParameterRecord]

  private static let headerByteCount: UInt64 = 88
  private static let entryAlignment = 16

  init(_ file: UnsafeRawBufferPointer) throws(RuntimeError) {
    var cursor = ParameterFileCursor(file)
    guard try cursor.take(UInt32.self) == 0x4150_5249 else {
      throw RuntimeError(.invalidArgument, "the file does not begin with 'IRPA'")
    }
    let (major, minor) = (try cursor.take(UInt16.self), try cursor.take(UInt16.self))
    guard major == 0, minor == 0 else {
      throw RuntimeError(.unimplemented, "version \(major).\(minor) is not supported; 0.0 is")
    }
    let headerByteCount = try cursor.take(UInt64.self)
    guard headerByteCount == Self.headerByteCount else {
      throw RuntimeError(
        .invalidArgument,
        "the header says it has \(headerByteCount) bytes; expected \(Self.headerByteCount)"
      )
    }
    guard try cursor.take(UInt64.self) == 0 else {
      throw RuntimeError(
        .unimplemented,
        "it is a chain of archives; 'iree-convert-parameters' makes one of them"
      )
    }
    _ = try cursor.take(UInt64.self)  // Flags, of which there are none.
    let entryCount = try cursor.take(UInt64.self)
    func segment(_ what: String) throws(RuntimeError) -> Range<Int> {
      let (offset, count) = (try cursor.take(UInt64.self), try cursor.take(UInt64.self))
      if count == 0 { return 0..<0 }
      return try ParameterFileCursor.part(what, at: offset, count: count, of: file)
    }
    let entries = try segment("the table of entries")
    let names = try segment("the segment of names")
    let storage = try segment("the segment of parameters")
    records = try Self.records(
      in: UnsafeRawBufferPointer(rebasing: file[entries]),
      count: entryCount,
      names: UnsafeRawBufferPointer(rebasing: file[names]),
      storage: storage
    )
  }

  private static func records(
    in table: UnsafeRawBufferPointer,
    count: UInt64,
    names: UnsafeRawBufferPointer,
    storage: Range<Int>
  ) throws(RuntimeError) -> [ParameterRecord] {
    var records: [ParameterRecord] = []
    var rest = table
    for number in 0..<count {
      var cursor = ParameterFileCursor(rest)
      let byteCount = try cursor.take(UInt64.self)
      cursor = ParameterFileCursor(rest)
      let entry = try cursor.take(byteCount)
      if let record = try record(entry, names: names, storage: storage) { records.append(record) }
      // Entries are padded, the last one need not be.
      let padding = -entry.count & (entryAlignment - 1)
      if number + 1 < count { _ = try cursor.take(UInt64(padding)) }
      rest = UnsafeRawBufferPointer(rebasing: rest[cursor.offset...])
    }
    return records
  }

  private static func record(
    _ entry: UnsafeRawBufferPointer,
    names: UnsafeRawBufferPointer,
    storage: Range<Int>
  ) throws(RuntimeError) -> ParameterRecord? {
    var cursor = ParameterFileCursor(entry)
    _ = try cursor.take(UInt64.self)  // Its size.
    let type = try cursor.take(UInt32.self)
    _ = try cursor.take(UInt64.self)  // Flags, of which there are none.
    func range(_ what: String) throws(RuntimeError) -> Range<Int> {
      let (offset, count) = (try cursor.take(UInt64.self), try cursor.take(UInt64.self))
      if count == 0 { return 0..<0 }
      return try ParameterFileCursor.part(what, at: offset, count: count, of: names)
    }
    let key = String(decoding: names[try range("a parameter's name")], as: UTF8.self)
    _ = try range("the metadata of '\(key)'")
    _ = try cursor.take(UInt64.self)  // The alignment it was written with.
    switch type {
    case 0:  // Erased.
      return nil
    case 1:
      return try splat(key, &cursor)
    case 2:
      let (offset, count) = (try cursor.take(UInt64.self), try cursor.take(UInt64.self))
      let (end, overflow) = offset.addingReportingOverflow(count)
      guard !overflow, end <= storage.count else {
        throw RuntimeError(
          .outOfRange,
          "the parameter '\(key)' reaches beyond the end of the file's parameters: \(count) bytes"
            + " at \(offset), there are \(storage.count)"
        )
      }
      return ParameterRecord(
        key: key,
        byteCount: Int(count),
        offset: count == 0 ? 0 : storage.lowerBound + Int(offset)
      )
    default:
      throw RuntimeError(
        .unimplemented,
        "the parameter '\(key)' is an entry of type \(type), which is not supported"
      )
    }
  }

  /// A parameter that is one number over and over: the number, and how many bytes it fills.
  private static func splat(
    _ key: String,
    _ cursor: inout ParameterFileCursor
  ) throws(RuntimeError) -> ParameterRecord {
    let byteCount = try cursor.take(UInt64.self)
    _ = try cursor.take(16)
    let numberByteCount = try cursor.take(UInt8.self)
    guard [1, 2, 4, 8, 16].contains(numberByteCount),
      byteCount.isMultiple(of: UInt64(numberByteCount)), let byteCount = Int(exactly: byteCount)
    else {
      throw RuntimeError(
        .invalidArgument,
        "the parameter '\(key)' has \(byteCount) bytes, filled with a number of \(numberByteCount)"
      )
    }
    return ParameterRecord(key: key, byteCount: byteCount, offset: nil)
  }
}
