extension TensorData {
  /// The tensor as it is written on a command line: `4xf32=11 22 33 44`, `2x2xi8=[1 2][3 4]`.
  ///
  /// ``init(parsing:expecting:)`` reads it back as the same tensor, but for the bits of NaN.
  /// Numbers have as many digits as that takes and no more. Brackets stand as `iree-run-module`
  /// prints them, around each row but not around the whole; a tensor without elements has none.
  public var text: String {
    var text = "\(type)="
    let elements = elements
    // The number of elements in each row, plane, ...: where a multiple begins, a bracket opens.
    var blockSizes: [Int] = []
    var blockSize = 1
    for dimension in shape.dropFirst().reversed() {
      blockSize *= dimension
      blockSizes.append(blockSize)
    }
    for position in elements.indices {
      let openings = blockSizes.count { position.isMultiple(of: $0) }
      if position > 0 {
        text += openings == 0 ? " " : String(repeating: "]", count: openings)
      }
      text += String(repeating: "[", count: openings)
      text += elements[position].description
    }
    if !elements.isEmpty { text += String(repeating: "]", count: blockSizes.count) }
    return text
  }
}

extension TensorData: CustomStringConvertible {
  /// The type and the elements in rows, as NumPy shows them; of a large tensor only the first and
  /// last of each dimension, with `…` between.
  ///
  /// ```
  /// 1000x1000xi32
  /// [[     0      1      2 …    997    998    999]
  ///  [  1000   1001   1002 …   1997   1998   1999]
  ///  …
  ///  [999000 999001 999002 … 999997 999998 999999]]
  /// ```
  ///
  /// A tensor of one row stands on one line: `4xf32 [11 22 33 44]`.
  public var description: String {
    guard !shape.isEmpty else { return "\(type) \(elements[0])" }
    let head = type.description
    guard !bytes.isEmpty else { return "\(head) []" }
    let separator = shape.count > 1 ? "\n" : " "
    return head + separator + ElementTable(self).text
  }
}

/// The elements of a tensor that are shown to people, as text in columns.
private struct ElementTable {
  /// An index of a dimension that is shown, or the gap between the first and the last of them.
  private enum Place {
    case index(Int)
    case gap
  }

  /// Tensors of no more elements are shown whole.
  private static let wholeLimit = 100
  /// How many indices of a dimension are shown of a larger one.
  private static let edgeCount = 6
  /// How many elements are shown at most, however many dimensions there are.
  private static let shownLimit = 1000

  /// For each dimension, what is shown of it.
  private let places: [[Place]]
  private let strides: [Int]
  private let elements: TensorData.Elements
  private var width = 0

  init(_ data: TensorData) {
    elements = data.elements
    var strides: [Int] = []
    var places: [[Place]] = []
    var stride = 1
    var shownCount = 1
    for dimension in data.shape.reversed() {
      let wanted =
        elements.count <= Self.wholeLimit || dimension <= Self.edgeCount
        ? dimension : Self.edgeCount
      let shown = max(1, min(wanted, Self.shownLimit / shownCount))
      shownCount *= shown
      var indices = (0..<(shown + 1) / 2).map(Place.index)
      if shown < dimension { indices.append(.gap) }
      indices += (dimension - shown / 2..<dimension).map(Place.index)
      places.insert(indices, at: 0)
      strides.insert(stride, at: 0)
      stride *= dimension
    }
    self.places = places
    self.strides = strides
    var width = 0
    forEachPosition(axis: 0, base: 0) { width = max(width, elements[$0].description.count) }
    self.width = width
  }

  private func forEachPosition(axis: Int, base: Int, _ body: (Int) -> Void) {
    guard axis < places.count else { return body(base) }
    for case .index(let index) in places[axis] {
      forEachPosition(axis: axis + 1, base: base + index * strides[axis], body)
    }
  }

  var text: String {
    var text = ""
    append(axis: 0, base: 0, to: &text)
    return text
  }

  private func append(axis: Int, base: Int, to text: inout String) {
    guard axis < places.count else {
      let element = elements[base].description
      text += String(repeating: " ", count: width - element.count) + element
      return
    }
    let isRow = axis == places.count - 1
    text += "["
    for (position, place) in places[axis].enumerated() {
      if position > 0 {
        text += isRow ? " " : "\n" + String(repeating: " ", count: axis + 1)
      }
      switch place {
      case .gap: text += "…"
      case .index(let index): append(axis: axis + 1, base: base + index * strides[axis], to: &text)
      }
    }
    text += "]"
  }
}
