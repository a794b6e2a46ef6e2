internal import ApusMath

/// The sizes of a product of two matrices, or of as many as a batch has, of the same float type throughout.
struct MatrixProduct: Hashable {
  /// How many products of the same size there are; nil for a single one, whose tensors have two dimensions.
  let batchSize: Int?
  /// The rows of the first matrix and of the result.
  let rowCount: Int
  /// The columns of the second matrix and of the result.
  let columnCount: Int
  /// The columns of the first matrix, the rows of the second.
  let depth: Int
  let element: FloatType
  /// Whether the second matrix lies in memory column by column.
  let isRightTransposed: Bool

  /// How many pairs of numbers are multiplied.
  var multiplicationCount: Int { (batchSize ?? 1) * rowCount * columnCount * depth }

  /// `4x512x512x512xf32`: batch, rows, columns, depth and type, as IREE names its kernels.
  var description: String {
    ([batchSize, rowCount, columnCount, depth].compactMap { $0 }.map(String.init)
      + [element.intrinsicSuffix]).joined(separator: "x")
  }
}
