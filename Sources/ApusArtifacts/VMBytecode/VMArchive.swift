/// The file around a module: an optional zip header, the FlatBuffer, and the data that lies behind
/// it.
///
///     [zip local file header]          written unless --iree-vm-emit-polyglot-zip=false
///     u32 size, FlatBuffer of it       BytecodeModuleDef, identifier "IREE"
///     ... to the next multiple of 64
///     external read-only data          executables, large constants, where the FlatBuffer says
///     [zip central directory]
///
/// IREE's loader does not read it as a zip either: it steps over the one header, and the FlatBuffer
/// says where everything else is.
struct VMArchive {
  /// All of the file.
  let file: ByteWindow
  /// The FlatBuffer, without its size.
  let flatBuffer: ByteWindow
  /// What external data's offsets count from, in bytes from the start of the file.
  let externalDataOffset: Int

  init(_ file: ByteWindow) throws(VMBytecodeError) {
    let header = try Self.zipHeaderByteCount(of: file)
    let module = try file.suffix(from: header, "the module")
    guard module.count >= 16 else {
      throw .notAModule(
        "only \(module.count) bytes, too few for a FlatBuffer",
        at: module.fileOffset
      )
    }
    guard try module.integer(UInt32.self, at: 8, "the identifier") == Self.identifier else {
      throw .notAModule("no FlatBuffer with the identifier 'IREE'", at: module.fileOffset + 8)
    }
    let size = try module.unsigned(UInt32.self, at: 0, "the FlatBuffer's size")
    self.file = file
    flatBuffer = try module.window(at: 4, count: size, "the FlatBuffer")
    let end = flatBuffer.fileRange.upperBound - file.fileOffset
    externalDataOffset = (end + 63) & ~63
  }

  /// The external data at an offset that the FlatBuffer gave.
  func externalData(at offset: UInt64, count: UInt64, _ what: @autoclosure () -> String)
    throws(VMBytecodeError) -> ByteWindow
  {
    guard let offset = Int(exactly: offset), let count = Int(exactly: count) else {
      throw .malformed("\(what()) lies beyond any file")
    }
    let (start, overflow) = offset.addingReportingOverflow(externalDataOffset)
    guard !overflow else { throw .malformed("\(what()) lies beyond any file") }
    return try file.window(at: start, count: count, what())
  }

  /// "IREE", little-endian.
  private static let identifier: UInt32 = 0x4545_5249

  /// How many bytes the zip header in front of the FlatBuffer takes; 0 if there is none.
  private static func zipHeaderByteCount(of file: ByteWindow) throws(VMBytecodeError) -> Int {
    guard file.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return 0 }
    let name = try file.unsigned(UInt16.self, at: 26, "the zip header")
    let extra = try file.unsigned(UInt16.self, at: 28, "the zip header")
    guard try file.integer(UInt16.self, at: 8, "the zip header") == 0 else {
      throw .notAModule("a zip whose first member is compressed", at: file.fileOffset)
    }
    return 30 + name + extra
  }
}
