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
    withSignBit("or", magnitude, of: sign)
  }

  /// A number whose sign changes where another one is negative.
  mutating func withSignFlipped(_ x: String, as sign: String) -> String {
    withSignBit("xor", x, of: sign)
  }

  private mutating func withSignBit(
    _ operation: String,
    _ x: String,
    of sign: String
  ) -> String {
    let signBit = integerBinary("and", integers(bitsOf: sign), bits(of: -0.0))
    return floats(bitsOf: integerBinary(operation, integers(bitsOf: x), signBit))
  }

  /// Whether bits are not those of a positive normal number.
  mutating func isNotNormal(_ bits: String) -> String {
    let aboveSmallest = integerBinary("sub", bits, bitsOfSmallestNormal())
    return compareBits("uge", aboveSmallest, normalCount())
  }
}
