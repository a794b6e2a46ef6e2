internal import ApusMath

/// A math function of `f32` that a kernel computes itself, for a vector of any width.
///
/// These are the functions for which libmvec's take longer than IREE's approximations, which are short but
/// wrong by more than 4 ulp. Coefficients are minimax fits, each rounded to `f32` and those left fitted
/// again. The errors given are the largest over all numbers of a binade or more, against `f64`.
struct MathFormula: Hashable {
  let function: MathFunction
  /// How many values.
  let count: Int
  /// Whether they are a vector: a vector of one value is not a single number.
  let isVector: Bool

  private static let bodies: [String: @Sendable (inout FormulaBuilder) -> String] = [
    "tanh": { $0.tanh() }, "cbrt": { $0.cbrt() },
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

  /// The function's text, in the `llvm` dialect.
  var definition: String {
    var builder = FormulaBuilder(count: isVector ? count : nil)
    let result = Self.bodies[function.name].map { $0(&builder) } ?? "%x"
    return "llvm.func internal @\(symbol)(%x: \(builder.float)) -> \(builder.float) attributes"
      + " {always_inline, \(MathHelper.effects), sym_visibility = \"private\"} {\n"
      + builder.lines.joined(separator: "\n") + "\nllvm.return \(result) : \(builder.float)\n}\n"
  }
}

/// Writes the operations of a formula down, one line each.
private struct FormulaBuilder {
  /// The types of numbers, of as many integers, and of as many truth values.
  let float: String
  let integer: String
  let truth: String
  private let isVector: Bool
  private(set) var lines: [String] = []

  /// - Parameter count: the length of a vector; nil for a single number.
  init(count: Int?) {
    isVector = count != nil
    func type(_ element: String) -> String { count.map { "vector<\($0)x\(element)>" } ?? element }
    float = type("f32")
    integer = type("i32")
    truth = type("i1")
  }

  private mutating func add(_ text: String) -> String {
    let value = "%v\(lines.count)"
    lines.append("\(value) = \(text)")
    return value
  }

  // MARK: Operations

  mutating func constant(_ value: Float) -> String {
    let digits = String(value.bitPattern, radix: 16, uppercase: true)
    let literal = "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    return add(
      "llvm.mlir.constant(\(isVector ? "dense<\(literal)>" : literal) : \(float)) : \(float)"
    )
  }

  mutating func constant(_ value: Int32) -> String {
    add(
      "llvm.mlir.constant(\(isVector ? "dense<\(value)>" : "\(value)") : \(integer)) : \(integer)"
    )
  }

  mutating func binary(_ operation: String, _ a: String, _ b: String) -> String {
    add("llvm.f\(operation) \(a), \(b) : \(float)")
  }

  mutating func negative(_ a: String) -> String { add("llvm.fneg \(a) : \(float)") }

  mutating func integerBinary(_ operation: String, _ a: String, _ b: String) -> String {
    add("llvm.\(operation) \(a), \(b) : \(integer)")
  }

  mutating func fma(_ a: String, _ b: String, _ c: String) -> String {
    add("llvm.intr.fma(\(a), \(b), \(c)) : (\(float), \(float), \(float)) -> \(float)")
  }

  mutating func unary(_ intrinsic: String, _ a: String) -> String {
    add("llvm.intr.\(intrinsic)(\(a)) : (\(float)) -> \(float)")
  }

  mutating func copySign(_ magnitude: String, _ sign: String) -> String {
    add("llvm.intr.copysign(\(magnitude), \(sign)) : (\(float), \(float)) -> \(float)")
  }

  mutating func compare(_ predicate: String, _ a: String, _ b: String) -> String {
    add("llvm.fcmp \"\(predicate)\" \(a), \(b) : \(float)")
  }

  mutating func select(_ condition: String, _ a: String, _ b: String) -> String {
    add("llvm.select \(condition), \(a), \(b) : \(truth), \(float)")
  }

  mutating func integers(bitsOf a: String) -> String {
    add("llvm.bitcast \(a) : \(float) to \(integer)")
  }

  mutating func floats(bitsOf a: String) -> String {
    add("llvm.bitcast \(a) : \(integer) to \(float)")
  }

  mutating func truncated(_ a: String) -> String {
    add("llvm.fptosi \(a) : \(float) to \(integer)")
  }

  /// A polynomial by Horner's rule, the coefficient of the lowest power first.
  mutating func polynomial(_ coefficients: [Float], of x: String) -> String {
    var result = constant(coefficients[coefficients.count - 1])
    for coefficient in coefficients.dropLast().reversed() {
      result = fma(result, x, constant(coefficient))
    }
    return result
  }

  // MARK: Functions

  /// tanh x = 1 - 2 / (e^2x + 1), and x + x³ P(x²) below 0.6; within 2.1 ulp.
  mutating func tanh() -> String {
    let a = unary("fabs", "%x")
    // NaN is not larger, and stays what it is.
    let limit = constant(9.1 as Float)
    let limited = select(compare("ogt", a, limit), limit, a)
    // Added to a number, 1.5 · 2^23 rounds it to a whole one, which is then in the lowest bits.
    let scale = constant(2.88539008 as Float)
    let shift = constant(0x1.8p+23 as Float)
    let shifted = fma(limited, scale, shift)
    let part = fma(limited, scale, negative(binary("sub", shifted, shift)))
    let mantissa = polynomial(
      [0x1p+0, 0x1.62e42ap-1, 0x1.ebf9c2p-3, 0x1.c6b6d8p-5, 0x1.3ce8acp-7, 0x1.5bda4p-10],
      of: part
    )
    let exponent = integerBinary("shl", integers(bitsOf: shifted), constant(23 as Int32))
    let one = constant(1 as Float)
    let power = floats(bitsOf: integerBinary("add", exponent, integers(bitsOf: one)))
    let sum = binary("add", binary("mul", mantissa, power), one)
    let large = binary("sub", one, binary("div", constant(2 as Float), sum))
    let square = binary("mul", "%x", "%x")
    let factor = polynomial(
      [-0x1.555368p-2, 0x1.10a72p-3, -0x1.abb8fcp-5, 0x1.ff9d04p-7],
      of: square
    )
    let small = fma(binary("mul", factor, square), a, a)
    return copySign(select(compare("olt", a, constant(0.6 as Float)), small, large), "%x")
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
    let isOrdinary = add("llvm.icmp \"ult\" \(before), \(largest) : \(integer)")
    return select(isOrdinary, result, "%x")
  }
}
