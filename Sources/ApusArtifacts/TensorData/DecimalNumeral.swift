/// A positive number written in decimal, exactly: its digits and where the point stands.
///
/// Two things need it. Rounding decimal text to a 16-bit float goes through `Double`, and where the
/// `Double` falls midway between two 16-bit floats only the text tells on which side the number
/// lies. And numbers are printed with as few digits as tell them apart.
struct DecimalNumeral: Hashable {
  /// The digits, 0 to 9, from the first to the last that is not 0; empty for zero.
  private(set) var digits: [UInt8]
  /// The power of ten that the first digit counts.
  private(set) var exponent: Int

  private init(digits: [UInt8], exponent: Int) {
    let first = digits.firstIndex { $0 != 0 } ?? digits.endIndex
    let last = digits.lastIndex { $0 != 0 } ?? first
    self.digits = first == digits.endIndex ? [] : Array(digits[first...last])
    self.exponent = self.digits.isEmpty ? 0 : exponent - first
  }

  /// The number that `text` writes (`12.5`, `-1e-7`), without its sign.
  ///
  /// Nil for anything but decimal digits with an optional point and exponent.
  init?(_ text: some StringProtocol) {
    var rest = Substring(text).utf8
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      rest.removeFirst()
    }
    var digits: [UInt8] = []
    var pointPosition: Int?
    while let byte = rest.first {
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        digits.append(byte - UInt8(ascii: "0"))
      } else if byte == UInt8(ascii: "."), pointPosition == nil {
        pointPosition = digits.count
      } else {
        break
      }
      rest.removeFirst()
    }
    guard !digits.isEmpty else { return nil }
    var power = 0
    if let byte = rest.first {
      guard byte | 0x20 == UInt8(ascii: "e"), let value = Int(Substring(rest.dropFirst())) else {
        return nil
      }
      power = value
    }
    // Ten to the quintillionth is beyond all floats; the bound keeps the sum from overflowing.
    let bounded = max(-1_000_000_000_000_000_000, min(power, 1_000_000_000_000_000_000))
    self.init(digits: digits, exponent: bounded + (pointPosition ?? digits.count) - 1)
  }

  /// Exactly `value`, which is finite and not negative.
  init(_ value: Double) {
    guard value > 0, value.isFinite else {
      self.init(digits: [], exponent: 0)
      return
    }
    var significand = value.significandBitPattern
    var power = Int(value.exponentBitPattern) - 1075
    if value.isNormal { significand |= 1 << 52 } else { power += 1 }
    let zeroBits = significand.trailingZeroBitCount
    significand >>= zeroBits
    power += zeroBits

    // Least significant digit first: multiplying by 2, or by 5 with the point moved, appends at the
    // end.
    var digits: [UInt8] = []
    while significand > 0 {
      digits.append(UInt8(significand % 10))
      significand /= 10
    }
    let factor = power > 0 ? 2 : 5
    for _ in 0..<abs(power) {
      var carry = 0
      for index in digits.indices {
        carry += Int(digits[index]) * factor
        digits[index] = UInt8(carry % 10)
        carry /= 10
      }
      if carry > 0 { digits.append(UInt8(carry)) }
    }
    self.init(digits: digits.reversed(), exponent: digits.count - 1 + min(power, 0))
  }

  /// The nearest `Double`.
  var nearestDouble: Double {
    guard !digits.isEmpty else { return 0 }
    let text = digits.map(String.init).joined()
    return Double("\(text)e\(exponent - digits.count + 1)") ?? .nan
  }

  /// The number itself if it has no more than `count` digits, else the numbers with that many
  /// digits next to it, the nearer first.
  func rounded(toDigits count: Int) -> [DecimalNumeral] {
    guard digits.count > count else { return [self] }
    let below = DecimalNumeral(digits: Array(digits[..<count]), exponent: exponent)
    var raised = [0] + Array(digits[..<count])
    var position = count
    while raised[position] == 9 {
      raised[position] = 0
      position -= 1
    }
    raised[position] += 1
    let above = DecimalNumeral(digits: raised, exponent: exponent + 1)
    return digits[count] >= 5 ? [above, below] : [below, above]
  }
}

