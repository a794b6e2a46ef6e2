import Foundation

/// A table in columns that line up, as Markdown has it.
enum TextTable {
  /// The lines of the table.
  ///
  /// The first column is text; the others are flush right.
  static func lines(header: [String], rows: [[String]]) -> [String] {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - cells[column].count)
        return column == 0 ? cells[column] + padding : padding + cells[column]
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = widths.indices.map { column in
      let dashes = String(repeating: "-", count: widths[column])
      return column == 0 ? dashes : dashes.dropLast() + ":"
    }
    return [line(header), line(rule)] + rows.map(line)
  }

  /// A number to three digits.
  static func number(_ value: Double) -> String {
    value.isFinite ? String(format: "%.3g", value) : "∞"
  }
}
