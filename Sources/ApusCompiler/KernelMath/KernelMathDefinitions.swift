internal import ApusMath

/// The functions that the kernels of a module call for their math: declarations of a library's, and definitions of
/// what stands between those and the kernels.
struct KernelMathDefinitions {
  let target: KernelMathTarget
  private let libraries: KernelMathLibraries
  /// Which functions kernels call.
  private(set) var uses = KernelMathUses()
  /// The declarations and definitions, in the `llvm` dialect.
  private(set) var text = ""
  private var helpers: Set<MathHelper> = []
  private var formulas: Set<MathFormula> = []
  private var exactFormulas: Set<ExactFormula> = []
  private var declared: Set<String> = []

  /// Why there is no function to call.
  struct Unavailable: Error {
    var reason: String
  }

  init(target: KernelMathTarget) {
    self.target = target
    libraries = KernelMathLibraries(architecture: target.architecture)
  }

  /// The name of what a kernel calls for a function.
  mutating func callee(
    of function: MathFunction,
    _ shape: FloatShape,
    count: Int,
    _ kernel: String
  ) throws(Unavailable) -> String {
    let helper = MathHelper(
      function: function,
      type: shape.element,
      count: count,
      isVector: !shape.isScalar
    )
    if let formula = ExactFormula(function, shape, target) {
      uses.add(KernelMathUse(kernel, formula))
      if exactFormulas.insert(formula).inserted { text += formula.definition() }
      return formula.symbol
    }
    guard let formula = MathFormula(function, shape, target) else {
      return try callee(of: helper, kernel)
    }
    let library = formula.hasExceptions ? try callee(of: helper, kernel) : nil
    uses.add(KernelMathUse(kernel, formula))
    if formulas.insert(formula).inserted { text += formula.definition(library: library) }
    return formula.symbol
  }

  /// Whether a function is computed by a formula that leaves some arguments to a function of a library.
  func hasExceptions(_ function: MathFunction, _ shape: FloatShape) -> Bool {
    MathFormula(function, shape, target)?.hasExceptions == true
  }

  /// The function of a library, or what cuts vectors up for it.
  private mutating func callee(
    of helper: MathHelper,
    _ kernel: String
  ) throws(Unavailable) -> String {
    guard let parts = helper.parts(on: target) else {
      throw Unavailable(reason: "the math library has no such function")
    }
    for part in parts {
      let use = KernelMathUse(kernel, helper, part)
      if declared.insert(part.symbol).inserted {
        if let problem = libraries.problem(of: use) { throw Unavailable(reason: problem) }
        text += helper.declaration(of: part)
      }
      uses.add(use)
    }
    if helper.isPlainCall(parts) { return parts[0].symbol }
    if helpers.insert(helper).inserted { text += helper.definition(parts) }
    return helper.symbol
  }
}
