internal import ApusMath

/// A math function of `f64` that a kernel computes itself, in sums of two numbers, for a vector of any width.
///
/// They are those that musl has within 1 ulp only for a `long double` of 80 bits, which takes less time where numbers are
/// not multiplied and added in one instruction; and `lgamma`, whose terms cancel in musl's near zeros of the function.
/// Each is within 0.53 ulp of the exact result.
struct ExactFormula: Hashable {
  let function: MathFunction
  /// How many values.
  let count: Int
  /// Whether they are a vector: a vector of one value is not a single number.
  let isVector: Bool
  private let hasFusedMultiplyAdd: Bool

  private static let bodies: [String: @Sendable (inout FormulaBuilder) -> String] = [
    "sinh": { $0.exactSinh() }, "cosh": { $0.exactCosh() }, "tanh": { $0.exactTanh() },
    "asinh": { $0.exactAsinh() }, "acosh": { $0.exactAcosh() }, "atanh": { $0.exactAtanh() },
    "erfc": { $0.exactErfc() }, "atan2": { $0.exactAtan2() }, "lgamma": { $0.exactLgamma() },
  ]

  /// The functions that are computed so in any mode and on any processor.
  private static let withoutLibrary: Set<String> = ["lgamma"]

  /// Nil where a function of a library is called.
  init?(_ function: MathFunction, _ shape: FloatShape, _ target: KernelMathTarget) {
    let isWanted = target.mode == .exact && target.hasFusedMultiplyAdd
    guard isWanted || Self.withoutLibrary.contains(function.name), shape.element == .f64,
      Self.bodies[function.name] != nil, let count = shape.laneCount
    else { return nil }
    self.function = function
    self.count = count
    isVector = !shape.isScalar
    hasFusedMultiplyAdd = target.hasFusedMultiplyAdd
  }

  /// The name of the function of the kernel's: `apus.sinh.formula.v4f64`.
  var symbol: String { "apus.\(function.name).formula.\(isVector ? "v\(count)" : "")f64" }

  /// The function's text, in the `llvm` dialect.
  func definition() -> String {
    let names = Array(["%x", "%y"].prefix(function.arity))
    var builder = FormulaBuilder(
      count: isVector ? count : nil,
      library: nil,
      names,
      isDouble: true,
      hasFusedMultiplyAdd: hasFusedMultiplyAdd
    )
    let result = Self.bodies[function.name].map { $0(&builder) } ?? "%x"
    return builder.function(symbol, returning: result, attributes: MathHelper.effects)
  }
}

/// The functions, of `%x` and `%y`.
extension FormulaBuilder {
  /// (E + E / (E + 1)) / 2, where E = e^|x| - 1.
  mutating func exactSinh() -> String {
    let a = unary("fabs", "%x")
    let power = exactExponential(of: extended(minimum(a, number(800))))
    let e = lessOne(power)
    let sum = sum(e, quotient(e, sum(e, number(1))))
    let near = rounded(scaled(sum, by: 0.5))
    let result = select(isLarge(power), half(of: power), near)
    return copySign(select(isTiny(a), a, result), "%x")
  }

  /// (e^x + e^-x) / 2.
  mutating func exactCosh() -> String {
    let a = unary("fabs", "%x")
    let power = exactExponential(of: extended(minimum(a, number(800))))
    let e = scaled(onePlus(power), by: powerOfTwo(power.exponent))
    let near = rounded(scaled(sum(e, quotient(double(1, 0), e)), by: 0.5))
    return select(isLarge(power), half(of: power), near)
  }

  /// E / (E + 2), where E = e^|2x| - 1.
  mutating func exactTanh() -> String {
    let a = unary("fabs", "%x")
    let twice = binary("mul", minimum(a, number(30)), number(2))
    let e = lessOne(exactExponential(of: extended(twice)))
    let result = rounded(quotient(e, sum(e, number(2))))
    return copySign(select(isTiny(a), a, result), "%x")
  }

  /// log(1 + u), where u = |x| + x² / (1 + √(1 + x²)).
  mutating func exactAsinh() -> String {
    let a = unary("fabs", "%x")
    let square = exactProduct(a, a)
    let one = number(1)
    let root = sum(squareRoot(sum(square, one)), one)
    let result = exactLogarithm(ofOnePlus: sum(quotient(square, root), a), orTwice: a)
    return copySign(select(isTiny(a), a, result), "%x")
  }

