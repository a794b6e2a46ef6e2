/// What is known of a tensor before it exists: its element type and its dimensions, some of which may
/// only be known at run time.
public struct TensorType: Hashable, Sendable {
  /// The type of the elements.
  public var elementType: ElementType
  /// The dimensions, outermost first; nil where the size is only known at run time.
  ///
  /// Empty for a tensor that holds one element.
  public var dimensions: [Int?]

  /// A type with the given elements and dimensions (nil: known at run time only).
  public init(_ elementType: ElementType, _ dimensions: [Int?]) {
    self.elementType = elementType
    self.dimensions = dimensions
  }

  /// Parses the text between the angle brackets of MLIR's `tensor<4x?xf32>`, or returns nil.
  ///
  /// An encoding after the element type (`tensor<4xf32, #x>`) is ignored: it does not change what
  /// crosses a function's boundary.
  public init?(parsing text: some StringProtocol) {
    var rest = text[...]
    var dimensions: [Int?] = []
    while let first = rest.first, first == "?" || first.isASCII && first.isNumber {
      guard let end = rest.firstIndex(of: "x") else { return nil }
      if first == "?" {
        guard rest.index(after: rest.startIndex) == end else { return nil }
        dimensions.append(nil)
      } else {
        guard let size = Int(rest[..<end]) else { return nil }
        dimensions.append(size)
      }
      rest = rest[rest.index(after: end)...]
    }
    if let comma = rest.firstIndex(of: ",") { rest = rest[..<comma] }
    guard let elementType = ElementType(rest) else { return nil }
    self.init(elementType, dimensions)
  }

  /// Whether a tensor of this shape has the right rank, and the right size in every dimension that
  /// is known.
  public func matches(shape: [Int]) -> Bool {
    shape.count == dimensions.count
      && zip(dimensions, shape).allSatisfy { $0 == nil || $0 == $1 }
  }
}

extension TensorType: CustomStringConvertible {
  /// As in MLIR, without the word: `4x?xf32`.
  public var description: String {
    dimensions.map { $0.map(String.init) ?? "?" }.map { $0 + "x" }.joined()
      + elementType.description
  }
}
