/// The functions of `f64`, of `%x` and `%y`.
extension FormulaBuilder {
  /// e^x = 2^n e^r; within 1.0 ulp.
  mutating func doubleExp() -> String {
    let (power, r, slope) = doublePower(of: "%x")
    let result = fma(binary("mul", power, r), slope, power)
    return self.result(result, librarysWhere: isBeyondPowers(unary("fabs", "%x")))
  }

  /// e^x - 1; within 2.3 ulp.
  mutating func doubleExpm1() -> String {
    let limited = limited("%x", toAtLeast: -40)
    // 0 keeps its sign.
    let result = copySign(doublePowerLessOne(of: limited), "%x")
    return self.result(result, librarysWhere: isBeyondPowers(limited))
  }

  /// tanh x = e / (e + 2), where e = e^2x - 1; within 3.5 ulp.
  mutating func doubleTanh() -> String {
    let a = limited(unary("fabs", "%x"), toAtMost: 19.5)
    let e = doublePowerLessOne(of: binary("add", a, a))
    return binary("div", signed(e, as: "%x"), binary("add", e, double(2)))
  }

  /// sinh x = (2^n - 2^-n) / 2 cosh r + (2^n + 2^-n) / 2 sinh r; within 3.3 ulp.
  mutating func doubleSinh() -> String {
    let a = unary("fabs", "%x")
    let parts = hyperbolicParts(of: a)
    let result = fma(parts.difference, parts.cosh, binary("mul", parts.sum, parts.sinh))
    return self.result(copySign(result, "%x"), librarysWhere: isBeyondPowers(a))
  }

  /// cosh x = (2^n + 2^-n) / 2 cosh r + (2^n - 2^-n) / 2 sinh r; within 2.4 ulp.
  mutating func doubleCosh() -> String {
    let a = unary("fabs", "%x")
    let parts = hyperbolicParts(of: a)
    let result = fma(parts.sum, parts.cosh, binary("mul", parts.difference, parts.sinh))
    return self.result(result, librarysWhere: isBeyondPowers(a))
  }

  /// log x, within 2.1 ulp.
  mutating func doubleLog() -> String {
    let bits = integers(bitsOf: "%x")
    let split = splitAtRoot(bits)
    let result = naturalLogarithm(split, of: binary("sub", split.m, double(1)))
    return self.result(result, librarysWhere: isNotNormal(bits))
  }

  /// log (1 + x), within 2.4 ulp.
  mutating func doubleLog1p() -> String {
    let isNumber = both(
      compare("ogt", "%x", double(-1)),
      compare("olt", "%x", double(0x1p+1000))
    )
    // 0 keeps its sign.
    let result = copySign(logarithm(ofOnePlus: "%x"), "%x")
    return self.result(result, librarysWhere: opposite(isNumber))
  }

  /// asinh x = log w, where w = |x| + √(1 + x²); within 2.6 ulp.
  ///
  /// The series of the logarithm is one of (w - 1) / (w + 1), which is |x| / (1 + √(1 + x²)): there nothing cancels.
  mutating func doubleAsinh() -> String {
    let a = unary("fabs", "%x")
    let one = double(1)
    let square = fma(a, a, one)
    let root = unary("sqrt", square)
    let w = binary("add", root, a)
    // What square and root round off changes the root by half of that / root. It counts where log w is small; there a
    // straight line comes near enough to half / root.
    let ofSquare = fma(a, a, binary("sub", one, square))
    let ofRoot = fma(negative(root), root, square)
    let slope = limited(fma(root, double(-0.295), double(0.785)), toAtLeast: 0)
    let ofSum = binary("sub", a, binary("sub", w, root))
    let lost = fma(binary("add", ofSquare, ofRoot), slope, ofSum)
    let logarithm = logarithm(of: w, plus: lost, or: a, over: binary("add", root, one))
    return result(copySign(logarithm, "%x"), librarysWhere: isBeyondSquares(a))
  }