  /// log(1 + u), where u = t + √(2t + t²) and t = x - 1.
  mutating func exactAcosh() -> String {
    let t = exactSum("%x", number(-1))
    let root = squareRoot(sum(scaled(t, by: 2), product(t, t)))
    let result = exactLogarithm(ofOnePlus: sum(root, t), orTwice: "%x")
    let isBelow = compare("olt", "%x", number(1))
    return select(isBelow, number(.nan), result)
  }

  /// log(1 + u) / 2, where u = 2|x| / (1 - |x|).
  mutating func exactAtanh() -> String {
    let a = unary("fabs", "%x")
    let one = number(1)
    let u = quotient(extended(binary("add", a, a)), exactSum(one, negative(a)))
    let half = rounded(scaled(exactLogarithm(ofOnePlus: u), by: 0.5))
    let edge = select(compare("oeq", a, one), number(.infinity), number(.nan))
    let result = select(compare("olt", a, one), half, edge)
    return copySign(select(isTiny(a), a, result), "%x")
  }

  /// e^-x² f(q) / (1 + 2|x|), where q = (|x| - 4) / (|x| + 4); below 0 that less than 2.
  ///
  /// f is an interpolation in the zeros of a Chebyshev polynomial, within 2^-66 up to 28.
  mutating func exactErfc() -> String {
    let a = minimum(unary("fabs", "%x"), number(28))
    let four = number(4)
    let q = quotient(exactSum(a, negative(four)), exactSum(a, four))
    let rest = polynomial(
      [
        -0x1.096238855e158p-6, 0x1.49c6728541d8cp-8, -0x1.8d4a99795271ap-11,
        -0x1.a1df244c511e4p-13, 0x1.3be030ec2aefap-13, -0x1.9959814e8477ap-16,
        -0x1.7881251b97f1p-17, 0x1.7f2d0fde5c79fp-18, 0x1.3844d40277d95p-22,
        -0x1.bb7c6abbeac41p-21, 0x1.5339d541f22bdp-24, 0x1.dfba51a68f195p-24,
        -0x1.765ae531379bp-26, -0x1.1656e1cf95314p-26, 0x1.f82f9356137eep-29,
        0x1.68c7e07c6d16dp-29, -0x1.23fb5c89603dcp-32, -0x1.8024d227dcddfp-32,
        -0x1.dce142f33ccaep-35,
      ],
      of: q.high
    )
    var f = extended(rest)
    for (high, low) in [
      (0x1.3079edf6849fcp-5, -0x1.4f8754d5a9059p-59),
      (-0x1.0fb06dfe485acp-4, -0x1.49cd32f154441p-59),
      (0x1.7fee004e124a4p-4, 0x1.ad6c2c15ab578p-59),
      (-0x1.9ddb23c3e913p-4, 0x1.72fc75c21e73bp-58),
      (0x1.16ecefcfa5399p-4, -0x1.6eef8ca65de27p-58),
      (0x1.f7f5df66fd7c1p-7, 0x1.0ff6f41e102e9p-61),
      (-0x1.1df1ad154a28ep-3, -0x1.2d4bc63203185p-57),
      (0x1.3ba5916e9fd7fp+0, -0x1.aaacb5e786175p-55),
    ] {
      f = sum(product(f, q), double(high, low))
    }
    let ratio = quotient(f, exactSum(number(1), binary("add", a, a)))
    let power = exactExponential(of: negative(exactProduct(a, a)))
    let mantissa = product(onePlus(power), ratio)
    let above = scaled(rounded(mantissa), byPowerOfTwo: power.exponent)
    let whole = scaled(mantissa, by: powerOfTwo(power.exponent))
    let below = rounded(sum(negative(whole), number(2)))
    // Beyond, 2^n is no number of its own, and the difference 2.
    let isFar = compare("olt", "%x", number(-7))
    let negativeResult = select(isFar, number(2), below)
    let result = select(compare("olt", "%x", number(0)), negativeResult, above)
    return select(compare("uno", "%x", "%x"), "%x", result)
  }

