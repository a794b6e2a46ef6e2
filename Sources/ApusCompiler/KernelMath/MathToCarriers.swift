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
        || EarlyCodeGeneration.makesMath(of: $0)
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
        } else if name == "math.rsqrt", mode == .exact {
          try replaceReciprocalSquareRoot(operation)
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
    var values: [MLIRValue] = []
    for function in functions {
      let computed = shape.of(computedType(of: function, for: shape.element))
      guard let value = carrier(of: function, on: arguments, shape, computed, before: operation)
      else { throw unsupported(operation) }
      values.append(value)
    }
    operation.replace(with: values)
  }

  /// In which type a function is computed.
  ///
  /// A wider one gives the half precisions their correctly rounded results, and `f32` too where that is
  /// wanted, or where there is a formula of `f64` alone: `lgamma`.
  private func computedType(of function: MathFunction, for element: FloatType) -> FloatType {
    mode == .exact || element == .f64 || function.name == "lgamma" ? .f64 : .f32
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
    let wideShape = shape.of(.f64)
    guard
      let base = widened([operation.operands[0]], shape, to: wideShape, before: operation),
      let power = carrier(of: pow, on: base + exponent, wideShape, wideShape, before: operation),
      let value = narrowed(power, wideShape, to: shape, before: operation)
    else { throw unsupported(operation) }
    operation.replace(with: [value])
  }

  /// `1 / sqrt(x)` without the error of the division: in `f64`, then rounded, or, for `f64`, corrected.
  private func replaceReciprocalSquareRoot(_ operation: MLIROperation) throws(CompilerError) {
    guard let shape = operation.results.first?.type.flatMap({ FloatShape($0.text) }),
      shape.isScalar
    else { return }
    let wide = shape.of(.f64)
    let text =
      shape == wide ? Self.correctedReciprocalSquareRoot : Self.plainReciprocalSquareRoot
    guard let arguments = widened(operation.operands, shape, to: wide, before: operation),
      let root = operation.insertBefore(bodyOfFunction: text, arguments)?.first,
      let value = narrowed(root, wide, to: shape, before: operation)
    else { throw unsupported(operation) }
    operation.replace(with: [value])
  }

  private static let plainReciprocalSquareRoot = """
    func.func @f(%x: f64) -> f64 {
      %one = arith.constant 1.0 : f64
      %root = math.sqrt %x : f64
      %r = arith.divf %one, %root : f64
      return %r : f64
    }
    """

  /// With r near the result, r + r/2 (1 - x r²) is twice as near (Newton's iteration); the product x r² is
  /// computed with its rounding errors.
  private static let correctedReciprocalSquareRoot = """
    func.func @f(%x: f64) -> f64 {
      %one = arith.constant 1.0 : f64
      %root = math.sqrt %x : f64
      %r = arith.divf %one, %root : f64
      %q = arith.mulf %x, %r : f64
      %nq = arith.negf %q : f64
      %ql = math.fma %x, %r, %nq : f64
      %e0 = math.fma %nq, %r, %one : f64
      %qr = arith.mulf %ql, %r : f64
      %e = arith.subf %e0, %qr : f64
      %half = arith.constant 0.5 : f64
      %h = arith.mulf %r, %half : f64
      %better = math.fma %h, %e, %r : f64
      %zero = arith.constant 0.0 : f64
      %no = arith.mulf %r, %zero : f64
      %finite = arith.cmpf oeq, %no, %zero : f64
      %positive = arith.cmpf ogt, %r, %zero : f64
      %ordinary = arith.andi %finite, %positive : i1
      %y = arith.select %ordinary, %better, %r : f64
      return %y : f64
    }
    """

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
      let tagValue = operation.attribute(
        computed.isScalar ? "\(tag) : \(computed.text)" : "dense<\(tag)> : \(computed.text)"
      )
    else { return nil }
    guard var operands = widened(arguments, shape, to: computed, before: operation) else {
      return nil
    }
    let constant = operation.insertBefore(
      "arith.constant",
      [],
      results: [type],
      attributes: [("value", tagValue)]
    )
    guard let tagOperand = constant.first else { return nil }
    while operands.count < 3 { operands.append(tagOperand) }
    guard let value = operation.insertBefore("math.fma", operands, results: [type]).first
    else { return nil }
    return narrowed(value, computed, to: shape, before: operation)
  }

  /// Makes values those of a larger type.
  private func widened(
    _ values: [MLIRValue],
    _ shape: FloatShape,
    to computed: FloatShape,
    before operation: MLIROperation
  ) -> [MLIRValue]? {
    if shape == computed { return values }
    guard let type = operation.type(computed.text) else { return nil }
    return values.flatMap { operation.insertBefore("arith.extf", [$0], results: [type]) }
  }

  /// Rounds to a smaller type.
  ///
  /// By way of `f32`: no processor rounds `f64` to a half precision, and the compiler's runtime library, which
  /// does, is not in kernels. Rounding twice is off by at most a hair more than half an ulp.
  private func narrowed(
    _ value: MLIRValue,
    _ computed: FloatShape,
    to shape: FloatShape,
    before operation: MLIROperation
  ) -> MLIRValue? {
    var value = value
    let isHalf = shape.element == .f16 || shape.element == .bf16
    let steps = computed.element == .f64 && isHalf ? [shape.of(.f32), shape] : [shape]
    for step in steps where step != computed {
      guard let type = operation.type(step.text),
        let next = operation.insertBefore("arith.truncf", [value], results: [type]).first
      else { return nil }
      value = next
    }
    return value
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
