/// The trigonometric functions and their inverses, of `%x` and `%y`.
extension FormulaBuilder {
  /// Within 2.4 ulp.
  mutating func sin() -> String {
    let a = unary("fabs", "%x")
    let (shifted, n) = wholePart(of: a, times: number(1 / .pi))
    let result = sineOfRest(a, after: n, isNegated: integers(bitsOf: shifted))
    return self.result(withSignFlipped(result, as: "%x"), librarysWhere: isBeyondReduction(a))
  }

  /// A sine that began half of π earlier; within 2.5 ulp.
  mutating func cos() -> String {
    let a = unary("fabs", "%x")
    let half = number(0.5)
    let shift = shiftOfWholePart()
    let shifted = binary("add", fma(a, number(1 / .pi), half), shift)
    let n = binary("sub", binary("sub", shifted, shift), half)
    let result = sineOfRest(a, after: n, isNegated: integers(bitsOf: shifted))
    return self.result(result, librarysWhere: isBeyondReduction(a))
  }

  /// asin x, above ½ as half of π - 2 asin √((1 - x) / 2); within 2.7 ulp.
  mutating func asin() -> String {
    let a = unary("fabs", "%x")
    let (isAboveHalf, arcsine) = smallArcsine(ofMagnitude: a)
    let other = angle(from: number(.pi / 2), by: binary("mul", arcsine, number(-2)))
    return copySign(select(isAboveHalf, other, arcsine), "%x")
  }

  /// acos x, as half of π - asin x, or beyond ½ as 2 asin √((1 - |x|) / 2), or π less that; within 1.5 ulp.
  mutating func acos() -> String {
    let (isAboveHalf, arcsine) = smallArcsine(ofMagnitude: unary("fabs", "%x"))
    let twice = binary("add", arcsine, arcsine)
    let isNegative = compare("olt", "%x", number(0))
    let angle = select(isAboveHalf, twice, negative(arcsine))
    let signed = select(isNegative, negative(angle), angle)
    let end = select(isNegative, number(.pi), number(0))
    let axis = select(isAboveHalf, end, number(.pi / 2))
    return self.angle(from: axis, by: signed)
  }

  /// atan x, of 1 / x where x is large, of (x - 1) / (x + 1) where it is near 1; within 3.2 ulp.
  mutating func atan() -> String {
    let a = unary("fabs", "%x")
    let one = number(1)
    let isAboveEighth = compare("ogt", a, number(0x1.a827999fcef32p-2))
    let isAboveThree = compare("ogt", a, number(0x1.3504f333f9de6p+1))
    let numerator = select(isAboveEighth, binary("sub", a, one), a)
    let denominator = select(isAboveEighth, binary("add", a, one), one)
    let t = binary(
      "div",
      select(isAboveThree, number(-1), numerator),
      select(isAboveThree, a, denominator)
    )
    let quarter = select(isAboveEighth, number(.pi / 4), number(0))
    let axis = select(isAboveThree, number(.pi / 2), quarter)
    return copySign(angle(from: axis, by: smallArctangent(of: t)), "%x")
  }

  /// The angle of `%x` above `%y`, from that of the smaller magnitude above the larger one; within 3.2 ulp.
  mutating func atan2() -> String {
    let (y, x) = (unary("fabs", "%x"), unary("fabs", "%y"))
    let isSteep = compare("ogt", y, x)
    let smaller = select(isSteep, x, y)
    let larger = select(isSteep, y, x)
    let isAboveEighth = compare(
      "ogt",
      smaller,
      binary("mul", larger, number(0x1.a827999fcef32p-2))
    )
    let t = binary(
      "div",
      select(isAboveEighth, binary("sub", smaller, larger), smaller),
      select(isAboveEighth, binary("add", smaller, larger), larger)
    )
    let isLeft = compareBits("slt", integers(bitsOf: "%y"), constant(0))
    // 0, half of π or π, or the diagonal beside it; from there the angle goes forth or back.
    let zero = number(0)
    var axis = select(isAboveEighth, number(.pi / 4), zero)
    axis = select(isSteep, binary("sub", number(.pi / 2), axis), axis)
    axis = select(isLeft, binary("sub", number(.pi), axis), axis)
    let sign = select(different(isSteep, isLeft), number(-0.0), zero)
    let arctangent = integers(bitsOf: smallArctangent(of: t))
    let signed = floats(bitsOf: integerBinary("xor", arctangent, integers(bitsOf: sign)))
    let result = angle(from: axis, by: signed)
    // Two zeros, infinities, what overflows, and NaN.
    let isUsual = both(
      compare("ogt", larger, zero),
      both(compare("olt", larger, number(limitOfSums)), compare("ord", smaller, smaller))
    )
    return self.result(copySign(result, "%x"), librarysWhere: opposite(isUsual))
  }

