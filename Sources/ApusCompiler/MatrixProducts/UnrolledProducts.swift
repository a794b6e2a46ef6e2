/// Has LLVM unroll the loops that multiply, in kernels that are in its dialect.
///
/// What a loop takes beside the products counts where another thread shares the processor's core. Written out any
/// earlier, the steps would make compiling take half as long again.
struct UnrolledProducts {
  /// Marks all such loops.
  func apply(to module: MLIROperation) {
    for kernel in module.descendants(named: "llvm.func") {
      let executable = kernel.enclosing("hal.executable")?.symbolName
      guard executable?.hasPrefix(MatrixProductKernel.namePrefix) == true else { continue }
      // A loop ends with the jump to its start, behind the products in its only block.
      var productCount = 0
      for operation in kernel.descendants {
        switch operation.name {
        case "llvm.intr.fmuladd": productCount += 1
        case "llvm.cond_br": productCount = 0
        case "llvm.br":
          if let annotation = annotation(ofProducts: productCount, kernel) {
            operation.setAttribute("loop_annotation", to: annotation)
          }
          productCount = 0
        default: break
        }
      }
    }
  }

  /// How a loop is to be unrolled: so that an iteration has about a hundred products.
  ///
  /// - Parameter count: how many vectors are multiplied in a step; nil is returned for the few at the edges of matrices.
  private func annotation(ofProducts count: Int, _ kernel: MLIROperation) -> MLIRAttribute? {
    let steps = count < 24 ? 8 : 4
    guard count >= 12 else { return nil }
    return kernel.attribute(
      "#llvm.loop_annotation<unroll = <disable = false, count = \(steps) : i32>>"
    )
  }
}
