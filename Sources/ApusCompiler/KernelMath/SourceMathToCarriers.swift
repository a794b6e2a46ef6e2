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
    "chlo.lgamma": "lgamma",
  ]

  /// Replaces all that are functions of real numbers.
  ///
  /// - Throws: `CompilerError` if one cannot be written down.
  func apply(to module: MLIROperation) throws(CompilerError) {
    try ComplexFunctions().apply(to: module)
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
      guard operation.replace(withBodyOfFunction: text) else {
        throw CompilerError(
          .compilationFailed,
          "\(name) of \(type) cannot be replaced by \(functionName) of the math library",
          phase: .start
        )
      }
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
