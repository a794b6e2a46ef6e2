internal import ApusArtifacts
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Part of an input's bytes, with the name that messages call it by: `libm.a(sin.o)`.
///
/// Every reader of inputs reads through this type. The bytes stay where they are (a mapped file as a
/// rule), and whatever offset a damaged or hostile file contains ends in a ``LinkError`` that says
/// which input it is and what was being read.
struct FileSlice: Sendable {
  /// What all slices of one input share.
  private final class Source: Sendable {
    let name: String
    let path: FilePath?
    /// Keeps the bytes alive.
    let owner: any AnyObject & Sendable

    init(name: String, path: FilePath?, owner: any AnyObject & Sendable) {
      self.name = name
      self.path = path
      self.owner = owner
    }
  }

  private let source: Source
  /// Proof of safety: the bytes never change, and `source` keeps them alive.
  nonisolated(unsafe) private let bytes: UnsafeRawBufferPointer
  /// Where the slice begins in the input that it is named after.
  let offset: Int

  private init(_ source: Source, _ bytes: UnsafeRawBufferPointer, offset: Int) {
    self.source = source
    self.bytes = bytes
    self.offset = offset
  }

  /// A whole file, mapped.
  init(mapping path: FilePath) throws(LinkError) {
    let file: MappedFile
    do {
      file = try MappedFile(path)
    } catch {
      let isMissing = error.errno == .noSuchFileOrDirectory
      let reason = error.reason ?? error.errno?.description ?? "unknown reason"
      throw LinkError(
        isMissing ? .notFound : .unreadable,
        "cannot \(error.operation): \(reason)",
        file: path.string
      )
    }
    self.init(
      Source(name: path.string, path: path, owner: file),
      file.unsafeEscapingBytes,
      offset: 0
    )
  }

  /// Bytes in memory, of which a copy is made: an object just emitted.
  init(copying bytes: some Collection<UInt8>, name: String) {
    let memory = OwnedBytes(bytes)
    self.init(Source(name: name, path: nil, owner: memory), memory.bytes, offset: 0)
  }

  /// Bytes in memory that belong to `owner` and do not change while it lives.
  init(unsafeBytes: UnsafeRawBufferPointer, owner: any AnyObject & Sendable, name: String) {
    self.init(Source(name: name, path: nil, owner: owner), unsafeBytes, offset: 0)
  }

  /// What messages call the input: a path as the user wrote it, or `archive(member)`.
  var name: String { source.name }
  /// The file that the bytes were mapped from; nil if they were made in memory.
  var path: FilePath? { source.path }
  /// How many bytes there are.
  var count: Int { bytes.count }

  /// The same bytes as an input of their own: a member of an archive.
  func renamed(_ name: String) -> FileSlice {
    FileSlice(Source(name: name, path: path, owner: source.owner), bytes, offset: 0)
  }

  /// Lends the bytes.
  func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // `withExtendedLifetime` cannot forward a typed error; a second reference serves as well.
    let source = source
    defer { withExtendedLifetime(source) {} }
    return try body(bytes)
  }

  /// The bytes, for callers that keep a slice of the input alive as long as the pointer is used.
  var unsafeEscapingBytes: UnsafeRawBufferPointer { bytes }

  // MARK: - Reading

  /// Whether `size` bytes can be read at `position`.
  func contains(_ position: Int, size: Int) -> Bool {
    position >= 0 && size >= 0 && position <= count && size <= count - position
  }

  /// A smaller slice; `what` names it for the error.
  func slice(
    at position: Int,
    count size: Int,
    _ what: @autoclosure () -> String
  ) throws(LinkError) -> FileSlice {
    guard contains(position, size: size) else { throw truncated(what(), position, needs: size) }
    return FileSlice(
      source,
      UnsafeRawBufferPointer(rebasing: bytes[position..<(position + size)]),
      offset: offset + position
    )
  }

  /// Everything from `position` on.
  func suffix(from position: Int, _ what: @autoclosure () -> String) throws(LinkError) -> FileSlice
  {
    try slice(at: position, count: max(0, count - max(0, position)), what())
  }

  /// A little-endian integer; `what` names it for the error.
  @inline(__always)
  func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self,
    at position: Int,
    _ what: @autoclosure () -> String
  ) throws(LinkError) -> Value {
    let size = MemoryLayout<Value>.size
    guard contains(position, size: size) else { throw truncated(what(), position, needs: size) }
    return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Value.self))
  }

  /// A big-endian integer, as the indexes of archives have them.
  func bigEndian<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self,
    at position: Int,
    _ what: @autoclosure () -> String
  ) throws(LinkError) -> Value {
    Value(bigEndian: Value(littleEndian: try integer(type, at: position, what())))
  }

  /// A little-endian number of bytes or things; what no file can hold is an error.
  func length<Value: UnsignedInteger & FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self,
    at position: Int,
    _ what: @autoclosure () -> String
  ) throws(LinkError) -> Int {
    let value = try integer(type, at: position, what())
    guard let length = Int(exactly: value) else {
      throw malformed("\(what()) is \(value), more than any file holds")
    }
    return length
  }

  /// Text up to the next zero, which must be inside the slice.
  ///
  /// What is not UTF-8 becomes U+FFFD.
  func text(at position: Int, _ what: @autoclosure () -> String) throws(LinkError) -> String {
    guard position >= 0, position < count, let start = bytes.baseAddress?.advanced(by: position),
      let end = memchr(start, 0, count - position)
    else {
      throw malformed("\(what()) is not inside its string table")
    }
    return String(
      decoding: UnsafeRawBufferPointer(start: start, count: UnsafeRawPointer(end) - start),
      as: UTF8.self
    )
  }

  /// All bytes as text; what is not UTF-8 becomes U+FFFD.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether the slice begins with these bytes.
  func starts(with prefix: some Collection<UInt8>) -> Bool { bytes.starts(with: prefix) }

  // MARK: - Errors

  /// The error that the input is not what it claims to be.
  func malformed(_ message: String) -> LinkError {
    LinkError(.malformed, message, file: name)
  }

  private func truncated(_ what: String, _ position: Int, needs size: Int) -> LinkError {
    guard position >= 0, position <= count else {
      return malformed("\(what) would be at \(place(position)), past the end: cut short or damaged")
    }
    return malformed(
      "\(what) needs \(size) bytes at \(place(position)) and \(count - position) are left: "
        + "cut short or damaged"
    )
  }

  private func place(_ position: Int) -> String {
    let (sum, overflow) = offset.addingReportingOverflow(position)
    return overflow ? "an offset no file has" : "offset \(sum)"
  }
}

/// Bytes that were made in memory.
private final class OwnedBytes: Sendable {
  /// Proof of safety: filled before the object is shared, freed when nobody refers to it any more.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

  init(_ contents: some Collection<UInt8>) {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: contents.count,
      alignment: MemoryLayout<UInt64>.alignment
    )
    memory.copyBytes(from: contents)
    bytes = UnsafeRawBufferPointer(memory)
  }

  deinit {
    bytes.deallocate()
  }
}
