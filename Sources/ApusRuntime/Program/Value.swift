public import ApusArtifacts

/// An argument or a result of a program's function.
public enum Value: Sendable {
  /// A tensor on a device.
  case tensor(AnyTensor)
  /// An `i32` in a register.
  case int32(Int32)
  /// An `i64` in a register.
  case int64(Int64)
  /// An `f32` in a register.
  case float(Float)
  /// An `f64` in a register.
  case double(Double)

  /// What the value is, in the words of a signature.
  public var type: ValueType {
    switch self {
    case .tensor(let tensor): .tensor(TensorType(tensor.elementType, tensor.shape))
    case .int32: .scalar(.i32)
    case .int64: .scalar(.i64)
    case .float: .scalar(.f32)
    case .double: .scalar(.f64)
    }
  }
}

extension Value: CustomStringConvertible {
  /// For people: `4xf32 [11 22 33 44]`, `i32=5`.
  public var description: String {
    switch self {
    case .tensor(let tensor): tensor.description
    case .int32(let value): "i32=\(value)"
    case .int64(let value): "i64=\(value)"
    case .float(let value): "f32=\(value)"
    case .double(let value): "f64=\(value)"
    }
  }
}

/// What can be passed to a ``Function``: tensors, and the numbers that travel by value.
public protocol ProgramArgument: Sendable {
  /// The argument.
  var programValue: Value { get }
}

/// What a ``Function`` can be asked to return.
public protocol ProgramResult: Sendable {
  /// The result, if it is of this type.
  ///
  /// - Throws: ``RuntimeError`` with `INVALID_ARGUMENT` if it is not.
  init(programValue: Value) throws
}

extension Value: ProgramArgument, ProgramResult {
  /// The value itself.
  public var programValue: Value { self }
  /// The value itself.
  public init(programValue: Value) { self = programValue }
}

extension AnyTensor: ProgramArgument, ProgramResult {
  /// The tensor as a value.
  public var programValue: Value { .tensor(self) }

  /// A result that is a tensor of any type.
  public init(programValue: Value) throws {
    guard case .tensor(let tensor) = programValue else {
      throw RuntimeError(
        .invalidArgument,
        "the result is \(programValue.type.swiftDescription), not a tensor"
      )
    }
    self = tensor
  }
}

extension Tensor: ProgramArgument, ProgramResult {
  /// The tensor as a value.
  public var programValue: Value { .tensor(untyped) }

  /// A result that is a tensor of these elements.
  public init(programValue: Value) throws {
    if case .tensor(let tensor) = programValue, tensor.elementType == Scalar.elementType {
      self.init(unchecked: tensor)
    } else {
      self = try AnyTensor(programValue: programValue).typed()
    }
  }
}

extension Int32: ProgramArgument, ProgramResult {
  /// An `i32`.
  public var programValue: Value { .int32(self) }

  /// A result that is an `i32`.
  public init(programValue: Value) throws {
    guard case .int32(let value) = programValue else { throw mismatch(programValue, "Int32") }
    self = value
  }
}

extension Int64: ProgramArgument, ProgramResult {
  /// An `i64`.
  public var programValue: Value { .int64(self) }

  /// A result that is an `i64`.
  public init(programValue: Value) throws {
    guard case .int64(let value) = programValue else { throw mismatch(programValue, "Int64") }
    self = value
  }
}

extension Int: ProgramArgument {
  /// An `i64`; MLIR's `index` is one.
  public var programValue: Value { .int64(Int64(self)) }
}

extension Float: ProgramArgument, ProgramResult {
  /// An `f32`.
  public var programValue: Value { .float(self) }

  /// A result that is an `f32`.
  public init(programValue: Value) throws {
    guard case .float(let value) = programValue else { throw mismatch(programValue, "Float") }
    self = value
  }
}

extension Double: ProgramArgument, ProgramResult {
  /// An `f64`.
  public var programValue: Value { .double(self) }

  /// A result that is an `f64`.
  public init(programValue: Value) throws {
    guard case .double(let value) = programValue else { throw mismatch(programValue, "Double") }
    self = value
  }
}

private func mismatch(_ value: Value, _ expected: String) -> RuntimeError {
  RuntimeError(.invalidArgument, "the result is \(value.type.swiftDescription), not \(expected)")
}