  /// acosh x = log w, where w = x + √(x² - 1); within 3.2 ulp.
  ///
  /// (w - 1) / (w + 1) is √(x² - 1) / (x + 1).
  mutating func doubleAcosh() -> String {
    let one = double(1)
    let t = binary("sub", "%x", one)
    let root = unary("sqrt", fma(t, t, binary("add", t, t)))
    let w = binary("add", "%x", root)
    let lost = binary("sub", root, binary("sub", w, "%x"))
    let result = logarithm(of: w, plus: lost, or: root, over: binary("add", t, double(2)))
    let isBeyond = either(compare("olt", t, double(0)), isBeyondSquares(t))
    return self.result(result, librarysWhere: isBeyond)
  }

  /// atanh x = log (1 + u) / 2, where u = 2 |x| / (1 - |x|); within 3.1 ulp.
  mutating func doubleAtanh() -> String {
    let a = unary("fabs", "%x")
    let u = binary("div", binary("add", a, a), binary("sub", double(1), a))
    let result = binary("mul", logarithm(ofOnePlus: u), double(0.5))
    let isBeyond = compare("uge", a, double(1))
    return self.result(copySign(result, "%x"), librarysWhere: isBeyond)
  }

  /// asin x, above ½ as half of π - 2 asin √((1 - x) / 2); within 2.7 ulp.
  mutating func doubleAsin() -> String {
    let a = unary("fabs", "%x")
    let (isAboveHalf, arcsine) = smallArcsine(ofMagnitude: a)
    let other = angle(from: double(.pi / 2), by: binary("mul", arcsine, double(-2)))
    return copySign(select(isAboveHalf, other, arcsine), "%x")
  }

  /// acos x, as half of π - asin x, or beyond ½ as 2 asin √((1 - |x|) / 2), or π less that; within 1.5 ulp.
  mutating func doubleAcos() -> String {
    let (isAboveHalf, arcsine) = smallArcsine(ofMagnitude: unary("fabs", "%x"))
    let twice = binary("add", arcsine, arcsine)
    let isNegative = compare("olt", "%x", double(0))
    let angle = select(isAboveHalf, twice, negative(arcsine))
    let signed = select(isNegative, negative(angle), angle)
    let end = select(isNegative, double(.pi), double(0))
    let axis = select(isAboveHalf, end, double(.pi / 2))
    return self.angle(from: axis, by: signed)
  }

  /// asin a, or of √((1 - a) / 2) where a is above ½; NaN where it is above 1.
  private mutating func smallArcsine(
    ofMagnitude a: String
  ) -> (isAboveHalf: String, arcsine: String) {
    let half = double(0.5)
    let isAboveHalf = compare("ogt", a, half)
    let reduced = fma(double(-0.5), a, half)
    let square = select(isAboveHalf, reduced, binary("mul", a, a))
    let t = select(isAboveHalf, unary("sqrt", reduced), a)
    let factor = polynomial(
      doubles: [
        0x1.555555555554fp-3, 0x1.3333333336e04p-4, 0x1.6db6db6843505p-5, 0x1.f1c71f996f328p-6,
        0x1.6e8b2aa7467d2p-6, 0x1.1c59480a05041p-6, 0x1.c87146a2937d2p-7, 0x1.852bc822d4ab5p-7,
        0x1.ff0515e005b9dp-8, 0x1.0701314d924cbp-6, -0x1.6136c8d383a85p-7, 0x1.cde6ffd5628fdp-6,
      ],
      of: square
    )
    return (isAboveHalf, fma(binary("mul", t, square), factor, t))
  }

