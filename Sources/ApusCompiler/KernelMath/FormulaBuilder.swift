/// Writes the operations of a formula down, one line each.
struct FormulaBuilder {
  /// The types of numbers, of as many integers, and of as many truth values.
  let float, integer, truth: String
  private let count: Int?
  let isDouble: Bool
  private let hasWideVectors: Bool
  /// Whether ``fma(_:_:_:)`` rounds once.
  let hasFusedMultiplyAdd: Bool
  private let library: String?
  private let arguments: [String]
  private var lines: [String] = []

  /// - Parameters:
  ///   - count: the length of a vector; nil for a single number.
  ///   - library: the function that computes exceptions; nil if there are none.
  ///   - arguments: the names of the formula's arguments.
  ///   - isDouble: whether numbers are `f64` and integers of 64 bits, not 32.
  ///   - hasWideVectors: whether the processor has AVX-512.
  ///   - hasFusedMultiplyAdd: whether numbers are multiplied and added in one instruction.
  init(
    count: Int?,
    library: String?,
    _ arguments: [String],
    isDouble: Bool = false,
    hasWideVectors: Bool = false,
    hasFusedMultiplyAdd: Bool = true
  ) {
    self.count = count
    self.isDouble = isDouble
    self.hasWideVectors = hasWideVectors
    self.hasFusedMultiplyAdd = hasFusedMultiplyAdd
    self.library = library
    self.arguments = arguments
    func type(_ element: String) -> String { count.map { "vector<\($0)x\(element)>" } ?? element }
    float = type(isDouble ? "f64" : "f32")
    integer = type(isDouble ? "i64" : "i32")
    truth = type("i1")
  }

  private var isVector: Bool { count != nil }

  /// The function of the operations written down.
  func function(_ symbol: String, returning result: String, attributes: String) -> String {
    let parameters = arguments.map { "\($0): \(float)" }.joined(separator: ", ")
    return "llvm.func internal @\(symbol)(\(parameters)) -> \(float) attributes"
      + " {\(attributes), sym_visibility = \"private\"} {\n"
      + lines.joined(separator: "\n") + "\nllvm.return \(result) : \(float)\n}\n"
  }

  private mutating func add(_ text: String) -> String {
    let value = "%v\(lines.count)"
    lines.append("\(value) = \(text)")
    return value
  }

  // MARK: Exceptions

  /// A result in whose place others are returned if there are any exceptions.
  ///
  /// - Parameter others: writes down what is computed only then.
  mutating func result(
    _ result: String,
    unlessAny exceptions: String,
    _ others: (inout FormulaBuilder) -> String
  ) -> String {
    let any = any(exceptions)
    let block = lines.count
    lines.append("llvm.cond_br \(any) weights([1, 1000]), ^exception\(block), ^formula\(block)")
    lines.append("^exception\(block):")
    let value = others(&self)
    lines.append("llvm.return \(value) : \(float)\n^formula\(block):")
    return result
  }

  /// A result of which the exceptions are computed by the library's function, if there are any.
  mutating func result(_ result: String, librarysWhere exceptions: String) -> String {
    guard let library else { return result }
    return self.result(result, unlessAny: exceptions) { builder in
      let types = builder.arguments.map { _ in builder.float }.joined(separator: ", ")
      let call = builder.arguments.joined(separator: ", ")
      let value = builder.add("llvm.call @\(library)(\(call)) : (\(types)) -> \(builder.float)")
      return builder.select(exceptions, value, result)
    }
  }

  /// Whether a condition holds for any number.
  private mutating func any(_ condition: String) -> String {
    isVector
      ? add("\"llvm.intr.vector.reduce.or\"(\(condition)) : (\(truth)) -> i1") : condition
  }

  /// A value where a condition holds, which is computed only if it holds for any number, and another one elsewhere.
  mutating func select(
    _ condition: String,
    computing value: (inout FormulaBuilder) -> String,
    otherwise other: String
  ) -> String {
    let block = lines.count
    lines += [
      "llvm.cond_br \(any(condition)) weights([1, 1000]), ^compute\(block),"
        + " ^selected\(block)(\(other) : \(float))",
      "^compute\(block):",
    ]
    let selected = select(condition, value(&self), other)
    lines += [
      "llvm.br ^selected\(block)(\(selected) : \(float))",
      "^selected\(block)(%s\(block): \(float)):",
    ]
    return "%s\(block)"
  }

