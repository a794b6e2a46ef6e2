/// How far a tensor is from what it should be.
///
/// Floats may differ by the tolerance, integers and truth values not at all. NaN equals NaN here,
/// and an infinity itself. Complex numbers are as far apart as they are in the plane.
public struct TensorComparison: Sendable {
  /// How far apart two floats may be and still count as the same.
  public struct Tolerance: Hashable, Sendable {
    /// What any value may be off by.
    public var absolute: Double
    /// What a value may be off by in addition, as a part of the expected value's magnitude.
    public var relative: Double

    /// A tolerance for which `|actual - expected| <= absolute + relative * |expected|` must hold.
    public init(absolute: Double, relative: Double) {
      self.absolute = absolute
      self.relative = relative
    }

    /// None: values are the same or they differ.
    public static let exact = Tolerance(absolute: 0, relative: 0)

    /// What results of the same program on different hardware, or of another program for the same
    /// mathematics, may differ by as a rule.
    ///
    /// | element type | absolute | relative |
    /// |---|---|---|
    /// | `f64`, `complex<f64>` | 1e-9 | 1e-9 |
    /// | `f32`, `complex<f32>` | 1e-4 | 1e-4 |
    /// | `f16` | 1e-3 | 1e-2 |
    /// | `bf16` | 1e-2 | 2e-2 |
    /// | all others | 0 | 0 |
    ///
    /// The absolute ones of `f16` and `f32` are those of `iree-run-module`, which has no relative
    /// ones. The relative ones are some 800 units in the last place of `f32`, ten of `f16` and
    /// three of `bf16`: small formats have few to give.
    public static func standard(for type: ElementType) -> Tolerance {
      switch type {
      case .f64, .complexF64: Tolerance(absolute: 1e-9, relative: 1e-9)
      case .f32, .complexF32: Tolerance(absolute: 1e-4, relative: 1e-4)
      case .f16: Tolerance(absolute: 1e-3, relative: 1e-2)
      case .bf16: Tolerance(absolute: 1e-2, relative: 2e-2)
      default: .exact
      }
    }
  }

  /// Two elements that are not the same.
  public struct Difference: Sendable, Equatable {
    /// Where, one number a dimension.
    public var index: [Int]
    /// What is there.
    public var actual: TensorElement
    /// What should be there.
    public var expected: TensorElement
    /// `|actual - expected|`; infinite where only one of them is finite or a number.
    public var absoluteError: Double
    /// The absolute error as a part of the expected value's magnitude; nil where that is 0.
    public var relativeError: Double?
  }

  /// The type of what is there.
  public let actualType: TensorType
  /// The type of what should be there.
  public let expectedType: TensorType
  /// What values may differ by.
  public let tolerance: Tolerance
  /// How many elements differ by more than the tolerance.
  public private(set) var differenceCount = 0
  /// The first that do.
  public private(set) var firstDifference: Difference?
  /// The elements that are furthest apart, within the tolerance or not; nil if all are equal.
  public private(set) var largestAbsoluteError: Difference?
  /// The elements that are furthest apart in relation to their size; those that should be 0 do not
  /// count.
  public private(set) var largestRelativeError: Difference?

  private let count: Int

  /// Compares two tensors.
  ///
  /// Integers of the same width are of the same type if one of them has no signedness.
  ///
  /// - Parameters:
  ///   - actual: what came out.
  ///   - expected: what should have.
  ///   - tolerance: what floats may differ by; nil for what is standard for `expected`'s type.
  public init(actual: TensorData, expected: TensorData, tolerance: Tolerance? = nil) {
    actualType = actual.type
    expectedType = expected.type
    self.tolerance = tolerance ?? .standard(for: expected.elementType)
    count = expected.count
    guard haveSameType, actual.bytes != expected.bytes else { return }
    // Of two integer types, one may read the bits as signed and the other not.
    let actual = TensorData(
      unchecked: actual.bytes,
      elementType: expected.elementType,
      shape: actual.shape
    )
    compare(actual.elements, expected.elements, expected)
  }

  /// Whether element types and shapes agree; if not, no element is compared.
  public var haveSameType: Bool {
    actualType.elementType.matches(expectedType.elementType)
      && actualType.dimensions == expectedType.dimensions
  }

  /// Whether the tensors are the same within the tolerance.
  public var isMatch: Bool { haveSameType && differenceCount == 0 }

