/// What a GGUF file says is in it.
///
/// The file is a head, facts about the model, a list of tensors, and the tensors' bytes. Sizes follow
/// from shapes and types, of which IREE 3.9 knows those that were there by 2023.
///
/// Related documentation: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>.
struct GGUFHeader {
  let records: [ParameterRecord]

  /// A type of tensors: this many elements are stored in this many bytes.
  private struct TensorType {
    var elementCount: Int
    var byteCount: Int
  }

  /// By `ggml_type`.
  ///
  /// What IREE takes for I8, I16 and I32 (16 to 18) has got other numbers since, and these other types.
  private static let types: [UInt32: TensorType] = [
    0: TensorType(elementCount: 1, byteCount: 4),  // F32
    1: TensorType(elementCount: 1, byteCount: 2),  // F16
    2: TensorType(elementCount: 32, byteCount: 18),  // Q4_0
    3: TensorType(elementCount: 32, byteCount: 20),  // Q4_1
    6: TensorType(elementCount: 32, byteCount: 22),  // Q5_0
    7: TensorType(elementCount: 32, byteCount: 24),  // Q5_1
    8: TensorType(elementCount: 32, byteCount: 34),  // Q8_0
    9: TensorType(elementCount: 32, byteCount: 40),  // Q8_1
    10: TensorType(elementCount: 256, byteCount: 84),  // Q2_K
    11: TensorType(elementCount: 256, byteCount: 110),  // Q3_K
    12: TensorType(elementCount: 256, byteCount: 144),  // Q4_K
    13: TensorType(elementCount: 256, byteCount: 176),  // Q5_K
    14: TensorType(elementCount: 256, byteCount: 210),  // Q6_K
    15: TensorType(elementCount: 256, byteCount: 292),  // Q8_K
  ]

  init(_ file: UnsafeRawBufferPointer) throws(RuntimeError) {
    var cursor = ParameterFileCursor(file)
    guard try cursor.take(UInt32.self) == 0x4655_4747 else {
      throw RuntimeError(.invalidArgument, "the file does not begin with 'GGUF'")
    }
    let version = try cursor.take(UInt32.self)
    guard [2, 3].contains(version) else {
      throw RuntimeError(.unimplemented, "version \(version) is not supported; 2 and 3 are")
    }
    let tensorCount = try cursor.take(UInt64.self)
    let factCount = try cursor.take(UInt64.self)
    var alignment = 32
    for _ in 0..<factCount {
      if let stated = try Self.takeFact(&cursor) { alignment = stated }
    }
    var tensors: [(record: ParameterRecord, offset: UInt64)] = []
    for _ in 0..<tensorCount { tensors.append(try Self.takeTensor(&cursor)) }
    let base = (cursor.offset + alignment - 1) & ~(alignment - 1)
    var records: [ParameterRecord] = []
    for (record, offset) in tensors {
      var record = record
      let (place, overflow) = offset.addingReportingOverflow(UInt64(base))
      record.offset = try ParameterFileCursor.part(
        "the parameter '\(record.key)'",
        at: overflow ? .max : place,
        count: UInt64(record.byteCount),
        of: file
      ).lowerBound
      records.append(record)
    }
    self.records = records
  }

  /// Takes a fact about the model; returns the alignment of tensors if it is that.
  private static func takeFact(
    _ cursor: inout ParameterFileCursor
  ) throws(RuntimeError) -> Int? {
    let key = try takeString(&cursor)
    let type = try cursor.take(UInt32.self)
    guard key == "general.alignment" else {
      try skipValue(of: type, &cursor)
      return nil
    }
    guard type == 4 else {
      throw RuntimeError(.invalidArgument, "the alignment of parameters is of type \(type), not 4")
    }
    let alignment = try cursor.take(UInt32.self)
    guard alignment.nonzeroBitCount == 1 else {
      throw RuntimeError(
        .invalidArgument,
        "the alignment of parameters is \(alignment), which is not a power of two"
      )
    }
    return Int(alignment)
  }

  /// The sizes of values by `gguf_metadata_value_type`; 8 is a string, 9 an array.
  private static let valueByteCounts: [UInt32: UInt64] = [
    0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8,
  ]

  private static func skipValue(
    of type: UInt32,
    _ cursor: inout ParameterFileCursor
  ) throws(RuntimeError) {
    guard type == 9 else { return try skipValues(of: type, count: 1, &cursor) }
    let elementType = try cursor.take(UInt32.self)
    try skipValues(of: elementType, count: try cursor.take(UInt64.self), &cursor)
  }

  private static func skipValues(
    of type: UInt32,
    count: UInt64,
    _ cursor: inout ParameterFileCursor
  ) throws(RuntimeError) {
    if type == 8 {
      for _ in 0..<count { _ = try takeString(&cursor) }
      return
    }
    guard let byteCount = valueByteCounts[type] else {
      throw RuntimeError(.unimplemented, "a fact is of type \(type), which is not supported")
    }
    let (product, overflow) = byteCount.multipliedReportingOverflow(by: count)
    _ = try cursor.take(overflow ? .max : product)
  }

  private static func takeString(_ cursor: inout ParameterFileCursor) throws(RuntimeError) -> String
  {
    String(decoding: try cursor.take(try cursor.take(UInt64.self)), as: UTF8.self)
  }

  private static func takeTensor(
    _ cursor: inout ParameterFileCursor
  ) throws(RuntimeError) -> (record: ParameterRecord, offset: UInt64) {
    let key = try takeString(&cursor)
    let rank = try cursor.take(UInt32.self)
    var (elementCount, overflow) = (1, false)
    for _ in 0..<rank {
      let dimension = Int(exactly: try cursor.take(UInt64.self))
      let (product, isTooLarge) = elementCount.multipliedReportingOverflow(by: dimension ?? .max)
      elementCount = product
      overflow = overflow || isTooLarge || dimension == nil
    }
    let typeNumber = try cursor.take(UInt32.self)
    let offset = try cursor.take(UInt64.self)
    guard let type = types[typeNumber] else {
      throw RuntimeError(
        .unimplemented,
        "the parameter '\(key)' is of type \(typeNumber), which is not supported"
      )
    }
    let (scaled, isTooLarge) = elementCount.multipliedReportingOverflow(by: type.byteCount)
    guard !overflow, !isTooLarge, elementCount.isMultiple(of: type.elementCount) else {
      throw RuntimeError(
        .invalidArgument,
        "the parameter '\(key)' has a shape that its type \(typeNumber) cannot have"
      )
    }
    let record = ParameterRecord(key: key, byteCount: scaled / type.elementCount, offset: nil)
    return (record, offset)
  }
}
