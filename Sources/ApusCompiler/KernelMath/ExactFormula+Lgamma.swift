/// The logarithm of the gamma function's magnitude, of `%x`; near its zeros as exact as elsewhere.
extension FormulaBuilder {
  mutating func exactLgamma() -> String {
    let (zero, half, one) = (number(0), number(0.5), number(1))
    let a = unary("fabs", "%x")
    let isFar = compare("oge", a, number(20))
    let x = select(isFar, one, "%x")

    // Γ(x) is Γ(1 + f) times (x - 1) (x - 2) … (1 + f), or below ½ over x (x + 1) … f.
    let isAboveHalf = compare("ogt", x, half)
    let first = select(isAboveHalf, binary("sub", x, one), x)
    let steps = repeated([first, one, zero]) { builder, values in
      builder.compare("ogt", builder.unary("fabs", values[0]), half)
    } step: { builder, values in
      let product = builder.exactProduct(values[1], values[0])
      let next = builder.binary("sub", values[0], builder.copySign(one, values[0]))
      return [next, product.high, builder.fma(values[2], values[0], product.low)]
    }
    let (f, factors) = (steps[0], normalized(steps[1], steps[2]))

    // The logarithm of a subnormal number is that of a larger one, less what it was multiplied with.
    let isTiny = compare("olt", a, number(0x1p-100))
    let enlarged = select(isTiny, binary("mul", f, number(0x1p+200)), f)
    let inverseOfRest = inverseGamma(ofOnePlus: f)
    let inverse = select(
      isAboveHalf,
      quotient(inverseOfRest, factors),
      product(product(factors, enlarged), inverseOfRest)
    )
    let isNegative = compare("olt", inverse.high, zero)
    let magnitude = select(isNegative, negative(inverse), inverse)
    let logarithm = exactLogarithm(of: magnitude, shift: select(isTiny, number(200), zero))
    let isPole = both(compare("oeq", f, zero), opposite(isAboveHalf))
    let result = select(isPole, number(.infinity), rounded(negative(logarithm)))
    let near = select(
      compare("olt", unary("fabs", result), number(0x1p-34)),
      computing: { $0.lgamma(nearZerosAt: x, otherwise: result) },
      otherwise: select(compare("uno", a, a), a, result)
    )
    return select(isFar, computing: { $0.farLgamma(ofMagnitude: a) }, otherwise: near)
  }

  /// Stirling's series, (a - ½) (log a - 1) + ½ (log 2π - 1) + 1 / 12a - ….
  private mutating func farLgamma(ofMagnitude a: String) -> String {
    // The result may be infinite, but not what it is a sum of.
    let unit = number(0x1p-40)
    let power = scaled(exactSum(a, number(-0.5)), by: unit)
    let logarithm = exactLogarithm(of: scaled(extended(a), by: unit), shift: number(-40))
    let inverse = binary("div", number(1), a)
    let series = polynomial(
      [
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
      ],
      of: binary("mul", inverse, inverse)
    )
    let constant = double(0x1.acfe390c97d69p-2, 0x1.3494bc9001442p-56)
    let rest = scaled(sum(constant, binary("mul", series, inverse)), by: unit)
    let result = sum(product(power, sum(logarithm, number(-1))), rest)
    let isNegative = compare("olt", "%x", number(0))
    let signed = select(
      isNegative,
      computing: { $0.reflected(result, ofMagnitude: a, unit) },
      otherwise: rounded(result)
    )
    let infinity = number(.infinity)
    return select(
      compare("oeq", a, infinity),
      infinity,
      binary("mul", signed, number(0x1p+40))
    )
  }

