extension MathFunction {
  private static func f(
    _ name: String,
    _ operations: String...,
    ranges: [ClosedRange<Double>] = [-10...10],
    edges: [Double] = []
  ) -> MathFunction {
    MathFunction(
      name: name,
      operations: operations.map(MathOperation.init),
      ranges: [ranges],
      edges: edges
    )
  }

  /// A function that rounds to integers.
  private static func rounding(_ name: String, _ operations: String...) -> MathFunction {
    MathFunction(
      name: name,
      operations: operations.map(MathOperation.init),
      contract: .correctlyRounded,
      ranges: [[-10...10, -1e9...1e9]],
      edges: [0.5, -0.5, 1.5, 2.5, -2.5, 0x1p7, 0x1p10, 0x1p23, -0x1p23, 0x1p52, -0x1p52]
    )
  }

  private static let angles: [Double] = (-8...8).map { Double($0) * Double.pi / 2 }
  private static let aroundZero: [ClosedRange<Double>] = [-1...1, -10...10, -100...100]

  /// Every function that the compiler makes right, in the order of the table.
  static let all: [MathFunction] =
    trigonometric + hyperbolic + exponential + powers + others + roundings + decomposed

  private static let trigonometric = [
    f("sin", "math.sin", "math.sincos, sine", "stablehlo.sine", ranges: circular, edges: angles),
    f(
      "cos",
      "math.cos",
      "math.sincos, cosine",
      "stablehlo.cosine",
      ranges: circular,
      edges: angles
    ),
    f("tan", "math.tan", "stablehlo.tan", "chlo.tan", ranges: circular, edges: angles),
    f("asin", "math.asin", "chlo.asin", ranges: [-1...1], edges: [-1, 1, 0.5, -0.5]),
    f("acos", "math.acos", "chlo.acos", ranges: [-1...1], edges: [-1, 1, 0.5, -0.5]),
    f("atan", "math.atan", "chlo.atan", ranges: aroundZero, edges: [1, -1]),
    MathFunction(
      name: "atan2",
      operations: [MathOperation(name: "math.atan2"), MathOperation(name: "stablehlo.atan2")],
      parameters: [.float, .float],
      ranges: [aroundZero, aroundZero]
    ),
  ]

  private static let circular: [ClosedRange<Double>] = [-1...1, -10...10, -1e6...1e6]

  private static let hyperbolic = [
    f("sinh", "math.sinh", "chlo.sinh", ranges: aroundZero, edges: overflow),
    f("cosh", "math.cosh", "chlo.cosh", ranges: aroundZero, edges: overflow),
    f("tanh", "math.tanh", "stablehlo.tanh", ranges: aroundZero, edges: [9.01, -9.01, 19.1, 22]),
    f("asinh", "math.asinh", "chlo.asinh", ranges: aroundZero),
    f("acosh", "math.acosh", "chlo.acosh", ranges: [1...2, 1...100, -1e6...1], edges: [1]),
    f("atanh", "math.atanh", "chlo.atanh", ranges: [-1...1], edges: [-1, 1]),
  ]

  /// About where e^x leaves the types' numbers, above and below.
  private static let overflow = [
    11.09, 11.78, 88.73, 89.42, 709.78, 710.48, -9.7, -17.33, -87.34, -103.97, -708.4, -745.13,
  ]

  private static let exponential = [
    f("exp", "math.exp", "stablehlo.exponential", ranges: aroundZero, edges: overflow),
    f(
      "exp2",
      "math.exp2",
      ranges: aroundZero,
      edges: [16, -14, -24, -25, 128, -126, -149, -150, 1024, -1022, -1074, -1075]
    ),
    f(
      "expm1",
      "math.expm1",
      "stablehlo.exponential_minus_one",
      ranges: aroundZero,
      edges: overflow + [-17, -37]
    ),
    f("log", "math.log", "stablehlo.log", ranges: positive, edges: [1]),
    f("log2", "math.log2", ranges: positive, edges: [1, 2, 8]),
    f("log10", "math.log10", ranges: positive, edges: [1, 10, 1000]),
    f(
      "log1p",
      "math.log1p",
      "stablehlo.log_plus_one",
      ranges: [-1...1, -1...100],
      edges: [-1, 0.4142, -0.2929]
    ),
  ]

  private static let positive: [ClosedRange<Double>] = [0...2, 0...100, 0.9...1.1]

