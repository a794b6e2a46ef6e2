/// One element of a tensor whose type is only known at run time.
///
/// Its description is what ``TensorData/text`` writes: as few digits as read back the same.
public enum TensorElement: Sendable, Equatable {
  /// A truth value.
  case bool(Bool)
  /// A signed integer, or one that has no signedness.
  case signed(Int64)
  /// An unsigned integer.
  case unsigned(UInt64)
  /// IEEE 754 binary16.
  case float16(Float16)
  /// bfloat16.
  case bfloat16(BFloat16)
  /// IEEE 754 binary32.
  case float(Float)
  /// IEEE 754 binary64.
  case double(Double)
  /// A complex number of two binary32.
  case complexFloat(real: Float, imaginary: Float)
  /// A complex number of two binary64.
  case complexDouble(real: Double, imaginary: Double)
  /// An element of a type that Swift has no counterpart of: its bytes, the lowest first.
  case opaque(ArraySlice<UInt8>)

  /// A real or integral element as the nearest `Double`, true as 1; nil for the others.
  public var doubleValue: Double? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .signed(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .float16(let value): Double(value)
    case .bfloat16(let value): Double(value)
    case .float(let value): Double(value)
    case .double(let value): value
    case .complexFloat, .complexDouble, .opaque: nil
    }
  }

  /// The two parts of a complex element, nil for the others.
  var parts: (real: Double, imaginary: Double)? {
    switch self {
    case .complexFloat(let real, let imaginary): (Double(real), Double(imaginary))
    case .complexDouble(let real, let imaginary): (real, imaginary)
    default: nil
    }
  }
}

extension TensorElement: CustomStringConvertible {
  /// `1`, `-5`, `0.1`, `nan`, `-inf`, `1+2i`, `0x1f`.
  public var description: String {
    switch self {
    case .bool(let value): value ? "1" : "0"
    case .signed(let value): String(value)
    case .unsigned(let value): String(value)
    case .float16(let value): Self.text(value.description)
    case .bfloat16(let value): Self.text(value.description)
    case .float(let value): Self.text(value.description)
    case .double(let value): Self.text(value.description)
    case .complexFloat(let real, let imaginary):
      Self.text(real.description, imaginary.description)
    case .complexDouble(let real, let imaginary):
      Self.text(real.description, imaginary.description)
    case .opaque(let bytes):
      "0x"
        + bytes.reversed().map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
        .joined()
    }
  }

  /// Swift's shortest digits, without the `.0` of whole numbers and the sign of NaN.
  private static func text(_ float: String) -> String {
    if float.hasSuffix(".0") { return String(float.dropLast(2)) }
    return float == "-nan" ? "nan" : float
  }

  private static func text(_ real: String, _ imaginary: String) -> String {
    let imaginary = text(imaginary)
    return text(real) + (imaginary.hasPrefix("-") ? "" : "+") + imaginary + "i"
  }
}

extension TensorData {
  /// A tensor's elements in row-major order, each made when it is asked for.
  public struct Elements: RandomAccessCollection, Sendable {
    private let bytes: [UInt8]
    private let representation: ElementRepresentation
    private let stride: Int

    fileprivate init(_ data: TensorData) {
      bytes = data.bytes
      representation = ElementRepresentation(data.elementType)
      stride = data.bytesPerElement
    }

    /// 0, the position of the first element.
    public var startIndex: Int { 0 }
    /// How many elements there are.
    public var endIndex: Int { bytes.count / stride }

    /// The element at `position`, which must be from 0 up to the number of elements.
    public subscript(position: Int) -> TensorElement {
      let offset = position * stride
      func load<T: BitwiseCopyable>(_ partIndex: Int = 0, as type: T.Type = T.self) -> T {
        bytes.withUnsafeBytes {
          $0.loadUnaligned(fromByteOffset: offset + partIndex * MemoryLayout<T>.size, as: type)
        }
      }
      switch representation {
      case .bool: return .bool(bytes[offset] != 0)
      case .int8: return .signed(Int64(load(as: Int8.self)))
      case .int16: return .signed(Int64(load(as: Int16.self)))
      case .int32: return .signed(Int64(load(as: Int32.self)))
      case .int64: return .signed(load())
      case .uint8: return .unsigned(UInt64(load(as: UInt8.self)))
      case .uint16: return .unsigned(UInt64(load(as: UInt16.self)))
      case .uint32: return .unsigned(UInt64(load(as: UInt32.self)))
      case .uint64: return .unsigned(load())
      case .float16: return .float16(load())
      case .bfloat16: return .bfloat16(load())
      case .float: return .float(load())
      case .double: return .double(load())
      case .complexFloat: return .complexFloat(real: load(), imaginary: load(1))
      case .complexDouble: return .complexDouble(real: load(), imaginary: load(1))
      case .opaque: return .opaque(bytes[offset..<offset + stride])
      }
    }
  }

  /// The elements in row-major order.
  public var elements: Elements { Elements(self) }
}

/// How elements lie in memory, as a value that a switch is fast on.
enum ElementRepresentation: Sendable {
  case bool
  case int8, int16, int32, int64
  case uint8, uint16, uint32, uint64
  case float16, bfloat16, float, double
  case complexFloat, complexDouble
  case opaque

  init(_ type: ElementType) {
    self =
      switch type {
      case .bool: .bool
      case .i8, .si8: .int8
      case .i16, .si16: .int16
      case .i32, .si32: .int32
      case .i64, .si64: .int64
      case .ui8: .uint8
      case .ui16: .uint16
      case .ui32: .uint32
      case .ui64: .uint64
      case .f16: .float16
      case .bf16: .bfloat16
      case .f32: .float
      case .f64: .double
      case .complexF32: .complexFloat
      case .complexF64: .complexDouble
      default: .opaque
      }
  }
}
