/// What the model makes of one image.
struct Prediction {
  var label: Int32
  var truth: Int32
  var confidence: Float
  /// 8 rows of 8 pixels, from 0 (paper) to 16 (ink).
  var pixels: [Float]

  /// The image and what was read, as lines of equal width.
  var drawing: [String] {
    let rows = pixels.chunks(of: 8).map { row in
      row.map { pixel in
        // Two characters a pixel, since characters are twice as high as they are wide.
        let shades = Array(" ░▒▓█")
        let shade = shades[min(Int(pixel / 17 * Float(shades.count)), shades.count - 1)]
        return "\(shade)\(shade)"
      }.joined()
    }
    let percent = "\(Int((confidence * 100).rounded())) %"
    let mark = label == truth ? "" : ", is \(truth)"
    let caption = "\(label) (\(percent))\(mark)"
    return rows + [caption.padded(to: 16)]
  }
}

/// Drawings next to each other.
func sideBySide(_ drawings: [[String]]) -> String {
  guard let height = drawings.map(\.count).max() else { return "" }
  return (0..<height).map { row in
    drawings.map { $0[row] }.joined(separator: "  ")
  }.joined(separator: "\n")
}

extension Array {
  /// The array cut into pieces of `size`.
  func chunks(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