  private static let powers = [
    MathFunction(
      name: "pow",
      operations: [MathOperation(name: "math.powf"), MathOperation(name: "stablehlo.power")],
      parameters: [.float, .float],
      ranges: [[0...10, -10...10, 0.99...1.01], [-10...10, -100...100]]
    ),
    MathFunction(
      name: "powi",
      operations: [MathOperation(name: "math.fpowi")],
      parameters: [.float, .integer],
      ranges: [[-10...10, 0.99...1.01], [-10...10, -1000...1000, -2_147_483_648...2_147_483_647]]
    ),
    f("cbrt", "math.cbrt", "stablehlo.cbrt", ranges: aroundZero, edges: [1, 8]),
    MathFunction(
      name: "sqrt",
      operations: [MathOperation(name: "math.sqrt"), MathOperation(name: "stablehlo.sqrt")],
      contract: .correctlyRounded,
      ranges: [positive]
    ),
    f("rsqrt", "math.rsqrt", "stablehlo.rsqrt", ranges: positive, edges: [1]),
  ]

  private static let others = [
    f("erf", "math.erf", "chlo.erf", ranges: [-1...1, -6...6], edges: [0.84375, 1.25, 3.9, 5.9]),
    f(
      "erfc",
      "math.erfc",
      "chlo.erfc",
      ranges: [-1...1, -6...6, 0...28],
      edges: [0.84375, 1.25, 3.5, 9.19, 10.05, 26.5, 27.2]
    ),
    MathFunction(
      name: "fmod",
      operations: [MathOperation(name: "arith.remf"), MathOperation(name: "stablehlo.remainder")],
      parameters: [.float, .float],
      contract: .correctlyRounded,
      ranges: [[-10...10, -1e6...1e6], [-10...10, -1...1]]
    ),
    f(
      "lgamma",
      "chlo.lgamma",
      ranges: [0...3, 0...100, 0.99...1.01, 1.99...2.01, 0...1e30, -6...0, -40...0, -200...0],
      edges: lgammaZeros + (1...45).map { -Double($0) } + [-0.5]
    ),
  ]

  /// Zeros of the logarithm of the gamma function.
  private static let lgammaZeros = [
    1, 2, -2.4570247382208006, -2.7476826467274127, -3.14358088834998, -3.955294284858598,
    -4.039361839740537, -4.991544640560048, -5.008218168322593, -5.998607480080876,
    -6.001385294453155, -6.999801507890638, -7.0001983334073245, -7.999975197095821,
    -8.000024800270682, -8.99999724425098, -9.000002755714823, -9.999999724426629,
    -10.000000275573136, -10.999999974947890, -11.000000025052107, -11.999999997912324,
    -12.000000002087676, -12.999999999839409, -13.00000000016059, -13.999999999988529,
    -14.00000000001147,
  ]

  private static let roundings = [
    rounding("round", "math.round", "stablehlo.round_nearest_afz"),
    rounding("roundeven", "math.roundeven", "stablehlo.round_nearest_even"),
    rounding("floor", "math.floor", "stablehlo.floor"),
    rounding("ceil", "math.ceil", "stablehlo.ceil"),
    rounding("trunc", "math.trunc"),
  ]

  private static let decomposed = [
    MathFunction(
      name: "logistic",
      operations: [MathOperation(name: "stablehlo.logistic")],
      contract: .decomposed,
      ranges: [aroundZero],
      edges: overflow
    ),
    MathFunction(
      name: "digamma",
      operations: [MathOperation(name: "chlo.digamma")],
      contract: .decomposed,
      ranges: [[0.01...3, 0.01...100]],
      isConfined: true
    ),
    MathFunction(
      name: "erf_inv",
      operations: [MathOperation(name: "chlo.erf_inv")],
      contract: .decomposed,
      ranges: [[-1...1, 0.99...1]],
      isConfined: true,
      isSlow: true
    ),
    MathFunction(
      name: "bessel_i1e",
      operations: [MathOperation(name: "chlo.bessel_i1e")],
      contract: .decomposed,
      ranges: [[-10...10, -1000...1000]],
      isConfined: true,
      isSlow: true
    ),
    MathFunction(
      name: "zeta",
      operations: [MathOperation(name: "chlo.zeta")],
      parameters: [.float, .float],
      contract: .decomposed,
      ranges: [[1.1...4, 1.1...20], [0.1...4, 0.1...100]],
      isConfined: true,
      isSlow: true
    ),
    MathFunction(
      name: "polygamma",
      operations: [MathOperation(name: "chlo.polygamma")],
      parameters: [.integralFloat, .float],
      contract: .decomposed,
      ranges: [[0...5], [0.1...4, 0.1...100]],
      isConfined: true,
      isSlow: true
    ),
  ]
}