  /// atan x, of 1 / x where x is large, of (x - 1) / (x + 1) where it is near 1; within 3.2 ulp.
  mutating func doubleAtan() -> String {
    let a = unary("fabs", "%x")
    let one = double(1)
    let isAboveEighth = compare("ogt", a, double(0x1.a827999fcef32p-2))
    let isAboveThree = compare("ogt", a, double(0x1.3504f333f9de6p+1))
    let numerator = select(isAboveEighth, binary("sub", a, one), a)
    let denominator = select(isAboveEighth, binary("add", a, one), one)
    let t = binary(
      "div",
      select(isAboveThree, double(-1), numerator),
      select(isAboveThree, a, denominator)
    )
    let quarter = select(isAboveEighth, double(.pi / 4), double(0))
    let axis = select(isAboveThree, double(.pi / 2), quarter)
    return copySign(angle(from: axis, by: smallArctangent(of: t)), "%x")
  }

  /// The angle of `%x` above `%y`, from that of the smaller magnitude above the larger one; within 3.2 ulp.
  mutating func doubleAtan2() -> String {
    let (y, x) = (unary("fabs", "%x"), unary("fabs", "%y"))
    let isSteep = compare("ogt", y, x)
    let smaller = select(isSteep, x, y)
    let larger = select(isSteep, y, x)
    let isAboveEighth = compare(
      "ogt",
      smaller,
      binary("mul", larger, double(0x1.a827999fcef32p-2))
    )
    let t = binary(
      "div",
      select(isAboveEighth, binary("sub", smaller, larger), smaller),
      select(isAboveEighth, binary("add", smaller, larger), larger)
    )
    let isLeft = compareBits("slt", integers(bitsOf: "%y"), constant(0 as Int64))
    // 0, half of π or π, or the diagonal beside it; from there the angle goes forth or back.
    let zero = double(0)
    var axis = select(isAboveEighth, double(.pi / 4), zero)
    axis = select(isSteep, binary("sub", double(.pi / 2), axis), axis)
    axis = select(isLeft, binary("sub", double(.pi), axis), axis)
    let sign = select(different(isSteep, isLeft), double(-0.0), zero)
    let arctangent = integers(bitsOf: smallArctangent(of: t))
    let signed = floats(bitsOf: integerBinary("xor", arctangent, integers(bitsOf: sign)))
    let result = angle(from: axis, by: signed)
    // Two zeros, infinities, what overflows, and NaN.
    let isUsual = both(
      compare("ogt", larger, zero),
      both(compare("olt", larger, double(0x1p+1000)), compare("ord", smaller, smaller))
    )
    return self.result(copySign(result, "%x"), librarysWhere: opposite(isUsual))
  }

  /// The sum of a multiple of π / 4 and an angle.
  ///
  /// What `f64` rounds off π is in proportion to the multiple.
  private mutating func angle(from axis: String, by angle: String) -> String {
    let rounded = double(0x1.1a62633145c07p-54 / (.pi / 2))
    return binary("add", axis, fma(axis, rounded, angle))
  }

  /// Of a number of up to tan π/8 in magnitude.
  private mutating func smallArctangent(of t: String) -> String {
    let square = binary("mul", t, t)
    let factor = polynomial(
      doubles: [
        -0x1.5555555555545p-2, 0x1.999999999096ep-3, -0x1.2492491dc80f0p-3, 0x1.c71c6dcb613f5p-4,
        -0x1.745c7eb4fab7ap-4, 0x1.3b06805f918adp-4, -0x1.105da68f4b9f9p-4, 0x1.d5e437a857a29p-5,
        -0x1.6f2e0395562acp-5, 0x1.747c139b7128bp-6,
      ],
      of: square
    )
    return fma(binary("mul", t, square), factor, t)
  }

  /// x^y = 2^(y log2 |x|), the logarithm as a sum of two numbers; within 1.7 ulp.
  mutating func doublePow() -> String {
    power(largestExponent: 1020) { builder, bits in
      builder.doubleLogarithm(ofBits: bits)
    } powerOfRest: { builder, r in
      builder.polynomial(
        doubles: [
          1, 0x1.62e42fefa39efp-1, 0x1.ebfbdff82c598p-3, 0x1.c6b08d704a0c2p-5,
          0x1.3b2ab6fba1d76p-7, 0x1.5d87fe78a524bp-10, 0x1.430913098a106p-13,
          0x1.ffcbfc6724283p-17, 0x1.62bfd427a44e9p-20, 0x1.b524faa21725ep-24,
          0x1.e606dee7e5577p-28, 0x1.e9d48637d76cap-32,
        ],
        of: r
      )
    }
  }

