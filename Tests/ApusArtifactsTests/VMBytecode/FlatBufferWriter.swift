/// Just enough of a FlatBuffer writer to make modules that no compiler would.
///
/// A table is a dictionary from field numbers to values. Everything a value refers to is written
/// behind it, aligned to 8, so that IREE's own reader accepts the result.
indirect enum FlatBufferValue: Sendable {
  case uint8(UInt8), uint32(UInt32), uint64(UInt64), int32(Int32)
  case string(String)
  /// A vector of plain bytes, or of structures of a size.
  case bytes([UInt8], stride: Int = 1)
  case table([Int: FlatBufferValue])
  case tables([FlatBufferValue])
  /// As many references to one table.
  case sameTable(FlatBufferValue, count: Int)

  fileprivate var inlineByteCount: Int {
    switch self {
    case .uint8: 1
    case .uint64: 8
    default: 4
    }
  }
}

struct FlatBufferWriter {
  private var bytes: [UInt8] = []

  /// A FlatBuffer with an identifier, without a size in front.
  static func buffer(_ root: FlatBufferValue, identifier: String = "IREE") -> [UInt8] {
    var writer = FlatBufferWriter()
    writer.append(UInt32(0))
    writer.bytes += Array(identifier.utf8)
    writer.patch(0, to: writer.write(root))
    return writer.bytes
  }

  private mutating func append<Value: FixedWidthInteger>(_ value: Value) {
    for shift in stride(from: 0, to: Value.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> Value(shift)))
    }
  }

  private mutating func align(to alignment: Int) {
    while !bytes.count.isMultiple(of: alignment) { bytes.append(0) }
  }

  /// Makes the reference at `place` point to `target`.
  private mutating func patch(_ place: Int, to target: Int) {
    let distance = UInt32(target - place)
    for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: distance >> (8 * index)) }
  }

  /// Writes what a reference points to; returns where it is.
  private mutating func write(_ value: FlatBufferValue) -> Int {
    switch value {
    case .table(let fields):
      return writeTable(fields)
    case .string(let text):
      return writeVector(Array(text.utf8) + [0], count: text.utf8.count)
    case .bytes(let contents, let stride):
      return writeVector(contents, count: contents.count / stride)
    case .tables(let tables):
      let start = writeVector(Array(repeating: 0, count: 4 * tables.count), count: tables.count)
      for (index, table) in tables.enumerated() {
        let place = start + 4 + 4 * index
        patch(place, to: write(table))
      }
      return start
    case .sameTable(let table, let count):
      let start = writeVector(Array(repeating: 0, count: 4 * count), count: count)
      let target = write(table)
      for index in 0..<count { patch(start + 4 + 4 * index, to: target) }
      return start
    case .uint8, .uint32, .uint64, .int32:
      preconditionFailure("a number is not referred to")
    }
  }

  private mutating func writeVector(_ contents: [UInt8], count: Int) -> Int {
    // The elements, not the count, are aligned.
    while bytes.count % 8 != 4 { bytes.append(0) }
    let start = bytes.count
    append(UInt32(count))
    bytes += contents
    return start
  }

  private mutating func writeTable(_ fields: [Int: FlatBufferValue]) -> Int {
    // Where each field lies in the table, the widest first, so that none needs padding.
    let order = fields.sorted {
      ($1.value.inlineByteCount, $0.key) < ($0.value.inlineByteCount, $1.key)
    }
    var offsets = Array(repeating: UInt16(0), count: (fields.keys.max() ?? -1) + 1)
    var size = 8
    for (id, value) in order {
      offsets[id] = UInt16(size)
      size += value.inlineByteCount
    }
    align(to: 8)
    let vtable = bytes.count
    append(UInt16(4 + 2 * offsets.count))
    append(UInt16(size))
    for offset in offsets { append(offset) }
    align(to: 8)
    let table = bytes.count
    append(Int32(table - vtable))
    append(UInt32(0))
    for (_, value) in order {
      switch value {
      case .uint8(let number): append(number)
      case .uint32(let number): append(number)
      case .uint64(let number): append(number)
      case .int32(let number): append(number)
      default: append(UInt32(0))
      }
    }
    for (id, value) in order where value.isReference {
      let target = write(value)
      patch(table + Int(offsets[id]), to: target)
    }
    return table
  }
}

extension FlatBufferValue {
  fileprivate var isReference: Bool {
    switch self {
    case .uint8, .uint32, .uint64, .int32: false
    default: true
    }
  }
}

/// A module made by hand, every part of which can be made wrong.
struct HandmadeModule: Sendable {
  struct Function: Sendable {
    var callingConvention = "0v_v"
    var code: [UInt8]
    var blockCount = 1
  }

  var name: FlatBufferValue? = .string("handmade")
  var bytecodeVersion: UInt32 = 15 << 16
  var imports: [(name: String, callingConvention: String)] = []
  var exports: [(name: String, function: Int)] = [("f", 0)]
  var functions = [Function(code: HandmadeModule.returning)]
  var types: [String] = []
  var segments: [FlatBufferValue] = []
  /// Fields that replace or join those of the above.
  var fields: [Int: FlatBufferValue] = [:]
  /// What follows the FlatBuffer.
  var externalData: [UInt8] = []

  /// A block that returns nothing.
  static let returning: [UInt8] = [0x79, 0x5A, 0, 0]

  /// A segment of text.
  static func segment(_ text: String) -> FlatBufferValue {
    .table([2: .bytes(Array(text.utf8))])
  }

  var bytes: [UInt8] {
    var code: [UInt8] = []
    var descriptors: [UInt8] = []
    for function in functions {
      var descriptor = [UInt32(code.count), UInt32(function.code.count), 0]
      descriptor += [UInt32(function.blockCount) << 16, 0x0010_0010]
      for word in descriptor {
        descriptors += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
      }
      code += function.code
      while !code.count.isMultiple(of: 8) { code.append(0) }
    }
    var root: [Int: FlatBufferValue] = [
      4: .tables(types.map { .table([0: .string($0)]) }),
      6: .tables(
        imports.map {
          .table([0: .string($0.name), 1: .table([0: .string($0.callingConvention)])])
        }
      ),
      7: .tables(
        exports.map { .table([0: .string($0.name), 1: .int32(Int32($0.function))]) }
      ),
      8: .tables(functions.map { .table([0: .string($0.callingConvention)]) }),
      9: .tables(segments),
      12: .bytes(descriptors, stride: 20),
      13: .uint32(bytecodeVersion),
      14: .bytes(code),
    ]
    root[0] = name
    root.merge(fields) { _, replacement in replacement }
    let buffer = FlatBufferWriter.buffer(.table(root))
    var file = (0..<4).map { UInt8(truncatingIfNeeded: buffer.count >> (8 * $0)) } + buffer
    while !externalData.isEmpty, !file.count.isMultiple(of: 64) { file.append(0) }
    return file + externalData
  }
}
