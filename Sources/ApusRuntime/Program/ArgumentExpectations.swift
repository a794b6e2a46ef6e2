internal import ApusArtifacts
internal import CApusIREERuntime

/// What a function wants of the tensors it is called with, laid out to be compared fast.
///
/// A signature says the same, but its types are made of arrays, and to count the references to those
/// takes longer than to compare, which a call of a small program shows.
struct ArgumentExpectations: Sendable {
  /// How a tensor fits where an argument is wanted.
  enum Fit {
    case fits
    /// It fits if its elements are said to be of another type, with the same bits.
    case fitsAs(ElementType)
    case misfit
  }

  private enum Kind {
    case tensor(ElementType, firstDimension: Int, rank: Int)
    /// The signature does not say what the argument is.
    case unknown
    case notTensor
  }

  private var kinds: [Kind] = []
  /// The dimensions of all arguments, one after the other.
  private var dimensions: [iree_hal_dim_t] = []
  /// Stands for a dimension that only the call knows.
  private static let anySize = iree_hal_dim_t.max

  init(_ types: [ValueType?]) {
    for type in types {
      switch type {
      case .tensor(let type):
        kinds.append(
          .tensor(
            type.elementType,
            firstDimension: dimensions.count,
            rank: type.dimensions.count
          )
        )
        dimensions += type.dimensions.map { $0.map { iree_hal_dim_t($0) } ?? Self.anySize }
      case nil: kinds.append(.unknown)
      default: kinds.append(.notTensor)
      }
    }
  }

  /// How a tensor of these elements and dimensions fits as the argument at `index`.
  @inline(__always)
  func fit(
    of elementType: ElementType,
    _ shape: UnsafeBufferPointer<iree_hal_dim_t>,
    at index: Int
  ) -> Fit {
    switch kinds[index] {
    case .unknown: return .fits
    case .notTensor: return .misfit
    case .tensor(let expected, let firstDimension, let rank):
      guard shape.count == rank else { return .misfit }
      for axis in 0..<rank {
        let size = dimensions[firstDimension + axis]
        if size != shape[axis], size != Self.anySize { return .misfit }
      }
      if elementType == expected { return .fits }
      return elementType.matches(expected) ? .fitsAs(expected) : .misfit
    }
  }
}
