package import ApusArtifacts
package import ApusRuntime

/// A value from a command line: text that a function's signature gives its meaning.
package struct ArgumentText {
  private let text: String

  /// `4xf32=1,2,3,4`, `i32=5`, `@file.npy`, `4xf32=@file.bin`.
  package init(_ text: String) { self.text = text }

  /// The value as an argument of the type wanted; of its own type if nothing is known of the function.
  ///
  /// - Throws: `TensorDataError` for text that is not a value, or a file that holds none.
  package func argument(
    as type: ValueType?,
    on runtime: Runtime
  ) throws -> any ProgramArgument {
    guard case .scalar(let scalar) = type else {
      return try AnyTensor(tensor(expecting: elementType(of: type)), on: runtime)
    }
    let data = try ValueText(parsing: text).scalar(of: scalar)
    switch scalar {
    case .i32: return try one(data, as: Int32.self)
    case .i64: return try one(data, as: Int64.self)
    case .f32: return try one(data, as: Float.self)
    case .f64: return try one(data, as: Double.self)
    }
  }

  /// The value in host memory, of an element type if the text names none.
  package func tensor(expecting elementType: ElementType?) throws(TensorDataError) -> TensorData {
    try TensorData(parsing: text, expecting: elementType)
  }

  private func elementType(of type: ValueType?) -> ElementType? {
    if case .tensor(let type) = type { type.elementType } else { nil }
  }

  private func one<Scalar: TensorScalar>(_ data: TensorData, as: Scalar.Type) throws -> Scalar {
    guard let scalar = try data.scalars(as: Scalar.self).first else {
      throw LaunchFailure("'\(text)' has no element")
    }
    return scalar
  }
}

extension Value {
  /// The value in host memory; a number as a tensor without dimensions.
  package func data() throws -> TensorData {
    func rankZero<Scalar: TensorScalar>(_ scalar: Scalar) throws -> TensorData {
      try TensorData(
        elementType: Scalar.elementType,
        shape: [],
        bytes: withUnsafeBytes(of: scalar) { [UInt8]($0) }
      )
    }
    return switch self {
    case .tensor(let tensor): try tensor.data()
    case .int32(let number): try rankZero(number)
    case .int64(let number): try rankZero(number)
    case .float(let number): try rankZero(number)
    case .double(let number): try rankZero(number)
    }
  }
}

/// What went wrong, in words for people.
package struct LaunchFailure: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
