internal import ApusMath

/// A math function of `f32` or `f64` that a kernel computes itself, for a vector of any width.
///
/// Inlined, it has no call's cost, and the kernel's constants stay in registers. Coefficients are minimax fits;
/// those of `f32` are each rounded and the ones left fitted again. The errors given are the largest over all numbers, or
/// over every few of them, against more digits.
struct MathFormula: Hashable {
  let function: MathFunction
  /// The type of the values.
  let element: FloatType
  /// How many values.
  let count: Int
  /// Whether they are a vector: a vector of one value is not a single number.
  let isVector: Bool
  /// Whether the processor has AVX-512.
  private let hasWideVectors: Bool

  private typealias Body = @Sendable (inout FormulaBuilder) -> String

  private static let bodies: [FloatType: [String: Body]] = [
    .f32: [
      "sin": { $0.sin() }, "cos": { $0.cos() }, "exp": { $0.exp() }, "pow": { $0.pow() },
      "tanh": { $0.tanh() }, "cbrt": { $0.cbrt() }, "erf": { $0.erf() },
    ],
    .f64: [
      "exp": { $0.doubleExp() }, "expm1": { $0.doubleExpm1() }, "log": { $0.doubleLog() },
      "log1p": { $0.doubleLog1p() },
      "pow": { $0.doublePow() }, "sinh": { $0.doubleSinh() }, "cosh": { $0.doubleCosh() },
      "asin": { $0.doubleAsin() }, "acos": { $0.doubleAcos() }, "atan": { $0.doubleAtan() },
      "atan2": { $0.doubleAtan2() }, "tanh": { $0.doubleTanh() }, "cbrt": { $0.doubleCbrt() },
      "asinh": { $0.doubleAsinh() }, "acosh": { $0.doubleAcosh() }, "atanh": { $0.doubleAtanh() },
    ],
  ]

  private var body: Body? { Self.bodies[element]?[function.name] }

  /// The functions whose formulas leave no argument to a function of a library.
  private static let withoutExceptions: [FloatType: Set<String>] = [
    .f32: ["exp", "tanh", "cbrt", "erf"], .f64: ["asin", "acos", "atan", "tanh"],
  ]

  /// Nil where a function of a library is called.
  init?(_ function: MathFunction, _ shape: FloatShape, _ target: KernelMathTarget) {
    guard target.mode == .accurate, target.hasFusedMultiplyAdd, let count = shape.laneCount
    else { return nil }
    self.function = function
    self.count = count
    element = shape.element
    isVector = !shape.isScalar
    hasWideVectors = target.vectorISAs.contains(.avx512)
    if body == nil { return nil }
  }

  /// The name of the function of the kernel's: `apus.tanh.formula.v8f32`.
  var symbol: String {
    "apus.\(function.name).formula.\(isVector ? "v\(count)" : "")\(element.intrinsicSuffix)"
  }

  /// Whether some arguments are left to a function of a library.
  var hasExceptions: Bool { Self.withoutExceptions[element]?.contains(function.name) != true }

  /// The function's text, in the `llvm` dialect.
  ///
  /// - Parameter library: the function called for exceptions, of the same type.
  func definition(library: String?) -> String {
    let names = Array(["%x", "%y"].prefix(function.arity))
    var builder = FormulaBuilder(
      count: isVector ? count : nil,
      library: library,
      names,
      isDouble: element == .f64,
      hasWideVectors: hasWideVectors
    )
    let result = body.map { $0(&builder) } ?? "%x"
    return builder.function(
      symbol,
      returning: result,
      attributes: "always_inline, \(MathHelper.effects)"
    )
  }
}

/// The functions of `f32`, of `%x` and `%y`.
extension FormulaBuilder {
  /// e^x = 2^n e^r; within 1.2 ulp.
  mutating func exp() -> String {
    // Beyond, the result is infinite or 0. NaN is neither larger nor smaller, and stays what it is.
    let x = limited(limited("%x", toAtMost: 89), toAtLeast: -104)
    let (shifted, n) = wholePart(of: x, times: constant(1.44269502 as Float))
    let rest = fma(n, constant(-0x1.62e43p-1 as Float), x)
    let r = fma(n, constant(0x1.05c61p-29 as Float), rest)
    let mantissa = polynomial(
      [
        1, 1, 0x1.fffffcp-2, 0x1.555492p-3, 0x1.5558b4p-5, 0x1.12399ap-7, 0x1.6a48ccp-10,
      ],
      of: r
    )
    return scaledAtOnce(mantissa, byPowerOfTwo: n)
      ?? scaled(mantissa, byPowerOfTwo: integers(bitsOf: shifted))
  }