  /// ∛x = w (1 - h)^-⅔, where w = x s² and h = 1 - |w| s; within 1.0 ulp.
  ///
  /// s is 1/∛|x|: to a few bits from a third of the exponent, then, by what is missing from 1 there, to 21. What w rounds
  /// off is part of h.
  mutating func doubleCbrt() -> String {
    let a = unary("fabs", "%x")
    let one = double(1)
    let start = startOfInverseCbrt(of: a)
    let rest = fma(negative(binary("mul", a, start)), binary("mul", start, start), one)
    let slope = polynomial(
      doubles: [
        0x1.5554d9c242ea5p-2, 0x1.c71b9607a1ac4p-3, 0x1.64c2f97aeae22p-3, 0x1.2974ecae54eb6p-3,
      ],
      of: rest
    )
    let s = fma(binary("mul", start, rest), slope, start)
    let w = binary("mul", "%x", binary("mul", s, s))
    let h = fma(negative(unary("fabs", w)), s, one)
    let factor = fma(h, double(5.0 / 9), double(2.0 / 3))
    let result = fma(binary("mul", w, h), factor, w)
    // Subnormal numbers have no exponent to begin with; 0 is right without one.
    let isSubnormal = both(
      compare("olt", a, double(.leastNormalMagnitude)),
      compare("ogt", a, double(0))
    )
    let isInfinite = compare("uge", a, double(.infinity))
    return self.result(result, librarysWhere: either(isSubnormal, isInfinite))
  }

  /// 1/∛a, so near that 1 less its cube times a is within 0.103: -⅓ of the bits, the highest 52 of which are a number here.
  private mutating func startOfInverseCbrt(of a: String) -> String {
    let twelve = constant(12 as Int64)
    let number = integerBinary("lshr", integers(bitsOf: a), twelve)
    let shifted = floats(bitsOf: integerBinary("or", number, bits(of: 0x1p+52)))
    let start = double(0x1p+52 + (1023 * 4.0 / 3 - 0.068) * 0x1p+40)
    let third = fma(binary("sub", shifted, double(0x1p+52)), double(-1.0 / 3), start)
    return floats(bitsOf: integerBinary("shl", integers(bitsOf: third), twelve))
  }

  // MARK: Steps

  /// Whether e^x is beyond what an exponent of `f64` says, or x is NaN.
  private mutating func isBeyondPowers(_ x: String) -> String { compare("uge", x, double(708)) }

  /// Whether a square may be, or the number is NaN.
  private mutating func isBeyondSquares(_ x: String) -> String {
    compare("uge", x, double(0x1p+500))
  }

  /// e^x - 1 = 2^n e^r - 1, without the cancellation that n = 0 would have.
  private mutating func doublePowerLessOne(of x: String) -> String {
    let (power, r, slope) = doublePower(of: x)
    return fma(binary("mul", power, r), slope, binary("sub", power, double(1)))
  }

  /// x = n log 2 + r, and 2^n.
  private mutating func reduced(_ x: String) -> (power: String, r: String) {
    let (power, n) = powerOfWholePart(of: x, times: double(0x1.71547652b82fep+0))
    let rest = fma(n, double(-0x1.62e42fefa39efp-1), x)
    return (power, fma(n, double(-0x1.abc9e3b39803fp-56), rest))
  }

