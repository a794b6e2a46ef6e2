/// Has kernels reduce rows in vectors that divide them.
///
/// IREE takes as many numbers at once as a register holds. Where that does not divide a row, it adds them to the sum
/// one after the other, the last vector's under a mask: a row of 1,000 in vectors of 16 takes twice as long as in vectors
/// of 8, and a sum of few parts, each summed by itself, is off by less.
struct ReductionSteps {
  /// Fewer at once cost more than a mask.
  private static let fewest = 4

  /// Changes the sizes that IREE has chosen.
  func apply(to module: MLIROperation) {
    for executable in module.descendants(named: "hal.executable") {
      for kernel in executable.descendants(named: "func.func") {
        let operations = kernel.descendants(named: "linalg.generic")
        for reduction in operations { change(reduction, among: operations) }
      }
    }
  }

  private func change(_ reduction: MLIROperation, among operations: [MLIROperation]) {
    guard let steps = sizes("vector_reduction", of: reduction), let step = steps.sizes.last,
      steps.sizes.dropLast().allSatisfy({ $0 == 0 }), let row = rowSize(of: reduction)
    else { return }
    let divisor = row & -row
    guard divisor < step, divisor >= Self.fewest else { return }
    // What is computed from the same rows goes along in the same steps.
    for operation in operations where rowSize(of: operation) == row {
      for name in ["vector_reduction", "vector_inner_parallel"] {
        guard let text = operation.loopConfiguration, var steps = sizes(name, of: operation),
          steps.sizes.last == step
        else { continue }
        let old = steps.text
        steps.sizes[steps.sizes.count - 1] = divisor
        operation.setLoopConfiguration(text.replacing(old, with: steps.text))
      }
    }
  }

  private func sizes(_ name: String, of operation: MLIROperation) -> LoopSizes? {
    operation.loopConfiguration.flatMap { LoopSizes(name, in: $0) }
  }

  /// How many numbers the innermost loop goes along in the first operand; nil where that is unknown, or in another
  /// order than they lie.
  private func rowSize(of operation: MLIROperation) -> Int? {
    guard let tensor = TensorSizes(operation.operands.first?.type?.text),
      let size = tensor.sizes.last, let size
    else { return nil }
    let loops = tensor.sizes.indices.map { "d\($0)" }.joined(separator: ", ")
    let map = "[affine_map<(\(loops)) -> (\(loops))>"
    return operation[attribute: "indexing_maps"]?.text.hasPrefix(map) == true ? size : nil
  }
}
