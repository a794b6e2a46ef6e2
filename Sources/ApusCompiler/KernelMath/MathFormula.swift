internal import ApusMath

/// A math function of `f32` that a kernel computes itself, for a vector of any width.
///
/// Inlined, it has no call's cost, and the kernel's constants stay in registers. Coefficients are minimax fits,
/// each rounded to `f32` and those left fitted again. The errors given are the largest over all numbers, or
/// over every few of them, against `f64`.
struct MathFormula: Hashable {
  let function: MathFunction
  /// How many values.
  let count: Int
  /// Whether they are a vector: a vector of one value is not a single number.
  let isVector: Bool

  private static let bodies: [String: @Sendable (inout FormulaBuilder) -> String] = [
    "sin": { $0.sin() }, "cos": { $0.cos() }, "exp": { $0.exp() }, "pow": { $0.pow() },
    "tanh": { $0.tanh() }, "cbrt": { $0.cbrt() }, "erf": { $0.erf() },
  ]

  /// For which arguments the formula does not hold, as a truth value.
  private static let exceptions: [String: @Sendable (inout FormulaBuilder) -> String] = [
    "sin": { $0.isBeyondReduction() }, "cos": { $0.isBeyondReduction() },
    "pow": { $0.isNotOrdinaryPower() },
  ]

  /// Nil where a function of a library is called.
  init?(_ function: MathFunction, _ shape: FloatShape, _ target: KernelMathTarget) {
    guard target.hasFusedMultiplyAdd, shape.element == .f32, Self.bodies[function.name] != nil,
      let count = shape.laneCount
    else { return nil }
    self.function = function
    self.count = count
    isVector = !shape.isScalar
  }

  /// The name of the function of the kernel's: `apus.tanh.formula.v8f32`.
  var symbol: String { "apus.\(function.name).formula.\(isVector ? "v\(count)" : "")f32" }

  /// Whether some arguments are left to a function of a library.
  var hasExceptions: Bool { Self.exceptions[function.name] != nil }

  /// The function's text, in the `llvm` dialect.
  ///
  /// - Parameter library: the function called for exceptions, of the same type.
  func definition(library: String?) -> String {
    var builder = FormulaBuilder(count: isVector ? count : nil)
    let names = Array(["%x", "%y"].prefix(function.arity))
    let result = Self.bodies[function.name].map { $0(&builder) } ?? "%x"
    if let library, let isException = Self.exceptions[function.name] {
      let exceptions = isException(&builder)
      builder.replace(result, where: exceptions, byCallOf: library, names)
    }
    let type = builder.float
    let parameters = names.map { "\($0): \(type)" }.joined(separator: ", ")
    return "llvm.func internal @\(symbol)(\(parameters)) -> \(type) attributes"
      + " {always_inline, \(MathHelper.effects), sym_visibility = \"private\"} {\n"
      + builder.lines.joined(separator: "\n") + "\nllvm.return \(result) : \(type)\n}\n"
  }
}

/// Writes the operations of a formula down, one line each.
private struct FormulaBuilder {
  /// The types of numbers, of as many integers, and of as many truth values.
  let float, double, integer, long, truth: String
  private let isVector: Bool
  private(set) var lines: [String] = []

  /// - Parameter count: the length of a vector; nil for a single number.
  init(count: Int?) {
    isVector = count != nil
    func type(_ element: String) -> String { count.map { "vector<\($0)x\(element)>" } ?? element }
    float = type("f32")
    double = type("f64")
    integer = type("i32")
    long = type("i64")
    truth = type("i1")
  }

  private mutating func add(_ text: String) -> String {
    let value = "%v\(lines.count)"
    lines.append("\(value) = \(text)")
    return value
  }

