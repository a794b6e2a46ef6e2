package import ApusArtifacts
internal import CApusIREERuntime

/// A device buffer with a shape and an element type: what a tensor is made of.
///
/// Contents never change once the object is shared, so tensors are values although they live on a
/// device.
package final class BufferView: Sendable {
  package let runtime: Runtime
  package let elementType: ElementType
  package let byteCount: Int

  /// The dimensions where IREE keeps them.
  ///
  /// Proof of safety: they belong to `handle`'s object, and never change.
  nonisolated(unsafe) let dimensions: UnsafeBufferPointer<iree_hal_dim_t>

  /// Proof of safety: owned by this object and released with it; IREE counts references atomically,
  /// and nothing here writes to the buffer.
  nonisolated(unsafe) let handle: UnsafeMutablePointer<iree_hal_buffer_view_t>

  /// Takes over a reference to a view.
  init(consuming handle: UnsafeMutablePointer<iree_hal_buffer_view_t>, on runtime: Runtime) {
    self.runtime = runtime
    self.handle = handle
    elementType = ElementType(
      rawValue: runtime.library.api.iree_hal_buffer_view_element_type(handle)
    )
    dimensions = UnsafeBufferPointer(
      start: runtime.library.api.iree_hal_buffer_view_shape_dims(handle),
      count: runtime.library.api.iree_hal_buffer_view_shape_rank(handle)
    )
    byteCount = Int(clamping: runtime.library.api.iree_hal_buffer_view_byte_length(handle))
  }

  /// Makes a view of a buffer of so many bytes, which it retains.
  private init(
    of buffer: UnsafeMutablePointer<iree_hal_buffer_t>?,
    byteCount: Int,
    _ elementType: ElementType,
    shape: [Int],
    on runtime: Runtime
  ) throws {
    handle = try Self.makeView(of: buffer, elementType, shape: shape, on: runtime)
    self.runtime = runtime
    self.elementType = elementType
    self.byteCount = byteCount
    dimensions = UnsafeBufferPointer(
      start: runtime.library.api.iree_hal_buffer_view_shape_dims(handle),
      count: shape.count
    )
  }

  deinit {
    runtime.library.api.iree_hal_buffer_view_release(handle)
  }

  /// Whether there are as many bytes as the shape needs.
  ///
  /// IREE lets sizes overflow, so that a program that was asked for a tensor of 2^62 numbers or of -1
  /// returns one.
  var holdsItsShape: Bool {
    guard let elementByteCount = elementType.byteCount else { return true }
    var count = elementByteCount
    var isEmpty = false
    for dimension in dimensions {
      if dimension == 0 {
        isEmpty = true
        continue
      }
      guard let dimension = Int(exactly: dimension) else { return false }
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow else { return false }
      count = product
    }
    return byteCount == (isEmpty ? 0 : count)
  }

  package var shape: [Int] { dimensions.map { Int(clamping: $0) } }

  /// A view of new memory on the device, written by `initialize` before anyone else sees it.
  ///
  /// - Throws: ``RuntimeError`` if the shape is impossible or memory runs out; what `initialize`
  ///   throws.
  package convenience init(
    _ elementType: ElementType,
    shape: [Int],
    on runtime: Runtime,
    initializingWith initialize: (UnsafeMutableRawBufferPointer) throws -> Void
  ) throws {
    let byteCount = try Self.byteCount(elementType, shape: shape)
    var buffer: UnsafeMutablePointer<iree_hal_buffer_t>?
    do {
      try runtime.check(
        runtime.library.api.iree_hal_allocator_allocate_buffer(
          runtime.allocator,
          Self.deviceLocal,
          iree_device_size_t(byteCount),
          &buffer
        )
      )
    } catch {
      var error = error
      if error.code == .resourceExhausted {
        error.message =
          "there is no memory for a tensor of shape \(shape) and type \(elementType), which takes"
          + " \(byteCount) bytes"
      }
      throw error
    }
    defer { runtime.library.api.iree_hal_buffer_release(buffer) }
    try Self.withMapping(
      of: buffer,
      byteCount: byteCount,
      access: APUS_IREE_HAL_MEMORY_ACCESS_DISCARD_WRITE,
      on: runtime,
      initialize
    )
    try self.init(of: buffer, byteCount: byteCount, elementType, shape: shape, on: runtime)
  }

  /// A view of memory that somebody else owns.
  ///
  /// No copy is made.
  ///
  /// - Parameters:
  ///   - bytes: at least as many as the shape needs, at an address that is a multiple of 64, not to be
  ///     written to until `release` is called.
  ///   - release: called once, on any thread, when neither a tensor nor a program needs the memory any
  ///     more; also if this throws.
  package convenience init(
    unsafeImporting bytes: UnsafeRawBufferPointer,
    _ elementType: ElementType,
    shape: [Int],
    on runtime: Runtime,
    release: @escaping @Sendable () -> Void
  ) throws {
    let api = runtime.library.api
    let owner = ExternalMemory(release: release)
    let byteCount = try Self.byteCount(elementType, shape: shape)
    if byteCount == 0 {
      try self.init(elementType, shape: shape, on: runtime) { _ in }
      return
    }
    guard bytes.count >= byteCount, let start = bytes.baseAddress else {
      throw RuntimeError(
        .outOfRange,
        "a tensor of shape \(shape) and type \(elementType) has \(byteCount) bytes;"
          + " the memory to import has \(bytes.count)",
        device: runtime.device
      )
    }
    guard UInt(bitPattern: start).isMultiple(of: importAlignment) else {
      throw RuntimeError(
        .outOfRange,
        "memory to import must begin at a multiple of \(importAlignment) bytes;"
          + " this begins at \(start)",
        device: runtime.device
      )
    }
    var external = iree_hal_external_buffer_t()
    external.type = numericCast(APUS_IREE_HAL_EXTERNAL_BUFFER_TYPE_HOST_ALLOCATION)
    external.size = iree_device_size_t(byteCount)
    external.handle.host_allocation.ptr = UnsafeMutableRawPointer(mutating: start)
    let retainedOwner = Unmanaged.passRetained(owner)
    let callback = iree_hal_buffer_release_callback_t(
      fn: { userData, _ in
        if let userData { Unmanaged<ExternalMemory>.fromOpaque(userData).release() }
      },
      user_data: retainedOwner.toOpaque()
    )
    var buffer: UnsafeMutablePointer<iree_hal_buffer_t>?
    do {
      try api.check(
        api.iree_hal_allocator_import_buffer(
          runtime.allocator,
          Self.deviceLocal,
          &external,
          callback,
          &buffer
        ),
        device: runtime.device
      )
    } catch {
      retainedOwner.release()
      throw error
    }
    defer { api.iree_hal_buffer_release(buffer) }
    try self.init(of: buffer, byteCount: byteCount, elementType, shape: shape, on: runtime)
  }

  /// The same memory under another shape or element type.
  ///
  /// - Throws: ``RuntimeError`` if that would be another number of bytes.
  package func view(as elementType: ElementType, shape: [Int]) throws -> BufferView {
    let byteCount = try Self.byteCount(elementType, shape: shape)
    guard byteCount == self.byteCount else {
      throw RuntimeError(
        .invalidArgument,
        "cannot view a tensor of shape \(self.shape) and type \(self.elementType)"
          + " (\(self.byteCount) bytes) as shape \(shape) and type \(elementType)"
          + " (\(byteCount) bytes)",
        device: runtime.device
      )
    }
    let buffer = runtime.library.api.iree_hal_buffer_view_buffer(handle)
    return try BufferView(
      of: buffer,
      byteCount: byteCount,
      elementType,
      shape: shape,
      on: runtime
    )
  }

  /// Lends the contents for reading, without a copy where the device's memory is the host's.
  package func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let buffer = runtime.library.api.iree_hal_buffer_view_buffer(handle)
    return try Self.withMapping(
      of: buffer,
      byteCount: byteCount,
      access: APUS_IREE_HAL_MEMORY_ACCESS_READ,
      on: runtime
    ) { try body(UnsafeRawBufferPointer($0)) }
  }

  // MARK: Making and mapping

  /// Device memory that kernels read and write, and that the host may map.
  private static let deviceLocal = iree_hal_buffer_params_t(
    usage: numericCast(APUS_IREE_HAL_BUFFER_USAGE_DEFAULT)
      | numericCast(APUS_IREE_HAL_BUFFER_USAGE_MAPPING),
    access: numericCast(APUS_IREE_HAL_MEMORY_ACCESS_ALL),
    type: numericCast(APUS_IREE_HAL_MEMORY_TYPE_DEVICE_LOCAL),
    queue_affinity: 0,
    min_alignment: 0
  )

  private static func makeView(
    of buffer: UnsafeMutablePointer<iree_hal_buffer_t>?,
    _ elementType: ElementType,
    shape: [Int],
    on runtime: Runtime
  ) throws -> UnsafeMutablePointer<iree_hal_buffer_view_t> {
    var view: UnsafeMutablePointer<iree_hal_buffer_view_t>?
    let status = shape.withUnsafeBufferPointer { shape in
      // No dimension is negative: the number of bytes has been computed.
      shape.withMemoryRebound(to: iree_hal_dim_t.self) { dimensions in
        runtime.library.api.iree_hal_buffer_view_create(
          buffer,
          dimensions.count,
          dimensions.baseAddress,
          elementType.rawValue,
          numericCast(APUS_IREE_HAL_ENCODING_TYPE_DENSE_ROW_MAJOR),
          systemAllocator,
          &view
        )
      }
    }
    try runtime.check(status)
    guard let view else { throw RuntimeError.noResult("iree_hal_buffer_view_create") }
    return view
  }

  private static func withMapping<Result>(
    of buffer: UnsafeMutablePointer<iree_hal_buffer_t>?,
    byteCount: Int,
    access: Int,
    on runtime: Runtime,
    _ body: (UnsafeMutableRawBufferPointer) throws -> Result
  ) throws -> Result {
    if byteCount == 0 { return try body(UnsafeMutableRawBufferPointer(start: nil, count: 0)) }
    var mapping = iree_hal_buffer_mapping_t()
    try runtime.check(
      runtime.library.api.iree_hal_buffer_map_range(
        buffer,
        numericCast(APUS_IREE_HAL_MAPPING_MODE_SCOPED),
        numericCast(access),
        0,
        iree_device_size_t(byteCount),
        &mapping
      )
    )
    let result: Result
    do {
      result = try body(
        UnsafeMutableRawBufferPointer(start: mapping.contents.data, count: byteCount)
      )
    } catch {
      try? runtime.check(runtime.library.api.iree_hal_buffer_unmap_range(&mapping))
      throw error
    }
    try runtime.check(runtime.library.api.iree_hal_buffer_unmap_range(&mapping))
    return result
  }

  /// The bytes a dense tensor takes.
  ///
  /// - Throws: ``RuntimeError`` for a negative dimension, a number of bytes that does not fit, or
  ///   elements that are not whole bytes.
  static func byteCount(_ elementType: ElementType, shape: [Int]) throws(RuntimeError) -> Int {
    guard let elementByteCount = elementType.byteCount else {
      throw RuntimeError(.unimplemented, "tensors of \(elementType) cannot be made or read")
    }
    if let negative = shape.first(where: { $0 < 0 }) {
      throw RuntimeError(
        .invalidArgument,
        "the shape \(shape) has a negative dimension: \(negative)"
      )
    }
    // Also where a dimension is 0, the others must make sense: strides are made of them.
    var count = elementByteCount
    for dimension in shape where dimension > 0 {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow else {
        throw RuntimeError(
          .outOfRange,
          "a tensor of shape \(shape) and type \(elementType) is too large to exist"
        )
      }
      count = product
    }
    return shape.contains(0) ? 0 : count
  }
}

/// The alignment IREE wants of imported memory (`IREE_HAL_HEAP_BUFFER_ALIGNMENT`), in bytes.
private let importAlignment: UInt = 64

/// Memory that was lent to IREE: gives it back when the last reference goes.
private final class ExternalMemory: Sendable {
  private let release: @Sendable () -> Void

  init(release: @escaping @Sendable () -> Void) { self.release = release }

  deinit { release() }
}