  /// Repeats a step on each number for as long as a condition holds of it.
  mutating func repeated(
    _ values: [String],
    while condition: (inout FormulaBuilder, [String]) -> String,
    step: (inout FormulaBuilder, [String]) -> [String]
  ) -> [String] {
    let block = lines.count
    let types = values.map { _ in float }.joined(separator: ", ")
    func jump(_ values: [String]) -> String {
      "llvm.br ^repeat\(block)(\(values.joined(separator: ", ")) : \(types))"
    }
    let current = values.indices.map { "%r\(block)_\($0)" }
    let parameters = current.map { "\($0): \(float)" }.joined(separator: ", ")
    lines += [jump(values), "^repeat\(block)(\(parameters)):"]
    let isOn = condition(&self, current)
    lines += [
      "llvm.cond_br \(any(isOn)), ^step\(block), ^done\(block)", "^step\(block):",
    ]
    let next = zip(step(&self, current), current).map { select(isOn, $0, $1) }
    lines += [jump(next), "^done\(block):"]
    return current
  }

  // MARK: Operations

  /// A constant of the formula's type.
  mutating func number(_ value: Double) -> String {
    isDouble ? constant(bits: value.bitPattern) : constant(bits: Float(value).bitPattern)
  }

  private mutating func constant(bits: some FixedWidthInteger) -> String {
    let digits = String(bits, radix: 16, uppercase: true)
    let literal = "0x" + String(repeating: "0", count: bits.bitWidth / 4 - digits.count) + digits
    return add(
      "llvm.mlir.constant(\(isVector ? "dense<\(literal)>" : literal) : \(float)) : \(float)"
    )
  }

  mutating func constant(_ value: Int64) -> String {
    add(
      "llvm.mlir.constant(\(isVector ? "dense<\(value)>" : "\(value)") : \(integer)) : \(integer)"
    )
  }

  // MARK: Constants of either type

  /// How many bits are below the exponent's.
  mutating func mantissaBitCount() -> String {
    constant(Int64(isDouble ? Double.significandBitCount : Float.significandBitCount))
  }

  /// All bits but the sign's.
  mutating func magnitudeMask() -> String { constant(isDouble ? .max : Int64(Int32.max)) }

  /// The bits of a number.
  mutating func bits(of value: Double) -> String { constant(Self.bits(of: value, isDouble)) }

  private static func bits(of value: Double, _ isDouble: Bool) -> Int64 {
    isDouble
      ? Int64(bitPattern: value.bitPattern) : Int64(Int32(bitPattern: Float(value).bitPattern))
  }

  private var smallestNormal: Double {
    isDouble ? .leastNormalMagnitude : Double(Float.leastNormalMagnitude)
  }

  /// The bits of the smallest normal number.
  mutating func bitsOfSmallestNormal() -> String { bits(of: smallestNormal) }

  /// How many positive normal numbers there are.
  mutating func normalCount() -> String {
    constant(Self.bits(of: .infinity, isDouble) - Self.bits(of: smallestNormal, isDouble))
  }

  /// What the bits of a power of two and those of its reciprocal add up to.
  mutating func twiceTheBitsOfOne() -> String { constant(2 * Self.bits(of: 1, isDouble)) }

  /// log 2, as a sum.
  var logarithmOfTwo: (high: Double, low: Double) {
    isDouble
      ? (0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56) : (0x1.62e43p-1, -0x1.05c61p-29)
  }

  /// What is rounded off π, in proportion to it.
  var roundedOffPi: Double { isDouble ? 0x1.678afae35cdd1p-55 : -0x1.de12cap-26 }

  /// Below it, powers of e and their reciprocals are normal numbers.
  var limitOfPowers: Double { isDouble ? 708 : 87 }

  /// Below it, squares are finite, and so are sums of them.
  var limitOfSquares: Double { isDouble ? 0x1p+500 : 0x1p+60 }

  /// Below it, sums are finite.
  var limitOfSums: Double { isDouble ? 0x1p+1000 : 0x1p+120 }

  /// What, added to a number, leaves its whole part in the lowest bits.
  mutating func shiftOfWholePart() -> String { number(isDouble ? 0x1.8p+52 : 0x1.8p+23) }

  /// The same, and besides what is added to an exponent where it is written down.
  mutating func biasedShiftOfWholePart() -> String {
    number(isDouble ? 0x1.8p+52 + 1023 : 0x1.8p+23 + 127)
  }

  mutating func binary(_ operation: String, _ a: String, _ b: String) -> String {
    add("llvm.f\(operation) \(a), \(b) : \(float)")
  }

  mutating func negative(_ a: String) -> String { add("llvm.fneg \(a) : \(float)") }

  mutating func integerBinary(_ operation: String, _ a: String, _ b: String) -> String {
    add("llvm.\(operation) \(a), \(b) : \(integer)")
  }

