internal import ApusMath

/// Replaces functions of StableHLO and CHLO by carriers, where these would not arrive as one operation of
/// MLIR's `math` dialect.
///
/// IREE cannot lower `stablehlo.tan`, and StableHLO makes formulas of CHLO's functions that lose digits. Here
/// the carrier is `stablehlo.atan2 %x, %tag`: it becomes `math.atan2`, which ``MathToCarriers`` knows by the
/// tag.
struct SourceMathToCarriers {
  /// The function in C that each stands for.
  private static let functions = [
    "stablehlo.tan": "tan", "chlo.tan": "tan", "chlo.sinh": "sinh", "chlo.cosh": "cosh",
    "chlo.asin": "asin", "chlo.acos": "acos", "chlo.atan": "atan", "chlo.asinh": "asinh",
    "chlo.acosh": "acosh", "chlo.atanh": "atanh", "chlo.erf": "erf", "chlo.erfc": "erfc",
  ]

  /// Replaces all that are functions of real numbers.
  ///
  /// - Throws: `CompilerError` if one cannot be written down.
  func apply(to module: MLIROperation) throws(CompilerError) {
    for name in ["stablehlo.tan", "chlo.tan"] {
      for operation in module.descendants(named: name) { try expandComplexTangent(operation) }
    }
    for operation in module.descendants {
      let name = operation.name
      guard let functionName = Self.functions[name],
        let function = MathFunction.named(functionName),
        let type = operation.results.first?.type?.text,
        let shape = FloatShape(type),
        let tag = MathCarrier.tag(of: function, shape.element)
      else { continue }
      // Folded, the carrier would be a NaN.
      let isConstant = operation.operands.allSatisfy(Self.isConstant)
      let argument = isConstant ? "%barred" : "%x"
      let barrier = isConstant ? "%barred = stablehlo.optimization_barrier %x : \(type)" : ""
      let text = """
        func.func @f(%x: \(type)) -> \(type) {
          \(barrier)
          %tag = "chlo.constant_like"(\(argument)) <{value = \(tag) : \(shape.element.intrinsicSuffix)}>
            : (\(type)) -> \(type)
          %y = stablehlo.atan2 \(argument), %tag : \(type)
          return %y : \(type)
        }
        """
      try replace(operation, withBodyOfFunction: text, as: "\(functionName) of the math library")
    }
  }

  /// The tangent of complex numbers, by those of their parts.
  ///
  /// tan(x + iy) = (tan x / cosh² y + i tanh y (1 + tan² x)) / (1 + tan² x tanh² y): Abramowitz and Stegun,
  /// 4.3.51 and 4.3.57, divided by cosh² y.
  private func expandComplexTangent(_ operation: MLIROperation) throws(CompilerError) {
    guard let type = operation.results.first?.type?.text,
      let start = type.firstRange(of: "complex<")
    else { return }
    let element = type[start.upperBound...].prefix { $0 != ">" }
    let part = type.replacing("complex<\(element)>", with: element)
    let text = """
      func.func @f(%z: \(type)) -> \(type) {
        %x = stablehlo.real %z : (\(type)) -> \(part)
        %y = stablehlo.imag %z : (\(type)) -> \(part)
        %one = "chlo.constant_like"(%x) <{value = 1.0 : \(element)}> : (\(part)) -> \(part)
        %t = stablehlo.tan %x : \(part)
        %h = stablehlo.tanh %y : \(part)
        %c = chlo.cosh %y : \(part) -> \(part)
        %tt = stablehlo.multiply %t, %t : \(part)
        %th = stablehlo.multiply %t, %h : \(part)
        %thth = stablehlo.multiply %th, %th : \(part)
        %d = stablehlo.add %one, %thth : \(part)
        %cc = stablehlo.multiply %c, %c : \(part)
        %a = stablehlo.divide %t, %cc : \(part)
        %s = stablehlo.add %one, %tt : \(part)
        %b = stablehlo.multiply %h, %s : \(part)
        %re = stablehlo.divide %a, %d : \(part)
        %im = stablehlo.divide %b, %d : \(part)
        %r = stablehlo.complex %re, %im : \(type)
        return %r : \(type)
      }
      """
    try replace(operation, withBodyOfFunction: text, as: "a formula")
  }

  private func replace(
    _ operation: MLIROperation,
    withBodyOfFunction text: String,
    as replacement: String
  ) throws(CompilerError) {
    let name = operation.name
    let type = operation.results.first?.type?.text ?? "nothing"
    guard operation.replace(withBodyOfFunction: text) else {
      throw CompilerError(
        .compilationFailed,
        "\(name) of \(type) cannot be replaced by \(replacement)",
        phase: .start
      )
    }
  }

  /// Whether a value depends on constants alone.
  private static func isConstant(_ value: MLIRValue) -> Bool {
    guard let operation = value.definingOperation else { return false }
    let name = operation.name
    guard name != "stablehlo.iota" else { return true }
    guard name.hasPrefix("stablehlo.") || name.hasPrefix("chlo.") else {
      return name.hasSuffix(".constant")
    }
    return operation.operands.allSatisfy(isConstant)
  }
}
