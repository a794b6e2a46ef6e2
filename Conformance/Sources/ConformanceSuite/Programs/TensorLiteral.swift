/// A tensor with its elements: the `dense<…> : tensor<…>` of a program, as bytes.
struct TensorLiteral: Hashable, Sendable {
  /// The type as the program spells it: `tensor<20x20xf32>`.
  let type: String
  let dimensions: [Int]
  let format: ElementFormat
  /// The elements in row-major order, little-endian.
  let bytes: [UInt8]

  /// How many elements there are.
  var count: Int { dimensions.reduce(1, *) }

  /// The type as the `apus` tool spells it: `20x20xf32`.
  var toolType: String { String(type.dropFirst("tensor<".count).dropLast()) }

  /// Reads a literal.
  ///
  /// - Parameters:
  ///   - elements: what stands between the angle brackets of `dense`.
  ///   - type: the type behind it.
  init(elements: Substring, type: Substring) throws(ProgramError) {
    self.type = String(type)
    (dimensions, format) = try Self.parts(ofType: type)
    let count = dimensions.reduce(1, *)
    let isHexadecimal = elements.hasPrefix("\"0x")
    var bytes =
      isHexadecimal
      ? try Self.hexadecimal(elements.dropFirst(3).dropLast(), format: format, count: count)
      : try Self.numerals(elements, format: format)
    // A literal of one element stands for all.
    if bytes.count == format.byteCount, count != 1 {
      bytes = Array(repeatElement(bytes, count: count).joined())
    }
    guard bytes.count == count * format.byteCount else {
      throw ProgramError(
        "a literal of type \(type) has \(bytes.count) bytes, not \(count * format.byteCount)"
      )
    }
    self.bytes = bytes
  }

  private static func parts(
    ofType type: Substring
  ) throws(ProgramError) -> ([Int], ElementFormat) {
    guard type.hasPrefix("tensor<"), type.hasSuffix(">") else {
      throw ProgramError("'\(type)' is not a tensor")
    }
    var rest = type.dropFirst("tensor<".count).dropLast()
    var dimensions: [Int] = []
    while let cross = rest.firstIndex(of: "x"), let dimension = Int(rest[..<cross]) {
      dimensions.append(dimension)
      rest = rest[rest.index(after: cross)...]
    }
    guard let format = ElementFormat(rest) else {
      throw ProgramError("elements of type '\(rest)' are not supported")
    }
    return (dimensions, format)
  }

  private static func hexadecimal(
    _ digits: Substring,
    format: ElementFormat,
    count: Int
  ) throws(ProgramError) -> [UInt8] {
    let nibbles = digits.utf8.map { UInt8(hexadecimalDigit: $0) }
    guard nibbles.count.isMultiple(of: 2), !nibbles.contains(nil) else {
      throw ProgramError("a literal has something else than pairs of hexadecimal digits")
    }
    let values = nibbles.map { $0 ?? 0 }
    let bytes = stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    guard format == .bool else { return bytes }
    if bytes.count == count { return bytes.map { $0 == 0 ? 0 : 1 } }
    if bytes.count == 1, count > 8 { return [bytes[0] == 0 ? 0 : 1] }
    // MLIR packed truth values eight to a byte until 2026, and has given each a byte since.
    return (0..<count).map { $0 / 8 < bytes.count ? bytes[$0 / 8] >> UInt8($0 % 8) & 1 : 0 }
  }

  private static func numerals(
    _ text: Substring,
    format: ElementFormat
  ) throws(ProgramError) -> [UInt8] {
    var bytes: [UInt8] = []
    for word in text.split(whereSeparator: { "[](), \n".contains($0) }) {
      let bits: UInt64? =
        switch format {
        case .bool: word == "true" ? 1 : word == "false" ? 0 : nil
        case .integer:
          word.hasPrefix("-") ? Int64(word).map { UInt64(bitPattern: $0) } : UInt64(word)
        case .float(let part), .complex(let part):
          word.hasPrefix("0x")
            ? UInt64(word.dropFirst(2), radix: 16) : Double(word).map(part.bits)
        }
      guard let bits else { throw ProgramError("'\(word)' is not an element of a literal") }
      let byteCount =
        if case .complex(let part) = format { part.byteCount } else { format.byteCount }
      bytes += (0..<byteCount).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    }
    return bytes
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  fileprivate init?(hexadecimalDigit digit: UInt8) {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self = digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self = digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self = digit - UInt8(ascii: "A") + 10
    default: return nil
    }
  }
}

/// What cannot be read of a program.
struct ProgramError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
