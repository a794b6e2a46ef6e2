import Foundation

/// Reads a text file of tab-separated fields, whose first line has the columns' names.
///
/// - Parameter parse: makes something of a line's fields, or nil if they are not as they should be.
func rows<Row>(ofTable path: String, columns: Int, parse: ([String]) -> Row?) throws -> [Row] {
  let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
  return try lines.enumerated().dropFirst().map { index, line in
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == columns, let row = parse(fields) else {
      throw DataError(description: "\(path):\(index + 1): expected \(lines[0]), found \(line)")
    }
    return row
  }
}

/// Data that are not as they should be.
struct DataError: Error, CustomStringConvertible {
  var description: String
}