  /// The angle of a point, from the nearer axis: atan c + atan r, where c is a multiple of ⅛ and r the rest.
  mutating func exactAtan2() -> String {
    let zero = number(0)
    let one = number(1)
    let infinity = number(.infinity)
    // %x is C's y. Of infinite ones, only where they are counts.
    var (y, x) = (unary("fabs", "%x"), unary("fabs", "%y"))
    let (yIsInfinite, xIsInfinite) = (compare("oeq", y, infinity), compare("oeq", x, infinity))
    let isInfinite = either(yIsInfinite, xIsInfinite)
    y = select(isInfinite, select(yIsInfinite, one, zero), y)
    x = select(isInfinite, select(xIsInfinite, one, zero), x)
    let isSteep = compare("ogt", y, x)
    let nearer = select(isSteep, x, y)
    let larger = select(isSteep, y, x)
    let length = select(compare("oeq", larger, zero), one, larger)
    let ratio = binary("div", nearer, length)

    let enlarged = select(
      compare("olt", length, number(0x1p-400)),
      number(0x1p+600),
      one
    )
    let isLong = compare("ogt", length, number(0x1p+500))
    let scale = select(isLong, number(0x1p-600), enlarged)
    let (a, b) = (binary("mul", nearer, scale), binary("mul", length, scale))
    let eighths = wholePart(of: ratio, times: number(8)).n
    let c = binary("mul", eighths, number(0.125))
    let r = quotient(
      sum(negative(exactProduct(c, b)), a),
      sum(exactProduct(c, a), b)
    )
    let square = binary("mul", r.high, r.high)
    let reciprocals: [Double] = [
      -1.0 / 3, 1.0 / 5, -1.0 / 7, 1.0 / 9, -1.0 / 11, 1.0 / 13, -1.0 / 15,
    ]
    let series = polynomial(reciprocals, of: square)
    let rest = sum(r, binary("mul", binary("mul", r.high, square), series))
    var angle = sum(arctangent(ofEighths: eighths), rest)

    let quarter = double(0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54)
    angle = select(isSteep, sum(negative(angle), quarter), angle)
    let half = double(0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53)
    let isBehind = compare("olt", copySign(one, "%y"), zero)
    angle = select(isBehind, sum(negative(angle), half), angle)
    // A small angle in front is the ratio, which may be a subnormal number.
    let isSmall = compare("olt", ratio, number(0x1p-30))
    let inFront = select(isSteep, rounded(angle), select(isSmall, ratio, rounded(angle)))
    let result = select(isBehind, rounded(angle), inFront)
    let sum = binary("add", "%x", "%y")
    return select(compare("uno", "%x", "%y"), sum, copySign(result, "%x"))
  }

  private mutating func arctangent(ofEighths eighths: String) -> DoubleDouble {
    var result = double(0, 0)
    for (index, parts) in [
      (0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59),
      (0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57),
      (0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56),
      (0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56),
      (0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58),
      (0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56),
      (0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56),
      (0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55),
    ].enumerated() {
      let isThis = compare("oeq", eighths, number(Double(index + 1)))
      result = select(isThis, double(parts.0, parts.1), result)
    }
    return result
  }

  // MARK: Exponentials

  /// 2^n (1 + e).
  private struct Power {
    /// n as a number, and as integers, of which the 52 lowest bits count.
    let whole: String
    let exponent: String
    let e: DoubleDouble
  }

  /// e^x: with r = x - n log 2, the series of e^(r/32) - 1, which is then squared five times.
  private mutating func exactExponential(of x: DoubleDouble) -> Power {
    let (shifted, n) = wholePart(of: x.high, times: number(0x1.71547652b82fep+0))
    // n times the first part of log 2 is exact, and so is the difference.
    let rest = fma(n, number(-0x1.62e42fefa38p-1), x.high)
    let product = exactProduct(n, number(-0x1.ef35793c7673p-45))
    let r = scaled(sum(DoubleDouble(high: rest, low: x.low), product), by: 0x1p-5)
    let square = self.product(r, r)
    let series = polynomial(
      [
        0x1.5555555555555p-3, 0x1.5555555555555p-5, 0x1.1111111111111p-7, 0x1.6c16c16c16c17p-10,
        0x1.a01a01a01a01ap-13, 0x1.a01a01a01a01ap-16, 0x1.71de3a556c734p-19,
      ],
      of: r.high
    )
    let cube = binary("mul", binary("mul", square.high, r.high), series)
    var e = sum(r, sum(scaled(square, by: 0.5), cube))
    for _ in 0..<5 { e = sum(scaled(e, by: 2), self.product(e, e)) }
    return Power(whole: n, exponent: integers(bitsOf: shifted), e: e)
  }