extension DecimalNumeral: Comparable {
  static func < (left: DecimalNumeral, right: DecimalNumeral) -> Bool {
    if left.digits.isEmpty || right.digits.isEmpty {
      return left.digits.isEmpty && !right.digits.isEmpty
    }
    if left.exponent != right.exponent { return left.exponent < right.exponent }
    return left.digits.lexicographicallyPrecedes(right.digits)
  }
}

extension DecimalNumeral: CustomStringConvertible {
  /// As Swift writes floats, but with an exponent where digits would have to be made up before the
  /// point: `0.1`, `256.0`, `1000.0`, `3.39e+38`, `1e-05`.
  var description: String {
    guard let first = digits.first else { return "0.0" }
    let text = digits.map(String.init)
    if exponent < -4 || exponent >= max(digits.count, 4) {
      let fraction = text.dropFirst().joined()
      let power = abs(exponent) < 10 ? "0\(abs(exponent))" : "\(abs(exponent))"
      return "\(first)" + (fraction.isEmpty ? "" : "." + fraction)
        + (exponent < 0 ? "e-" : "e+") + power
    }
    if exponent < 0 {
      return "0." + String(repeating: "0", count: -exponent - 1) + text.joined()
    }
    let integer = text.prefix(exponent + 1).joined()
    let fraction = text.dropFirst(exponent + 1).joined()
    return integer + String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + "."
      + (fraction.isEmpty ? "0" : fraction)
  }
}

/// A binary float of 16 bits, the sign first, then the exponent.
protocol SixteenBitFloat {
  init(_ value: Double)
  init(bitPattern: UInt16)
  var bitPattern: UInt16 { get }
  /// The bits of positive infinity.
  static var infinityBits: UInt16 { get }
  /// The bits of the number one binade below infinity: half of where the numbers would continue.
  static var lastBinadeBits: UInt16 { get }
  var exactDouble: Double { get }
}

extension Float16: SixteenBitFloat {
  static var infinityBits: UInt16 { 0x7C00 }
  static var lastBinadeBits: UInt16 { 0x7800 }
  var exactDouble: Double { Double(self) }
}

extension BFloat16: SixteenBitFloat {
  static var infinityBits: UInt16 { 0x7F80 }
  static var lastBinadeBits: UInt16 { 0x7F00 }
  var exactDouble: Double { Double(self) }
}

extension SixteenBitFloat {
  /// The nearest number to decimal `text`, as if `text` had been rounded once; nil if it is not a
  /// number.
  ///
  /// Hexadecimal floats of more than 53 bits are rounded twice.
  init?(nearestTo text: String) {
    guard let double = Double(text) else { return nil }
    let nearest = Self(double)
    self = nearest
    // The rounding above is right unless `double` is itself rounded, onto a tie.
    let magnitudeBits = nearest.bitPattern & 0x7FFF
    let magnitude = double.magnitude
    guard magnitude.isFinite, Self.value(magnitudeBits) != magnitude else { return }
    let lowerBits = Self.value(magnitudeBits) < magnitude ? magnitudeBits : magnitudeBits - 1
    let isTie = Self.value(lowerBits + 1) - magnitude == magnitude - Self.value(lowerBits)
    guard isTie, let written = DecimalNumeral(text) else { return }
    let tie = DecimalNumeral(magnitude)
    if written != tie {
      let bits = written > tie ? lowerBits + 1 : lowerBits
      self.init(bitPattern: bits | nearest.bitPattern & 0x8000)
    }
  }

  /// The value of positive bits; for infinity's, the number that the next exponent would stand for.
  private static func value(_ bits: UInt16) -> Double {
    bits == infinityBits
      ? 2 * Self(bitPattern: lastBinadeBits).exactDouble : Self(bitPattern: bits).exactDouble
  }
}
