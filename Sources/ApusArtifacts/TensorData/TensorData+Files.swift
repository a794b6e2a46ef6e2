public import SystemPackage

extension TensorData {
  /// Reads the elements of a tensor of known type and shape from a file that holds nothing else.
  ///
  /// - Throws: `TensorDataError` if the file cannot be read or is not just as long as the elements
  ///   are.
  public init(
    elementType: ElementType,
    shape: [Int],
    contentsOfRaw path: FilePath
  ) throws(TensorDataError) {
    let byteCount: Int
    do throws(TensorDataError) {
      byteCount = try Self.byteCount(elementType: elementType, shape: shape)
    } catch {
      throw error.inFile(path)
    }
    self = try withContents(of: path) { file throws(TensorDataError) in
      guard file.count == byteCount else {
        throw TensorDataError(
          .size,
          "\(TensorType(elementType, shape)) is \(byteCount) bytes, the file is \(file.count)"
        )
      }
      return TensorData(unchecked: Array(file), elementType: elementType, shape: shape)
    }
  }

  /// Writes the elements and nothing else, the whole file or nothing of it.
  public func write(toRaw path: FilePath) throws(TensorDataError) {
    try write(bytes, to: path)
  }

  func write(_ contents: [UInt8], to path: FilePath) throws(TensorDataError) {
    do throws(FileError) {
      try withBytes(of: contents) { buffer throws(FileError) in
        try writeAtomically(buffer, to: path)
      }
    } catch {
      throw TensorDataError(error)
    }
  }
}

/// `Array.withUnsafeBytes` with the error's type kept.
func withBytes<Result, Failure: Error>(
  of bytes: [UInt8],
  _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
) throws(Failure) -> Result {
  let outcome: Swift.Result<Result, Failure> = bytes.withUnsafeBytes { buffer in
    do throws(Failure) {
      return .success(try body(buffer))
    } catch {
      return .failure(error)
    }
  }
  return try outcome.get()
}

/// Lends the contents of a file, without a copy.
///
/// Errors of `body` come out with the file's name.
func withContents<Result>(
  of path: FilePath,
  _ body: (UnsafeRawBufferPointer) throws(TensorDataError) -> Result
) throws(TensorDataError) -> Result {
  // Nothing cannot be mapped, but a tensor of no elements is a file of no bytes.
  let isEmpty = (try? path.stat()).map { $0.type == .regular && $0.size == 0 } ?? false
  let file: MappedFile?
  do throws(FileError) {
    file = isEmpty ? nil : try MappedFile(path)
  } catch {
    throw TensorDataError(error)
  }
  defer { withExtendedLifetime(file) {} }
  do throws(TensorDataError) {
    return try body(file?.unsafeEscapingBytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
  } catch {
    throw error.inFile(path)
  }
}
