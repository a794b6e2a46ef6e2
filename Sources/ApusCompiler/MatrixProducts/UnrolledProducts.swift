/// Has LLVM unroll the loops that multiply, in kernels that are in its dialect.
///
/// What a loop takes beside the products counts where another thread shares the processor's core. Written out any
/// earlier, the steps would make compiling take half as long again.
struct UnrolledProducts {
  /// Marks all such loops.
  func apply(to module: MLIROperation) {
    for kernel in module.descendants(named: "llvm.func") {
      let executable = kernel.enclosing("hal.executable")?.symbolName
      let variant = kernel.enclosing("hal.executable.variant")
      guard executable?.hasPrefix(MatrixProductKernel.namePrefix) == true,
        let target = variant?[attribute: "target"]?.text,
        let tile = MatrixProductTiling.Tile(KernelTarget(attribute: target)),
        let annotation = kernel.attribute(annotation(tile))
      else { continue }
      // A loop ends with the jump to its start, behind the products in its only block.
      var productCount = 0
      for operation in kernel.descendants {
        switch operation.name {
        case "llvm.intr.fmuladd": productCount += 1
        case "llvm.cond_br": productCount = 0
        case "llvm.br":
          if productCount == tile.rows * tile.vectors {
            operation.setAttribute("loop_annotation", to: annotation)
          }
          productCount = 0
        default: break
        }
      }
    }
  }

  private func annotation(_ tile: MatrixProductTiling.Tile) -> String {
    "#llvm.loop_annotation<unroll = <disable = false, count = \(tile.unrolledSteps) : i32>>"
  }
}
