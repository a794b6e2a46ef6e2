public import ComplexModule

/// A Swift type that is laid out in memory as a tensor's elements are.
///
/// `Bool`, the integers of 8 to 64 bits, `Float16`, ``BFloat16``, `Float`, `Double`,
/// `Complex<Float>` and `Complex<Double>` are. A type of your own must not conform unless its bytes
/// are the element's bytes.
public protocol TensorScalar: Sendable, Equatable {
  /// The type of the elements of a tensor made from such values.
  static var elementType: ElementType { get }
  /// Whether elements of `elementType` can be read as such values, unchanged.
  static func canRead(_ elementType: ElementType) -> Bool
}

extension TensorScalar {
  /// Whether `elementType` is the type's own.
  public static func canRead(_ elementType: ElementType) -> Bool { elementType == Self.elementType }
}

extension TensorScalar where Self: FixedWidthInteger {
  /// Whether elements are integers of this width, and of this signedness if they have any.
  public static func canRead(_ elementType: ElementType) -> Bool {
    ElementType.integer(bits: bitWidth, isSigned: isSigned).matches(elementType)
  }
}

extension Bool: TensorScalar {
  /// `i1`, a byte each.
  public static var elementType: ElementType { .bool }
}

// StableHLO's signed integers have no signedness in IREE, its unsigned ones may have.

extension Int8: TensorScalar {
  /// `i8`, without signedness.
  public static var elementType: ElementType { .i8 }
}

extension Int16: TensorScalar {
  /// `i16`, without signedness.
  public static var elementType: ElementType { .i16 }
}

extension Int32: TensorScalar {
  /// `i32`, without signedness.
  public static var elementType: ElementType { .i32 }
}

extension Int64: TensorScalar {
  /// `i64`, without signedness.
  public static var elementType: ElementType { .i64 }
}

extension UInt8: TensorScalar {
  /// `ui8`.
  public static var elementType: ElementType { .ui8 }
}

extension UInt16: TensorScalar {
  /// `ui16`.
  public static var elementType: ElementType { .ui16 }
}

extension UInt32: TensorScalar {
  /// `ui32`.
  public static var elementType: ElementType { .ui32 }
}

extension UInt64: TensorScalar {
  /// `ui64`.
  public static var elementType: ElementType { .ui64 }
}

extension Float16: TensorScalar {
  /// `f16`.
  public static var elementType: ElementType { .f16 }
}

extension BFloat16: TensorScalar {
  /// `bf16`.
  public static var elementType: ElementType { .bf16 }
}

extension Float: TensorScalar {
  /// `f32`.
  public static var elementType: ElementType { .f32 }
}

extension Double: TensorScalar {
  /// `f64`.
  public static var elementType: ElementType { .f64 }
}

extension Complex: TensorScalar where RealType: TensorScalar {
  /// `complex` of the parts' type.
  public static var elementType: ElementType {
    let part = RealType.elementType
    let complexCode = ElementType.complexF32.rawValue & 0xFF00_0000
    return ElementType(rawValue: complexCode | UInt32(2 * part.bitCount))
  }
}

extension TensorData {
  /// A tensor of the given values, in row-major order.
  ///
  /// - Throws: `TensorDataError` if there are more or fewer values than the shape asks for, a
  ///   dimension is negative, or the size overflows.
  public init<Scalar: TensorScalar>(
    _ scalars: [Scalar],
    shape: [Int]
  ) throws(TensorDataError) {
    let byteCount = try Self.byteCount(elementType: Scalar.elementType, shape: shape)
    guard scalars.count * MemoryLayout<Scalar>.stride == byteCount else {
      let count = byteCount / max(1, MemoryLayout<Scalar>.stride)
      throw TensorDataError(
        .elementCount,
        "\(TensorType(Scalar.elementType, shape)) has \(count) elements, got \(scalars.count)"
      )
    }
    self.init(
      unchecked: scalars.withUnsafeBytes { Array($0) },
      elementType: Scalar.elementType,
      shape: shape
    )
  }

  /// The elements as Swift values, in row-major order.
  ///
  /// Integers without signedness can be read as signed and as unsigned ones.
  ///
  /// - Throws: `TensorDataError` if the elements are of another type.
  public func scalars<Scalar: TensorScalar>(
    as type: Scalar.Type = Scalar.self
  ) throws(TensorDataError) -> [Scalar] {
    guard Scalar.canRead(elementType), MemoryLayout<Scalar>.stride == bytesPerElement else {
      throw TensorDataError(
        .elementType,
        "elements of type \(elementType) cannot be read as \(Scalar.self)"
      )
    }
    // A Bool that is neither 0 nor 1 in memory is undefined behaviour, and files hold what they
    // like.
    let source = elementType == .bool ? bytes.map { $0 == 0 ? 0 : 1 } : bytes
    return Array(unsafeUninitializedCapacity: count) { buffer, initializedCount in
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: source)
      initializedCount = count
    }
  }
}
