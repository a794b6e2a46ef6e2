internal import ApusMath

/// The kernel of a product of matrices, in MLIR's `memref`, `vector` and `scf` dialects.
///
/// Each number of the result is the sum of its products in the order of the depth, each added in one instruction,
/// as with IREE's kernels: the bits are the same.
struct MatrixProductKernel {
  let product: MatrixProduct
  let tiling: MatrixProductTiling

  /// What the executable is called.
  var executableName: String { "\(Self.namePrefix)\(functionName)" }

  /// What the names of all such executables begin with.
  static let namePrefix = "apus_"

  private var functionName: String {
    let name = product.batchSize == nil ? "matmul" : "batch_matmul"
    return "\(name)\(product.isRightTransposed ? "_transpose_b" : "")_\(product.description)"
  }

  /// A function that dispatches it.
  var dispatch: String {
    let types = [leftType, rightType, resultType].map { "tensor<\($0)>" }
    return """
      func.func @f(%left: \(types[0]), %right: \(types[1])) -> \(types[2]) {
        %product = flow.dispatch @\(executableName)::@\(functionName)(%left, %right)
          : (\(types[0]), \(types[1])) -> \(types[2])
        return %product : \(types[2])
      }
      """
  }

  /// A module with the executable.
  var executable: String {
    var text = MLIRText()
    text.block("stream.executable private @\(executableName)") {
      $0.block(
        "stream.executable.export public @\(functionName) workgroups() -> (index, index, index)"
      ) {
        let counts = [columnGroups, rowGroups, product.batchSize ?? 1]
        for (name, count) in zip(["x", "y", "z"], counts) { $0.constant(name, count) }
        $0.line("stream.return %x, %y, %z : index, index, index")
      }
      $0.block("builtin.module") { writeFunction(&$0) }
    }
    return text.value
  }

  // MARK: - Types

  var element: String { product.element.intrinsicSuffix }
  var vector: String { "vector<\(tiling.laneCount)x\(element)>" }
  var mask: String { "vector<\(tiling.laneCount)xi1>" }

  var leftType: String { "\(batchPrefix)\(product.rowCount)x\(product.depth)x\(element)" }

  var rightType: String {
    let (depth, columns) = (product.depth, product.columnCount)
    let sizes = product.isRightTransposed ? "\(columns)x\(depth)" : "\(depth)x\(columns)"
    return "\(batchPrefix)\(sizes)x\(element)"
  }

  var resultType: String {
    "\(batchPrefix)\(product.rowCount)x\(product.columnCount)x\(element)"
  }

  var stripType: String { "\(tiling.depth)x\(tiling.tileColumns)x\(element)" }

  private var batchPrefix: String { product.batchSize.map { "\($0)x" } ?? "" }

  /// What the indices of a matrix of the batch begin with.
  var batchIndex: String { product.batchSize == nil ? "" : "%batch, " }

  // MARK: - Work groups

  private var rowGroups: Int { MatrixProductTiling.parts(product.rowCount, tiling.groupRows) }
  private var columnGroups: Int {
    MatrixProductTiling.parts(product.columnCount, tiling.groupColumns)
  }
  private var restRows: Int { product.rowCount % tiling.tileRows }
  private var restColumns: Int { product.columnCount % tiling.tileColumns }

  private func writeFunction(_ text: inout MLIRText) {
    let binding = "!stream.binding"
    let matrices = [("left", leftType), ("right", rightType), ("result", resultType)]
    let parameters = matrices.map { "%\($0.0)_binding: \(binding)" }.joined(separator: ", ")
    text.block("func.func @\(functionName)(\(parameters))") { text in
      text.constant("c0", 0)
      text.constant("c1", 1)
      for (name, type) in matrices {
        text.line(
          "%\(name) = stream.binding.subspan %\(name)_binding[%c0] : \(binding) -> memref<\(type)>"
        )
      }
      // In the generic form, since the custom one's way to write an alignment is not the same in all versions.
      text.line(
        #"%strip = "memref.alloca"() <{alignment = 64 : i64, operandSegmentSizes = array<i32: 0, 0>}>"#
          + " : () -> memref<\(stripType)>"
      )
      text.line("%zero = arith.constant dense<0.0> : \(vector)")
      text.line("%column_group = stream.dispatch.workgroup.id[0] : index")
      text.line("%row_group = stream.dispatch.workgroup.id[1] : index")
      if product.batchSize != nil { text.line("%batch = stream.dispatch.workgroup.id[2] : index") }
      text.constant("tile_rows", tiling.tileRows)
      text.constant("tile_columns", tiling.tileColumns)
      let wholeRows = product.rowCount - restRows
      let wholeColumns = product.columnCount - restColumns
      writeRange(&text, "row", tiling.groupRows, until: wholeRows, rowGroups)
      writeRange(&text, "column", tiling.groupColumns, until: wholeColumns, columnGroups)
      text.constant("depth", product.depth)
      text.constant("strip_depth", tiling.depth)
      writePart(&text, DepthPart(start: "%c0", depth: "%strip_depth", isFirst: true))
      if tiling.depth < product.depth {
        text.block("scf.for %start = %strip_depth to %depth step %strip_depth") {
          $0.line("%left_over = arith.subi %depth, %start : index")
          $0.line("%part_depth = arith.minsi %strip_depth, %left_over : index")
          writePart(&$0, DepthPart(start: "%start", depth: "%part_depth", isFirst: false))
        }
      }
      text.line("return")
    }
  }

