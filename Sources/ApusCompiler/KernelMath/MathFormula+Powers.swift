/// Powers and roots, of `%x` and `%y`.
extension FormulaBuilder {
  /// 2^x = 2^n 2^r; of `f32` within 1.3 ulp, of `f64` within 1.5.
  mutating func exp2() -> String {
    // Beyond, the result is infinite or 0.
    let x = limited(
      limited("%x", toAtMost: isDouble ? 1025 : 129),
      toAtLeast: isDouble ? -1076 : -151
    )
    let (shifted, n) = wholePart(of: x, times: number(1))
    return scaled(powerOfTwo(ofRest: binary("sub", x, n)), byPowerOfTwo: n, shifted)
  }

  /// x^y = 2^(y log2 |x|), the logarithm as a sum of two numbers; of `f32` within 3.4 ulp, of `f64` within 1.7.
  mutating func pow() -> String {
    let bits = integers(bitsOf: "%x")
    let magnitude = integerBinary("and", bits, magnitudeMask())
    let (high, low) =
      isDouble ? doubleLogarithm(ofBits: magnitude) : floatLogarithm(ofBits: magnitude)
    let (shifted, n) = wholePart(of: "%y", times: binary("add", high, low))
    let mantissa = powerOfTwo(ofRest: fma("%y", low, fma("%y", high, negative(n))))
    let exponent = integerBinary("shl", integers(bitsOf: shifted), mantissaBitCount())
    let power = floats(bitsOf: integerBinary("add", integers(bitsOf: mantissa), exponent))
    // Results that overflow or are subnormal, and whatever comes of an infinite y or of NaN.
    let isBeyond = compare("uge", unary("fabs", n), number(isDouble ? 1020 : 126))
    return result(power, unlessAny: either(isBeyond, isNotNormal(bits))) { builder in
      let signed = builder.power(power, ofSignedBase: bits)
      let isUnusual = builder.either(isBeyond, builder.isNotNormal(magnitude))
      return builder.result(
        signed,
        librarysWhere: builder.both(isUnusual, builder.isNoPowerOfZero())
      )
    }
  }

  /// ∛x = x s² (1 - h)^-⅔, where h = 1 - |x| s³; within 2.3 ulp.
  ///
  /// s is 1/∛|x| to a few bits, from a third of the exponent.
  mutating func floatCbrt() -> String {
    let a = unary("fabs", "%x")
    // Subnormal numbers have no exponent to begin with: as integers, they are multiples that have. 0 is right with any.
    let isSubnormal = compare("olt", a, number(0x1p-126))
    let integer = limited(number(ofInteger: integers(bitsOf: a)), toAtLeast: 1)
    let bits = select(isSubnormal, number(ofInteger: integers(bitsOf: integer)), integer)
    let start = 0x1.5287ep+30
    let offset = select(isSubnormal, number(start + 0x1p+23 * 149 / 3), number(start))
    let s = floats(bitsOf: truncated(fma(bits, number(-1.0 / 3), offset)))
    let square = binary("mul", s, s)
    let rest = fma(negative(binary("mul", a, square)), s, number(1))
    // It is within 0.103; only infinity's is limited, so that the factor stays positive.
    let factor = polynomial(
      [
        1, 0x1.555556p-1, 0x1.1c6f8p-1, 0x1.f9a756p-2, 0x1.d547fep-2, 0x1.b6c9eep-2,
      ],
      of: limited(rest, toAtLeast: -0.125),
      last: 4
    )
    return binary("mul", binary("mul", "%x", square), factor)
  }

  /// ∛x = w (1 - h)^-⅔, where w = x s² and h = 1 - |w| s; within 1.0 ulp.
  ///
  /// s is 1/∛|x|: to a few bits from a third of the exponent, then, by what is missing from 1 there, to 21. What w rounds
  /// off is part of h.
  mutating func doubleCbrt() -> String {
    let a = unary("fabs", "%x")
    let one = number(1)
    let start = startOfInverseCbrt(of: a)
    let rest = fma(negative(binary("mul", a, start)), binary("mul", start, start), one)
    let slope = polynomial(
      [
        0x1.5554d9c242ea5p-2, 0x1.c71b9607a1ac4p-3, 0x1.64c2f97aeae22p-3, 0x1.2974ecae54eb6p-3,
      ],
      of: rest
    )
    let s = fma(binary("mul", start, rest), slope, start)
    let w = binary("mul", "%x", binary("mul", s, s))
    let h = fma(negative(unary("fabs", w)), s, one)
    let factor = fma(h, number(5.0 / 9), number(2.0 / 3))
    let result = fma(binary("mul", w, h), factor, w)
    // Subnormal numbers have no exponent to begin with; 0 is right without one.
    let isSubnormal = both(
      compare("olt", a, number(.leastNormalMagnitude)),
      compare("ogt", a, number(0))
    )
    let isInfinite = compare("uge", a, number(.infinity))
    return self.result(result, librarysWhere: either(isSubnormal, isInfinite))
  }

  // MARK: Steps