  /// -log |x sin πx / π| - log Γ(|x|), infinite at poles.
  private mutating func reflected(
    _ logarithm: DoubleDouble,
    ofMagnitude a: String,
    _ unit: String
  ) -> String {
    // Beyond 2^52 all numbers are whole.
    let limit = number(0x1p+52)
    let fractional = minimum(a, limit)
    let f = binary("sub", fractional, binary("sub", binary("add", fractional, limit), limit))
    let square = binary("mul", f, f)
    let sine = polynomial(
      [
        0x1p+0, -0x1.a51a6625307d3p+0, 0x1.9f9cb402bc3ebp-1, -0x1.86a8e472088a4p-3,
        0x1.ac6805cbe14fp-6, -0x1.3381697088111p-9, 0x1.37469730d3391p-13, -0x1.d3e3c296a65cfp-18,
        0x1.07192db714f81p-22,
      ],
      of: square
    )
    let zero = number(0)
    let product = exactProduct(a, binary("mul", unary("fabs", f), sine))
    let ofProduct = scaled(exactLogarithm(of: product, shift: zero), by: unit)
    let result = rounded(negative(sum(logarithm, ofProduct)))
    return select(compare("oeq", f, zero), number(.infinity), result)
  }

  /// 1 / Γ(1 + f), the function's Taylor series, within 2^-104 up to ½ in magnitude.
  private mutating func inverseGamma(ofOnePlus f: String) -> DoubleDouble {
    let square = product(extended(f), f)
    let even = fallingPolynomial(
      [
        (1, 0), (-0x1.4fcf4026afa2ep-1, 0x1.8a3db7a90c42ap-56),
        (0x1.5512320b43fbep-3, 0x1.77e9bfd84d0f8p-57),
        (-0x1.3b4af28483e21p-7, -0x1.38dbcf40c139bp-61),
        (-0x1.317112ce3a2a8p-10, 0x1.0b48922be53b9p-64),
        (0x1.0c8a78cd9f9d2p-13, -0x1.6193e5e682992p-67),
        (-0x1.4fad41fc34fbbp-20, -0x1.01776ab160dc8p-75),
        (-0x1.b9986666c225dp-23, -0x1.d12e45de59d01p-79),
        (0x1.57bc3fc384334p-28, -0x1.30a82205f48c5p-86),
        (0x1.cae7675c18607p-34, -0x1.d04082c7c66aap-89),
      ],
      followedBy: [
        -0x1.0423bac8ca3fbp-38, -0x1.72cb88ea5ae6ep-46, 0x1.6198491a83bcdp-50,
        0x1.5e3fee81de0eap-60, -0x1.0f635344a29eap-62, 0x1.435a100c67b42p-73,
        0x1.089cd2aab3897p-75,
      ],
      of: square
    )
    let odd = fallingPolynomial(
      [
        (0x1.2788cfc6fb619p-1, -0x1.6cb90701fbfabp-58),
        (-0x1.5815e8fa27048p-5, 0x1.b85ea59bc3638p-60),
        (-0x1.59af103c34092p-5, -0x1.ef8da0241c465p-59),
        (0x1.d919c527f60b2p-8, -0x1.a91714b11611fp-62),
        (-0x1.c364fe6f1563dp-13, 0x1.6707f71f86f2ep-69),
        (-0x1.51ce8af47eabep-16, 0x1.26de8c501cb48p-75),
        (0x1.302509dbc0de3p-20, -0x1.bf09003481b1ap-75),
        (0x1.a44b7ba22d629p-28, -0x1.4d6f19c81365fp-82),
        (-0x1.44b4cedca388fp-30, -0x1.f1c4c0ce1c9c5p-84),
      ],
      followedBy: [
        0x1.11d065bfaf067p-37, 0x1.1f20151323cdp-41, -0x1.815f72a05f16fp-48,
        -0x1.10613dde57a89p-53, 0x1.a0dc770fb8a4ap-60, 0x1.43d79a4b90ce8p-66,
        -0x1.f0aee5efb2fccp-73,
      ],
      of: square
    )
    return sum(even, product(odd, f))
  }