  /// Returns a result of which some values are another function's, if any are.
  mutating func replace(
    _ result: String,
    where exceptions: String,
    byCallOf callee: String,
    _ arguments: [String]
  ) {
    let any =
      isVector
      ? add("\"llvm.intr.vector.reduce.or\"(\(exceptions)) : (\(truth)) -> i1") : exceptions
    lines.append("llvm.cond_br \(any) weights([1, 1000]), ^exception, ^formula\n^exception:")
    let types = arguments.map { _ in float }.joined(separator: ", ")
    let value = add(
      "llvm.call @\(callee)(\(arguments.joined(separator: ", "))) : (\(types)) -> \(float)"
    )
    lines.append("llvm.return \(select(exceptions, value, result)) : \(float)\n^formula:")
  }

  // MARK: Operations

  mutating func constant(_ value: Float) -> String {
    let digits = String(value.bitPattern, radix: 16, uppercase: true)
    let literal = "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    return add(
      "llvm.mlir.constant(\(isVector ? "dense<\(literal)>" : literal) : \(float)) : \(float)"
    )
  }

  mutating func constant(_ value: Double) -> String {
    let literal = "0x" + String(value.bitPattern, radix: 16, uppercase: true)
    return add(
      "llvm.mlir.constant(\(isVector ? "dense<\(literal)>" : literal) : \(double)) : \(double)"
    )
  }

  mutating func constant(_ value: Int32) -> String {
    add(
      "llvm.mlir.constant(\(isVector ? "dense<\(value)>" : "\(value)") : \(integer)) : \(integer)"
    )
  }

  mutating func binary(
    _ operation: String,
    _ a: String,
    _ b: String,
    _ type: String? = nil
  ) -> String {
    add("llvm.f\(operation) \(a), \(b) : \(type ?? float)")
  }

  mutating func negative(_ a: String) -> String { add("llvm.fneg \(a) : \(float)") }

  mutating func integerBinary(_ operation: String, _ a: String, _ b: String) -> String {
    add("llvm.\(operation) \(a), \(b) : \(integer)")
  }

  mutating func fma(_ a: String, _ b: String, _ c: String, _ type: String? = nil) -> String {
    let type = type ?? float
    return add("llvm.intr.fma(\(a), \(b), \(c)) : (\(type), \(type), \(type)) -> \(type)")
  }

  mutating func unary(_ intrinsic: String, _ a: String) -> String {
    add("llvm.intr.\(intrinsic)(\(a)) : (\(float)) -> \(float)")
  }

  mutating func copySign(_ magnitude: String, _ sign: String) -> String {
    add("llvm.intr.copysign(\(magnitude), \(sign)) : (\(float), \(float)) -> \(float)")
  }

  mutating func compare(
    _ predicate: String,
    _ a: String,
    _ b: String,
    _ type: String? = nil
  ) -> String {
    add("llvm.fcmp \"\(predicate)\" \(a), \(b) : \(type ?? float)")
  }

  mutating func select(
    _ condition: String,
    _ a: String,
    _ b: String,
    _ type: String? = nil
  ) -> String {
    add("llvm.select \(condition), \(a), \(b) : \(truth), \(type ?? float)")
  }

  mutating func compareBits(_ predicate: String, _ a: String, _ b: String) -> String {
    add("llvm.icmp \"\(predicate)\" \(a), \(b) : \(integer)")
  }

  mutating func integers(bitsOf a: String) -> String {
    add("llvm.bitcast \(a) : \(float) to \(integer)")
  }

  mutating func floats(bitsOf a: String) -> String {
    add("llvm.bitcast \(a) : \(integer) to \(float)")
  }

  mutating func widened(_ a: String) -> String {
    add("llvm.fpext \(a) : \(float) to \(double)")
  }

  mutating func narrowed(_ a: String) -> String {
    add("llvm.fptrunc \(a) : \(double) to \(float)")
  }

  mutating func lowBits(ofDouble a: String) -> String {
    let bits = add("llvm.bitcast \(a) : \(double) to \(long)")
    return add("llvm.trunc \(bits) : \(long) to \(integer)")
  }

  mutating func truncated(_ a: String) -> String {
    add("llvm.fptosi \(a) : \(float) to \(integer)")
  }

  /// A polynomial, the coefficient of the lowest power first.
  ///
  /// Its terms are added in pairs, so that few operations wait for one another (Estrin's scheme), but for the
  /// first, whose addition rounds the result.
  mutating func polynomial(_ coefficients: [Float], of x: String) -> String {
    let values = coefficients.map { constant($0) }
    return fma(sum(Array(values.dropFirst()), of: x, float), x, values[0])
  }

  /// The same in `f64`.
  mutating func polynomial(f64 coefficients: [Double], of x: String) -> String {
    let values = coefficients.map { constant($0) }
    return fma(sum(Array(values.dropFirst()), of: x, double), x, values[0], double)
  }

  private mutating func sum(_ coefficients: [String], of x: String, _ type: String) -> String {
    if coefficients.count == 1 { return coefficients[0] }
    var pairs = stride(from: 0, to: coefficients.count - 1, by: 2).map {
      fma(coefficients[$0 + 1], x, coefficients[$0], type)
    }
    if !coefficients.count.isMultiple(of: 2) { pairs.append(coefficients[coefficients.count - 1]) }
    return sum(pairs, of: binary("mul", x, x, type), type)
  }

  // MARK: Functions

  /// e^x = 2^n e^r; within 1.1 ulp.
  mutating func exp() -> String {
    // Beyond, the result is infinite or 0. NaN is neither larger nor smaller, and stays what it is.
    let below = limited("%x", "ogt", constant(89 as Float))
    let x = limited(below, "olt", constant(-104 as Float))
    let (shifted, n) = wholePart(of: x, times: constant(1.44269502 as Float))
    let rest = fma(n, constant(-0x1.62e43p-1 as Float), x)
    let r = fma(n, constant(0x1.05c61p-29 as Float), rest)
    let mantissa = polynomial(
      [
        1, 1, 0x1.fffffcp-2, 0x1.555492p-3, 0x1.5558b4p-5, 0x1.12399ap-7, 0x1.6a48ccp-10,
      ],
      of: r
    )
    return scaled(mantissa, byPowerOfTwo: integers(bitsOf: shifted))
  }

  /// Within 2.2 ulp.
  mutating func sin() -> String {
    let a = unary("fabs", "%x")
    let (shifted, n) = wholePart(of: a, times: constant(0x1.45f306p-2 as Float))
    let sign = integerBinary("and", integers(bitsOf: "%x"), constant(Int32.min))
    let result = sineOfRest(a, after: n, isNegated: integers(bitsOf: shifted))
    return floats(bitsOf: integerBinary("xor", integers(bitsOf: result), sign))
  }

  /// A sine that began half of π earlier; within 2.5 ulp.
  mutating func cos() -> String {
    let a = unary("fabs", "%x")
    let half = constant(0.5 as Float)
    let shift = constant(0x1.8p+23 as Float)
    let shifted = binary("add", fma(a, constant(0x1.45f306p-2 as Float), half), shift)
    let n = binary("sub", binary("sub", shifted, shift), half)
    return sineOfRest(a, after: n, isNegated: integers(bitsOf: shifted))
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

  /// Whether a number is so large that four parts of π are too few.
  mutating func isBeyondReduction() -> String {
    compare("oge", unary("fabs", "%x"), constant(0x1p+20 as Float))
  }

  /// Whether a base is 0, subnormal, infinite or NaN, or an exponent infinite or NaN.
  mutating func isNotOrdinaryPower() -> String {
    let mask = constant(0x7FFF_FFFF as Int32)
    let base = integerBinary("and", integers(bitsOf: "%x"), mask)
    let aboveSmallest = integerBinary("sub", base, constant(0x0080_0000 as Int32))
    let exponent = integerBinary("and", integers(bitsOf: "%y"), mask)
    let isOddBase = compareBits("uge", aboveSmallest, constant(0x7F00_0000 as Int32))
    let isOddExponent = compareBits("uge", exponent, constant(0x7F80_0000 as Int32))
    return add("llvm.or \(isOddBase), \(isOddExponent) : \(truth)")
  }

  /// x^y = 2^(y log2 |x|), the logarithm in `f64`; within 1.2 ulp.
  mutating func pow() -> String {
    let bits = integerBinary("and", integers(bitsOf: "%x"), constant(0x7FFF_FFFF as Int32))
    // Between √½ and √2, whose logarithm is small.
    let exponent = integerBinary(
      "ashr",
      integerBinary("sub", bits, constant(0x3F35_04F3 as Int32)),
      constant(23 as Int32)
    )
    let mantissa = floats(
      bitsOf: integerBinary(
        "sub",
        bits,
        integerBinary("shl", exponent, constant(23 as Int32))
      )
    )
    let difference = binary("sub", mantissa, constant(1 as Float))
    let t = widened(difference)
    let factor = polynomial(
      f64: [
        0x1.715476530458cp+0, -0x1.71547678f1feep-1, 0x1.ec709b5b33c1ap-2, -0x1.715438ed50d73p-2,
        0x1.2777694c44dfdp-2, -0x1.ec8cbb28a46d3p-3, 0x1.a608e4d0d409cp-3, -0x1.6eb2698f21315p-3,
        0x1.4645e59a19474p-3, -0x1.41fffb9965927p-3, 0x1.3a457f7b873b5p-3, -0x1.596fe0ad18374p-4,
      ],
      of: t
    )
    let logarithm = fma(
      factor,
      t,
      add("llvm.sitofp \(exponent) : \(integer) to \(double)"),
      double
    )
    let product = binary("mul", widened("%y"), logarithm, double)
    let below = limited(product, "ogt", constant(129 as Double), double)
    let power = limited(below, "olt", constant(-151 as Double), double)
    let shift = constant(0x1.8p+52 as Double)
    let shifted = binary("add", power, shift, double)
    let rest = binary("sub", power, binary("sub", shifted, shift, double), double)
    let value = scaled(
      polynomial(
        [
          1, 0x1.62e43p-1, 0x1.ebfbdcp-3, 0x1.c6af7cp-5, 0x1.3b2dep-7, 0x1.5f082ep-10,
          0x1.416b6p-13,
        ],
        of: narrowed(rest)
      ),
      byPowerOfTwo: lowBits(ofDouble: shifted)
    )
    // Of a negative number, odd powers are negative, and only whole ones are numbers.
    let half = binary("mul", "%y", constant(0.5 as Float))
    let isWhole = compare("oeq", unary("floor", "%y"), "%y")
    let isEven = compare("oeq", unary("floor", half), half)
    let isNegative = compare("olt", "%x", constant(0 as Float))
    let signed = select(isEven, value, negative(value))
    let ofNegative = select(isWhole, signed, constant(Float.nan))
    return select(isNegative, ofNegative, value)
  }

  /// tanh x = e / (e + 2), where e = e^2x - 1; within 3.4 ulp.
  mutating func tanh() -> String {
    let a = limited(unary("fabs", "%x"), "ogt", constant(9.1 as Float))
    let (shifted, n) = wholePart(of: a, times: constant(2.88539008 as Float))
    let r = fma(n, constant(-0x1.62e43p-2 as Float), a)
    let e = powerLessOne(
      of: shifted,
      r,
      [2, 2, 0x1.5554b6p+0, 0x1.5555b2p-1, 0x1.122426p-2, 0x1.6c5e38p-4]
    )
    return copySign(binary("div", e, binary("add", e, constant(2 as Float))), "%x")
  }

  /// erf x = 1 - 2^(x Q(x)), where x Q(x) is the logarithm of erfc; within 3.3 ulp.
  mutating func erf() -> String {
    let a = limited(unary("fabs", "%x"), "ogt", constant(3.95 as Float))
    let factor = polynomial(
      [
        -0x1.a0be84p+0, -0x1.d63e62p-1, -0x1.2fc33cp-3, 0x1.c8556cp-6, -0x1.166d08p-12,
        -0x1.df226cp-10, 0x1.241d78p-11, -0x1.f4fc32p-15,
      ],
      of: a
    )
    let (shifted, n) = wholePart(of: factor, times: a)
    let r = fma(factor, a, negative(n))
    let e = powerLessOne(
      of: shifted,
      r,
      [
        0x1.62e43p-1, 0x1.ebfbdep-3, 0x1.c6afa4p-5, 0x1.3b2c3ep-7, 0x1.5ef134p-10, 0x1.429614p-13,
      ]
    )
    // erf is -e, and has the sign of x.
    return copySign(e, "%x")
  }

  // MARK: Steps

  /// The smaller, or the larger, of a number and a limit.
  private mutating func limited(
    _ x: String,
    _ predicate: String,
    _ limit: String,
    _ type: String? = nil
  ) -> String {
    select(compare(predicate, x, limit, type), limit, x, type)
  }

  /// A product rounded to a whole number n, also as 1.5 · 2^23 + n, which has n in its lowest bits.
  private mutating func wholePart(
    of x: String,
    times factor: String
  ) -> (shifted: String, n: String) {
    let shift = constant(0x1.8p+23 as Float)
    let shifted = fma(x, factor, shift)
    return (shifted, binary("sub", shifted, shift))
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

  /// 2^n as a number.
  private mutating func powerOfTwo(_ n: String) -> String {
    let exponent = integerBinary("shl", n, constant(23 as Int32))
    return floats(bitsOf: integerBinary("add", exponent, constant(0x3F80_0000 as Int32)))
  }

  /// 2^n (1 + r P(r)) - 1, without the cancellation that n = 0 would have.
  private mutating func powerLessOne(
    of shifted: String,
    _ r: String,
    _ coefficients: [Float]
  ) -> String {
    let power = powerOfTwo(integers(bitsOf: shifted))
    let rest = binary("sub", power, constant(1 as Float))
    return fma(binary("mul", power, r), polynomial(coefficients, of: r), rest)
  }

  /// One step of fourth order towards s = 1/∛x, from a third of the exponent, then one of Newton's from x s²
  /// towards ∛x; within 0.8 ulp.
  mutating func cbrt() -> String {
    let magnitude = unary("fabs", "%x")
    // Subnormal numbers have no exponent to begin with.
    let isSubnormal = compare("olt", magnitude, constant(0x1p-126 as Float))
    let scaled = binary("mul", magnitude, constant(0x1p+24 as Float))
    let a = select(isSubnormal, scaled, magnitude)
    let one = constant(1 as Float)
    let third = constant(1 / 3 as Float)
    let unscale = select(isSubnormal, constant(0x1p-8 as Float), one)
    let bits = integers(bitsOf: a)
    let number = add("llvm.sitofp \(bits) : \(integer) to \(float)")
    let exponent = truncated(binary("mul", number, third))
    var s = floats(bitsOf: integerBinary("sub", constant(0x54A2_4000 as Int32), exponent))
    let minus = negative(a)
    let cube = binary("mul", binary("mul", s, s), s)
    let rest = fma(minus, cube, one)
    let slope = polynomial([1 / 3, 2 / 9, 14 / 81], of: rest)
    s = fma(binary("mul", s, rest), slope, s)
    let square = binary("mul", s, s)
    let root = binary("mul", a, square)
    let excess = fma(binary("mul", root, root), root, minus)
    let better = fma(negative(excess), binary("mul", square, third), root)
    let result = copySign(binary("mul", better, unscale), "%x")
    // Neither 0 nor infinite nor NaN, which are their own roots.
    let before = integerBinary("sub", integers(bitsOf: magnitude), constant(1 as Int32))
    let largest = constant(0x7F7F_FFFF as Int32)
    return select(compareBits("ult", before, largest), result, "%x")
  }
}
