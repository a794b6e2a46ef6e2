public import ApusArtifacts

/// A tensor whose element type is only known at run time.
///
/// Results of programs are of this type where the caller does not say which ``Tensor`` it wants. The
/// value is immutable, shared, and on its device. Thread-safe.
public struct AnyTensor: Sendable {
  package let storage: BufferView

  package init(_ storage: BufferView) { self.storage = storage }

  /// The type of the elements.
  public var elementType: ElementType { storage.elementType }
  /// The dimensions, outermost first; empty for a single element.
  public var shape: [Int] { storage.shape }
  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }
  /// The size of the elements together, in bytes.
  public var byteCount: Int { storage.byteCount }

  /// Copies a tensor from host memory to the device.
  ///
  /// - Throws: ``RuntimeError`` if memory runs out.
  public init(_ data: TensorData, on runtime: Runtime) throws {
    storage = try BufferView(data.elementType, shape: data.shape, on: runtime) { bytes in
      bytes.copyBytes(from: data.bytes)
    }
  }

  /// Copies elements from memory to the device.
  ///
  /// - Throws: ``RuntimeError`` with `INVALID_ARGUMENT` if the shape wants another number of elements.
  @usableFromInline
  init(
    copying bytes: UnsafeRawBufferPointer,
    _ elementType: ElementType,
    shape: [Int],
    on runtime: Runtime
  ) throws {
    let byteCount = try BufferView.byteCount(elementType, shape: shape)
    guard byteCount == bytes.count else {
      let elementByteCount = elementType.byteCount ?? 1
      throw RuntimeError(
        .invalidArgument,
        "the shape \(shape) wants \(byteCount / elementByteCount) elements;"
          + " got \(bytes.count / elementByteCount)",
        device: runtime.device
      )
    }
    storage = try BufferView(elementType, shape: shape, on: runtime) {
      $0.copyMemory(from: bytes)
    }
  }

  /// Copies the elements to memory that has room for ``byteCount`` bytes.
  ///
  /// - Throws: ``RuntimeError`` if the device fails.
  @usableFromInline
  func copyBytes(to memory: UnsafeMutableRawBufferPointer) throws {
    try storage.withUnsafeBytes { memory.copyMemory(from: $0) }
  }

  /// Copies the tensor to host memory.
  ///
  /// - Throws: ``RuntimeError`` if the device fails.
  public func data() throws -> TensorData {
    let bytes = try storage.withUnsafeBytes { [UInt8]($0) }
    return try TensorData(elementType: elementType, shape: shape, bytes: bytes)
  }

  /// The tensor with its element type known to the compiler.
  ///
  /// Nothing is copied.
  ///
  /// Integers may change signedness, not width.
  ///
  /// - Throws: ``RuntimeError`` with `INVALID_ARGUMENT` if the elements are of another type.
  public func typed<Scalar>(as scalar: Scalar.Type = Scalar.self) throws -> Tensor<Scalar> {
    guard Scalar.canRead(elementType) else {
      throw RuntimeError(
        .invalidArgument,
        "the tensor's elements are \(elementType.swiftName) (\(elementType)),"
          + " not \(Scalar.elementType.swiftName) (\(Scalar.elementType))",
        device: storage.runtime.device
      )
    }
    return Tensor(unchecked: self)
  }

  /// The same elements in memory of their own, for a call that computes in place (see ``Function``).
  ///
  /// - Throws: ``RuntimeError`` if memory runs out or the device fails.
  public func copied() throws -> AnyTensor {
    try storage.withUnsafeBytes { source in
      AnyTensor(
        try BufferView(elementType, shape: shape, on: storage.runtime) {
          $0.copyMemory(from: source)
        }
      )
    }
  }

  /// The same elements under another shape.
  ///
  /// Nothing is copied.
  ///
  /// - Throws: ``RuntimeError`` with `INVALID_ARGUMENT` if the number of elements differs.
  public func reshaped(to shape: [Int]) throws -> AnyTensor {
    AnyTensor(try storage.view(as: elementType, shape: shape))
  }
}

extension AnyTensor: CustomStringConvertible {
  /// Type, shape and elements, the middle left out where there are many: `4xf32 [11 22 33 44]`.
  public var description: String {
    (try? data())?.description ?? "\(TensorType(elementType, shape))=(unreadable)"
  }
}