  /// e^x = 2^n (1 + r P).
  private mutating func doublePower(
    of x: String
  ) -> (power: String, r: String, slope: String) {
    let (power, r) = reduced(x)
    let slope = polynomial(
      doubles: [
        1, 0x1.0000000000005p-1, 0x1.5555555555557p-3, 0x1.5555555552043p-5, 0x1.11111111100bep-7,
        0x1.6c16c17f6130bp-10, 0x1.a01a01abf85abp-13, 0x1.a019a60cd99d3p-16, 0x1.71de01fdbf9cap-19,
        0x1.28a321f9f0475p-22, 0x1.af4e554377204p-26,
      ],
      of: r
    )
    return (power, r, slope)
  }

  /// (2^n + 2^-n) / 2, (2^n - 2^-n) / 2, and the hyperbolic cosine and sine of the rest.
  private mutating func hyperbolicParts(
    of x: String
  ) -> (sum: String, difference: String, cosh: String, sinh: String) {
    let (power, r) = reduced(x)
    let inverse = floats(bitsOf: bitsOfInverse(ofPower: integers(bitsOf: power)))
    let half = double(0.5)
    let square = binary("mul", r, r)
    let cosh = fma(
      square,
      polynomial(
        doubles: [
          0x1.0000000000001p-1, 0x1.5555555553d37p-5, 0x1.6c16c1789d1d7p-10, 0x1.a019b8ca26fcfp-16,
          0x1.2891d4ffbb0f9p-22,
        ],
        of: square
      ),
      double(1)
    )
    let sinh = fma(
      binary("mul", r, square),
      polynomial(
        doubles: [
          0x1.5555555555556p-3, 0x1.11111111109a6p-7, 0x1.a01a01a7cebcdp-13, 0x1.71de0d85293b8p-19,
          0x1.af390ba7e6f47p-26,
        ],
        of: square
      ),
      r
    )
    return (
      binary("mul", binary("add", power, inverse), half),
      binary("mul", binary("sub", power, inverse), half), cosh, sinh
    )
  }

  /// The bits of 2^-n, from those of 2^n.
  private mutating func bitsOfInverse(ofPower bits: String) -> String {
    integerBinary("sub", constant(0x7FE0_0000_0000_0000 as Int64), bits)
  }

  /// A normal number as 2^n m, where m is between √½ and √2.
  struct SplitNumber {
    /// n.
    var exponent: String
    var m: String
    /// The bits of 2^n.
    var powerBits: String
  }

  mutating func splitAtRoot(_ bits: String) -> SplitNumber {
    // Its exponent is never negative, and is what 2^52 has in its lowest bits.
    let aboveRoot = integerBinary("add", bits, constant(0x0009_5F61_9980_C433 as Int64))
    let biased = integerBinary("lshr", aboveRoot, mantissaBitCount())
    let shifted = integerBinary("or", biased, constant(0x4330_0000_0000_0000 as Int64))
    let power = integerBinary("and", aboveRoot, constant(0x7FF0_0000_0000_0000 as Int64))
    let m = integerBinary("add", integerBinary("sub", bits, power), self.bits(of: 1))
    return SplitNumber(
      exponent: binary("sub", floats(bitsOf: shifted), double(0x1p+52 + 1023)),
      m: floats(bitsOf: m),
      powerBits: power
    )
  }

  /// 2^-n.
  mutating func inverse(ofPowerIn split: SplitNumber) -> String {
    floats(bitsOf: bitsOfInverse(ofPower: split.powerBits))
  }

  /// The logarithm of a sum of two numbers; where it is between √½ and √2, by (w - 1) / (w + 1) as a quotient of two
  /// others.
  private mutating func logarithm(
    of w: String,
    plus lost: String,
    or numerator: String,
    over denominator: String
  ) -> String {
    let split = splitAtRoot(integers(bitsOf: w))
    let inverse = inverse(ofPowerIn: split)
    let one = double(1)
    let d = fma(lost, inverse, binary("sub", split.m, one))
    let isNearOne = compare("oeq", split.exponent, double(0))
    return naturalLogarithm(
      split.exponent,
      ofQuotientOf: select(isNearOne, numerator, d),
      select(isNearOne, denominator, binary("add", split.m, one))
    )
  }

