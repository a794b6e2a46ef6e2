/// A table in columns that line up, as Markdown has it.
enum TextTable {
  /// The lines of the table.
  ///
  /// The first column is text; the others are flush right.
  static func lines(header: [String], rows: [[String]]) -> [String] {
    // The rule below the header takes two characters.
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.reduce(2, max)
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - cells[column].count)
        return column == 0 ? cells[column] + padding : padding + cells[column]
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = widths.indices.map { column in
      column == 0
        ? String(repeating: "-", count: widths[column])
        : String(repeating: "-", count: widths[column] - 1) + ":"
    }
    return [line(header), line(rule)] + rows.map(line)
  }
}
