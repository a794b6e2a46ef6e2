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

  /// How often a kernel has a formula with exceptions inlined.
  ///
  /// Where an exception leaves a formula for the library, the kernel's registers are saved. Inlined for each of
  /// the 16 rows that products of matrices have with AVX-512, that is several times the rest of the kernel; a
  /// call of the formula costs up to a tenth of a small product's time.
  private static let largestInlinedCount = 8

  /// An operation that stands for a function.
  private struct Carrier {
    let operation: MLIROperation
    let function: MathFunction
    let kernel: String

    var type: MLIRType? { operation.results.first?.type }

    /// What it is a function of: perhaps what another carrier was replaced by.
    var arguments: [MLIRValue] { Array(operation.operands.prefix(function.arity)) }

    /// What is the same for all carriers that a kernel has for a function of a type.
    var call: [String] { [kernel, function.name, type?.text ?? ""] }
  }

  private func apply(
    to kernels: MLIROperation,
    _ target: KernelMathTarget
  ) throws(CompilerError) -> [KernelMathUse] {
    var definitions = KernelMathDefinitions(target: target)
    var functions: Set<String> = []
    var carriers: [Carrier] = []
    for operation in kernels.descendants {
      guard let function = Self.function(of: operation) else {
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
      carriers.append(Carrier(operation: operation, function: function, kernel: kernel))
    }
    let counts = Dictionary(grouping: carriers, by: \.call).mapValues(\.count)
    for carrier in carriers {
      let (function, kernel) = (carrier.function, carrier.kernel)
      guard let type = carrier.type, let shape = FloatShape(type.text), let count = shape.laneCount
      else { throw unresolved(carrier, "its type is not a vector's") }
      guard target.hasMathLibrary else {
        throw unresolved(
          carrier,
          "there is no math library for \(target.architecture); compile with --math iree"
        )
      }
      functions.insert(kernel)
      let callee: String
      do {
        callee = try definitions.callee(of: function, shape, count: count, kernel)
      } catch {
        throw unresolved(carrier, error.reason)
      }
      let isInlined =
        counts[carrier.call, default: 0] <= Self.largestInlinedCount
        || !definitions.hasExceptions(function, shape)
      let results = Self.insertCall(
        of: callee,
        carrier.arguments,
        [type],
        before: carrier.operation,
        isInlined: isInlined
      )
      carrier.operation.replace(with: results)
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
    before operation: MLIROperation,
    isInlined: Bool = true
  ) -> [MLIRValue] {
    var attributes = [
      ("callee", "@\"\(callee)\""),
      ("operandSegmentSizes", "array<i32: \(arguments.count), 0>"),
      ("op_bundle_sizes", "array<i32>"),
    ]
    if !isInlined { attributes.append(("no_inline", "unit")) }
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

  /// The function that an operation stands for, of its first operands.
  private static func function(of operation: MLIROperation) -> MathFunction? {
    let name = operation.name
    guard name.hasPrefix("llvm.intr.") else { return nil }
    if name == "llvm.intr.fma" {
      let operands = operation.operands
      return operands.count == 3 ? operands[2].constant.flatMap(MathCarrier.function) : nil
    }
    let intrinsic = "llvm." + name.dropFirst("llvm.intr.".count)
    return intrinsics.contains(intrinsic) ? MathFunction.standing(forIntrinsic: intrinsic) : nil
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
      if Self.function(of: user) == function { continue }
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

  private func unresolved(_ carrier: Carrier, _ reason: String) -> CompilerError {
    unresolved(carrier.function, carrier.operation, carrier.kernel, reason)
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
