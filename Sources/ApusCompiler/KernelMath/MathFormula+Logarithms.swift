/// The logarithm and the inverses of the hyperbolic functions, of `%x`.
extension FormulaBuilder {
  /// log x; of `f32` within 0.9 ulp, of `f64` within 2.0.
  mutating func log() -> String {
    let (bits, split, d) = splitNumber()
    let result = naturalLogarithm(split, ofOnePlus: d)
    return self.result(result, librarysWhere: isNotNormal(bits))
  }

  /// log2 x, within 2.0 ulp.
  mutating func log2() -> String {
    let (high, low) =
      isDouble
      ? (0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56) : (0x1.715476p+0, 0x1.4ae0cp-26)
    let (bits, split, d) = splitNumber()
    let product = binary("mul", d, number(high))
    let twiceRest = twiceRestOfLogarithm(split, ofOnePlus: d)
    let lost = fma(twiceRest, number(0.5 * high), binary("mul", d, number(low)))
    let result = binary("add", split.exponent, binary("add", product, lost))
    return self.result(result, librarysWhere: isNotNormal(bits))
  }

  /// log10 x, within 1.9 ulp.
  mutating func log10() -> String {
    let ofTwo =
      isDouble
      ? (0x1.34413509f79ffp-2, -0x1.9dc1da994fd21p-59) : (0x1.344136p-2, -0x1.ec10cp-27)
    let ofE =
      isDouble
      ? (0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57) : (0x1.bcb7b2p-2, -0x1.5b235ep-27)
    let (bits, split, d) = splitNumber()
    let product = binary("mul", d, number(ofE.0))
    let twiceRest = twiceRestOfLogarithm(split, ofOnePlus: d)
    let lostOfExponent = binary("mul", split.exponent, number(ofTwo.1))
    let lost = fma(twiceRest, number(0.5 * ofE.0), fma(d, number(ofE.1), lostOfExponent))
    let result = fma(split.exponent, number(ofTwo.0), binary("add", product, lost))
    return self.result(result, librarysWhere: isNotNormal(bits))
  }

  /// log (1 + x), within 2.4 ulp.
  mutating func log1p() -> String {
    let isNumber = both(
      compare("ogt", "%x", number(-1)),
      compare("olt", "%x", number(limitOfSums))
    )
    // 0 keeps its sign.
    let result = copySign(logarithm(ofOnePlus: "%x"), "%x")
    return self.result(result, librarysWhere: opposite(isNumber))
  }

  /// asinh x = log w, where w = |x| + √(1 + x²); within 2.7 ulp.
  ///
  /// The series of the logarithm is one of (w - 1) / (w + 1), which is |x| / (1 + √(1 + x²)): there nothing cancels.
  mutating func asinh() -> String {
    let a = unary("fabs", "%x")
    let one = number(1)
    let square = fma(a, a, one)
    let root = unary("sqrt", square)
    let w = binary("add", root, a)
    // What square and root round off changes the root by half of that / root. It counts where log w is small; there a
    // straight line comes near enough to half / root.
    let ofSquare = fma(a, a, binary("sub", one, square))
    let ofRoot = fma(negative(root), root, square)
    let slope = limited(fma(root, number(-0.295), number(0.785)), toAtLeast: 0)
    let ofSum = binary("sub", a, binary("sub", w, root))
    let lost = fma(binary("add", ofSquare, ofRoot), slope, ofSum)
    let logarithm = logarithm(of: w, plus: lost, or: a, over: binary("add", root, one))
    return result(copySign(logarithm, "%x"), librarysWhere: isBeyondSquares(a))
  }

  /// acosh x = log w, where w = x + √(x² - 1); within 3.3 ulp.
  ///
  /// (w - 1) / (w + 1) is √(x² - 1) / (x + 1).
  mutating func acosh() -> String {
    let one = number(1)
    let t = binary("sub", "%x", one)
    let root = unary("sqrt", fma(t, t, binary("add", t, t)))
    let w = binary("add", "%x", root)
    let lost = binary("sub", root, binary("sub", w, "%x"))
    let result = logarithm(of: w, plus: lost, or: root, over: binary("add", t, number(2)))
    let isBeyond = either(compare("olt", t, number(0)), isBeyondSquares(t))
    return self.result(result, librarysWhere: isBeyond)
  }

  /// atanh x = log (1 + u) / 2, where u = 2 |x| / (1 - |x|); within 3.0 ulp.
  mutating func atanh() -> String {
    let a = unary("fabs", "%x")
    let u = binary("div", binary("add", a, a), binary("sub", number(1), a))
    let result = binary("mul", logarithm(ofOnePlus: u), number(0.5))
    let isBeyond = compare("uge", a, number(1))
    return self.result(copySign(result, "%x"), librarysWhere: isBeyond)
  }

  // MARK: Steps