  private mutating func onePlus(_ power: Power) -> DoubleDouble {
    let high = exactSum(number(1), power.e.high)
    return sum(high, power.e.low)
  }

  /// 2^n (1 + e) - 1, without the cancellation that n = 0 would have.
  private mutating func lessOne(_ power: Power) -> DoubleDouble {
    let scale = powerOfTwo(power.exponent)
    return sum(scaled(power.e, by: scale), binary("sub", scale, number(1)))
  }

  /// Whether 1 is nothing beside its square.
  private mutating func isLarge(_ power: Power) -> String {
    compare("ogt", power.whole, number(40))
  }

  private mutating func half(of power: Power) -> String {
    let exponent = integerBinary("sub", power.exponent, constant(1))
    return scaled(rounded(onePlus(power)), byPowerOfTwo: exponent)
  }

  /// Whether the function is its argument.
  private mutating func isTiny(_ magnitude: String) -> String {
    compare("olt", magnitude, number(0x1p-30))
  }

  // MARK: Logarithms

  private mutating func exactLogarithm(ofOnePlus u: DoubleDouble) -> DoubleDouble {
    exactLogarithm(of: sum(u, number(1)), lessOne: u, shift: number(0))
  }

  /// log(1 + u), or log 2a where a is so large that it is the same; infinite of infinity.
  private mutating func exactLogarithm(ofOnePlus u: DoubleDouble, orTwice a: String) -> String {
    let isLarge = compare("ogt", a, number(0x1p+55))
    let quarter = extended(binary("mul", a, number(0.25)))
    let result = rounded(
      exactLogarithm(
        of: select(isLarge, quarter, sum(u, number(1))),
        lessOne: u,
        shift: select(isLarge, number(-3), number(0))
      )
    )
    return select(compare("oeq", a, number(.infinity)), a, result)
  }

  /// (n - k) log 2 + 2 artanh s, where x is 2^n m, and s = (m - 1) / (m + 1).
  ///
  /// - Parameters:
  ///   - x: a positive normal number of less than 2^1023.
  ///   - lessOne: x - 1 with digits that x has not; nil if it has them all.
  ///   - shift: k.
  mutating func exactLogarithm(
    of x: DoubleDouble,
    lessOne: DoubleDouble? = nil,
    shift: String
  ) -> DoubleDouble {
    let split = splitAtRoot(integers(bitsOf: x.high))
    let m = DoubleDouble(
      high: split.m,
      low: binary("mul", x.low, inverse(ofPowerIn: split))
    )
    var difference = sum(m, number(-1))
    if let lessOne {
      difference = select(compare("oeq", split.exponent, number(0)), lessOne, difference)
    }
    let s = quotient(difference, sum(difference, number(2)))
    let square = product(s, s)
    let cube = product(square, s)
    let series = polynomial(
      [
        1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21,
        1.0 / 23,
      ],
      of: square.high
    )
    let others = binary("mul", binary("mul", cube.high, square.high), series)
    let third = product(cube, double(1.0 / 3, 0x1.5555555555555p-56))
    let artanh = sum(s, sum(third, others))
    let exponent = binary("sub", split.exponent, shift)
    let whole = product(double(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56), exponent)
    return sum(whole, scaled(artanh, by: 2))
  }

  // MARK: Powers of two

  /// A number times 2^n, in two steps, which may overflow and round to subnormal numbers.
  private mutating func scaled(_ x: String, byPowerOfTwo n: String) -> String {
    let half = integerBinary("ashr", signExtended(n), constant(1))
    let first = powerOfTwo(half)
    let second = powerOfTwo(integerBinary("sub", signExtended(n), half))
    return binary("mul", binary("mul", x, first), second)
  }

  /// n out of the bits of 1.5 · 2^52 + n.
  private mutating func signExtended(_ n: String) -> String {
    let bits = constant(13)
    return integerBinary("ashr", integerBinary("shl", n, bits), bits)
  }
}