  private mutating func compare(
    _ actual: TensorData.Elements,
    _ expected: TensorData.Elements,
    _ data: TensorData
  ) {
    var first: Int?
    var largestAbsolute: (position: Int, error: Double)?
    var largestRelative: (position: Int, error: Double)?
    for position in expected.indices {
      let distance = Distance(actual[position], expected[position])
      guard distance.error > 0 else { continue }
      if !distance.isWithin(tolerance) {
        differenceCount += 1
        first = first ?? position
      }
      if distance.error > largestAbsolute?.error ?? 0 {
        largestAbsolute = (position, distance.error)
      }
      if let relative = distance.relativeError, relative > largestRelative?.error ?? 0 {
        largestRelative = (position, relative)
      }
    }
    func difference(_ position: Int) -> Difference {
      let distance = Distance(actual[position], expected[position])
      return Difference(
        index: data.index(ofElement: position),
        actual: actual[position],
        expected: expected[position],
        absoluteError: distance.error,
        relativeError: distance.relativeError
      )
    }
    firstDifference = first.map(difference)
    largestAbsoluteError = (largestAbsolute?.position).map(difference)
    largestRelativeError = (largestRelative?.position).map(difference)
  }
}

/// How far apart two elements of the same type are.
private struct Distance {
  /// 0 where they count as equal, infinite where there is no telling how far apart they are.
  let error: Double
  private let magnitude: Double
  private let isExact: Bool

  init(_ actual: TensorElement, _ expected: TensorElement) {
    switch (actual, expected) {
    case (.signed(let actual), .signed(let expected)):
      // Beyond 2⁵³, the difference of the two as Doubles could be 0.
      let difference =
        actual > expected
        ? UInt64(bitPattern: actual &- expected) : UInt64(bitPattern: expected &- actual)
      self.init(Double(difference), Double(expected).magnitude, isExact: true)
    case (.unsigned(let actual), .unsigned(let expected)):
      let difference = actual > expected ? actual - expected : expected - actual
      self.init(Double(difference), Double(expected), isExact: true)
    case (.bool(let actual), .bool(let expected)):
      self.init(actual == expected ? 0 : 1, expected ? 1 : 0, isExact: true)
    case (.opaque, _):
      self.init(actual == expected ? 0 : .infinity, .infinity, isExact: true)
    default:
      if let actual = actual.parts, let expected = expected.parts {
        self.init(
          length(
            Self.distance(actual.real, expected.real),
            Self.distance(actual.imaginary, expected.imaginary)
          ),
          length(expected.real.magnitude, expected.imaginary.magnitude),
          isExact: false
        )
      } else {
        let expected = expected.doubleValue ?? .nan
        self.init(
          Self.distance(actual.doubleValue ?? .nan, expected),
          expected.magnitude,
          isExact: false
        )
      }
    }
  }

  private init(_ error: Double, _ magnitude: Double, isExact: Bool) {
    self.error = error
    self.magnitude = magnitude
    self.isExact = isExact
  }

  private static func distance(_ actual: Double, _ expected: Double) -> Double {
    if actual == expected || actual.isNaN && expected.isNaN { return 0 }
    return actual.isFinite && expected.isFinite ? (actual - expected).magnitude : .infinity
  }

  func isWithin(_ tolerance: TensorComparison.Tolerance) -> Bool {
    if error == 0 { return true }
    // An infinite error is never within: infinity times a relative tolerance would allow it.
    return !isExact && error.isFinite
      && error <= tolerance.absolute + tolerance.relative * (magnitude.isFinite ? magnitude : 0)
  }

  var relativeError: Double? {
    if error.isInfinite { return error }
    return magnitude > 0 && magnitude.isFinite ? error / magnitude : nil
  }
}

/// The hypotenuse, without overflow on the way.
private func length(_ x: Double, _ y: Double) -> Double {
  let larger = max(x, y)
  guard larger > 0, larger.isFinite else { return larger }
  let ratio = min(x, y) / larger
  return larger * (1 + ratio * ratio).squareRoot()
}

extension TensorComparison: CustomStringConvertible {
  /// One line: the same or not, the first difference and the largest ones.
  public var description: String {
    guard haveSameType else {
      return "expected a tensor of type \(expectedType), got \(actualType)"
    }
    guard let first = firstDifference else {
      guard let largest = largestAbsoluteError else { return "all \(elementCount) are equal" }
      return "all \(elementCount) are equal within the tolerance: largest absolute error "
        + Self.text(largest.absoluteError) + Self.place(largest)
    }
    var line =
      "\(differenceCount) of \(elementCount) \(differenceCount == 1 ? "differs" : "differ")"
    line += ": first\(Self.place(first)): expected \(first.expected), got \(first.actual)"
    if let largest = largestAbsoluteError {
      line += "; largest absolute error \(Self.text(largest.absoluteError))\(Self.place(largest))"
    }
    if let largest = largestRelativeError, let error = largest.relativeError {
      line += ", relative \(Self.text(error))\(Self.place(largest))"
    }
    return line
  }

  private var elementCount: String { count == 1 ? "1 element" : "\(count) elements" }

  private static func place(_ difference: Difference) -> String {
    let index = difference.index.map(String.init).joined(separator: ", ")
    return difference.index.isEmpty ? "" : " at [\(index)]"
  }

  /// An error to three digits.
  private static func text(_ error: Double) -> String {
    let rounded = DecimalNumeral(error.description)?.rounded(toDigits: 3).first
    return TensorElement.double(rounded?.nearestDouble ?? error).description
  }
}
