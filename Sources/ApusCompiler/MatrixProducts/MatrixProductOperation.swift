internal import ApusMath

/// An operation that is a product of matrices of known sizes, added to zeros.
struct MatrixProductOperation {
  /// The operations that may be one.
  static let names: Set<String> = ["linalg.matmul", "linalg.batch_matmul"]

  let product: MatrixProduct
  let left: MLIRValue
  /// As it lies in memory.
  let right: MLIRValue

  /// Nil for all others.
  init?(_ operation: MLIROperation) {
    let isBatch = operation.name == "linalg.batch_matmul"
    guard Self.names.contains(operation.name), operation.operands.count == 3,
      Self.isZero(operation.operands[2]), let maps = Maps(operation, isBatch: isBatch)
    else { return nil }
    left = operation.operands[0]
    let given = operation.operands[1]
    let untransposed = maps == .plain ? Self.source(ofTransposition: given, isBatch: isBatch) : nil
    right = untransposed ?? given

    guard let leftTensor = Tensor(left), let rightTensor = Tensor(right),
      leftTensor.sizes.count == (isBatch ? 3 : 2),
      leftTensor.sizes.count == rightTensor.sizes.count,
      leftTensor.element == rightTensor.element,
      leftTensor.element == Tensor(operation.operands[2])?.element
    else { return nil }
    let isRightTransposed = maps == .rightTransposed || untransposed != nil
    let leftSizes = Array(leftTensor.sizes.suffix(2))
    let rightSizes = Array(rightTensor.sizes.suffix(2))
    product = MatrixProduct(
      batchSize: isBatch ? leftTensor.sizes[0] : nil,
      rowCount: leftSizes[0],
      columnCount: rightSizes[isRightTransposed ? 0 : 1],
      depth: leftSizes[1],
      element: leftTensor.element,
      isRightTransposed: isRightTransposed
    )
  }

  /// How the matrices' indices are those of the loops: by rows, columns and depth.
  private enum Maps {
    case plain
    case rightTransposed

    /// Nil for others.
    init?(_ operation: MLIROperation, isBatch: Bool) {
      guard let text = operation[attribute: "indexing_maps"]?.text else {
        self = .plain
        return
      }
      let loops = isBatch ? "d0, d1, d2, d3" : "d0, d1, d2"
      let (row, column, depth) = isBatch ? ("d0, d1", "d2", "d3") : ("d0", "d1", "d2")
      let batch = isBatch ? "d0, " : ""
      func maps(_ right: String) -> String {
        let indices = ["\(row), \(depth)", "\(batch)\(right)", "\(row), \(column)"]
        return "[\(indices.map { "affine_map<(\(loops)) -> (\($0))>" }.joined(separator: ", "))]"
      }
      switch text {
      case maps("\(depth), \(column)"): self = .plain
      case maps("\(column), \(depth)"): self = .rightTransposed
      default: return nil
      }
    }
  }

  private static func isZero(_ value: MLIRValue) -> Bool {
    guard let fill = value.definingOperation, fill.name == "linalg.fill",
      let number = fill.operands.first?.constant
    else { return false }
    // Added to -0, a product of -0 would keep its sign.
    return number == 0 && number.sign == .plus
  }

  /// What a matrix, or each of a batch, is the transposition of; nil if it is none.
  private static func source(ofTransposition value: MLIRValue, isBatch: Bool) -> MLIRValue? {
    guard let operation = value.definingOperation, operation.operands.count == 2 else { return nil }
    switch operation.name {
    case "linalg.transpose":
      let order = operation[attribute: "permutation"]?.text
      guard order == (isBatch ? "array<i64: 0, 2, 1>" : "array<i64: 1, 0>") else { return nil }
    case "linalg.generic":
      let (loops, swapped) = isBatch ? ("d0, d1, d2", "d0, d2, d1") : ("d0, d1", "d1, d0")
      let maps = [loops, swapped].map { "affine_map<(\(loops)) -> (\($0))>" }
      let given = operation[attribute: "indexing_maps"]?.text
      guard given == "[\(maps[1]), \(maps[0])]" || given == "[\(maps[0]), \(maps[1])]",
        // Nothing is computed, and of the two there is only one to take.
        operation.firstOperation?.name == "linalg.yield",
        operation.operands[1].definingOperation?.name == "tensor.empty"
      else { return nil }
    default: return nil
    }
    return operation.operands[0]
  }

  /// A tensor of floats whose sizes are all known.
  private struct Tensor {
    let sizes: [Int]
    let element: FloatType

    init?(_ value: MLIRValue) {
      let type = value.type?.text
      guard let tensor = TensorSizes(type), let shape = type.flatMap(FloatShape.init)
      else { return nil }
      let sizes = tensor.sizes.compactMap { $0 }
      guard sizes.count == tensor.sizes.count else { return nil }
      self.sizes = sizes
      element = shape.element
    }
  }
}
