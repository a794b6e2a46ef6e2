/// The type of a tensor's elements, in IREE's encoding.
///
/// The raw value is `iree_hal_element_type_t`: the numerical type in the top byte, the bit count in
/// the low 16 bits (`iree/hal/buffer_view.h`). Types that have no name here can still be passed
/// through a program; ``description`` spells the ones that MLIR has a word for.
public struct ElementType: RawRepresentable, Hashable, Sendable {
  /// The `iree_hal_element_type_t` value.
  public var rawValue: UInt32

  /// Wraps an `iree_hal_element_type_t` value.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  private init(_ numericalType: NumericalType, bits: UInt32) {
    self.init(rawValue: numericalType.rawValue << 24 | bits)
  }

  /// A truth value in one byte: 0 is false, 1 is true.
  ///
  /// MLIR's `i1`.
  public static let bool = ElementType(.boolean, bits: 8)
  /// An 8-bit integer of no particular signedness.
  public static let i8 = ElementType(.integer, bits: 8)
  /// A 16-bit integer of no particular signedness.
  public static let i16 = ElementType(.integer, bits: 16)
  /// A 32-bit integer of no particular signedness.
  public static let i32 = ElementType(.integer, bits: 32)
  /// A 64-bit integer of no particular signedness.
  public static let i64 = ElementType(.integer, bits: 64)
  /// A signed 8-bit integer.
  public static let si8 = ElementType(.signedInteger, bits: 8)
  /// A signed 16-bit integer.
  public static let si16 = ElementType(.signedInteger, bits: 16)
  /// A signed 32-bit integer.
  public static let si32 = ElementType(.signedInteger, bits: 32)
  /// A signed 64-bit integer.
  public static let si64 = ElementType(.signedInteger, bits: 64)
  /// An unsigned 8-bit integer.
  public static let ui8 = ElementType(.unsignedInteger, bits: 8)
  /// An unsigned 16-bit integer.
  public static let ui16 = ElementType(.unsignedInteger, bits: 16)
  /// An unsigned 32-bit integer.
  public static let ui32 = ElementType(.unsignedInteger, bits: 32)
  /// An unsigned 64-bit integer.
  public static let ui64 = ElementType(.unsignedInteger, bits: 64)
  /// IEEE 754 binary16.
  public static let f16 = ElementType(.float, bits: 16)
  /// IEEE 754 binary32.
  public static let f32 = ElementType(.float, bits: 32)
  /// IEEE 754 binary64.
  public static let f64 = ElementType(.float, bits: 64)
  /// The upper half of a binary32: 8 exponent bits, 7 fraction bits.
  public static let bf16 = ElementType(.brainFloat, bits: 16)
  /// A complex number of two binary32.
  public static let complexF32 = ElementType(.complex, bits: 64)
  /// A complex number of two binary64.
  public static let complexF64 = ElementType(.complex, bits: 128)

  /// An integer whose signedness is known.
  static func integer(bits: Int, isSigned: Bool) -> ElementType {
    ElementType(isSigned ? .signedInteger : .unsignedInteger, bits: UInt32(bits))
  }

  /// `iree_hal_numerical_type_t`.
  private enum NumericalType: UInt32 {
    case integer = 0x10
    case signedInteger = 0x11
    case unsignedInteger = 0x12
    case boolean = 0x13
    case float = 0x21
    case brainFloat = 0x22
    case complex = 0x23
  }

  private var numericalType: NumericalType? { NumericalType(rawValue: rawValue >> 24) }

  /// The size of an element in bits.
  public var bitCount: Int { Int(rawValue & 0xFFFF) }

  /// The size of an element in bytes, or nil where elements are packed into less than a byte.
  public var byteCount: Int? {
    bitCount > 0 && bitCount.isMultiple(of: 8) ? bitCount / 8 : nil
  }

  /// Whether elements are integers; truth values are not.
  public var isInteger: Bool {
    switch numericalType {
    case .integer, .signedInteger, .unsignedInteger: true
    default: false
    }
  }

  /// Whether elements are real floating-point numbers.
  public var isFloatingPoint: Bool { rawValue >> 24 >= 0x20 && !isComplex }

  /// Whether elements are complex numbers.
  public var isComplex: Bool { numericalType == .complex }

  /// Whether a value of this type may stand where `other` is wanted: the same type, or an integer of
  /// the same width where one of the two has no signedness.
  public func matches(_ other: ElementType) -> Bool {
    self == other
      || isInteger && other.isInteger && bitCount == other.bitCount
        && (numericalType == .integer || other.numericalType == .integer)
  }

  /// The types by MLIR's spelling.
  private static let byName: [String: ElementType] = {
    var types: [String: ElementType] = [
      "i1": .bool, "bool": .bool, "f16": .f16, "f32": .f32, "f64": .f64, "bf16": .bf16,
      "complex<f32>": .complexF32, "complex<f64>": .complexF64,
      "c64": .complexF32, "c128": .complexF64,
      "i4": ElementType(.integer, bits: 4), "si4": ElementType(.signedInteger, bits: 4),
      "ui4": ElementType(.unsignedInteger, bits: 4),
    ]
    for bits in [8, 16, 32, 64] as [UInt32] {
      types["i\(bits)"] = ElementType(.integer, bits: bits)
      types["si\(bits)"] = ElementType(.signedInteger, bits: bits)
      types["ui\(bits)"] = ElementType(.unsignedInteger, bits: bits)
    }
    for (name, code) in float8Formats { types[name] = ElementType(rawValue: code << 24 | 8) }
    return types
  }()

  /// The 8-bit floating-point formats by MLIR's spelling, with their numerical type.
  private static let float8Formats: [(name: String, numericalType: UInt32)] = [
    ("f8E5M2", 0x24), ("f8E4M3FN", 0x25), ("f8E5M2FNUZ", 0x26), ("f8E4M3FNUZ", 0x27),
    ("f8E8M0FNU", 0x28),
  ]

  /// The type with MLIR's spelling `name` (`f32`, `ui8`, `complex<f64>`), or nil if there is none.
  ///
  /// `bool`, `c64` and `c128` are accepted for `i1`, `complex<f32>` and `complex<f64>`.
  public init?(_ name: some StringProtocol) {
    guard let type = Self.byName[String(name)] else { return nil }
    self = type
  }
}

extension ElementType: CustomStringConvertible {
  /// MLIR's spelling: `f32`, `ui8`, `i1`, `complex<f64>`.
  public var description: String {
    switch numericalType {
    case .integer: "i\(bitCount)"
    case .signedInteger: "si\(bitCount)"
    case .unsignedInteger: "ui\(bitCount)"
    case .boolean: "i1"
    case .float: "f\(bitCount)"
    case .brainFloat: "bf\(bitCount)"
    case .complex: "complex<f\(bitCount / 2)>"
    case nil:
      Self.float8Formats.first { $0.numericalType == rawValue >> 24 }?.name
        ?? "0x" + String(rawValue, radix: 16)
    }
  }

  /// The Swift type that holds an element (`Float`, `Complex<Double>`), or MLIR's spelling where
  /// there is none.
  public var swiftName: String {
    switch self {
    case .bool: "Bool"
    case .f16: "Float16"
    case .bf16: "BFloat16"
    case .f32: "Float"
    case .f64: "Double"
    case .complexF32: "Complex<Float>"
    case .complexF64: "Complex<Double>"
    case _ where isInteger && bitCount >= 8:
      (numericalType == .unsignedInteger ? "UInt" : "Int") + String(bitCount)
    default: description
    }
  }
}
