import Apus

/// A floating-point type that kernels compute in.
enum FloatType: String, CaseIterable, Sendable {
  case f16, bf16, f32, f64

  /// How many bits a significand has, the implicit one included.
  var precision: Int {
    switch self {
    case .f16: 11
    case .bf16: 8
    case .f32: 24
    case .f64: 53
    }
  }

  /// The exponent of the smallest normal number.
  var minimumExponent: Int {
    switch self {
    case .f16: -14
    case .bf16, .f32: -126
    case .f64: -1022
    }
  }

  /// The exponent of the largest number.
  var maximumExponent: Int { 1 - minimumExponent }

  /// The smallest normal number.
  var leastNormal: Double { Double(sign: .plus, exponent: minimumExponent, significand: 1) }

  /// The smallest number.
  var leastNonzero: Double {
    Double(sign: .plus, exponent: minimumExponent - precision + 1, significand: 1)
  }

  /// The largest number.
  var greatest: Double {
    Double(sign: .plus, exponent: maximumExponent, significand: 2 - ulp(ofExponent: 0))
  }

  /// The distance of two neighbours between 2 to the power of `exponent` and twice that.
  func ulp(ofExponent exponent: Int) -> Double {
    Double(
      sign: .plus,
      exponent: max(exponent, minimumExponent) - precision + 1,
      significand: 1
    )
  }

  /// The nearest number of this type.
  func rounded(_ number: Double) -> Double {
    switch self {
    case .f16: Double(Float16(number))
    case .bf16: Double(BFloat16(number))
    case .f32: Double(Float(number))
    case .f64: number
    }
  }

  /// The number that lies `count` numbers above, in the order of the numbers' magnitudes.
  func neighbour(of number: Double, at count: Int) -> Double {
    let magnitude = abs(number)
    let step = ulp(ofExponent: magnitude == 0 ? minimumExponent : Int(magnitude.exponent))
    return rounded(number + Double(count) * step)
  }

  /// A number of any bit pattern, NaN among them.
  func anyNumber(using generator: inout some RandomNumberGenerator) -> Double {
    switch self {
    case .f16: Double(Float16(bitPattern: generator.next()))
    case .bf16: Double(Float(BFloat16(bitPattern: generator.next())))
    case .f32: Double(Float(bitPattern: generator.next()))
    case .f64: Double(bitPattern: generator.next())
    }
  }

  /// Every number of a type that has 65,536; nil for larger ones.
  var allNumbers: [Double]? {
    switch self {
    case .f16: (0...UInt16.max).map { Double(Float16(bitPattern: $0)) }
    case .bf16: (0...UInt16.max).map { Double(Float(BFloat16(bitPattern: $0))) }
    case .f32, .f64: nil
    }
  }

  /// A tensor of numbers of this type.
  func tensor(_ numbers: some Collection<Double>, on runtime: Runtime) throws -> AnyTensor {
    switch self {
    case .f16: try Tensor(numbers.map { Float16($0) }, on: runtime).untyped
    case .bf16: try Tensor(numbers.map { BFloat16($0) }, on: runtime).untyped
    case .f32: try Tensor(numbers.map { Float($0) }, on: runtime).untyped
    case .f64: try Tensor(Array(numbers), on: runtime).untyped
    }
  }

  /// The numbers of a tensor of this type.
  func numbers(_ tensor: AnyTensor) throws -> [Double] {
    switch self {
    case .f16: try tensor.typed(as: Float16.self).scalars().map { Double($0) }
    case .bf16: try tensor.typed(as: BFloat16.self).scalars().map { Double(Float($0)) }
    case .f32: try tensor.typed(as: Float.self).scalars().map { Double($0) }
    case .f64: try tensor.typed(as: Double.self).scalars()
    }
  }
}