  /// Within 2.2 ulp.
  mutating func sin() -> String {
    let a = unary("fabs", "%x")
    let (shifted, n) = wholePart(of: a, times: constant(0x1.45f306p-2 as Float))
    let sign = integerBinary("and", integers(bitsOf: "%x"), constant(Int32.min))
    let result = sineOfRest(a, after: n, isNegated: integers(bitsOf: shifted))
    let signed = floats(bitsOf: integerBinary("xor", integers(bitsOf: result), sign))
    return self.result(signed, librarysWhere: isBeyondReduction(a))
  }

  /// A sine that began half of π earlier; within 2.5 ulp.
  mutating func cos() -> String {
    let a = unary("fabs", "%x")
    let half = constant(0.5 as Float)
    let shift = constant(0x1.8p+23 as Float)
    let shifted = binary("add", fma(a, constant(0x1.45f306p-2 as Float), half), shift)
    let n = binary("sub", binary("sub", shifted, shift), half)
    let result = sineOfRest(a, after: n, isNegated: integers(bitsOf: shifted))
    return self.result(result, librarysWhere: isBeyondReduction(a))
  }

  /// The sine of x - nπ, with the other sign where the lowest bit says so.
  ///
  /// The first two parts of π have so few digits that nothing is rounded.
  private mutating func sineOfRest(
    _ x: String,
    after n: String,
    isNegated: String
  ) -> String {
    var r = x
    for part in [0x1.92p+1, 0x1.fb6p-11, -0x1.777a5cp-24, -0x1.ee59dap-49] as [Float] {
      r = fma(n, constant(-part), r)
    }
    let square = binary("mul", r, r)
    let factor = polynomial(
      [-0x1.55554ap-3, 0x1.110e8p-7, -0x1.9f5f74p-13, 0x1.5cc726p-19],
      of: square
    )
    let sine = fma(binary("mul", factor, square), r, r)
    let sign = integerBinary("shl", isNegated, constant(31 as Int32))
    return floats(bitsOf: integerBinary("xor", integers(bitsOf: sine), sign))
  }

  /// Whether a magnitude is so large that four parts of π are too few.
  private mutating func isBeyondReduction(_ magnitude: String) -> String {
    compare("oge", magnitude, constant(0x1p+20 as Float))
  }

  /// x^y = 2^(y log2 |x|), the logarithm as a sum of two numbers; within 3.4 ulp.
  mutating func pow() -> String {
    power(largestExponent: 126) { builder, bits in
      builder.logarithm(ofBits: bits)
    } powerOfRest: { builder, r in
      builder.polynomial(
        [
          1, 0x1.62e43p-1, 0x1.ebfbdcp-3, 0x1.c6af7cp-5, 0x1.3b2dep-7, 0x1.5f082ep-10,
          0x1.416b5ep-13,
        ],
        of: r
      )
    }
  }

