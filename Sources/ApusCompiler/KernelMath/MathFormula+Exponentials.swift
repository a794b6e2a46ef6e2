/// The exponential and the hyperbolic functions, and the error function, of `%x`.
extension FormulaBuilder {
  /// e^x = 2^n e^r; within 1.2 ulp.
  mutating func floatExp() -> String {
    // Beyond, the result is infinite or 0. NaN is neither larger nor smaller, and stays what it is.
    let x = limited(limited("%x", toAtMost: 89), toAtLeast: -104)
    let (shifted, n) = wholePart(of: x, times: number(1.44269502))
    let r = rest(of: x, afterLogarithmsOfTwo: n)
    let mantissa = polynomial(
      [
        1, 1, 0x1.fffffcp-2, 0x1.555492p-3, 0x1.5558b4p-5, 0x1.12399ap-7, 0x1.6a48ccp-10,
      ],
      of: r
    )
    return scaled(mantissa, byPowerOfTwo: n, shifted)
  }

  /// e^x = 2^n e^r; within 1.0 ulp.
  mutating func doubleExp() -> String {
    let (power, r, slope) = power(of: "%x")
    let result = fma(binary("mul", power, r), slope, power)
    return self.result(result, librarysWhere: isBeyondPowers(unary("fabs", "%x")))
  }

  /// e^x - 1; within 2.3 ulp.
  mutating func expm1() -> String {
    let limited = limited("%x", toAtLeast: -40)
    // 0 keeps its sign.
    let result = copySign(powerLessOne(of: limited), "%x")
    return self.result(result, librarysWhere: isBeyondPowers(limited))
  }

  /// tanh x = e / (e + 2), where e = e^2x - 1; within 3.3 ulp.
  mutating func floatTanh() -> String {
    let a = limited(unary("fabs", "%x"), toAtMost: 9.1)
    let (power, n) = powerOfWholePart(of: a, times: number(2.88539008))
    let r = fma(n, number(-0x1.62e43p-2), a)
    // 2^n (1 + r P) - 1, without the cancellation that n = 0 would have.
    let rest = binary("sub", power, number(1))
    let slope = binary("mul", power, r)
    let factor = polynomial(
      [2, 2, 0x1.5554b6p+0, 0x1.5555b2p-1, 0x1.122426p-2, 0x1.6c5e38p-4],
      of: r,
      last: 2
    )
    let e = fma(slope, factor, rest)
    return binary("div", signed(e, as: "%x"), binary("add", e, number(2)))
  }

  /// tanh x = e / (e + 2), where e = e^2x - 1; within 3.5 ulp.
  mutating func doubleTanh() -> String {
    let a = limited(unary("fabs", "%x"), toAtMost: 19.5)
    let e = powerLessOne(of: binary("add", a, a))
    return binary("div", signed(e, as: "%x"), binary("add", e, number(2)))
  }

  /// sinh x = (2^n - 2^-n) / 2 cosh r + (2^n + 2^-n) / 2 sinh r; within 3.3 ulp.
  mutating func sinh() -> String {
    let a = unary("fabs", "%x")
    let parts = hyperbolicParts(of: a)
    let result = fma(parts.difference, parts.cosh, binary("mul", parts.sum, parts.sinh))
    return self.result(copySign(result, "%x"), librarysWhere: isBeyondPowers(a))
  }

  /// cosh x = (2^n + 2^-n) / 2 cosh r + (2^n - 2^-n) / 2 sinh r; within 2.7 ulp.
  mutating func cosh() -> String {
    let a = unary("fabs", "%x")
    let parts = hyperbolicParts(of: a)
    let result = fma(parts.sum, parts.cosh, binary("mul", parts.difference, parts.sinh))
    return self.result(result, librarysWhere: isBeyondPowers(a))
  }

  /// erf x = s (3 - s²) / 2, where s = x P(x²); within 2.5 ulp.
  ///
  /// Where s comes near 1, its error changes next to nothing, so that few coefficients are enough, and the result
  /// is never beyond 1.
  mutating func floatErf() -> String {
    let x = limited(limited("%x", toAtMost: 3.9), toAtLeast: -3.9)
    let factor = polynomial(
      [
        0x1.812746p-1, -0x1.bdde2cp-4, 0x1.be7288p-7, -0x1.50bff8p-10, 0x1.8312ecp-14,
        -0x1.530832p-18, 0x1.b358bcp-23, -0x1.6d310ep-28, 0x1.271c74p-34,
      ],
      of: binary("mul", x, x)
    )
    let s = binary("mul", x, factor)
    let half = number(0.5)
    return fma(s, fma(binary("mul", s, number(-0.5)), s, half), s)
  }

  // MARK: Steps

  /// Whether e^x is beyond what an exponent says, or x is NaN.
  private mutating func isBeyondPowers(_ x: String) -> String {
    compare("uge", x, number(limitOfPowers))
  }

  /// e^x - 1 = 2^n e^r - 1, without the cancellation that n = 0 would have.
  private mutating func powerLessOne(of x: String) -> String {
    let (power, r, slope) = power(of: x)
    return fma(binary("mul", power, r), slope, binary("sub", power, number(1)))
  }

  /// x = n log 2 + r, and 2^n.
  private mutating func reduced(_ x: String) -> (power: String, r: String) {
    let (power, n) = powerOfWholePart(of: x, times: number(0x1.71547652b82fep+0))
    return (power, rest(of: x, afterLogarithmsOfTwo: n))
  }

  /// x - n log 2.
  private mutating func rest(of x: String, afterLogarithmsOfTwo n: String) -> String {
    let rest = fma(n, number(-logarithmOfTwo.high), x)
    return fma(n, number(-logarithmOfTwo.low), rest)
  }

  /// e^x = 2^n (1 + r P).
  private mutating func power(
    of x: String
  ) -> (power: String, r: String, slope: String) {
    let (power, r) = reduced(x)
    let slope = polynomial(
      float: [
        1, 0x1p-1, 0x1.5554b6p-3, 0x1.5555bcp-5, 0x1.12245ep-7, 0x1.6c543p-10,
      ],
      double: [
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
    let half = number(0.5)
    let square = binary("mul", r, r)
    let cosh = fma(
      square,
      polynomial(
        float: [0x1p-1, 0x1.5554e6p-5, 0x1.6d4f46p-10],
        double: [
          0x1.0000000000001p-1, 0x1.5555555553d37p-5, 0x1.6c16c1789d1d7p-10, 0x1.a019b8ca26fcfp-16,
          0x1.2891d4ffbb0f9p-22,
        ],
        of: square
      ),
      number(1)
    )
    let sinh = fma(
      binary("mul", r, square),
      polynomial(
        float: [0x1.5554aep-3, 0x1.12291ap-7],
        double: [
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
  mutating func bitsOfInverse(ofPower bits: String) -> String {
    integerBinary("sub", twiceTheBitsOfOne(), bits)
  }
}
