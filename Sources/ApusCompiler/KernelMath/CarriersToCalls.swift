internal import ApusMath

/// Replaces the carriers in kernels, and LLVM's math intrinsics that were left over, by calls of real
/// functions.
///
/// Done when kernels are in the `llvm` dialect: vectorised, each at its final width.
struct CarriersToCalls {
  let mode: MathMode

  /// Replaces all.
  ///
  /// - Returns: what was replaced.
  /// - Throws: `CompilerError` if there is no function for one, or a tag is left over: a kernel would
  ///   compute with NaN.
  func apply(to module: MLIROperation) throws(CompilerError) -> [KernelMathUse] {
    var uses: [KernelMathUse] = []
    for variant in module.descendants(named: "hal.executable.variant") {
      let target = KernelMathTarget(
        targetAttribute: variant[attribute: "target"]?.text ?? "",
        mode: mode
      )
      for kernels in variant.descendants(named: "builtin.module") {
        uses += try apply(to: kernels, target)
      }
    }
    if !uses.isEmpty { record(in: module) }
    return uses
  }

  /// Has the program say, function by function, which math it was built with.
  private func record(in module: MLIROperation) {
    for function in module.descendants(named: "util.func") {
      guard function[attribute: "iree.abi.stub"] != nil else { continue }
      let others = function[attribute: "iree.reflection"]?.text ?? "{}"
      let separator = others == "{}" ? "" : ", "
      let text = "{apus.math = \"\(mode.rawValue)\"\(separator)\(others.dropFirst())"
      guard let attribute = function.attribute(text) else { continue }
      function.setAttribute("iree.reflection", to: attribute)
    }
  }

  private func apply(
    to kernels: MLIROperation,
    _ target: KernelMathTarget
  ) throws(CompilerError) -> [KernelMathUse] {
    var definitions = KernelMathDefinitions(target: target)
    var functions: Set<String> = []
    for operation in kernels.descendants {
      guard let (function, arguments) = Self.mathCall(operation) else {
        if Self.roundings.contains(operation.name),
          let kernel = operation.enclosing("llvm.func")?.symbolName
        {
          functions.insert(kernel)
        }
        if let function = operation.results.first?.constant.flatMap(MathCarrier.function) {
          try checkUses(of: operation, function)
        }
        continue
      }
      let kernel = operation.enclosing("llvm.func")?.symbolName ?? "a kernel"
      guard let type = operation.results.first?.type, let shape = FloatShape(type.text),
        let count = shape.laneCount
      else { throw unresolved(function, operation, kernel, "its type is not a vector's") }
      guard target.hasMathLibrary else {
        throw unresolved(
          function,
          operation,
          kernel,
          "there is no math library for \(target.architecture); compile with --math iree"
        )
      }
      functions.insert(kernel)
      let callee: String
      do {
        callee = try definitions.callee(of: function, shape, count: count, kernel)
      } catch {
        throw unresolved(function, operation, kernel, error.reason)
      }
      operation.replace(with: Self.insertCall(of: callee, arguments, [type], before: operation))
    }
    let text = definitions.text + keepSubnormals(inFunctions: functions, of: kernels, target)
    guard text.isEmpty || kernels.prependOperations(ofModule: text) else {
      throw CompilerError(
        .compilationFailed,
        "the math functions of the kernels cannot be written down",
        phase: .executableTargets
      )
    }
    return definitions.uses.all
  }

  private static func insertCall(
    of callee: String,
    _ arguments: [MLIRValue],
    _ results: [MLIRType],
    before operation: MLIROperation
  ) -> [MLIRValue] {
    let attributes = [
      ("callee", "@\"\(callee)\""),
      ("operandSegmentSizes", "array<i32: \(arguments.count), 0>"),
      ("op_bundle_sizes", "array<i32>"),
    ]
    return operation.insertBefore(
      "llvm.call",
      arguments,
      results: results,
      attributes: attributes.compactMap { name, text in
        operation.attribute(text).map { (name, $0) }
      }
    )
  }

  /// Has functions compute with subnormal numbers.
  ///
  /// - Returns: the definitions that they call.
  private func keepSubnormals(
    inFunctions names: Set<String>,
    of kernels: MLIROperation,
    _ target: KernelMathTarget
  ) -> String {
    guard !names.isEmpty,
      let definitions = FloatingPointState.definitions(for: target.architecture),
      let type = kernels.type(FloatingPointState.type(for: target.architecture))
    else { return "" }
    for function in kernels.descendants(named: "llvm.func") {
      guard names.contains(function.symbolName ?? ""), let first = function.firstOperation
      else { continue }
      let state = Self.insertCall(of: FloatingPointState.enter, [], [type], before: first)
      for end in function.descendants(named: "llvm.return") {
        _ = Self.insertCall(of: FloatingPointState.leave, state, [], before: end)
      }
    }
    return definitions
  }

  /// The function that an operation stands for, and what it is a function of.
  private static func mathCall(
    _ operation: MLIROperation
  ) -> (function: MathFunction, arguments: [MLIRValue])? {
    let name = operation.name
    guard name.hasPrefix("llvm.intr.") else { return nil }
    let operands = operation.operands
    if name == "llvm.intr.fma" {
      guard operands.count == 3,
        let function = operands[2].constant.flatMap(MathCarrier.function)
      else { return nil }
      return (function, Array(operands.prefix(function.arity)))
    }
    let intrinsic = "llvm." + name.dropFirst("llvm.intr.".count)
    guard intrinsics.contains(intrinsic),
      let function = MathFunction.standing(forIntrinsic: intrinsic)
    else { return nil }
    return (function, operands)
  }

  /// Functions that are instructions, and for which subnormal numbers are numbers too.
  private static let roundings: Set<String> = [
    "llvm.intr.sqrt", "llvm.intr.floor", "llvm.intr.ceil", "llvm.intr.trunc", "llvm.intr.round",
    "llvm.intr.roundeven", "llvm.intr.rint", "llvm.intr.nearbyint",
  ]

  /// Intrinsics that code generation would make calls of, and that some late step of IREE's puts in.
  private static let intrinsics: Set<String> = [
    "llvm.sin", "llvm.cos", "llvm.tan", "llvm.asin", "llvm.acos", "llvm.atan", "llvm.atan2",
    "llvm.sinh", "llvm.cosh", "llvm.tanh", "llvm.exp", "llvm.exp2", "llvm.exp10", "llvm.log",
    "llvm.log2", "llvm.log10", "llvm.pow",
  ]

  /// Fails if a tag is used by anything but carriers, which are replaced after it.
  private func checkUses(
    of constant: MLIROperation,
    _ function: MathFunction
  ) throws(CompilerError) {
    for user in constant.users {
      if let call = Self.mathCall(user), call.function == function { continue }
      // A part of the constant, whose own uses are looked at when it is met.
      if user.results.first?.constant.flatMap(MathCarrier.function) == function { continue }
      throw unresolved(
        function,
        user,
        user.enclosing("llvm.func")?.symbolName ?? "a kernel",
        "its carrier did not come through code generation whole"
      )
    }
  }

  private func unresolved(
    _ function: MathFunction,
    _ operation: MLIROperation,
    _ kernel: String,
    _ reason: String
  ) -> CompilerError {
    let type = operation.results.first?.type?.text ?? "nothing"
    return CompilerError(
      .compilationFailed,
      "\(function.name) of \(type) in kernel \(kernel): \(reason) (at \(operation.name))",
      phase: .executableTargets
    )
  }
}
