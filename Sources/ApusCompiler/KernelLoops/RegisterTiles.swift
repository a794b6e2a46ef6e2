/// Has IREE's own kernels for products of 64-bit numbers compute tiles that stay in registers.
///
/// IREE lays out matrices in tiles for smaller numbers only. Of `f64` and `i64` it computes one number of the result
/// at a time, which takes twenty times as long; for AVX-512 it chooses vectors that it then refuses as too large.
/// That is where ``MatrixProductsToKernels`` has no kernel: where sizes are unknown or small, and for integers.
struct RegisterTiles {
  private static let products: Set<String> = ["linalg.matmul", "linalg.batch_matmul"]

  /// How much of the depth is in registers at a time.
  private static let depth = 4

  /// Changes the sizes that IREE has chosen for its kernels' loops.
  func apply(to module: MLIROperation) {
    for variant in module.descendants(named: "hal.executable.variant") {
      let target = KernelTarget(attribute: variant[attribute: "target"]?.text ?? "")
      guard target.architecture == "x86_64" else { continue }
      for product in variant.descendants where Self.products.contains(product.name) {
        change(product, target)
      }
    }
  }

  private func change(_ product: MLIROperation, _ target: KernelTarget) {
    let (rows, columns) = Self.tile(target)
    guard let type = product.results.first?.type?.text, Self.holds(type, rows, columns),
      let kernel = product.enclosing("func.func"),
      let text = product.loopConfiguration,
      var parallel = LoopSizes("vector_common_parallel", in: text), parallel.sizes.count >= 3,
      var reduction = LoopSizes("vector_reduction", in: text),
      let depth = reduction.sizes.last
    else { return }
    let (oldParallel, oldReduction) = (parallel, reduction)
    parallel.sizes[parallel.sizes.count - 3] = rows
    parallel.sizes[parallel.sizes.count - 2] = columns
    reduction.sizes[reduction.sizes.count - 1] = min(depth, Self.depth)
    let configuration = text.replacing(oldParallel.text, with: parallel.text)
      .replacing(oldReduction.text, with: reduction.text)
    product.setLoopConfiguration(configuration)

    // What comes before and after it in the same kernel goes along in the same steps.
    let (old, new) = (oldParallel.withoutLast.text, parallel.withoutLast.text)
    for operation in kernel.descendants where operation != product {
      guard let text = operation.loopConfiguration else { continue }
      operation.setLoopConfiguration(text.replacing(old, with: new))
    }
  }

  /// The rows of a tile, and its columns: two vectors, so that what is loaded of a row is used twice.
  private static func tile(_ target: KernelTarget) -> (rows: Int, columns: Int) {
    if target.features.contains("avx512f") { return (8, 16) }
    return target.features.contains("avx") ? (8, 8) : (4, 4)
  }

  /// Whether a type is of matrices of 64-bit numbers that are as large as a tile, or of unknown size.
  private static func holds(_ type: String, _ rows: Int, _ columns: Int) -> Bool {
    guard let tensor = TensorSizes(type), ["f64", "i64"].contains(tensor.element),
      tensor.sizes.count >= 2
    else { return false }
    return zip(tensor.sizes.suffix(2), [rows, columns]).allSatisfy { size, least in
      size.map { $0 >= least } ?? true
    }
  }
}
