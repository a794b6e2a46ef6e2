/// How the elements of a tensor are laid out in memory, as MLIR names their type.
enum ElementFormat: Hashable, Sendable {
  /// One byte, 0 or 1.
  case bool
  /// So many bits.
  case integer(bits: Int)
  /// A binary floating-point number.
  case float(FloatFormat)
  /// Two of them, the real part first.
  case complex(FloatFormat)

  /// The format of `i1`, `ui16`, `bf16`, `complex<f64>` and the like; nil for others.
  init?(_ name: some StringProtocol) {
    if let format = FloatFormat(rawValue: String(name)) {
      self = .float(format)
    } else if name.hasPrefix("complex<"), name.hasSuffix(">"),
      let format = FloatFormat(rawValue: String(name.dropFirst(8).dropLast()))
    {
      self = .complex(format)
    } else if name == "i1" {
      self = .bool
    } else {
      let digits = name.drop { !$0.isNumber }
      guard ["i", "si", "ui"].contains(String(name.prefix(name.count - digits.count))),
        let bits = Int(digits), 1...64 ~= bits
      else { return nil }
      self = .integer(bits: bits)
    }
  }

  /// The bytes an element takes; integers narrower than a byte take one.
  var byteCount: Int {
    switch self {
    case .bool: 1
    case .integer(let bits): (bits + 7) / 8
    case .float(let format): format.byteCount
    case .complex(let format): 2 * format.byteCount
    }
  }
}

/// A binary floating-point format.
enum FloatFormat: String, Sendable {
  case f16, bf16, f32, f64

  var byteCount: Int {
    switch self {
    case .f16, .bf16: 2
    case .f32: 4
    case .f64: 8
    }
  }

  /// The bits of the fraction.
  private var fractionBits: Int {
    switch self {
    case .f16: 10
    case .bf16: 7
    case .f32: 23
    case .f64: 52
    }
  }

  /// The exponent of the smallest number with full precision.
  private var leastNormalExponent: Int { self == .f16 ? -14 : self == .f64 ? -1022 : -126 }

  /// The distance from a number of this size to the next one.
  ///
  /// - Parameter magnitude: finite.
  func ulp(at magnitude: Double) -> Double {
    let exponent =
      magnitude == 0 ? leastNormalExponent : max(Int(magnitude.exponent), leastNormalExponent)
    return Double(sign: .plus, exponent: exponent - fractionBits, significand: 1)
  }

  /// The number with these bits.
  func value(bits: UInt64) -> Double {
    switch self {
    case .f16: Double(Float16(bitPattern: UInt16(truncatingIfNeeded: bits)))
    case .bf16: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16))
    case .f32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .f64: Double(bitPattern: bits)
    }
  }

  /// The bits of the number nearest to `value`.
  func bits(_ value: Double) -> UInt64 {
    switch self {
    case .f16: UInt64(Float16(value).bitPattern)
    case .f32: UInt64(Float(value).bitPattern)
    case .f64: value.bitPattern
    case .bf16: Self.brainFloatBits(Float(value))
    }
  }

  /// The upper half of a Float, rounded to the nearest.
  ///
  /// That the Float was rounded before does not show: MLIR prints more digits of a number than decide
  /// between two of this type.
  private static func brainFloatBits(_ value: Float) -> UInt64 {
    if value.isNaN { return 0x7FC0 }
    let bits = value.bitPattern
    return UInt64((bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
  }
}
