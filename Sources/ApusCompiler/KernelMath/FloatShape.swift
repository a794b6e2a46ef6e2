internal import ApusMath

/// A type of MLIR's that holds floats: one, or a vector or tensor of them.
struct FloatShape: Hashable {
  /// The type of each.
  var element: FloatType
  /// `vector<4x`, `tensor<?x`; empty for a single number.
  private var prefix: Substring
  /// `>`, with a tensor's encoding; empty for a single number.
  private var suffix: Substring

  private static let elements: [(name: String, type: FloatType)] = [
    ("bf16", .bf16), ("f16", .f16), ("f32", .f32), ("f64", .f64),
  ]

  /// Nil for other types.
  init?(_ text: String) {
    let head = text.prefix { $0 != "," && $0 != ">" }
    guard let (name, type) = Self.elements.first(where: { head.hasSuffix($0.name) }) else {
      return nil
    }
    prefix = head.dropLast(name.count)
    suffix = text.dropFirst(head.count)
    element = type
    let isShaped = prefix.hasPrefix("tensor<") || prefix.hasPrefix("vector<")
    guard prefix.isEmpty || isShaped && !prefix.hasSuffix("complex<") else { return nil }
  }

  /// As MLIR writes it.
  var text: String { text(of: element.intrinsicSuffix) }

  /// The same shape of another type's values.
  func text(of element: String) -> String { "\(prefix)\(element)\(suffix)" }

  /// The same shape of another type's values.
  func of(_ element: FloatType) -> FloatShape {
    var shape = self
    shape.element = element
    return shape
  }

  /// Whether it is a single number.
  var isScalar: Bool { prefix.isEmpty }

  /// How many values a vector of one dimension has, 1 for a single number; nil for all else.
  var laneCount: Int? {
    if isScalar { return 1 }
    guard prefix.hasPrefix("vector<") else { return nil }
    return Int(prefix.dropFirst("vector<".count).dropLast())
  }
}
