/// Turns the text of one element into its bytes.
struct ElementParser {
  let type: ElementType
  /// Whether two hexadecimal digits a byte are a complex number, as `iree-run-module` prints it.
  var readsComplexBytes = false

  private let representation: ElementRepresentation
  private let allowsNegative: Bool
  private let greatestMagnitude: UInt64

  init(_ type: ElementType) {
    self.type = type
    representation = ElementRepresentation(type)
    let bits = UInt64(type.isInteger ? min(type.bitCount, 64) : 64)
    let isSigned = [.si8, .si16, .si32, .si64].contains(type)
    allowsNegative = ![.ui8, .ui16, .ui32, .ui64].contains(type)
    greatestMagnitude = .max >> (64 - bits + (isSigned ? 1 : 0))
  }

  /// Appends the element that `token` writes.
  ///
  /// - Throws: `TensorDataError`, without the place, if it writes none of this type.
  func append(_ token: String, to bytes: inout [UInt8]) throws(TensorDataError) {
    switch representation {
    case .bool: bytes.append(try bool(token) ? 1 : 0)
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64:
      let integer = try integer(token)
      withUnsafeBytes(of: integer.littleEndian) { bytes += $0.prefix(type.bitCount / 8) }
    case .float16: append(try float(token, as: Float16.self).bitPattern, to: &bytes)
    case .bfloat16: append(try float(token, as: BFloat16.self).bitPattern, to: &bytes)
    case .float: append(try float(token, as: Float.self).bitPattern, to: &bytes)
    case .double: append(try float(token, as: Double.self).bitPattern, to: &bytes)
    case .complexFloat:
      if readsComplexBytes, appendDigitPairs(token, to: &bytes) { return }
      let (real, imaginary) = try complex(token, as: Float.self)
      append(real.bitPattern, to: &bytes)
      append(imaginary.bitPattern, to: &bytes)
    case .complexDouble:
      if readsComplexBytes, appendDigitPairs(token, to: &bytes) { return }
      let (real, imaginary) = try complex(token, as: Double.self)
      append(real.bitPattern, to: &bytes)
      append(imaginary.bitPattern, to: &bytes)
    case .opaque: try appendOpaque(token, to: &bytes)
    }
  }

  /// Whether `text` writes an integer, a float, a truth value or a complex number, of whatever
  /// size.
  static func isNumber(_ text: String) -> Bool {
    let digits = ElementParser(.i64).digits(of: text)
    return digits != nil || Double(text) != nil || (try? ElementParser(.bool).bool(text)) != nil
      || (try? ElementParser(.complexF64).complex(text, as: Double.self)) != nil
  }

