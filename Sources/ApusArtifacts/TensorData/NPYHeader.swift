/// What stands before the elements of an `.npy` file, NumPy's format of one array.
///
/// Six bytes of magic, two of version, the length of the header (2 bytes in version 1.0, 4 in 2.0
/// and 3.0) and the header: a Python dictionary such as `{'descr': '<f4', 'fortran_order': False,
/// 'shape': (2, 3), }`, padded so that the elements begin at a multiple of 64.
///
/// NumPy's documentation: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>
struct NPYHeader {
  var elementType: ElementType
  var isBigEndian: Bool
  var isFortranOrder: Bool
  var shape: [Int]
  /// Where the elements begin.
  var dataOffset: Int

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// NumPy itself refuses headers beyond 10,000 bytes unless told to trust the file.
  private static let lengthLimit = 1 << 20

  /// Reads the header of a file.
  ///
  /// - Parameter expectedType: what the elements are if the file only says how long they are.
  init(_ file: UnsafeRawBufferPointer, expecting expectedType: ElementType?) throws(TensorDataError)
  {
    let header = try Self.headerRange(of: file)
    var parser = PythonLiteralParser(Array(file[header]), base: header.lowerBound)
    let entries = try parser.parseDictionary()
    func entry(_ key: String) throws(TensorDataError) -> PythonLiteral.Entry {
      let matches = entries.filter { $0.key == key }
      guard let first = matches.first else {
        throw TensorDataError(
          .npy,
          "damaged header: it has no '\(key)'",
          offset: header.lowerBound
        )
      }
      guard matches.count == 1 else {
        throw TensorDataError(
          .npy,
          "damaged header: it has '\(key)' twice",
          offset: matches[1].keyOffset
        )
      }
      return first
    }
    let description = try entry("descr")
    let order = try entry("fortran_order")
    let shape = try entry("shape")
    for entry in entries where !["descr", "fortran_order", "shape"].contains(entry.key) {
      throw TensorDataError(
        .npy,
        "damaged header: it has an unknown key \(quoted(entry.key, limit: 40))",
        offset: entry.keyOffset
      )
    }

    (elementType, isBigEndian) = try Self.elementType(description, expecting: expectedType)
    guard case .bool(let isFortranOrder) = order.value else {
      throw TensorDataError(
        .npy,
        "damaged header: 'fortran_order' is neither True nor False",
        offset: order.valueOffset
      )
    }
    self.isFortranOrder = isFortranOrder
    self.shape = try Self.shape(shape)
    dataOffset = header.upperBound
  }

  /// Where the dictionary stands in the file.
  private static func headerRange(
    of file: UnsafeRawBufferPointer
  ) throws(TensorDataError) -> Range<Int> {
    guard file.prefix(magic.count).elementsEqual(magic.prefix(file.count)) else {
      let isZip = file.starts(with: "PK".utf8)
      throw TensorDataError(
        .npy,
        isZip
          ? "this is an archive (.npz) and not an .npy file: unpack it first"
          : "this is not an .npy file: it does not begin with '\\x93NUMPY'",
        offset: 0
      )
    }
    func requireLength(_ length: Int) throws(TensorDataError) {
      guard file.count >= length else {
        throw TensorDataError(
          .npy,
          "the file ends within the header: expected at least \(length) bytes, got \(file.count)",
          offset: file.count
        )
      }
    }
    try requireLength(10)
    let version = (file[6], file[7])
    guard (1...3).contains(version.0), version.1 == 0 else {
      throw TensorDataError(
        .unsupportedNPY,
        "version \(version.0).\(version.1) of the format is not known (1.0, 2.0 and 3.0 are)",
        offset: 6
      )
    }
    let start: Int
    let length: Int
    if version.0 == 1 {
      start = 10
      length = Int(file[8]) | Int(file[9]) << 8
    } else {
      start = 12
      try requireLength(start)
      length = (0..<4).reduce(0) { $0 | Int(file[8 + $1]) << (8 * $1) }
    }
    guard length <= lengthLimit else {
      throw TensorDataError(
        .npy,
        "damaged header: it claims to be \(length) bytes long (at most \(lengthLimit) are read)",
        offset: 8
      )
    }
    try requireLength(start + length)
    return start..<start + length
  }

  private static func shape(_ entry: PythonLiteral.Entry) throws(TensorDataError) -> [Int] {
    guard case .tuple(let values) = entry.value else {
      throw TensorDataError(
        .npy,
        "damaged header: 'shape' is not a tuple",
        offset: entry.valueOffset
      )
    }
    var shape: [Int] = []
    for (axis, value) in values.enumerated() {
      guard case .integer(let text) = value else {
        throw TensorDataError(
          .npy,
          "damaged header: dimension \(axis) is not an integer",
          offset: entry.valueOffset
        )
      }
      guard let dimension = Int(text) else {
        throw TensorDataError(
          .shape,
          "dimension \(axis) does not fit 64 bits: \(quoted(text, limit: 40))",
          offset: entry.valueOffset
        )
      }
      shape.append(dimension)
    }
    return shape
  }
}

