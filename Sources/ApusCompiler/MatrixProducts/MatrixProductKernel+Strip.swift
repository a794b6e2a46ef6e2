extension MatrixProductKernel {
  /// Copies a tile's columns of the second matrix, along a part of the depth, to lie one row after the other.
  func writeStrip(_ text: inout MLIRText, _ part: DepthPart, columns: Int) {
    if product.isRightTransposed {
      writeTransposedStrip(&text, part, columns: columns)
    } else {
      text.block("scf.for %k = %c0 to \(part.depth) step %c1") {
        $0.line("%row = arith.addi \(part.start), %k : index")
        for (index, count) in lanes(inColumns: columns).enumerated() {
          let name = "copied\(index)"
          writeLoad(&$0, name, of: ("right", rightType), row: "%row", index, count)
          writeStore(&$0, "%\(name)", row: "%k", index)
        }
      }
    }
  }

  /// The same of a matrix that lies column by column: squares of numbers, each transposed in registers, and what is
  /// left over number by number.
  private func writeTransposedStrip(_ text: inout MLIRText, _ part: DepthPart, columns: Int) {
    let isWhole = columns == tiling.tileColumns
    if isWhole {
      text.constant("square", tiling.laneCount)
      text.line("%beyond_squares = arith.remui \(part.depth), %square : index")
      text.line("%square_depth = arith.subi \(part.depth), %beyond_squares : index")
      text.block("scf.for %k = %c0 to %square_depth step %square") {
        writeSquares(&$0, part)
      }
    }
    text.constant("column_count", columns)
    let start = isWhole ? "%square_depth" : "%c0"
    text.block("scf.for %k = \(start) to \(part.depth) step %c1") {
      $0.line("%depth_index = arith.addi \(part.start), %k : index")
      // What is not there is multiplied too.
      for index in lanes(inColumns: columns).indices where !isWhole {
        writeStore(&$0, "%zero", row: "%k", index)
      }
      $0.block("scf.for %strip_column = %c0 to %column_count step %c1") {
        $0.line("%row = arith.addi %column, %strip_column : index")
        $0.line(
          "%number = memref.load %right[\(batchIndex)%row, %depth_index] : memref<\(rightType)>"
        )
        $0.line("memref.store %number, %strip[%k, %strip_column] : memref<\(stripType)>")
      }
    }
  }

  /// Squares of as many rows as a vector has numbers, one beside the other.
  private func writeSquares(_ text: inout MLIRText, _ part: DepthPart) {
    let size = tiling.laneCount
    text.line("%depth_index = arith.addi \(part.start), %k : index")
    for row in 0..<size {
      text.constant("square_row\(row)", row)
      text.line("%strip_row\(row) = arith.addi %k, %square_row\(row) : index")
    }
    for index in 0..<tiling.tileVectors {
      let rows = (0..<size).map { row in
        let name = "\(index)_\(row)"
        text.line("%right_row\(name) = arith.addi %column\(index), %square_row\(row) : index")
        text.line(
          "%square\(name) = vector.load %right[\(batchIndex)%right_row\(name), %depth_index]"
            + " : memref<\(rightType)>, \(vector)"
        )
        return "%square\(name)"
      }
      for (row, value) in writeTransposition(&text, of: rows, "transposed\(index)").enumerated() {
        writeStore(&text, value, row: "%strip_row\(row)", index)
      }
    }
  }

  /// Transposes a square: blocks beside the diagonal change places, those of one number, of two, of four.
  ///
  /// - Returns: the names of the new rows, which begin with `name`.
  private func writeTransposition(
    _ text: inout MLIRText,
    of rows: [String],
    _ name: String
  ) -> [String] {
    let size = rows.count
    var rows = rows
    for step in 0..<size.trailingZeroBitCount {
      let block = 1 << step
      rows = rows.indices.map { row in
        let isUpper = row & block == 0
        let lanes = (0..<size).map { lane in
          lane & block == 0
            ? (isUpper ? lane : lane + block) : size + (isUpper ? lane - block : lane)
        }
        let result = "%\(name)_\(step)_\(row)"
        text.line(
          "\(result) = vector.shuffle \(rows[row & ~block]), \(rows[row | block]) \(lanes)"
            + " : \(vector), \(vector)"
        )
        return result
      }
    }
    return rows
  }

  private func writeStore(_ text: inout MLIRText, _ value: String, row: String, _ index: Int) {
    text.line(
      "vector.store \(value), %strip[\(row), %lane\(index)] : memref<\(stripType)>, \(vector)"
    )
  }
}