  /// 2^r, r between -½ and ½.
  private mutating func powerOfTwo(ofRest r: String) -> String {
    polynomial(
      float: [
        1, 0x1.62e43p-1, 0x1.ebfbdcp-3, 0x1.c6af7cp-5, 0x1.3b2dep-7, 0x1.5f082ep-10, 0x1.416b5ep-13,
      ],
      double: [
        1, 0x1.62e42fefa39efp-1, 0x1.ebfbdff82c598p-3, 0x1.c6b08d704a0c2p-5, 0x1.3b2ab6fba1d76p-7,
        0x1.5d87fe78a524bp-10, 0x1.430913098a106p-13, 0x1.ffcbfc6724283p-17, 0x1.62bfd427a44e9p-20,
        0x1.b524faa21725ep-24, 0x1.e606dee7e5577p-28, 0x1.e9d48637d76cap-32,
      ],
      of: r
    )
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

  /// The binary logarithm of a normal number, as a sum.
  ///
  /// It is the exponent and a series of q = (m - 1) / (m + 1), where m is between √½ and √2. What the division
  /// rounds off is computed, as is what the product with the first coefficient does.
  private mutating func floatLogarithm(ofBits bits: String) -> (high: String, low: String) {
    let split = splitAtRoot(bits)
    let one = number(1)
    let difference = binary("sub", split.m, one)
    let q = binary("div", difference, binary("add", split.m, one))
    // m + 1 is 2 + difference, of which nothing is rounded.
    let rest = fma(negative(q), difference, fma(number(-2), q, difference))
    let square = binary("mul", q, q)
    let slope = polynomial([0x1.715476p+0, -0x1.715476p+0, 0x1.715476p+0], of: q, last: 2)
    let factor = polynomial(
      [0x1.4afb7cp-25, 0x1.ec709ep-1, 0x1.2776d2p-1, 0x1.a5d88ep-2, 0x1.57ef6ep-2],
      of: square,
      last: 4
    )
    let first = number(0x1.715476p+1)
    let product = binary("mul", q, first)
    let high = binary("add", split.exponent, product)
    let lost = binary("sub", product, binary("sub", high, split.exponent))
    let correction = fma(rest, slope, fma(q, first, negative(product)))
    return (high, fma(q, factor, binary("add", lost, correction)))
  }

  /// The binary logarithm of a normal number, as a sum, of which some 65 bits are right.
  ///
  /// It is the exponent and a series of q = (m - 1) / (m + 1): q (c1 + c3 q² + ...), whose first two coefficients, and q,
  /// are sums of two numbers.
  private mutating func doubleLogarithm(ofBits bits: String) -> (high: String, low: String) {
    let split = splitAtRoot(bits)
    let one = number(1)
    let difference = binary("sub", split.m, one)
    let q = binary("div", difference, binary("add", split.m, one))
    // m + 1 is 2 + difference, of which nothing is rounded; 1 / (m + 1) is (1 - q) / 2.
    let rest = fma(negative(q), difference, fma(number(-2), q, difference))
    let lowOfQ = binary("mul", rest, fma(number(-0.5), q, number(0.5)))
    let square = binary("mul", q, q)
    let lowOfSquare = fma(binary("add", q, q), lowOfQ, fma(q, q, negative(square)))

    let third = number(0x1.ec709dc3a03fdp-1)
    let term = binary("mul", square, third)
    let fourth = binary("mul", square, square)
    let others = polynomial(
      [
        0x1.2776c50ef9bfep-1, 0x1.a61762a7adfa9p-2, 0x1.484b13d79c08bp-2, 0x1.0c9a84bf7d5e8p-2,
        0x1.c68f2edc66a05p-3, 0x1.89feda6ebf723p-3, 0x1.59dfb3503e6b3p-3, 0x1.5a695e156ba31p-3,
      ],
      of: square
    )
    let lowOfTerm = fma(
      square,
      number(0x1.d27f05548af0cp-55),
      fma(third, lowOfSquare, fma(third, square, negative(term)))
    )
    let first = number(0x1.71547652b82fep+1)
    let slope = binary("add", first, term)
    let lost = binary("sub", term, binary("sub", slope, first))
    let lowOfSlope = binary(
      "add",
      lost,
      fma(fourth, others, binary("add", lowOfTerm, number(0x1.777d0ffda0d24p-55)))
    )

    let product = binary("mul", q, slope)
    let lowOfProduct = fma(
      q,
      lowOfSlope,
      fma(lowOfQ, slope, fma(q, slope, negative(product)))
    )
    let high = binary("add", split.exponent, product)
    let lostOfHigh = binary("sub", product, binary("sub", high, split.exponent))
    return (high, binary("add", lostOfHigh, lowOfProduct))
  }

  /// 1/∛a, so near that 1 less its cube times a is within 0.103: -⅓ of the bits, the highest 52 of which are a number here.
  private mutating func startOfInverseCbrt(of a: String) -> String {
    let twelve = constant(12)
    let highest = integerBinary("lshr", integers(bitsOf: a), twelve)
    let shifted = floats(bitsOf: integerBinary("or", highest, bits(of: 0x1p+52)))
    let start = number(0x1p+52 + (1023 * 4.0 / 3 - 0.068) * 0x1p+40)
    let third = fma(binary("sub", shifted, number(0x1p+52)), number(-1.0 / 3), start)
    return floats(bitsOf: integerBinary("shl", integers(bitsOf: third), twelve))
  }
}
