/// Runs the first part of IREE's code generation early, in kernels whose math it makes.
///
/// Attention becomes exponentials once it is tiled, a logarithm of a complex number one of a real number once
/// there are loops. IREE would go on, in the same phase, to its approximations. So its own passes run here, in
/// its own order, as far as all math is there for ``MathToCarriers`` to replace; the kernel then says that its
/// strategy has been carried out, and IREE begins after it.
struct EarlyCodeGeneration {
  /// Operations that become functions of real numbers.
  private static let sources: Set<String> = [
    "iree_linalg_ext.attention", "iree_linalg_ext.online_attention",
    "iree_linalg_ext.exp_reduction",
  ]

  /// Operations of complex numbers that become arithmetic alone; of all others, functions.
  private static let complexArithmetic: Set<String> = [
    "complex.constant", "complex.create", "complex.re", "complex.im", "complex.bitcast",
    "complex.add", "complex.sub", "complex.mul", "complex.div", "complex.neg", "complex.conj",
    "complex.abs", "complex.sign", "complex.eq", "complex.neq",
  ]

  /// IREE's passes, of which the first carries out the kernel's strategy, whichever it is.
  private static let passes = """
    func.func(iree-llvmcpu-lower-executable-target,iree-linalg-ext-to-loops,\
    convert-complex-to-standard)
    """

  /// Whether code generation makes functions of an operation.
  static func makesMath(of operation: MLIROperation) -> Bool {
    let name = operation.name
    if name == "iree_linalg_ext.fft" { return hasNoCoefficients(operation) }
    return sources.contains(name) || name.hasPrefix("complex.") && !complexArithmetic.contains(name)
  }

  /// Whether a Fourier transform computes its sines and cosines: beside the two parts of its numbers it has its
  /// stage alone.
  private static func hasNoCoefficients(_ operation: MLIROperation) -> Bool {
    operation.operands.count == 3
  }

  /// Lowers all such kernels.
  ///
  /// - Returns: whether there are any.
  /// - Throws: `CompilerError` if a pass failed, or a kernel would go on to make math.
  func apply(to module: MLIROperation) throws(CompilerError) -> Bool {
    var isChanged = false
    for executable in module.descendants(named: "hal.executable") {
      for kernel in executable.descendants(named: "func.func") {
        let sources = Set(kernel.descendants.filter(Self.makesMath).map(\.name))
        guard !sources.isEmpty else { continue }
        try lower(kernel, sources)
        isChanged = true
      }
    }
    return isChanged
  }

  private func lower(_ kernel: MLIROperation, _ sources: Set<String>) throws(CompilerError) {
    guard kernel.run(passes: Self.passes) else {
      throw unlowered(sources.sorted(), kernel, "IREE cannot lower it")
    }
    let operations = kernel.descendants
    let left = Set(operations.filter(Self.makesMath).map(\.name))
    guard left.isEmpty else { throw unlowered(left.sorted(), kernel, Self.reason) }
    let exponentials = sources.intersection(Self.sources)
    guard exponentials.isEmpty || operations.contains(where: { $0.name == "math.exp2" }) else {
      throw unlowered(exponentials.sorted(), kernel, Self.reason)
    }
    let strategy = kernel[attribute: "translation_info"]?.text ?? ""
    // A word in 3.9, an attribute in later versions.
    let none = strategy.contains("pipeline = #") ? "#iree_codegen.no_pipeline" : "None"
    guard let done = kernel.attribute("#iree_codegen.translation_info<pipeline = \(none)>") else {
      throw unlowered(sources.sorted(), kernel, "IREE has no empty strategy")
    }
    kernel.setAttribute("translation_info", to: done)
  }

  private static let reason = "its math cannot be replaced; compile with --math iree"

  private func unlowered(
    _ operations: [String],
    _ kernel: MLIROperation,
    _ reason: String
  ) -> CompilerError {
    CompilerError(
      .compilationFailed,
      "\(operations.joined(separator: ", ")) in kernel \(kernel.symbolName ?? "?"): \(reason)",
      phase: .executableConfigurations
    )
  }
}
