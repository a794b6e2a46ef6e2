internal import Apus

/// What `apus compile --explain` says of the math in kernels.
enum KernelMathText {
  /// A paragraph a kernel, a line a function.
  static func text(of uses: [KernelMathUse], mode: MathMode) -> String {
    guard mode != .iree else { return "math: IREE's own in all kernels\n" }
    guard !uses.isEmpty else { return "math: no kernel calls a math function\n" }
    let rows = uses.map { use in
      [
        use.function, use.elementType, use.width == 1 ? "one value" : "\(use.width) values",
        use.symbol,
      ]
    }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    var text = ""
    var kernel: String?
    for (use, row) in zip(uses, rows) {
      if use.kernel != kernel {
        text += "kernel \(use.kernel)\n"
        kernel = use.kernel
      }
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      let count = use.callCount == 1 ? "" : ", \(use.callCount) calls"
      text += "  " + (cells + [use.library.rawValue + count]).joined(separator: "  ") + "\n"
    }
    return text
  }
}
