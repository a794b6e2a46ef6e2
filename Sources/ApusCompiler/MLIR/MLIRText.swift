/// MLIR's assembly language, as it is written line by line.
struct MLIRText {
  private(set) var value = ""
  private var depth = 0

  mutating func line(_ text: String) {
    value += String(repeating: "  ", count: depth) + text + "\n"
  }

  /// A constant of type `index`.
  mutating func constant(_ name: String, _ value: Int) {
    line("%\(name) = arith.constant \(value) : index")
  }

  /// An operation with a region.
  mutating func block(_ operation: String, _ body: (inout MLIRText) -> Void) {
    line("\(operation) {")
    depth += 1
    body(&self)
    depth -= 1
    line("}")
  }
}
