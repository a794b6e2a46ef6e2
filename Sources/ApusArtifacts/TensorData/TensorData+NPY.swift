public import SystemPackage

extension TensorData {
  /// Reads an array in NumPy's format, versions 1.0 to 3.0.
  ///
  /// Arrays in Fortran order become row-major, big-endian elements little-endian. Signed integers
  /// become `i8` to `i64`, which have no signedness, unsigned ones `ui8` to `ui64`.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - elementType: what the elements are if NumPy has no name for it. `ml_dtypes` writes
  ///     bfloat16 as `V2`, two bytes of anything, which are only read where `bf16` is expected.
  ///     Files that name their element type are read as what they are.
  /// - Throws: `TensorDataError` if the file is damaged, too short or too long, of another version,
  ///   or holds objects, records, text or times.
  public init(
    npy bytes: [UInt8],
    expecting elementType: ElementType? = nil
  ) throws(TensorDataError) {
    self = try withBytes(of: bytes) { buffer throws(TensorDataError) in
      try TensorData(npy: buffer, expecting: elementType)
    }
  }

  /// Reads an array in NumPy's format from a file; see ``init(npy:expecting:)``.
  public init(
    contentsOfNPY path: FilePath,
    expecting elementType: ElementType? = nil
  ) throws(TensorDataError) {
    self = try withContents(of: path) { file throws(TensorDataError) in
      try TensorData(npy: file, expecting: elementType)
    }
  }

  private init(
    npy file: UnsafeRawBufferPointer,
    expecting expectedType: ElementType?
  ) throws(TensorDataError) {
    let header = try NPYHeader(file, expecting: expectedType)
    let byteCount = try Self.byteCount(elementType: header.elementType, shape: header.shape)
    let elements = UnsafeRawBufferPointer(rebasing: file[header.dataOffset...])
    guard elements.count == byteCount else {
      throw TensorDataError(
        .size,
        "the elements of \(TensorType(header.elementType, header.shape)) are \(byteCount) bytes, "
          + "got \(elements.count)",
        offset: header.dataOffset + min(byteCount, elements.count)
      )
    }
    let elementSize = header.elementType.byteCount ?? 1
    var bytes =
      header.isFortranOrder && header.shape.count > 1
      ? rowMajor(fromColumnMajor: elements, shape: header.shape, elementSize: elementSize)
      : Array(elements)
    if header.isBigEndian {
      swapByteOrder(of: &bytes, unit: header.elementType.isComplex ? elementSize / 2 : elementSize)
    }
    self.init(unchecked: bytes, elementType: header.elementType, shape: header.shape)
  }

  /// The array in NumPy's format, version 1.0, byte for byte as NumPy writes it.
  ///
  /// bfloat16 is written as `ml_dtypes` does, as `V2`.
  public var npyBytes: [UInt8] {
    var file = NPYHeader.bytes(elementType: elementType, shape: shape)
    file.reserveCapacity(file.count + bytes.count)
    file += bytes
    return file
  }

  /// Writes the array in NumPy's format, the whole file or nothing of it; see ``npyBytes``.
  public func write(toNPY path: FilePath) throws(TensorDataError) {
    try write(npyBytes, to: path)
  }
}

/// Reorders elements whose first index runs fastest to those whose last does.
private func rowMajor(
  fromColumnMajor source: UnsafeRawBufferPointer,
  shape: [Int],
  elementSize: Int
) -> [UInt8] {
  switch elementSize {
  case 1: rowMajor(source, shape: shape, of: UInt8.self)
  case 2: rowMajor(source, shape: shape, of: UInt16.self)
  case 4: rowMajor(source, shape: shape, of: UInt32.self)
  case 8: rowMajor(source, shape: shape, of: UInt64.self)
  default: rowMajor(source, shape: shape, of: SIMD2<UInt64>.self)
  }
}

private func rowMajor<Element: BitwiseCopyable>(
  _ source: UnsafeRawBufferPointer,
  shape: [Int],
  of type: Element.Type
) -> [UInt8] {
  guard !source.isEmpty else { return [] }
  let size = MemoryLayout<Element>.size
  var strides: [Int] = []
  var stride = size
  for dimension in shape {
    strides.append(stride)
    stride *= dimension
  }
  return Array(unsafeUninitializedCapacity: source.count) { buffer, initializedCount in
    let destination = UnsafeMutableRawBufferPointer(buffer)
    var index = Array(repeating: 0, count: shape.count)
    var sourceOffset = 0
    for offset in Swift.stride(from: 0, to: source.count, by: size) {
      destination.storeBytes(
        of: source.loadUnaligned(fromByteOffset: sourceOffset, as: type),
        toByteOffset: offset,
        as: type
      )
      // Like an odometer: the last axis that can still advance does, those after it start again.
      var axis = shape.count - 1
      while axis > 0, index[axis] + 1 == shape[axis] {
        sourceOffset -= index[axis] * strides[axis]
        index[axis] = 0
        axis -= 1
      }
      index[axis] += 1
      sourceOffset += strides[axis]
    }
    initializedCount = source.count
  }
}

/// Turns big-endian numbers of `unit` bytes into little-endian ones.
private func swapByteOrder(of bytes: inout [UInt8], unit: Int) {
  guard unit > 1 else { return }
  bytes.withUnsafeMutableBytes { buffer in
    for start in stride(from: 0, to: buffer.count, by: unit) {
      for index in 0..<unit / 2 {
        buffer.swapAt(start + index, start + unit - 1 - index)
      }
    }
  }
}
