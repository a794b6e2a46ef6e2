/// The sizes of a tensor, nil where they are unknown.
struct TensorSizes {
  let sizes: [Int?]
  /// `f32`.
  let element: String

  /// - Parameter type: MLIR's text; nil for what is no tensor, and for one with an encoding.
  init?(_ type: String?) {
    guard let type, type.hasPrefix("tensor<"), !type.contains(",") else { return nil }
    let parts = type.dropFirst("tensor<".count).dropLast().split(separator: "x")
    element = parts.last.map(String.init) ?? ""
    sizes = parts.dropLast().map { Int($0) }
  }
}
