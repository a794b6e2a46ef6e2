/// How far a result is from what it should be.
struct Difference: Hashable, Sendable, Codable {
  /// The largest distance, in units in the last place of what is expected; infinite where one is NaN
  /// or infinite and the other not, or where integers differ.
  var ulps: Double
  /// Which result, and which of its elements in row-major order, is furthest off.
  var result: Int
  var element: Int
  /// That element.
  var actual: String
  var expected: String
  /// How many elements are beyond the tolerance.
  var count: Int

  /// Compares results, given as bytes, with what is expected.
  ///
  /// - Returns: nil if all elements are the same; zeros of either sign are, and NaNs are.
  init?(_ results: [[UInt8]], from expected: [TensorLiteral], tolerance: Double) {
    var worst: Difference?
    var count = 0
    for (result, (bytes, literal)) in zip(results, expected).enumerated() {
      for element in 0..<literal.count {
        let actual = Element(bytes, at: element, literal.format)
        let wanted = Element(literal.bytes, at: element, literal.format)
        let ulps = actual.distance(from: wanted, literal.format)
        let limit =
          if case .complex = literal.format { max(tolerance, Subject.complexTolerance) } else {
            tolerance
          }
        if ulps > limit { count += 1 }
        guard ulps > worst?.ulps ?? 0 else { continue }
        worst = Difference(
          ulps: ulps,
          result: result,
          element: element,
          actual: actual.description,
          expected: wanted.description,
          count: 0
        )
      }
    }
    guard var worst else { return nil }
    worst.count = count
    self = worst
  }

  private init(
    ulps: Double,
    result: Int,
    element: Int,
    actual: String,
    expected: String,
    count: Int
  ) {
    self.ulps = ulps
    self.result = result
    self.element = element
    self.actual = actual
    self.expected = expected
    self.count = count
  }
}

/// An element of a tensor.
private enum Element: CustomStringConvertible {
  case bits(UInt64)
  case real(Double)
  case complex(Double, Double)

  init(_ bytes: [UInt8], at position: Int, _ format: ElementFormat) {
    func bits(_ part: Int, of byteCount: Int) -> UInt64 {
      let start = position * format.byteCount + part * byteCount
      return bytes[start..<start + byteCount].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    switch format {
    case .bool, .integer: self = .bits(bits(0, of: format.byteCount))
    case .float(let part): self = .real(part.value(bits: bits(0, of: part.byteCount)))
    case .complex(let part):
      self = .complex(
        part.value(bits: bits(0, of: part.byteCount)),
        part.value(bits: bits(1, of: part.byteCount))
      )
    }
  }

  /// The distance in units in the last place of `expected`.
  ///
  /// For complex numbers it is that of the two as points, in units of the precision times the modulus:
  /// a part that is small beside the other has no digits of its own.
  func distance(from expected: Element, _ format: ElementFormat) -> Double {
    switch (self, expected, format) {
    case (.bits(let actual), .bits(let expected), _): return actual == expected ? 0 : .infinity
    case (.real(let actual), .real(let expected), .float(let format)):
      if Self.areSame(actual, expected) { return 0 }
      guard actual.isFinite, expected.isFinite else { return .infinity }
      return (actual - expected).magnitude / format.ulp(at: expected)
    case (
      .complex(let real, let imaginary), .complex(let toReal, let toImaginary), .complex(let format)
    ):
      if Self.areSame(real, toReal), Self.areSame(imaginary, toImaginary) { return 0 }
      guard [real, imaginary, toReal, toImaginary].allSatisfy(\.isFinite) else { return .infinity }
      let modulus = Self.modulus(toReal, toImaginary)
      let unit = max(format.ulp(at: 1) * modulus, format.ulp(at: 0))
      return Self.modulus(real - toReal, imaginary - toImaginary) / unit
    default: return .infinity
    }
  }

  private static func areSame(_ a: Double, _ b: Double) -> Bool { a == b || a.isNaN && b.isNaN }

  /// The length of a vector, without overflow on the way.
  private static func modulus(_ x: Double, _ y: Double) -> Double {
    let larger = max(x.magnitude, y.magnitude)
    guard larger > 0, larger.isFinite else { return larger }
    let ratio = min(x.magnitude, y.magnitude) / larger
    return larger * (1 + ratio * ratio).squareRoot()
  }

  var description: String {
    switch self {
    case .bits(let bits): "0x" + String(bits, radix: 16)
    case .real(let value): value.description
    case .complex(let real, let imaginary): "(\(real), \(imaginary))"
    }
  }
}
