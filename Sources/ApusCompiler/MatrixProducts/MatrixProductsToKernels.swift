/// Has matrices multiplied by kernels of ours, where IREE's are slower.
///
/// A dispatch of a kernel written out takes the place of the operation, before IREE would lay out its matrices in
/// tiles. IREE compiles it as any other.
struct MatrixProductsToKernels {
  /// Replaces all products that have a tiling, with one executable for those of the same sizes.
  ///
  /// - Returns: whether there are any.
  /// - Throws: `CompilerError` if a kernel cannot be put in.
  func apply(to module: MLIROperation) throws(CompilerError) -> Bool {
    let targets = targets(of: module)
    var executables: Set<MatrixProduct> = []
    var constants = ConstantValues()
    let operations = module.descendants.filter { MatrixProductOperation.names.contains($0.name) }
    for operation in operations where isInProgram(operation) {
      guard let found = MatrixProductOperation(operation) else { continue }
      // IREE computes what is constant once.
      guard !constants.contains(found.left) || !constants.contains(found.right) else { continue }
      let tilings = Set(targets.map { MatrixProductTiling(found.product, $0) })
      guard tilings.count == 1, case let tiling?? = tilings.first else { continue }
      let kernel = MatrixProductKernel(product: found.product, tiling: tiling)
      let isThere =
        !executables.insert(found.product).inserted
        || module.prependOperations(ofModule: kernel.executable)
      guard isThere,
        let result = operation.insertBefore(
          bodyOfFunction: kernel.dispatch,
          [found.left, found.right]
        )
      else {
        throw CompilerError(
          .compilationFailed,
          "kernel \(kernel.executableName) cannot be put in; compile with --no-matmul-kernels",
          phase: .preprocessing
        )
      }
      operation.replace(with: result)
    }
    return !executables.isEmpty
  }

  /// Whether an operation is a step of a program, and not in a dispatch that the program itself has.
  private func isInProgram(_ operation: MLIROperation) -> Bool {
    operation.enclosing("util.func") != nil
      && operation.enclosing("flow.dispatch.region") == nil
      && operation.enclosing("flow.dispatch.workgroups") == nil
  }

  /// The processors of all devices.
  private func targets(of module: MLIROperation) -> [KernelTarget] {
    module.descendants(named: "util.global").compactMap { $0[attribute: "initial_value"]?.text }
      .flatMap { $0.split(separator: "#hal.executable.target").dropFirst() }
      .map { KernelTarget(attribute: $0) }
  }
}
