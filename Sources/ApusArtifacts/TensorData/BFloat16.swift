/// A number in bfloat16: the upper half of a `Float`, with its range and 8 bits of precision.
///
/// Arithmetic and comparisons follow IEEE 754. Every operation is done in `Float` and rounded once:
/// with more than twice the bits, the result is the same as if it had been rounded directly.
///
/// Swift has no such type; IREE calls it `bf16`, machine learning stores most weights in it.
public struct BFloat16: Sendable, BitwiseCopyable {
  /// The sign bit, eight exponent bits and seven fraction bits.
  public var bitPattern: UInt16

  /// The number with these bits.
  public init(bitPattern: UInt16) {
    self.bitPattern = bitPattern
  }

  /// The nearest number to `value`; of two that are equally near, the one whose last bit is 0.
  ///
  /// Values beyond ``greatestFiniteMagnitude`` by half a unit in the last place or more become
  /// infinite. NaN stays NaN, with its sign.
  public init(_ value: Float) {
    let bits = value.bitPattern
    if value.isNaN {
      // Setting the quiet bit keeps a payload that is all in the lower half from becoming infinity.
      self.init(bitPattern: UInt16(truncatingIfNeeded: bits >> 16) | 0x40)
    } else {
      let roundingBias = 0x7FFF + (bits >> 16 & 1)
      self.init(bitPattern: UInt16(truncatingIfNeeded: (bits &+ roundingBias) >> 16))
    }
  }

  /// The nearest number to `value`; of two that are equally near, the one whose last bit is 0.
  public init(_ value: Double) {
    self.init(Float(roundingToOdd: value))
  }

  /// The largest finite number, about 3.39e38.
  public static let greatestFiniteMagnitude = BFloat16(bitPattern: 0x7F7F)
  /// The smallest positive number with full precision, about 1.18e-38.
  public static let leastNormalMagnitude = BFloat16(bitPattern: 0x0080)
  /// The smallest positive number, about 9.2e-41.
  public static let leastNonzeroMagnitude = BFloat16(bitPattern: 0x0001)
  /// The distance from 1 to the next number, 2⁻⁷.
  public static let ulpOfOne = BFloat16(bitPattern: 0x3C00)
  /// Positive infinity.
  public static let infinity = BFloat16(bitPattern: 0x7F80)
  /// A quiet NaN.
  public static let nan = BFloat16(bitPattern: 0x7FC0)

  /// Whether this is not a number.
  public var isNaN: Bool { Float(self).isNaN }
  /// Whether this is neither infinite nor NaN.
  public var isFinite: Bool { Float(self).isFinite }
  /// Whether this is positive or negative infinity.
  public var isInfinite: Bool { Float(self).isInfinite }
}

extension Float {
  /// The same number: every bfloat16 is a `Float`.
  public init(_ value: BFloat16) {
    self.init(bitPattern: UInt32(value.bitPattern) << 16)
  }

  /// `value` cut off after 24 bits, the last of which is set if anything was lost.
  ///
  /// Rounding that once more, to at most 22 bits, gives what rounding `value` would have given.
  /// Going through the nearest `Float` would not: it may land on a tie that `value` is not on.
  fileprivate init(roundingToOdd value: Double) {
    let nearest = Float(value)
    guard value.isFinite, Double(nearest) != value else {
      self = nearest
      return
    }
    let isTooLarge = Double(nearest).magnitude > value.magnitude
    self.init(bitPattern: (nearest.bitPattern - (isTooLarge ? 1 : 0)) | 1)
  }
}

extension Double {
  /// The same number: every bfloat16 is a `Double`.
  public init(_ value: BFloat16) {
    self.init(Float(value))
  }
}

extension BFloat16: Hashable, Comparable {
  /// Whether both are the same number: 0 equals -0, and NaN nothing.
  public static func == (left: BFloat16, right: BFloat16) -> Bool { Float(left) == Float(right) }

  /// Whether `left` is the smaller number; false where one is NaN.
  public static func < (left: BFloat16, right: BFloat16) -> Bool { Float(left) < Float(right) }