// MARK: - Element types

extension NPYHeader {
  /// NumPy's names, without the byte order.
  private static let elementTypes: [(name: String, type: ElementType)] = [
    ("b1", .bool), ("i1", .i8), ("i2", .i16), ("i4", .i32), ("i8", .i64), ("u1", .ui8),
    ("u2", .ui16), ("u4", .ui32), ("u8", .ui64), ("f2", .f16), ("f4", .f32), ("f8", .f64),
    ("c8", .complexF32), ("c16", .complexF64), ("i1", .si8), ("i2", .si16), ("i4", .si32),
    ("i8", .si64),
  ]

  /// NumPy's name of an element type, with the byte order.
  ///
  /// What NumPy does not know is written as `V` and the size, as the `ml_dtypes` of JAX and
  /// TensorFlow does for bfloat16 and the 8-bit floats: NumPy reads it as bytes,
  /// `.view(ml_dtypes.bfloat16)` makes them numbers.
  static func name(of type: ElementType) -> String {
    let size = type.byteCount ?? 1
    let name = elementTypes.first { $0.type == type }?.name ?? "V\(size)"
    return (size == 1 ? "|" : "<") + name
  }

  private static func elementType(
    _ entry: PythonLiteral.Entry,
    expecting expectedType: ElementType?
  ) throws(TensorDataError) -> (ElementType, isBigEndian: Bool) {
    func unsupported(_ what: String) -> TensorDataError {
      TensorDataError(.unsupportedNPY, what, offset: entry.valueOffset)
    }
    guard case .string(let text) = entry.value else {
      guard case .list = entry.value else {
        throw TensorDataError(
          .npy,
          "damaged header: 'descr' is not a string",
          offset: entry.valueOffset
        )
      }
      throw unsupported("structured elements cannot be read: store each field in a file of its own")
    }
    if text == "bfloat16" { return (.bf16, false) }

    let isOrdered = text.first.map("<>=|".contains) ?? false
    let name = isOrdered ? text.dropFirst() : text[...]
    let isBigEndian = text.first == ">"
    if let known = elementTypes.first(where: { $0.name == name }) {
      return (known.type, isBigEndian)
    }
    let shown = quoted(text, limit: 40)
    switch name.first {
    case "V":
      guard let size = Int(name.dropFirst()) else { break }
      let hasNoName = { type in elementTypes.allSatisfy { $0.type != type } }
      // Larger sizes than the 8-bit floats' and bfloat16's are no element anyone has written.
      if let expectedType, expectedType.byteCount == size, size <= 2, hasNoName(expectedType) {
        return (expectedType, isBigEndian)
      }
      throw unsupported(
        size == 2
          ? "elements of type \(shown) are bytes of no known type; if they are bfloat16, say so: "
            + "the element type bf16 must be given"
          : "elements of type \(shown) are bytes of no known type"
      )
    case "O":
      throw unsupported("elements of type \(shown) are Python objects, which cannot be read")
    case "S", "U", "a": throw unsupported("elements of type \(shown) are text, not numbers")
    case "M", "m": throw unsupported("elements of type \(shown) are times, not numbers")
    case "f", "c", "i", "u", "b":
      throw unsupported("numbers of type \(shown) have no counterpart here")
    default: break
    }
    throw TensorDataError(
      .npy,
      "damaged header: \(shown) is no element type",
      offset: entry.valueOffset
    )
  }
}

// MARK: - Writing

extension NPYHeader {
  /// The bytes before the elements, just as NumPy writes them.
  static func bytes(elementType: ElementType, shape: [Int]) -> [UInt8] {
    let dimensions =
      shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
    var header = "{'descr': '\(name(of: elementType))', 'fortran_order': False, "
    header += "'shape': (\(dimensions)), }"
    if let first = shape.first {
      // NumPy leaves room for the first dimension to grow to 21 digits without moving the elements.
      header += String(repeating: " ", count: max(0, 21 - String(first).count))
    }
    // At least one blank, and the newline that ends it: NumPy's arithmetic.
    let prefixLength = magic.count + 4
    let padding = 64 - (prefixLength + header.utf8.count + 1) % 64
    // 128 dimensions of 19 digits are far from the 65,535 bytes that need version 2.0.
    let length = header.utf8.count + padding + 1
    var bytes = magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
    bytes += header.utf8
    bytes += Array(repeating: UInt8(ascii: " "), count: padding)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }
}