  mutating func either(_ a: String, _ b: String) -> String {
    add("llvm.or \(a), \(b) : \(truth)")
  }

  mutating func both(_ a: String, _ b: String) -> String {
    add("llvm.and \(a), \(b) : \(truth)")
  }

  mutating func different(_ a: String, _ b: String) -> String {
    add("llvm.xor \(a), \(b) : \(truth)")
  }

  mutating func opposite(_ a: String) -> String {
    different(
      a,
      add("llvm.mlir.constant(\(isVector ? "dense<true> : \(truth)" : "true")) : \(truth)")
    )
  }

  /// A product and a sum, rounded once where the processor does that.
  mutating func fma(_ a: String, _ b: String, _ c: String) -> String {
    guard hasFusedMultiplyAdd else { return binary("add", binary("mul", a, b), c) }
    return add("llvm.intr.fma(\(a), \(b), \(c)) : (\(float), \(float), \(float)) -> \(float)")
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

  mutating func compareBits(_ predicate: String, _ a: String, _ b: String) -> String {
    add("llvm.icmp \"\(predicate)\" \(a), \(b) : \(integer)")
  }

  mutating func integers(bitsOf a: String) -> String {
    add("llvm.bitcast \(a) : \(float) to \(integer)")
  }

  mutating func floats(bitsOf a: String) -> String {
    add("llvm.bitcast \(a) : \(integer) to \(float)")
  }

  mutating func number(ofInteger a: String) -> String {
    add("llvm.sitofp \(a) : \(integer) to \(float)")
  }

  mutating func truncated(_ a: String) -> String {
    add("llvm.fptosi \(a) : \(float) to \(integer)")
  }

  /// A number of `f32` times 2^n, n a whole number, rounded once; nil where there is no instruction for it.
  mutating func scaledAtOnce(_ x: String, byPowerOfTwo n: String) -> String? {
    guard hasWideVectors, !isDouble, count == 16 else { return nil }
    let all = add("llvm.mlir.constant(-1 : i16) : i16")
    let rounding = add("llvm.mlir.constant(4 : i32) : i32")
    return add(
      "llvm.call_intrinsic \"llvm.x86.avx512.mask.scalef.ps.512\""
        + "(\(x), \(n), \(x), \(all), \(rounding)) :"
        + " (\(float), \(float), \(float), i16, i32) -> \(float)"
    )
  }

  /// The smaller of a number and a limit; NaN stays NaN.
  mutating func limited(_ x: String, toAtMost limit: Double) -> String {
    minimum(x, number(limit))
  }

  /// The smaller of two numbers; NaN if one is.
  mutating func minimum(_ a: String, _ b: String) -> String {
    add("llvm.intr.minimum(\(a), \(b)) : (\(float), \(float)) -> \(float)")
  }

  /// The larger of a number and a limit; NaN stays NaN.
  mutating func limited(_ x: String, toAtLeast limit: Double) -> String {
    add("llvm.intr.maximum(\(x), \(number(limit))) : (\(float), \(float)) -> \(float)")
  }

  /// A polynomial, the coefficient of the lowest power first.
  ///
  /// Its terms are added in pairs, so that few operations wait for one another (Estrin's scheme), but for the
  /// first ones, whose additions round the result.
  ///
  /// - Parameter last: how many terms are added one after another (Horner's scheme).
  mutating func polynomial(_ coefficients: [Double], of x: String, last: Int = 1) -> String {
    polynomial(coefficients.map { number($0) }, of: x, last: last)
  }

  /// A polynomial that has as many coefficients as its type has use for.
  mutating func polynomial(
    float: @autoclosure () -> [Double],
    double: @autoclosure () -> [Double],
    of x: String
  ) -> String {
    polynomial(isDouble ? double() : float(), of: x)
  }

  private mutating func polynomial(_ values: [String], of x: String, last: Int) -> String {
    // The powers of x are products too, of which a processor with wide vectors computes few at once.
    let last = hasWideVectors ? max(last, values.count - 4) : last
    var result = sum(Array(values.dropFirst(last)), of: x)
    for value in values.prefix(last).reversed() { result = fma(result, x, value) }
    return result
  }

  private mutating func sum(_ coefficients: [String], of x: String) -> String {
    if coefficients.count == 1 { return coefficients[0] }
    var pairs = stride(from: 0, to: coefficients.count - 1, by: 2).map {
      fma(coefficients[$0 + 1], x, coefficients[$0])
    }
    if !coefficients.count.isMultiple(of: 2) { pairs.append(coefficients[coefficients.count - 1]) }
    return pairs.count == 1 ? pairs[0] : sum(pairs, of: binary("mul", x, x))
  }
}
