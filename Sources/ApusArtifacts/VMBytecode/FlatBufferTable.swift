/// A field of a FlatBuffer table: its number, as in the schema, and its name for messages.
struct FlatBufferField {
  var id: Int
  var name: String

  init(_ id: Int, _ name: String) {
    self.id = id
    self.name = name
  }
}

/// A table inside a FlatBuffer, read in place.
///
/// The format in brief (https://flatbuffers.dev/internals): a table starts with the signed distance
/// back to its vtable, which lists, per field, where in the table the field lies, or zero if it is
/// absent. Scalars lie there themselves; strings, vectors and tables lie elsewhere, and the field
/// is the unsigned distance on to them. Nothing here is verified in advance, as IREE does; every
/// distance is checked when it is followed.
struct FlatBufferTable {
  /// The whole FlatBuffer, which bounds everything the table refers to.
  let buffer: ByteWindow
  private let budget: ReadBudget
  private let position: Int
  private let fieldOffsets: ByteWindow
  private let byteCount: Int

  /// The table that a FlatBuffer's header refers to.
  static func root(of buffer: ByteWindow, budget: ReadBudget) throws(VMBytecodeError)
    -> FlatBufferTable
  {
    let position = try buffer.unsigned(UInt32.self, at: 0, "the root table's offset")
    return try FlatBufferTable(buffer, at: position, budget: budget, "the root table")
  }

  private init(
    _ buffer: ByteWindow,
    at position: Int,
    budget: ReadBudget,
    _ what: @autoclosure () -> String
  ) throws(VMBytecodeError) {
    try budget.charge(16, "more tables than the file has room for")
    let back = Int(try buffer.integer(Int32.self, at: position, what()))
    let vtable = position - back
    let vtableByteCount = try buffer.unsigned(
      UInt16.self,
      at: vtable,
      "the field list of \(what())"
    )
    let byteCount = try buffer.unsigned(
      UInt16.self,
      at: vtable + 2,
      "the field list of \(what())"
    )
    guard vtableByteCount >= 4, vtableByteCount.isMultiple(of: 2), byteCount >= 4 else {
      throw .malformed(
        "the field list of \(what()) has an impossible size",
        at: buffer.fileOffset + vtable
      )
    }
    _ = try buffer.window(at: position, count: byteCount, what())
    self.buffer = buffer
    self.budget = budget
    self.position = position
    self.byteCount = byteCount
    fieldOffsets = try buffer.window(
      at: vtable + 4,
      count: vtableByteCount - 4,
      "the field list of \(what())"
    )
  }

  /// Where in the buffer a field lies, or nil if the table does not have it.
  private func place(of field: FlatBufferField, size: Int) throws(VMBytecodeError) -> Int? {
    guard fieldOffsets.contains(field.id * 2, size: 2) else { return nil }
    let offset = try fieldOffsets.unsigned(UInt16.self, at: field.id * 2, field.name)
    guard offset != 0 else { return nil }
    guard offset >= 4, offset <= byteCount - size else {
      throw .malformed(
        "the field \(field.name) lies outside its table",
        at: buffer.fileOffset + position
      )
    }
    return position + offset
  }

  /// Where in the buffer the thing lies that a field refers to.
  private func target(of field: FlatBufferField) throws(VMBytecodeError) -> Int? {
    guard let place = try place(of: field, size: 4) else { return nil }
    return place + (try buffer.unsigned(UInt32.self, at: place, field.name))
  }

  /// Whether the table has the field.
  func has(_ field: FlatBufferField) throws(VMBytecodeError) -> Bool {
    try place(of: field, size: 1) != nil
  }

  /// A scalar, or its default if the table leaves it out.
  func scalar<Value: FixedWidthInteger & BitwiseCopyable>(
    _ field: FlatBufferField,
    default absent: Value = 0
  ) throws(VMBytecodeError) -> Value {
    guard let place = try place(of: field, size: MemoryLayout<Value>.size) else { return absent }
    return try buffer.integer(Value.self, at: place, field.name)
  }

  /// A table, or nil if it is left out.
  func table(_ field: FlatBufferField) throws(VMBytecodeError) -> FlatBufferTable? {
    guard let target = try target(of: field) else { return nil }
    return try FlatBufferTable(buffer, at: target, budget: budget, field.name)
  }

  /// The bytes of a vector of elements of a size, or nil if it is left out.
  func vector(_ field: FlatBufferField, stride: Int = 1) throws(VMBytecodeError) -> ByteWindow? {
    guard let target = try target(of: field) else { return nil }
    let count = try buffer.unsigned(UInt32.self, at: target, "the length of \(field.name)")
    return try buffer.window(at: target + 4, count: count * stride, field.name)
  }

  /// A string, or nil if it is left out.
  ///
  /// Every copy is charged to the budget.
  func string(_ field: FlatBufferField) throws(VMBytecodeError) -> String? {
    guard let bytes = try vector(field) else { return nil }
    try budget.charge(bytes.count, "more text than the file has room for")
    return bytes.text
  }

  /// A vector of tables; empty if it is left out.
  func tables(_ field: FlatBufferField) throws(VMBytecodeError) -> [FlatBufferTable] {
    guard let offsets = try vector(field, stride: 4) else { return [] }
    var tables: [FlatBufferTable] = []
    tables.reserveCapacity(min(offsets.count / 4, 1 << 16))
    for index in 0..<(offsets.count / 4) {
      // An offset counts from where it lies itself.
      let place = offsets.fileOffset - buffer.fileOffset + index * 4
      let target = place + (try buffer.unsigned(UInt32.self, at: place, field.name))
      tables.append(
        try FlatBufferTable(buffer, at: target, budget: budget, "\(field.name)[\(index)]")
      )
    }
    return tables
  }
}