  /// Whether a square may be, or the number is NaN.
  private mutating func isBeyondSquares(_ x: String) -> String {
    compare("uge", x, number(limitOfSquares))
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
    guard isDouble else {
      let aboveRoot = integerBinary("sub", bits, self.bits(of: 0.5.squareRoot()))
      let exponent = integerBinary("ashr", aboveRoot, mantissaBitCount())
      let power = integerBinary("shl", exponent, mantissaBitCount())
      return SplitNumber(
        exponent: number(ofInteger: exponent),
        m: floats(bitsOf: integerBinary("sub", bits, power)),
        powerBits: integerBinary("add", power, self.bits(of: 1))
      )
    }
    // AVX2 makes no numbers of integers of 64 bits. The biased exponent is never negative, and is what 2^52 has in its
    // lowest bits.
    let fromRootToOne = Int64(bitPattern: 1.0.bitPattern - 0.5.squareRoot().bitPattern)
    let aboveRoot = integerBinary("add", bits, constant(fromRootToOne))
    let biased = integerBinary("lshr", aboveRoot, mantissaBitCount())
    let shifted = integerBinary("or", biased, self.bits(of: 0x1p+52))
    let power = integerBinary("and", aboveRoot, self.bits(of: .infinity))
    let m = integerBinary("add", integerBinary("sub", bits, power), self.bits(of: 1))
    return SplitNumber(
      exponent: binary("sub", floats(bitsOf: shifted), number(0x1p+52 + 1023)),
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
    let one = number(1)
    let d = fma(lost, inverse, binary("sub", split.m, one))
    let isNearOne = compare("oeq", split.exponent, number(0))
    return naturalLogarithm(
      split.exponent,
      ofQuotientOf: select(isNearOne, numerator, d),
      select(isNearOne, denominator, binary("add", split.m, one))
    )
  }

  /// n log 2 + log m, where q = (m - 1) / (m + 1) is a quotient.
  private mutating func naturalLogarithm(
    _ exponent: String,
    ofQuotientOf d: String,
    _ sum: String
  ) -> String {
    let q = binary("div", d, sum)
    let square = binary("mul", q, q)
    let lost = binary("mul", exponent, number(logarithmOfTwo.low))
    let others = fma(binary("mul", q, square), seriesOfLogarithm(square), lost)
    let sum = binary("add", binary("add", q, q), others)
    return fma(exponent, number(logarithmOfTwo.high), sum)
  }

  /// n log 2 + log (1 + d), where d is little else than m - 1.
  private mutating func naturalLogarithm(_ split: SplitNumber, ofOnePlus d: String) -> String {
    // In f64, one ulp less would take 6 to 20 % more time.
    if isDouble {
      return naturalLogarithm(
        split.exponent,
        ofQuotientOf: d,
        binary("add", split.m, number(1))
      )
    }
    let twiceRest = twiceRestOfLogarithm(split, ofOnePlus: d)
    let lost = binary("mul", split.exponent, number(logarithmOfTwo.low))
    let sum = binary("add", d, fma(twiceRest, number(0.5), lost))
    return fma(split.exponent, number(logarithmOfTwo.high), sum)
  }

  /// 2 (log (1 + d) - d), where d is little else than m - 1.
  ///
  /// It is q (d² + 2 q² P) - d², where q is (m - 1) / (m + 1): of d itself nothing is rounded.
  private mutating func twiceRestOfLogarithm(
    _ split: SplitNumber,
    ofOnePlus d: String
  ) -> String {
    let q = binary("div", d, binary("add", split.m, number(1)))
    let ofQ = binary("mul", q, q)
    let square = binary("mul", d, d)
    return fma(q, fma(ofQ, seriesOfLogarithm(ofQ, times: 2), square), negative(square))
  }

  /// P of log ((1 + q) / (1 - q)) = 2 q + q³ P(q²).
  private mutating func seriesOfLogarithm(
    _ square: String,
    times factor: Double = 1
  ) -> String {
    polynomial(
      float: [0x1.55557ap-1, 0x1.995ec2p-2, 0x1.31e3fap-2].map { $0 * factor },
      double: [
        0x1.5555555555558p-1, 0x1.9999999995273p-2, 0x1.2492492dfd86cp-2, 0x1.c71c62d5e53ep-3,
        0x1.7462b91b8df65p-3, 0x1.39fdcceb4bb45p-3, 0x1.2b5f68a50d903p-3,
      ].map { $0 * factor },
      of: square
    )
  }

  /// `%x`, its bits, and by how much its m is above 1.
  private mutating func splitNumber() -> (bits: String, split: SplitNumber, d: String) {
    let bits = integers(bitsOf: "%x")
    let split = splitAtRoot(bits)
    return (bits, split, binary("sub", split.m, number(1)))
  }

  /// log (1 + x) of a finite number above -1; what 1 + x rounds off is added to its mantissa.
  private mutating func logarithm(ofOnePlus x: String) -> String {
    let one = number(1)
    let w = binary("add", x, one)
    let lost = binary("sub", x, binary("sub", w, one))
    let split = splitAtRoot(integers(bitsOf: w))
    let inverse = inverse(ofPowerIn: split)
    let d = fma(lost, inverse, binary("sub", split.m, one))
    return naturalLogarithm(split, ofOnePlus: d)
  }
}
