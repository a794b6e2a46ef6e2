/// Where a file keeps a parameter.
///
/// Files are read twice: by Apus, into records, and by IREE, whose index must then agree with them.
/// IREE 3.9 believes what a file says of itself: a damaged or hostile one makes it read past the end
/// of the mapping, divide by zero, or run out of stack.
struct ParameterRecord: Equatable {
  /// The parameter's name.
  var key: String
  /// Its size.
  var byteCount: Int
  /// Where in the file it begins; nil for a number that is repeated, and so is not in the file.
  var offset: Int?
}

extension ParameterArchive.Format {
  /// What a file of this format says is in it; all of it is within the file.
  ///
  /// - Throws: ``RuntimeError`` that says what is wrong with the file.
  func records(in file: UnsafeRawBufferPointer) throws -> [ParameterRecord] {
    switch self {
    case .safetensors: try SafetensorsHeader(file).records
    case .irpa: try IRPAHeader(file).records
    case .gguf: try GGUFHeader(file).records
    }
  }
}

/// A place in a file, and the bytes from there on: little-endian numbers are read off its front.
struct ParameterFileCursor {
  private let file: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ file: UnsafeRawBufferPointer) { self.file = file }

  /// How many bytes are left.
  var count: Int { file.count - offset }

  /// Takes a number.
  ///
  /// - Throws: ``RuntimeError`` with `OUT_OF_RANGE` if the file ends before or in it.
  mutating func take<Number: FixedWidthInteger>(_: Number.Type) throws(RuntimeError) -> Number {
    let bytes = try take(UInt64(MemoryLayout<Number>.size))
    return Number(littleEndian: bytes.loadUnaligned(as: Number.self))
  }

  /// Takes bytes.
  ///
  /// - Throws: ``RuntimeError`` with `OUT_OF_RANGE` if the file has fewer.
  mutating func take(_ byteCount: UInt64) throws(RuntimeError) -> UnsafeRawBufferPointer {
    guard let wanted = Int(exactly: byteCount), wanted <= count else {
      throw RuntimeError(
        .outOfRange,
        "\(byteCount) bytes are expected at byte \(offset), and the file ends after \(count)"
      )
    }
    defer { offset += wanted }
    return UnsafeRawBufferPointer(rebasing: file[offset..<offset + wanted])
  }

  /// Takes a part of the file that is given by its place, for which `what` is a name.
  ///
  /// - Throws: ``RuntimeError`` with `OUT_OF_RANGE` if it is not all within the file.
  static func part(
    _ what: String,
    at offset: UInt64,
    count: UInt64,
    of file: UnsafeRawBufferPointer
  ) throws(RuntimeError) -> Range<Int> {
    let (end, overflow) = offset.addingReportingOverflow(count)
    guard !overflow, end <= file.count else {
      throw RuntimeError(
        .outOfRange,
        "\(what) reaches beyond the end of the file: \(count) bytes at \(offset), the file has"
          + " \(file.count)"
      )
    }
    return Int(offset)..<Int(end)
  }
}