  private func append(_ bits: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: bits.littleEndian) { bytes += $0 }
  }

  private func notAnElement(_ token: String) -> TensorDataError {
    TensorDataError(.element, "\(quoted(token, limit: 40)) is not a value of type \(type)")
  }

  // MARK: Truth values and integers

  private func bool(_ token: String) throws(TensorDataError) -> Bool {
    switch token {
    case "0", "00", "false": return false
    case "1", "01", "true": return true
    default:
      throw TensorDataError(
        .element,
        "\(quoted(token, limit: 40)) is neither 0, 1, true nor false"
      )
    }
  }

  /// The bits of the integer, of which the type keeps the lower ones.
  private func integer(_ token: String) throws(TensorDataError) -> UInt64 {
    guard let (isNegative, digits, radix) = digits(of: token) else { throw notAnElement(token) }
    let leastMagnitude = allowsNegative ? UInt64(1) << UInt64(type.bitCount - 1) : 0
    guard let magnitude = UInt64(digits, radix: radix),
      magnitude <= (isNegative ? leastMagnitude : greatestMagnitude)
    else {
      throw TensorDataError(
        .element,
        "\(quoted(token, limit: 40)) is out of range for \(type): "
          + "\(allowsNegative ? "-" : "")\(leastMagnitude) to \(greatestMagnitude)"
      )
    }
    return isNegative ? 0 &- magnitude : magnitude
  }

  /// The parts of `-12` and `0x1F`, or nil if the text is not an integer.
  private func digits(of token: String) -> (isNegative: Bool, digits: Substring, radix: Int)? {
    let isNegative = token.hasPrefix("-")
    var digits = token.dropFirst(isNegative || token.hasPrefix("+") ? 1 : 0)
    let isHexadecimal = digits.hasPrefix("0x") || digits.hasPrefix("0X")
    if isHexadecimal { digits = digits.dropFirst(2) }
    let areDigits = digits.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        isHexadecimal
      default: false
      }
    }
    return areDigits && !digits.isEmpty ? (isNegative, digits, isHexadecimal ? 16 : 10) : nil
  }

  // MARK: Floats

  private func float<Value: DecimalReadable>(
    _ token: String,
    as type: Value.Type
  ) throws(TensorDataError) -> Value {
    guard let value = Value(nearestTo: token) else { throw notAnElement(token) }
    // Whoever writes digits does not mean infinity, which has a name.
    guard !value.isInfinite || token.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "n") }) else {
      throw TensorDataError(
        .element,
        "\(quoted(token, limit: 40)) is out of range for \(self.type): the largest number is "
          + "\(Value.greatestFiniteMagnitude)"
      )
    }
    return value
  }

  /// `1+2i`, `2i`, `1` or `(1,2)`.
  private func complex<Value: DecimalReadable>(
    _ token: String,
    as type: Value.Type
  ) throws(TensorDataError) -> (real: Value, imaginary: Value) {
    if token.hasPrefix("("), token.hasSuffix(")") {
      let parts = token.dropFirst().dropLast().split { $0 == "," || $0.isWhitespace }
      guard parts.count == 2 else { throw notAnElement(token) }
      return (try float(String(parts[0]), as: type), try float(String(parts[1]), as: type))
    }
    guard token.hasSuffix("i") || token.hasSuffix("j") else {
      return (try float(token, as: type), Value.zero)
    }
    let body = token.dropLast()
    // The sign between the parts is the last one that no exponent owns.
    let sign = body.indices.dropFirst().last { index in
      (body[index] == "+" || body[index] == "-")
        && !"eEpP".contains(body[body.index(before: index)])
    }
    let imaginary = String(sign.map { body[$0...] } ?? body)
    let real = String(sign.map { body[..<$0] } ?? "0")
    // A complaint about digits shows the whole, one about size the part that is too large.
    guard Value(nearestTo: real) != nil, Value(nearestTo: imaginary) != nil else {
      throw notAnElement(token)
    }
    return (try float(real, as: type), try float(imaginary, as: type))
  }

  // MARK: Bytes

  /// Appends the bytes that pairs of hexadecimal digits write, if `token` is that and has all of
  /// them.
  private func appendDigitPairs(_ token: String, to bytes: inout [UInt8]) -> Bool {
    let digits = token.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == token.utf8.count, digits.count == type.bitCount / 4 else { return false }
    for index in stride(from: 0, to: digits.count, by: 2) {
      bytes.append(UInt8(digits[index] << 4 | digits[index + 1]))
    }
    return true
  }

  /// `0x` and as many digits as the element has, as ``TensorElement`` prints it.
  private func appendOpaque(_ token: String, to bytes: inout [UInt8]) throws(TensorDataError) {
    var element: [UInt8] = []
    guard token.hasPrefix("0x"), appendDigitPairs(String(token.dropFirst(2)), to: &element) else {
      throw TensorDataError(
        .element,
        "\(quoted(token, limit: 40)) is not a value of type \(type), which is written as 0x and "
          + "\(type.bitCount / 4) hexadecimal digits"
      )
    }
    bytes += element.reversed()
  }
}

/// A float that can be read from decimal text with a single rounding.
private protocol DecimalReadable: CustomStringConvertible {
  init?(nearestTo text: String)
  var isInfinite: Bool { get }
  static var zero: Self { get }
  static var greatestFiniteMagnitude: Self { get }
}

extension Float16: DecimalReadable {}
extension BFloat16: DecimalReadable {}

extension Float: DecimalReadable {
  fileprivate init?(nearestTo text: String) { self.init(text) }
}

extension Double: DecimalReadable {
  fileprivate init?(nearestTo text: String) { self.init(text) }
}