  /// A polynomial, the coefficient of the lowest power first, each of them larger than the sum of the higher terms.
  private mutating func fallingPolynomial(
    _ coefficients: [(Double, Double)],
    followedBy higher: [Double],
    of x: DoubleDouble
  ) -> DoubleDouble {
    var (high, low) = (polynomial(higher, of: x.high), number(0))
    for coefficient in coefficients.reversed() {
      let product = exactProduct(high, x.high)
      let rest = fma(low, x.high, fma(high, x.low, product.low))
      let sum = normalized(number(coefficient.0), product.high)
      (high, low) = (sum.high, binary("add", sum.low, binary("add", rest, number(coefficient.1))))
    }
    return normalized(high, low)
  }

  // MARK: Zeros

  /// A zero, and the first derivative and half of the second there.
  private struct LgammaZero {
    let place: (Double, Double, Double)
    let slope: (Double, Double)
    let curvature: Double

    /// Those beside which results are so small that 105 bits of a number near 1 do not tell them.
    static let all = [
      LgammaZero(
        place: (1, 0, 0),
        slope: (-0x1.2788cfc6fb619p-1, 0x1.6cb90701fbfabp-58),
        curvature: 0x1.a51a6625307d3p-1
      ),
      LgammaZero(
        place: (2, 0, 0),
        slope: (0x1.b0ee6072093cep-2, 0x1.6cb90701fbfabp-58),
        curvature: 0x1.4a34cc4a60fa6p-2
      ),
      LgammaZero(
        place: (-0x1.3a7fc9600f86cp+1, -0x1.55f64f98af8dp-55, -0x1.c4b0cd201366ap-110),
        slope: (0x1.83fe966af535fp+0, -0x1.775909a36a6a4p-55),
        curvature: 0x1.36eebb002f55dp+2
      ),
      LgammaZero(
        place: (-0x1.5fb410a1bd901p+1, 0x1.a19a96d2e6f85p-54, 0x1.140b4ff4b7d6p-108),
        slope: (-0x1.ea12da904b18cp+0, -0x1.220130f99b2cfp-54),
        curvature: 0x1.3267f3c265a52p+3
      ),
      LgammaZero(
        place: (-0x1.9260dbc9e59afp+1, -0x1.f717cd335a7b3p-53, -0x1.d32a2a65bfd63p-107),
        slope: (0x1.f20a65f2fac55p+2, -0x1.1d258e4b0be84p-53),
        curvature: 0x1.9d4d2977150efp+4
      ),
      LgammaZero(
        place: (-0x1.fa471547c2fe5p+1, -0x1.70d4561291237p-56, 0x1.9e6fadbbc171ap-111),
        slope: (-0x1.4b99d966c5647p+4, 0x1.9cba2450afff3p-50),
        curvature: 0x1.f76deae0436bep+7
      ),
      LgammaZero(
        place: (-0x1.0284e78599581p+2, 0x1.e78c1e9e43cfep-53, -0x1.2ac17bfd6be92p-108),
        slope: (0x1.aca5cf4921642p+4, 0x1.a46a2e0d8fe1p-51),
        curvature: 0x1.44415cd813f8ep+8
      ),
      LgammaZero(
        place: (-0x1.3f7577a6eeafdp+2, 0x1.5de5eab7f12cfp-53, -0x1.4075f5e0494a2p-110),
        slope: (-0x1.d224a3ef9e41fp+6, -0x1.9be272a13babcp-48),
        curvature: 0x1.b533c678a3956p+12
      ),
    ]
  }

  private mutating func lgamma(nearZerosAt x: String, otherwise other: String) -> String {
    var result = other
    for zero in LgammaZero.all {
      let distance = binary("sub", x, number(zero.place.0))
      let isNear = compare("olt", unary("fabs", distance), number(0x1p-38))
      result = select(isNear, rounded(lgamma(beside: zero, at: distance)), result)
    }
    return result
  }

  /// The first terms of the Taylor series.
  private mutating func lgamma(beside zero: LgammaZero, at distance: String) -> DoubleDouble {
    let h = sum(exactSum(distance, number(-zero.place.1)), number(-zero.place.2))
    let bend = binary("mul", binary("mul", h.high, h.high), number(zero.curvature))
    return sum(product(h, double(zero.slope.0, zero.slope.1)), bend)
  }
}
