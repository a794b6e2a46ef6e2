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

  /// `%x` to the power of `%y`, by the binary logarithm of its magnitude.
  ///
  /// - Parameters:
  ///   - largestExponent: the least of results that are left to the library.
  ///   - logarithm: writes down that of a normal number, from its bits, as a sum.
  ///   - powerOfRest: writes down 2^r, r between -½ and ½.
  mutating func power(
    largestExponent: Float,
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
    let isBeyond = compare("uge", unary("fabs", n), constant(largestExponent))
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
    let zero = constant(0 as Float)
    let half = binary("mul", "%y", constant(0.5 as Float))
    let isWhole = compare("oeq", unary("floor", "%y"), "%y")
    let isEven = compare("oeq", unary("floor", half), half)
    let isZero = compare("oeq", "%x", zero)
    let isInfinite = compare("olt", "%y", zero)
    let ofZero = select(isInfinite, constant(Float.infinity), ofMagnitude)
    let ofAnyZero = select(compare("ogt", "%y", zero), zero, ofZero)
    let power = select(isZero, ofAnyZero, ofMagnitude)
    let whole = select(isEven, power, negative(power))
    let fraction = select(isZero, power, constant(Float.nan))
    let isNegative = compareBits("slt", bits, constant(0 as Int32))
    return select(isNegative, select(isWhole, whole, fraction), power)
  }

  /// Whether a base is not 0, or an exponent is NaN.
  private mutating func isNoPowerOfZero() -> String {
    either(compare("une", "%x", constant(0 as Float)), compare("uno", "%y", "%y"))
  }

  /// Whether bits are not those of a positive normal number.
  mutating func isNotNormal(_ bits: String) -> String {
    let aboveSmallest = integerBinary("sub", bits, bitsOfSmallestNormal())
    return compareBits("uge", aboveSmallest, normalCount())
  }
}
