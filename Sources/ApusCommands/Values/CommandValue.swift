internal import Apus
internal import ArgumentParser

/// A value from the command line: text that a function's signature gives its meaning.
struct CommandValue {
  private let text: String

  init(parsing text: String) { self.text = text }

  /// The value as an argument of the type wanted; of its own type if nothing is known of the function.
  func argument(as type: ValueType?, on runtime: Runtime) throws -> any ProgramArgument {
    guard case .scalar(let scalar) = type else {
      return try AnyTensor(tensor(expecting: elementType(of: type)), on: runtime)
    }
    let data = try usage { () throws(TensorDataError) in
      try ValueText(parsing: text).scalar(of: scalar)
    }
    switch scalar {
    case .i32: return try one(data, as: Int32.self)
    case .i64: return try one(data, as: Int64.self)
    case .f32: return try one(data, as: Float.self)
    case .f64: return try one(data, as: Double.self)
    }
  }

  /// The value to compare a result with.
  func data(like result: TensorData) throws -> TensorData {
    try tensor(expecting: result.elementType)
  }

  private func tensor(expecting elementType: ElementType?) throws -> TensorData {
    try usage { () throws(TensorDataError) in
      try TensorData(parsing: text, expecting: elementType)
    }
  }

  private func elementType(of type: ValueType?) -> ElementType? {
    if case .tensor(let type) = type { type.elementType } else { nil }
  }

  private func one<Scalar: TensorScalar>(_ data: TensorData, as: Scalar.Type) throws -> Scalar {
    guard let scalar = try data.scalars(as: Scalar.self).first else {
      throw CommandFailure("'\(text)' has no element")
    }
    return scalar
  }

  /// Text that is wrong is wrong usage; a file that is wrong is not.
  private func usage<Result>(
    _ body: () throws(TensorDataError) -> Result
  ) throws -> Result {
    do throws(TensorDataError) {
      return try body()
    } catch {
      if error.file != nil || error.cause != nil { throw error }
      throw ValidationError("\(error)")
    }
  }
}

extension Value {
  /// The value in host memory; a number as a tensor without dimensions.
  func data() throws -> TensorData {
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
