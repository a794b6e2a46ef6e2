/// A tensor's elements as bytes in memory: row-major, without gaps, little-endian.
///
/// This is what files and texts are read into and written from, and what is compared. It belongs to
/// no device and needs no runtime:
///
/// ```swift
/// let a = try TensorData(parsing: "2x2xf32=1 2 3 4")
/// let b = try TensorData(contentsOfNPY: "expected.npy")
/// print(TensorComparison(actual: a, expected: b))
/// try a.write(toNPY: "actual.npy")
/// ```
///
/// Two are equal if their type, shape and bytes are; for numbers that are nearly the same, and for
/// NaN, see ``TensorComparison``.
public struct TensorData: Sendable, Equatable {
  /// The type of the elements.
  public let elementType: ElementType
  /// The dimensions, outermost first; empty for a tensor that holds one element.
  public let shape: [Int]
  /// The elements; a truth value is a byte, false where it is 0.
  public let bytes: [UInt8]

  /// A tensor of the given bytes.
  ///
  /// - Throws: `TensorDataError` if a dimension is negative, the size overflows, the element type
  ///   is packed into less than a byte, or the shape asks for another number of bytes.
  public init(
    elementType: ElementType,
    shape: [Int],
    bytes: [UInt8]
  ) throws(TensorDataError) {
    let byteCount = try Self.byteCount(elementType: elementType, shape: shape)
    guard bytes.count == byteCount else {
      throw TensorDataError(
        .size,
        "\(TensorType(elementType, shape)) is \(byteCount) bytes, got \(bytes.count)"
      )
    }
    self.init(unchecked: bytes, elementType: elementType, shape: shape)
  }

  /// A tensor whose byte count is known to be right.
  init(unchecked bytes: [UInt8], elementType: ElementType, shape: [Int]) {
    self.elementType = elementType
    self.shape = shape
    self.bytes = bytes
  }

  /// How many elements there are.
  public var count: Int {
    // The initialisers have proved that this neither overflows nor divides by zero.
    bytes.count / bytesPerElement
  }

  var bytesPerElement: Int { elementType.byteCount ?? 1 }

  /// The element type and dimensions.
  public var type: TensorType { TensorType(elementType, shape) }

  /// IREE's tools stop at as many dimensions, NumPy at half of them.
  private static let rankLimit = 128

  /// How many bytes a tensor has.
  ///
  /// The product of all dimensions that are not 0 must fit as well: it is what strides are made of.
  ///
  /// - Throws: `TensorDataError` if a dimension is negative, there are more than 128, the size
  ///   overflows, or the element type is packed into less than a byte.
  public static func byteCount(
    elementType: ElementType,
    shape: [Int]
  ) throws(TensorDataError) -> Int {
    guard let elementSize = elementType.byteCount else {
      throw TensorDataError(
        .elementType,
        "elements of type \(elementType) do not fill whole bytes"
      )
    }
    guard shape.count <= rankLimit else {
      throw TensorDataError(
        .shape,
        "a tensor of \(shape.count) dimensions: there can be \(rankLimit)"
      )
    }
    var size = elementSize
    for (axis, dimension) in shape.enumerated() {
      guard dimension >= 0 else {
        throw TensorDataError(.shape, "dimension \(axis) is negative: \(dimension)")
      }
      let (product, overflow) = size.multipliedReportingOverflow(by: max(dimension, 1))
      guard !overflow else {
        throw TensorDataError(
          .shape,
          "the size of \(TensorType(elementType, shape)) overflows 64 bits"
        )
      }
      size = product
    }
    return shape.contains(0) ? 0 : size
  }

  /// The multi-dimensional index of the element at `position` in row-major order.
  package func index(ofElement position: Int) -> [Int] {
    var rest = position
    var index = shape
    for axis in shape.indices.reversed() where shape[axis] > 0 {
      index[axis] = rest % shape[axis]
      rest /= shape[axis]
    }
    return index
  }
}
