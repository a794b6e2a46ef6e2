/// The type of an argument or a result of a program's function.
public enum ValueType: Hashable, Sendable {
  /// A tensor, passed as a buffer view.
  case tensor(TensorType)
  /// A number, passed in a register of the virtual machine.
  case scalar(ScalarType)
  /// Anything else: MLIR's spelling of the type. Programs from StableHLO have none.
  case opaque(String)

  /// The numbers that the virtual machine passes by value.
  public enum ScalarType: String, Hashable, Sendable, CaseIterable {
    /// A 32-bit integer.
    case i32
    /// A 64-bit integer; MLIR's `index` is one too.
    case i64
    /// IEEE 754 binary32.
    case f32
    /// IEEE 754 binary64.
    case f64

    /// The Swift type that holds it.
    public var swiftName: String {
      switch self {
      case .i32: "Int32"
      case .i64: "Int64"
      case .f32: "Float"
      case .f64: "Double"
      }
    }
  }
}

extension ValueType: CustomStringConvertible {
  /// In MLIR's words: `tensor<4xf32>`, `i32`.
  public var description: String {
    switch self {
    case .tensor(let type): "tensor<\(type)>"
    case .scalar(let type): type.rawValue
    case .opaque(let name): name
    }
  }

  /// In Swift's words: `Tensor<Float>[4, ?]`, `Int32`.
  public var swiftDescription: String {
    switch self {
    case .tensor(let type):
      "Tensor<\(type.elementType.swiftName)>"
        + "[\(type.dimensions.map { $0.map(String.init) ?? "?" }.joined(separator: ", "))]"
    case .scalar(let type): type.swiftName
    case .opaque(let name): name
    }
  }
}