  // Comparable derives the other three by negation, which is wrong for NaN.

  /// Whether `left` is not the larger number; false where one is NaN.
  public static func <= (left: BFloat16, right: BFloat16) -> Bool { Float(left) <= Float(right) }

  /// Whether `left` is the larger number; false where one is NaN.
  public static func > (left: BFloat16, right: BFloat16) -> Bool { Float(left) > Float(right) }

  /// Whether `left` is not the smaller number; false where one is NaN.
  public static func >= (left: BFloat16, right: BFloat16) -> Bool { Float(left) >= Float(right) }

  /// Feeds the number into `hasher`; equal numbers hash alike.
  public func hash(into hasher: inout Hasher) { hasher.combine(Float(self)) }
}

extension BFloat16: SignedNumeric, ExpressibleByFloatLiteral {
  /// The nearest number to a literal such as `0.1`.
  public init(floatLiteral value: Double) { self.init(value) }

  /// The nearest number to a literal such as `3`.
  public init(integerLiteral value: Int64) { self.init(nearestTo: value) }

  /// The number `source`, or nil if there is no bfloat16 of just that value.
  public init?(exactly source: some BinaryInteger) {
    guard let float = Float(exactly: source) else { return nil }
    self.init(float)
    if Float(self) != float { return nil }
  }

  private init(nearestTo integer: Int64) {
    // 64 bits do not fit a Double. Cut to 53, the last of them set if anything was lost, they round
    // as the whole would.
    var magnitude = integer.magnitude
    if magnitude > 1 << 53 {
      let lost = magnitude & 0x7FF
      magnitude = magnitude - lost | (lost == 0 ? 0 : 0x800)
    }
    let double = Double(magnitude)
    self.init(integer < 0 ? -double : double)
  }

  /// The number without its sign.
  public var magnitude: BFloat16 { BFloat16(bitPattern: bitPattern & 0x7FFF) }

  /// Changes the sign, of 0 and NaN too.
  public mutating func negate() { bitPattern ^= 0x8000 }

  /// The sum, rounded.
  public static func + (left: BFloat16, right: BFloat16) -> BFloat16 {
    BFloat16(Float(left) + Float(right))
  }

  /// The difference, rounded.
  public static func - (left: BFloat16, right: BFloat16) -> BFloat16 {
    BFloat16(Float(left) - Float(right))
  }

  /// The product, rounded.
  public static func * (left: BFloat16, right: BFloat16) -> BFloat16 {
    BFloat16(Float(left) * Float(right))
  }

  /// The quotient, rounded.
  public static func / (left: BFloat16, right: BFloat16) -> BFloat16 {
    BFloat16(Float(left) / Float(right))
  }

  /// Multiplies and rounds.
  public static func *= (left: inout BFloat16, right: BFloat16) { left = left * right }

  /// Divides and rounds.
  public static func /= (left: inout BFloat16, right: BFloat16) { left = left / right }
}

extension BFloat16: LosslessStringConvertible {
  /// The nearest number to `text` (`0.1`, `-1e30`, `inf`, `nan`), or nil if `text` is not a number.
  public init?(_ text: String) {
    guard let value = BFloat16(nearestTo: text) else { return nil }
    self = value
  }

  /// The shortest decimal that reads back as this number: `0.1`, `256.0`, `3.39e+38`.
  public var description: String {
    guard isFinite, bitPattern & 0x7FFF != 0 else { return Float(self).description }
    guard let shortest = DecimalNumeral(Float(magnitude).description) else {
      return Float(self).description
    }
    // Four digits tell all bfloat16 apart. Of a given number of digits, the nearest decimal below
    // or above is the first to read back, if any does.
    for digitCount in 1...4 {
      for candidate in shortest.rounded(toDigits: digitCount)
      where BFloat16(candidate.nearestDouble) == magnitude {
        return (bitPattern & 0x8000 == 0 ? "" : "-") + candidate.description
      }
    }
    return Float(self).description
  }
}
