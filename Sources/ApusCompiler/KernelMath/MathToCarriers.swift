internal import ApusMath

/// Replaces the math of kernels by carriers.
///
/// Done once strategies are chosen: tile sizes and fusion are then what they would have been, and softmax
/// has been decomposed.
struct MathToCarriers {
  let mode: MathMode

  /// Operations that IREE would approximate, expand or fail on.
  ///
  /// Those that it makes instructions of, or formulas that round once, are not here.
  private static let operations: Set<String> = [
    "math.sin", "math.cos", "math.tan", "math.sinh", "math.cosh", "math.tanh", "math.asin",
    "math.acos", "math.atan", "math.asinh", "math.acosh", "math.atanh", "math.exp", "math.exp2",
    "math.expm1", "math.log", "math.log2", "math.log10", "math.log1p", "math.cbrt", "math.erf",
    "math.erfc", "math.powf", "math.atan2",
  ]

  /// Those that become several others.
  private static let compounds: Set<String> = ["math.fpowi", "math.sincos"]

  /// Whether a program has math that will be replaced, in whatever form it has before kernels are cut out.
  static func isNeeded(in module: MLIROperation) -> Bool {
    module.descendants.contains {
      let name = $0.name
      return operations.contains(name) || compounds.contains(name)
    }
  }

  /// Replaces all that is in kernels.
  ///
  /// - Throws: `CompilerError` if an operation has a type that cannot be computed.
  func apply(to module: MLIROperation) throws(CompilerError) {
    for executable in module.descendants(named: "hal.executable") {
      for operation in executable.descendants {
        let name = operation.name
        if Self.operations.contains(name) {
          var arguments = operation.operands
          guard var function = MathFunction.standing(forOperation: name) else { continue }
          if name == "math.atan2", let carried = arguments[1].constant.flatMap(MathCarrier.function)
          {
            function = carried
            arguments.removeLast()
          }
          try replace(operation, by: [function], on: arguments)
        } else if name == "math.sincos" {
          let functions = ["math.sin", "math.cos"].compactMap {
            MathFunction.standing(forOperation: $0)
          }
          try replace(operation, by: functions, on: operation.operands)
        } else if name == "math.fpowi" {
          try replacePower(operation)
        }
      }
    }
  }

  /// Replaces an operation, each of its results by a function of the arguments.
  private func replace(
    _ operation: MLIROperation,
    by functions: [MathFunction],
    on arguments: [MLIRValue]
  ) throws(CompilerError) {
    guard let type = operation.results.first?.type, let shape = FloatShape(type.text) else {
      throw unsupported(operation)
    }
    let computed = shape.of(computedType(for: shape.element))
    var values: [MLIRValue] = []
    for function in functions {
      guard let value = carrier(of: function, on: arguments, shape, computed, before: operation)
      else { throw unsupported(operation) }
      values.append(value)
    }
    operation.replace(with: values)
  }

  /// In which type a function is computed.
  ///
  /// A wider one gives the half precisions their correctly rounded results, and `f32` too where that is
  /// wanted.
  private func computedType(for element: FloatType) -> FloatType {
    mode == .exact ? .f64 : element == .f64 ? .f64 : .f32
  }

  /// `pow` of an integer exponent, unless that is so small that multiplying is as good.
  private func replacePower(_ operation: MLIROperation) throws(CompilerError) {
    guard let pow = MathFunction.standing(forOperation: "math.powf"),
      operation.operands.count == 2,
      let shape = operation.results.first?.type.flatMap({ FloatShape($0.text) }),
      // Exact for any exponent of 32 bits; of 64, all results but those near 1 are 0 or infinite.
      let wide = operation.type(shape.text(of: "f64"))
    else { throw unsupported(operation) }
    if let exponent = operation.operands[1].definingOperation?[attribute: "value"]?.text,
      let number = Int(exponent.prefix { $0 != " " }), abs(number) <= 2
    {
      return
    }
    let exponent = operation.insertBefore(
      "arith.sitofp",
      [operation.operands[1]],
      results: [wide]
    )
    var base = operation.operands[0]
    if shape.element != .f64 {
      guard let widened = operation.insertBefore("arith.extf", [base], results: [wide]).first
      else { throw unsupported(operation) }
      base = widened
    }
    let wideShape = shape.of(.f64)
    guard
      var value = carrier(of: pow, on: [base] + exponent, wideShape, wideShape, before: operation)
    else { throw unsupported(operation) }
    if shape.element != .f64 {
      guard let type = operation.results[0].type,
        let narrowed = operation.insertBefore("arith.truncf", [value], results: [type]).first
      else { throw unsupported(operation) }
      value = narrowed
    }
    operation.replace(with: [value])
  }

  /// A function's carrier, and the conversions around it.
  private func carrier(
    of function: MathFunction,
    on arguments: [MLIRValue],
    _ shape: FloatShape,
    _ computed: FloatShape,
    before operation: MLIROperation
  ) -> MLIRValue? {
    guard let tag = MathCarrier.tag(of: function, computed.element),
      let type = operation.type(computed.text),
      let original = operation.type(shape.text),
      let tagValue = operation.attribute(
        computed.isScalar ? "\(tag) : \(computed.text)" : "dense<\(tag)> : \(computed.text)"
      )
    else { return nil }
    var operands = arguments
    if shape != computed {
      operands = operands.flatMap { operation.insertBefore("arith.extf", [$0], results: [type]) }
    }
    let constant = operation.insertBefore(
      "arith.constant",
      [],
      results: [type],
      attributes: [("value", tagValue)]
    )
    guard let tagOperand = constant.first else { return nil }
    while operands.count < 3 { operands.append(tagOperand) }
    let value = operation.insertBefore("math.fma", operands, results: [type]).first
    guard let value, shape != computed else { return value }
    return operation.insertBefore("arith.truncf", [value], results: [original]).first
  }

  private func unsupported(_ operation: MLIROperation) -> CompilerError {
    let type = operation.results.first?.type?.text ?? "nothing"
    let kernel = operation.enclosing("func.func")?.symbolName ?? "a kernel"
    return CompilerError(
      .compilationFailed,
      "\(operation.name) of \(type) in \(kernel) cannot be computed: no math function has this type",
      phase: .executableConfigurations
    )
  }
}