  /// n log 2 + log (1 + d), where d is little else than m - 1.
  private mutating func naturalLogarithm(_ split: SplitNumber, of d: String) -> String {
    naturalLogarithm(split.exponent, ofQuotientOf: d, binary("add", split.m, double(1)))
  }

  /// n log 2 + log m, as a series of the quotient (m - 1) / (m + 1).
  private mutating func naturalLogarithm(
    _ exponent: String,
    ofQuotientOf d: String,
    _ sum: String
  ) -> String {
    let q = binary("div", binary("add", d, d), sum)
    let square = binary("mul", q, q)
    let factor = polynomial(
      doubles: [
        0x1.5555555555558p-4, 0x1.9999999995273p-7, 0x1.2492492dfd86cp-9, 0x1.c71c62d5e53e0p-12,
        0x1.7462b91b8df65p-14, 0x1.39fdcceb4bb45p-16, 0x1.2b5f68a50d903p-18,
      ],
      of: square
    )
    let others = fma(
      binary("mul", q, square),
      factor,
      binary("mul", exponent, double(0x1.abc9e3b39803fp-56))
    )
    return binary("add", fma(exponent, double(0x1.62e42fefa39efp-1), q), others)
  }

  /// log (1 + x) of a finite number above -1; what 1 + x rounds off is added to its mantissa.
  private mutating func logarithm(ofOnePlus x: String) -> String {
    let one = double(1)
    let w = binary("add", x, one)
    let lost = binary("sub", x, binary("sub", w, one))
    let split = splitAtRoot(integers(bitsOf: w))
    let inverse = inverse(ofPowerIn: split)
    let d = fma(lost, inverse, binary("sub", split.m, one))
    return naturalLogarithm(split, of: d)
  }

  /// The binary logarithm of a normal number, as a sum, of which some 65 bits are right.
  ///
  /// It is the exponent and a series of q = (m - 1) / (m + 1): q (c1 + c3 q² + ...), whose first two coefficients, and q,
  /// are sums of two numbers.
  private mutating func doubleLogarithm(ofBits bits: String) -> (high: String, low: String) {
    let split = splitAtRoot(bits)
    let one = double(1)
    let difference = binary("sub", split.m, one)
    let q = binary("div", difference, binary("add", split.m, one))
    // m + 1 is 2 + difference, of which nothing is rounded; 1 / (m + 1) is (1 - q) / 2.
    let rest = fma(negative(q), difference, fma(double(-2), q, difference))
    let lowOfQ = binary("mul", rest, fma(double(-0.5), q, double(0.5)))
    let square = binary("mul", q, q)
    let lowOfSquare = fma(binary("add", q, q), lowOfQ, fma(q, q, negative(square)))

    let third = double(0x1.ec709dc3a03fdp-1)
    let term = binary("mul", square, third)
    let fourth = binary("mul", square, square)
    let others = polynomial(
      doubles: [
        0x1.2776c50ef9bfep-1, 0x1.a61762a7adfa9p-2, 0x1.484b13d79c08bp-2, 0x1.0c9a84bf7d5e8p-2,
        0x1.c68f2edc66a05p-3, 0x1.89feda6ebf723p-3, 0x1.59dfb3503e6b3p-3, 0x1.5a695e156ba31p-3,
      ],
      of: square
    )
    let lowOfTerm = fma(
      square,
      double(0x1.d27f05548af0cp-55),
      fma(third, lowOfSquare, fma(third, square, negative(term)))
    )
    let first = double(0x1.71547652b82fep+1)
    let slope = binary("add", first, term)
    let lost = binary("sub", term, binary("sub", slope, first))
    let lowOfSlope = binary(
      "add",
      lost,
      fma(fourth, others, binary("add", lowOfTerm, double(0x1.777d0ffda0d24p-55)))
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
}
