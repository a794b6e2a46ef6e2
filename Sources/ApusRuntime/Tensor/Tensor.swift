public import ApusArtifacts

/// A dense, row-major array of numbers on a device.
///
/// ```swift
/// let runtime = try Runtime()
/// let matrix = try Tensor<Float>([1, 2, 3, 4, 5, 6], shape: [2, 3], on: runtime)
/// print(matrix.shape, try matrix.scalars())
/// ```
///
/// A tensor is immutable, so it can be shared between tasks and passed to any number of calls. Results
/// of a call stay on the device until ``scalars()`` or ``withUnsafeScalars(_:)`` reads them.
public struct Tensor<Scalar: TensorScalar>: Sendable {
  // What copies elements is inlinable, a line around what AnyTensor does: generic code in another module
  // looks types up at run time, which takes longer than the copy of a small array.

  /// The tensor without its element type.
  public let untyped: AnyTensor

  @usableFromInline
  init(unchecked untyped: AnyTensor) { self.untyped = untyped }

  /// The dimensions, outermost first; empty for a single element.
  public var shape: [Int] { untyped.shape }
  /// The number of elements.
  public var count: Int { untyped.count }
  /// The type of the elements, in IREE's words.
  public var elementType: ElementType { untyped.elementType }

  /// Copies an array to the device.
  ///
  /// - Parameters:
  ///   - scalars: the elements, in row-major order.
  ///   - shape: the dimensions, outermost first; nil for one dimension.
  ///   - runtime: the device.
  /// - Throws: ``RuntimeError`` with `INVALID_ARGUMENT` if the shape wants another number of elements.
  @inlinable
  public init(_ scalars: [Scalar], shape: [Int]? = nil, on runtime: Runtime) throws {
    self = try scalars.withUnsafeBufferPointer {
      try Tensor(unsafeScalars: $0, shape: shape, on: runtime)
    }
  }

  /// Copies one number to the device, as a tensor without dimensions.
  ///
  /// - Throws: ``RuntimeError`` if memory runs out.
  public init(scalar: Scalar, on runtime: Runtime) throws {
    self = try Tensor([scalar], shape: [], on: runtime)
  }

  /// A tensor of equal elements.
  ///
  /// - Throws: ``RuntimeError`` if the shape is impossible or memory runs out.
  public init(repeating scalar: Scalar, shape: [Int], on runtime: Runtime) throws {
    try self.init(shape: shape, on: runtime) { $0.update(repeating: scalar) }
  }

  /// Copies elements from memory that the caller lends for the duration of the call.
  ///
  /// - Throws: ``RuntimeError`` with `INVALID_ARGUMENT` if the shape wants another number of elements.
  @inlinable
  public init(
    unsafeScalars scalars: UnsafeBufferPointer<Scalar>,
    shape: [Int]? = nil,
    on runtime: Runtime
  ) throws {
    let tensor = try AnyTensor(
      copying: UnsafeRawBufferPointer(scalars),
      Scalar.elementType,
      shape: shape ?? [scalars.count],
      on: runtime
    )
    self.init(unchecked: tensor)
  }

  /// Makes a tensor in place: `initialize` writes the elements straight to the device's memory.
  ///
  /// - Parameters:
  ///   - shape: the dimensions, outermost first.
  ///   - runtime: the device.
  ///   - initialize: receives uninitialised memory for all elements, in row-major order, and must
  ///     write every one.
  /// - Throws: ``RuntimeError`` if the shape is impossible or memory runs out; what `initialize` throws.
  public init(
    shape: [Int],
    on runtime: Runtime,
    initializingWith initialize: (UnsafeMutableBufferPointer<Scalar>) throws -> Void
  ) throws {
    untyped = AnyTensor(
      try BufferView(Scalar.elementType, shape: shape, on: runtime) {
        try initialize($0.bindMemory(to: Scalar.self))
      }
    )
  }

  /// Makes a tensor of memory that somebody else owns, without a copy.
  ///
  /// - Parameters:
  ///   - scalars: the elements, in row-major order, at an address that is a multiple of 64. The memory
  ///     must stay as it is until `release` is called.
  ///   - shape: the dimensions, outermost first.
  ///   - runtime: a device whose memory is the host's (`local-task` is one).
  ///   - release: called once, on any thread, when neither a tensor nor a call needs the memory any
  ///     more, and also if this initializer throws.
  /// - Throws: ``RuntimeError`` with `OUT_OF_RANGE` if there are too few elements or the address is not
  ///   aligned.
  public init(
    unsafeNoCopy scalars: UnsafeBufferPointer<Scalar>,
    shape: [Int],
    on runtime: Runtime,
    release: @escaping @Sendable () -> Void
  ) throws {
    untyped = AnyTensor(
      try BufferView(
        unsafeImporting: UnsafeRawBufferPointer(scalars),
        Scalar.elementType,
        shape: shape,
        on: runtime,
        release: release
      )
    )
  }

  /// Copies the elements to an array, in row-major order.
  ///
  /// - Throws: ``RuntimeError`` if the device fails.
  @inlinable
  public func scalars() throws -> [Scalar] {
    let count = untyped.byteCount / MemoryLayout<Scalar>.stride
    return try Array(unsafeUninitializedCapacity: count) { scalars, initializedCount in
      let bytes = UnsafeMutableRawBufferPointer(scalars)
      try untyped.copyBytes(to: bytes)
      if Scalar.self == Bool.self {
        // A kernel may leave any byte for true; Swift's Bool knows 0 and 1 only.
        for index in bytes.indices { bytes[index] = bytes[index] == 0 ? 0 : 1 }
      }
      initializedCount = count
    }
  }

  /// Lends the elements for reading, in row-major order; not copied where the device's memory is
  /// the host's.
  ///
  /// The pointer is valid during the call only.
  ///
  /// - Throws: ``RuntimeError`` if the device fails; what `body` throws.
  public func withUnsafeScalars<Result>(
    _ body: (UnsafeBufferPointer<Scalar>) throws -> Result
  ) throws -> Result {
    try untyped.storage.withUnsafeBytes { try body($0.bindMemory(to: Scalar.self)) }
  }

  /// The same elements in memory of their own, for a call that computes in place (see ``Function``).
  ///
  /// - Throws: ``RuntimeError`` if memory runs out or the device fails.
  public func copied() throws -> Tensor { Tensor(unchecked: try untyped.copied()) }

  /// The same elements under another shape.
  ///
  /// Nothing is copied.
  ///
  /// - Throws: ``RuntimeError`` with `INVALID_ARGUMENT` if the number of elements differs.
  public func reshaped(to shape: [Int]) throws -> Tensor {
    Tensor(unchecked: try untyped.reshaped(to: shape))
  }
}

extension Tensor: CustomStringConvertible {
  /// Type, shape and elements, the middle left out where there are many: `4xf32 [11 22 33 44]`.
  public var description: String { untyped.description }
}
