extension MatrixProductKernel {
  /// Asks for what the next tile begins with, and for a part of the next strip, so that both are there in time.
  func writePrefetch(_ text: inout MLIRText, _ part: DepthPart) {
    // The last of each is asked for again, since nothing is beyond.
    text.constant("last_tile_row", product.rowCount - tiling.tileRows)
    text.line("%row_ahead = arith.addi %row, %tile_rows : index")
    text.line("%next_tile_row = arith.minsi %row_ahead, %last_tile_row : index")
    for row in 0..<tiling.tileRows {
      text.constant("ahead\(row)", row)
      text.line("%next_row\(row) = arith.addi %next_tile_row, %ahead\(row) : index")
      text.line(
        "memref.prefetch %left[\(batchIndex)%next_row\(row), \(part.start)], read, locality<3>, data"
          + " : memref<\(leftType)>"
      )
    }
    // Of a transposed matrix, rows are read along: processors foresee that.
    guard !product.isRightTransposed else { return }
    let tileCount = tiling.groupRows / tiling.tileRows
    let count = MatrixProductTiling.parts(tiling.depth, tileCount)
    text.constant("prefetch_count", count)
    text.constant("last_prefetch", product.depth - count)
    text.constant("last_column", product.columnCount - 1)
    text.line("%column_ahead = arith.addi %column, %tile_columns : index")
    text.line("%prefetch_column = arith.minsi %column_ahead, %last_column : index")
    text.line("%group_row = arith.subi %row, %first_row : index")
    text.line("%tile = arith.divui %group_row, %tile_rows : index")
    text.line("%prefetch_offset = arith.muli %tile, %prefetch_count : index")
    text.line("%row_of_part = arith.addi \(part.start), %prefetch_offset : index")
    text.line("%first_prefetch = arith.minsi %row_of_part, %last_prefetch : index")
    text.block("scf.for %k = %c0 to %prefetch_count step %c1") {
      $0.line("%prefetch_row = arith.addi %first_prefetch, %k : index")
      $0.line(
        "memref.prefetch %right[\(batchIndex)%prefetch_row, %prefetch_column], read, locality<2>, data"
          + " : memref<\(rightType)>"
      )
    }
  }

  /// A vector of a tile.
  private struct Cell {
    let row: Int
    /// Which vector of the row, and how many numbers of it there are.
    let index: Int
    let count: Int

    /// What the names of its values end with.
    var name: String { "\(row)_\(index)" }
  }

  /// A tile of the result, from what is there already.
  func writeTile(_ text: inout MLIRText, _ part: DepthPart, rows: Int, _ lanes: [Int]) {
    let cells = (0..<rows).flatMap { row in
      lanes.enumerated().map { Cell(row: row, index: $0.offset, count: $0.element) }
    }
    for row in 0..<rows {
      text.constant("offset\(row)", row)
      text.line("%row\(row) = arith.addi %row, %offset\(row) : index")
    }
    for cell in cells where !part.isFirst {
      writeLoad(
        &text,
        "old\(cell.name)",
        of: ("result", resultType),
        row: "%row\(cell.row)",
        cell.index,
        cell.count
      )
    }
    let sums = writeSums(
      &text,
      cells,
      from: cells.map { part.isFirst ? "%zero" : "%old\($0.name)" },
      part
    )
    for (cell, sum) in zip(cells, sums) {
      let place = "%result[\(batchIndex)%row\(cell.row), %column\(cell.index)]"
      text.line(
        cell.count == tiling.laneCount
          ? "vector.store \(sum), \(place) : memref<\(resultType)>, \(vector)"
          : "vector.maskedstore \(place), %mask, \(sum)"
            + " : memref<\(resultType)>, \(mask), \(vector)"
      )
    }
  }

  /// Adds the products of a part of the depth to sums.
  ///
  /// - Returns: the names of the new sums.
  private func writeSums(
    _ text: inout MLIRText,
    _ cells: [Cell],
    from sums: [String],
    _ part: DepthPart
  ) -> [String] {
    let types = cells.map { _ in vector }.joined(separator: ", ")
    let arguments = zip(cells, sums).map { "%sum\($0.name) = \($1)" }.joined(separator: ", ")
    text.block(
      "%sums:\(cells.count) = scf.for %k = %c0 to \(part.depth) step %c1"
        + " iter_args(\(arguments)) -> (\(types))"
    ) {
      writeProducts(&$0, cells, part)
      $0.line("scf.yield \(cells.map { "%new\($0.name)" }.joined(separator: ", ")) : \(types)")
    }
    return cells.indices.map { "%sums#\($0)" }
  }

  /// Adds the products of one number of the depth.
  private func writeProducts(_ text: inout MLIRText, _ cells: [Cell], _ part: DepthPart) {
    text.line("%depth_index = arith.addi \(part.start), %k : index")
    for index in Set(cells.map(\.index)).sorted() {
      text.line(
        "%right\(index) = vector.load %strip[%k, %lane\(index)] : memref<\(stripType)>, \(vector)"
      )
    }
    for cell in cells {
      let left = "%left\(cell.row)"
      if cell.index == 0 {
        let number = "%number\(cell.row)"
        text.line(
          "\(number) = memref.load %left[\(batchIndex)%row\(cell.row), %depth_index]"
            + " : memref<\(leftType)>"
        )
        text.line("\(left) = vector.broadcast \(number) : \(element) to \(vector)")
      }
      text.line(
        "%new\(cell.name) = vector.fma"
          + " \(left), %right\(cell.index), %sum\(cell.name) : \(vector)"
      )
    }
  }
}