  /// The binary logarithm of a normal number, as a sum.
  ///
  /// It is the exponent and a series of q = (m - 1) / (m + 1), where m is between √½ and √2. What the division
  /// rounds off is computed, as is what the product with the first coefficient does.
  private mutating func logarithm(ofBits bits: String) -> (high: String, low: String) {
    let mantissaBits = constant(23 as Int32)
    let aboveRoot = integerBinary("sub", bits, constant(0x3F35_04F3 as Int32))
    let exponent = integerBinary("ashr", aboveRoot, mantissaBits)
    let m = floats(
      bitsOf: integerBinary("sub", bits, integerBinary("shl", exponent, mantissaBits))
    )
    let one = constant(1 as Float)
    let difference = binary("sub", m, one)
    let q = binary("div", difference, binary("add", m, one))
    // m + 1 is 2 + difference, of which nothing is rounded.
    let rest = fma(negative(q), difference, fma(constant(-2 as Float), q, difference))
    let square = binary("mul", q, q)
    let slope = polynomial([0x1.715476p+0, -0x1.715476p+0, 0x1.715476p+0], of: q, last: 2)
    let factor = polynomial(
      [0x1.4afb7cp-25, 0x1.ec709ep-1, 0x1.2776d2p-1, 0x1.a5d88ep-2, 0x1.57ef6ep-2],
      of: square,
      last: 4
    )
    let first = constant(0x1.715476p+1 as Float)
    let product = binary("mul", q, first)
    let e = number(ofInteger: exponent)
    let high = binary("add", e, product)
    let lost = binary("sub", product, binary("sub", high, e))
    let correction = fma(rest, slope, fma(q, first, negative(product)))
    return (high, fma(q, factor, binary("add", lost, correction)))
  }

  /// tanh x = e / (e + 2), where e = e^2x - 1; within 3.3 ulp.
  mutating func tanh() -> String {
    let a = limited(unary("fabs", "%x"), toAtMost: 9.1)
    let (power, n) = powerOfWholePart(of: a, times: constant(2.88539008 as Float))
    let r = fma(n, constant(-0x1.62e43p-2 as Float), a)
    // 2^n (1 + r P) - 1, without the cancellation that n = 0 would have.
    let rest = binary("sub", power, constant(1 as Float))
    let slope = binary("mul", power, r)
    let factor = polynomial(
      [2, 2, 0x1.5554b6p+0, 0x1.5555b2p-1, 0x1.122426p-2, 0x1.6c5e38p-4],
      of: r,
      last: 2
    )
    let e = fma(slope, factor, rest)
    return binary("div", signed(e, as: "%x"), binary("add", e, constant(2 as Float)))
  }

  /// erf x = s (3 - s²) / 2, where s = x P(x²); within 2.5 ulp.
  ///
  /// Where s comes near 1, its error changes next to nothing, so that few coefficients are enough, and the result
  /// is never beyond 1.
  mutating func erf() -> String {
    let x = limited(limited("%x", toAtMost: 3.9), toAtLeast: -3.9)
    let factor = polynomial(
      [
        0x1.812746p-1, -0x1.bdde2cp-4, 0x1.be7288p-7, -0x1.50bff8p-10, 0x1.8312ecp-14,
        -0x1.530832p-18, 0x1.b358bcp-23, -0x1.6d310ep-28, 0x1.271c74p-34,
      ],
      of: binary("mul", x, x)
    )
    let s = binary("mul", x, factor)
    let half = constant(0.5 as Float)
    return fma(s, fma(binary("mul", s, constant(-0.5 as Float)), s, half), s)
  }

  /// ∛x = x s² (1 - h)^-⅔, where h = 1 - |x| s³; within 2.3 ulp.
  ///
  /// s is 1/∛|x| to a few bits, from a third of the exponent.
  mutating func cbrt() -> String {
    let a = unary("fabs", "%x")
    // Subnormal numbers have no exponent to begin with.
    let isSubnormal = compare("olt", a, constant(0x1p-126 as Float))
    let normal = select(isSubnormal, binary("mul", a, constant(0x1p+24 as Float)), a)
    let start = constant(0x1.5287ep+30 as Float)
    let offset = select(isSubnormal, constant(0x1.6287ep+30 as Float), start)
    let bits = number(ofInteger: integers(bitsOf: normal))
    let s = floats(bitsOf: truncated(fma(bits, constant(-1 / 3 as Float), offset)))
    let square = binary("mul", s, s)
    let rest = fma(negative(binary("mul", a, square)), s, constant(1 as Float))
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

  /// A number times 2^n, in two steps, which may overflow and round to subnormal numbers.
  ///
  /// - Parameter n: as integers, of which the 9 lowest bits count.
  private mutating func scaled(_ x: String, byPowerOfTwo n: String) -> String {
    let half = integerBinary("ashr", n, constant(1 as Int32))
    let first = powerOfTwo(half)
    let second = powerOfTwo(integerBinary("sub", n, half))
    return binary("mul", binary("mul", x, first), second)
  }
}