  // MARK: Steps

  /// The sine of x - nπ, with the other sign where the lowest bit says so.
  private mutating func sineOfRest(
    _ x: String,
    after n: String,
    isNegated: String
  ) -> String {
    let r = rest(of: x, after: n)
    let square = binary("mul", r, r)
    let factor = polynomial(
      float: [-0x1.55554ap-3, 0x1.110e8p-7, -0x1.9f5f74p-13, 0x1.5cc726p-19],
      double: [
        -0x1.5555555555555p-3, 0x1.1111111111107p-7, -0x1.a01a01a018a8cp-13,
        0x1.71de3a54550e7p-19, -0x1.ae6455a0f523dp-26, 0x1.612401122d89fp-33,
        -0x1.ae512165ca336p-41, 0x1.89a19d400e252p-49,
      ],
      of: square
    )
    let sine = fma(binary("mul", factor, square), r, r)
    let sign = integerBinary("shl", isNegated, constant(isDouble ? 63 : 31))
    return floats(bitsOf: integerBinary("xor", integers(bitsOf: sine), sign))
  }

  /// x - nπ.
  private mutating func rest(of x: String, after n: String) -> String {
    // The first two parts have so few digits that nothing is rounded.
    let partsOfPi =
      isDouble
      ? [0x1.921fb544p+1, 0x1.0b4611a4p-33, 0x1.13198a2e03707p-64, 0x1.a252049c1114dp-119]
      : [0x1.92p+1, 0x1.fb6p-11, -0x1.777a5cp-24, -0x1.ee59dap-49]
    return partsOfPi.reduce(x) { rest, part in fma(n, number(-part), rest) }
  }

  /// Whether a magnitude is so large that four parts of π are too few.
  private mutating func isBeyondReduction(_ magnitude: String) -> String {
    compare("oge", magnitude, number(0x1p+20))
  }

  /// asin a, or of √((1 - a) / 2) where a is above ½; NaN where it is above 1.
  private mutating func smallArcsine(
    ofMagnitude a: String
  ) -> (isAboveHalf: String, arcsine: String) {
    let half = number(0.5)
    let isAboveHalf = compare("ogt", a, half)
    let reduced = fma(number(-0.5), a, half)
    let square = select(isAboveHalf, reduced, binary("mul", a, a))
    let t = select(isAboveHalf, unary("sqrt", reduced), a)
    let factor = polynomial(
      float: [0x1.5555ccp-3, 0x1.3300c4p-4, 0x1.749b2ap-5, 0x1.8b0574p-6, 0x1.5a68cep-5],
      double: [
        0x1.555555555554fp-3, 0x1.3333333336e04p-4, 0x1.6db6db6843505p-5, 0x1.f1c71f996f328p-6,
        0x1.6e8b2aa7467d2p-6, 0x1.1c59480a05041p-6, 0x1.c87146a2937d2p-7, 0x1.852bc822d4ab5p-7,
        0x1.ff0515e005b9dp-8, 0x1.0701314d924cbp-6, -0x1.6136c8d383a85p-7, 0x1.cde6ffd5628fdp-6,
      ],
      of: square
    )
    return (isAboveHalf, fma(binary("mul", t, square), factor, t))
  }

  /// The sum of a multiple of π / 4 and an angle.
  ///
  /// What is rounded off π is in proportion to the multiple.
  private mutating func angle(from axis: String, by angle: String) -> String {
    binary("add", axis, fma(axis, number(roundedOffPi), angle))
  }

  /// Of a number of up to tan π/8 in magnitude.
  private mutating func smallArctangent(of t: String) -> String {
    let square = binary("mul", t, t)
    let factor = polynomial(
      float: [-0x1.555456p-2, 0x1.99254ep-3, -0x1.1c3b8ep-3, 0x1.49f61cp-4],
      double: [
        -0x1.5555555555545p-2, 0x1.999999999096ep-3, -0x1.2492491dc80f0p-3, 0x1.c71c6dcb613f5p-4,
        -0x1.745c7eb4fab7ap-4, 0x1.3b06805f918adp-4, -0x1.105da68f4b9f9p-4, 0x1.d5e437a857a29p-5,
        -0x1.6f2e0395562acp-5, 0x1.747c139b7128bp-6,
      ],
      of: square
    )
    return fma(binary("mul", t, square), factor, t)
  }
}
