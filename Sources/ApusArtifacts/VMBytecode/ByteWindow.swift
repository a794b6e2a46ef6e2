/// Part of a file's bytes that can only be read inside its bounds.
///
/// Everything that reads a module reads through this type, so that whatever offset a damaged or
/// hostile file contains ends in an error which says where in the file it was met. A window owns
/// nothing: it is valid while the memory it was made from is.
struct ByteWindow {
  private let bytes: UnsafeRawBufferPointer
  /// Where in the file the window starts.
  let fileOffset: Int

  init(_ bytes: UnsafeRawBufferPointer, fileOffset: Int = 0) {
    self.bytes = bytes
    self.fileOffset = fileOffset
  }

  var count: Int { bytes.count }

  /// The window's place in the file.
  var fileRange: Range<Int> { fileOffset..<(fileOffset + count) }

  /// Whether `size` bytes can be read at `offset`.
  func contains(_ offset: Int, size: Int) -> Bool {
    offset >= 0 && size >= 0 && offset <= count && size <= count - offset
  }

  /// A smaller window; `what` names it for the error.
  func window(at offset: Int, count size: Int, _ what: @autoclosure () -> String)
    throws(VMBytecodeError) -> ByteWindow
  {
    guard contains(offset, size: size) else {
      throw .truncated(
        what(),
        needs: size,
        has: offset < 0 || offset > count ? 0 : count - offset,
        at: fileOffset &+ offset
      )
    }
    return ByteWindow(
      UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + size)]),
      fileOffset: fileOffset + offset
    )
  }

  /// Everything from `offset` on.
  func suffix(from offset: Int, _ what: @autoclosure () -> String) throws(VMBytecodeError)
    -> ByteWindow
  {
    try window(at: offset, count: max(0, count - max(0, offset)), what())
  }

  /// A little-endian integer; `what` names it for the error.
  func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self,
    at offset: Int,
    _ what: @autoclosure () -> String
  ) throws(VMBytecodeError) -> Value {
    let size = MemoryLayout<Value>.size
    guard contains(offset, size: size) else {
      throw .truncated(
        what(),
        needs: size,
        has: offset < 0 || offset > count ? 0 : count - offset,
        at: fileOffset &+ offset
      )
    }
    return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
  }

  /// An unsigned integer as an `Int`.
  ///
  /// Only for widths that always fit.
  func unsigned<Value: UnsignedInteger & FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type,
    at offset: Int,
    _ what: @autoclosure () -> String
  ) throws(VMBytecodeError) -> Int {
    Int(truncatingIfNeeded: try integer(type, at: offset, what()))
  }

  /// Whether the window begins with these bytes.
  func starts(with prefix: some Collection<UInt8>) -> Bool { bytes.starts(with: prefix) }

  /// The bytes as text; what is not UTF-8 becomes U+FFFD.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The bytes up to the first zero as text.
  var textUpToZero: String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }

  /// How many bytes there are before the first zero, or nil if none is zero.
  var firstZero: Int? { bytes.firstIndex(of: 0) }
}
