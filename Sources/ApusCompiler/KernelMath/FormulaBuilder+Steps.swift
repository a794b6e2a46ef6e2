/// Steps that formulas of `f32` and of `f64` have in common.
extension FormulaBuilder {
  /// A product rounded to a whole number n, also as 1.5 · 2^23 + n or 1.5 · 2^52 + n, which has n in its lowest bits.
  mutating func wholePart(
    of x: String,
    times factor: String
  ) -> (shifted: String, n: String) {
    wholePart(of: x, times: factor, shift: shiftOfWholePart())
  }

  /// A product rounded to a whole number n, and 2^n, which must be a normal number.
  mutating func powerOfWholePart(
    of x: String,
    times factor: String
  ) -> (power: String, n: String) {
    let (shifted, n) = wholePart(of: x, times: factor, shift: biasedShiftOfWholePart())
    let power = integerBinary("shl", integers(bitsOf: shifted), mantissaBitCount())
    return (floats(bitsOf: power), n)
  }

  private mutating func wholePart(
    of x: String,
    times factor: String,
    shift: String
  ) -> (shifted: String, n: String) {
    let shifted = fma(x, factor, shift)
    return (shifted, binary("sub", shifted, shift))
  }

  /// A number times 2^n, which may overflow and round to subnormal numbers.
  ///
  /// - Parameter shifted: what has n in its lowest bits.
  mutating func scaled(_ x: String, byPowerOfTwo n: String, _ shifted: String) -> String {
    if let scaled = scaledAtOnce(x, byPowerOfTwo: n) { return scaled }
    let whole = integers(bitsOf: shifted)
    let half = integerBinary("ashr", whole, constant(1))
    let first = powerOfTwo(half)
    let second = powerOfTwo(integerBinary("sub", whole, half))
    return binary("mul", binary("mul", x, first), second)
  }

  /// 2^n as a number.
  mutating func powerOfTwo(_ n: String) -> String {
    let exponent = integerBinary("shl", n, mantissaBitCount())
    return floats(bitsOf: integerBinary("add", exponent, bits(of: 1)))
  }

  /// A number that is not negative, with the sign of another one.
  mutating func signed(_ magnitude: String, as sign: String) -> String {
    let signBit = integerBinary("and", integers(bitsOf: sign), bits(of: -0.0))
    return floats(bitsOf: integerBinary("or", integers(bitsOf: magnitude), signBit))
  }

  /// A number whose sign changes where another one is negative.
  mutating func withSignFlipped(_ x: String, as sign: String) -> String {
    let signBit = integerBinary("and", integers(bitsOf: sign), bits(of: -0.0))
    return floats(bitsOf: integerBinary("xor", integers(bitsOf: x), signBit))
  }

  /// `%x` to the power of `%y`, by the binary logarithm of its magnitude.
  ///
  /// - Parameters:
  ///   - largestExponent: the least of results that are left to the library.
  ///   - logarithm: writes down that of a normal number, from its bits, as a sum.
  ///   - powerOfRest: writes down 2^r, r between -½ and ½.
  mutating func power(
    largestExponent: Double,
    logarithm: (inout FormulaBuilder, String) -> (high: String, low: String),
    powerOfRest: (inout FormulaBuilder, String) -> String
  ) -> String {
    let bits = integers(bitsOf: "%x")
    let magnitude = integerBinary("and", bits, magnitudeMask())
    let (high, low) = logarithm(&self, magnitude)
    let (shifted, n) = wholePart(of: "%y", times: binary("add", high, low))
    let r = fma("%y", low, fma("%y", high, negative(n)))
    let mantissa = powerOfRest(&self, r)
    let exponent = integerBinary("shl", integers(bitsOf: shifted), mantissaBitCount())
    let power = floats(bitsOf: integerBinary("add", integers(bitsOf: mantissa), exponent))
    // Results that overflow or are subnormal, and whatever comes of an infinite y or of NaN.
    let isBeyond = compare("uge", unary("fabs", n), number(largestExponent))
    return result(power, unlessAny: either(isBeyond, isNotNormal(bits))) { builder in
      let signed = builder.power(power, ofSignedBase: bits)
      let isUnusual = builder.either(isBeyond, builder.isNotNormal(magnitude))
      return builder.result(
        signed,
        librarysWhere: builder.both(isUnusual, builder.isNoPowerOfZero())
      )
    }
  }

  /// Of a negative base, odd powers are negative, and only whole ones are numbers; powers of 0 are 0, 1 or infinite.
  private mutating func power(_ ofMagnitude: String, ofSignedBase bits: String) -> String {
    let zero = number(0)
    let half = binary("mul", "%y", number(0.5))
    let isWhole = compare("oeq", unary("floor", "%y"), "%y")
    let isEven = compare("oeq", unary("floor", half), half)
    let isZero = compare("oeq", "%x", zero)
    let isInfinite = compare("olt", "%y", zero)
    let ofZero = select(isInfinite, number(.infinity), ofMagnitude)
    let ofAnyZero = select(compare("ogt", "%y", zero), zero, ofZero)
    let power = select(isZero, ofAnyZero, ofMagnitude)
    let whole = select(isEven, power, negative(power))
    let fraction = select(isZero, power, number(.nan))
    let isNegative = compareBits("slt", bits, constant(0))
    return select(isNegative, select(isWhole, whole, fraction), power)
  }

  /// Whether a base is not 0, or an exponent is NaN.
  private mutating func isNoPowerOfZero() -> String {
    either(compare("une", "%x", number(0)), compare("uno", "%y", "%y"))
  }

  /// Whether bits are not those of a positive normal number.
  mutating func isNotNormal(_ bits: String) -> String {
    let aboveSmallest = integerBinary("sub", bits, bitsOfSmallestNormal())
    return compareBits("uge", aboveSmallest, normalCount())
  }
}