  /// Where a work group's rows or columns begin, where the last whole tile ends, and whether it is the last group.
  private func writeRange(
    _ text: inout MLIRText,
    _ name: String,
    _ size: Int,
    until end: Int,
    _ groupCount: Int
  ) {
    text.constant("last_\(name)_group", groupCount - 1)
    text.line("%is_last_\(name) = arith.cmpi eq, %\(name)_group, %last_\(name)_group : index")
    text.constant("group_\(name)s", size)
    text.constant("whole_\(name)s", end)
    text.line("%first_\(name) = arith.muli %\(name)_group, %group_\(name)s : index")
    text.line("%next_\(name) = arith.addi %first_\(name), %group_\(name)s : index")
    text.line("%end_\(name) = arith.minsi %next_\(name), %whole_\(name)s : index")
  }

  /// A part of the depth, along which tiles go.
  struct DepthPart {
    /// The index at which it begins, and its length, as MLIR's values.
    let start: String
    let depth: String
    /// Whether sums begin with zero.
    let isFirst: Bool
  }

  /// All tiles of a work group, along a part of the depth.
  private func writePart(_ text: inout MLIRText, _ part: DepthPart) {
    text.block("scf.for %column = %first_column to %end_column step %tile_columns") {
      writeTiles(&$0, part, columns: tiling.tileColumns)
    }
    guard restColumns > 0 else { return }
    text.block("scf.if %is_last_column") {
      $0.constant("column", product.columnCount - restColumns)
      writeTiles(&$0, part, columns: restColumns)
    }
  }

  /// All tiles of a work group in some columns.
  private func writeTiles(_ text: inout MLIRText, _ part: DepthPart, columns: Int) {
    let lanes = lanes(inColumns: columns)
    for (index, count) in lanes.enumerated() {
      text.constant("lane\(index)", index * tiling.laneCount)
      text.line("%column\(index) = arith.addi %column, %lane\(index) : index")
      if count < tiling.laneCount {
        let bits = (0..<tiling.laneCount).map { $0 < count ? "true" : "false" }
        text.line("%mask = arith.constant dense<[\(bits.joined(separator: ", "))]> : \(mask)")
      }
    }
    writeStrip(&text, part, columns: columns)
    text.block("scf.for %row = %first_row to %end_row step %tile_rows") {
      writePrefetch(&$0, part)
      writeTile(&$0, part, rows: tiling.tileRows, lanes)
    }
    guard restRows > 0 else { return }
    text.block("scf.if %is_last_row") {
      $0.constant("row", product.rowCount - restRows)
      writeTile(&$0, part, rows: restRows, lanes)
    }
  }

  /// How many numbers are in each vector of some columns.
  func lanes(inColumns columns: Int) -> [Int] {
    stride(from: 0, to: columns, by: tiling.laneCount).map { min(tiling.laneCount, columns - $0) }
  }

  /// Loads a vector of a row, of as many numbers as there are.
  func writeLoad(
    _ text: inout MLIRText,
    _ name: String,
    of matrix: (name: String, type: String),
    row: String,
    _ index: Int,
    _ count: Int
  ) {
    let place = "%\(matrix.name)[\(batchIndex)\(row), %column\(index)]"
    text.line(
      count == tiling.laneCount
        ? "%\(name) = vector.load \(place) : memref<\(matrix.type)>, \(vector)"
        : "%\(name) = vector.maskedload \(place), %mask, %zero"
          + " : memref<\(matrix.type)>, \(mask), \(vector) into \(vector)"
    )
  }
}
