internal import CApusIREERuntime
internal import Foundation

/// A device, and what loads programs onto it.
///
/// ```swift
/// let runtime = try Runtime()                                  // all cores of this machine
/// let quiet = try Runtime(device: "local-task", workers: 1)    // one
/// ```
///
/// A runtime owns its worker threads. Programs and tensors keep it alive. Thread-safe.
public final class Runtime: Sendable {
  /// The device's URI, as it was asked for: `local-task`.
  public let device: String
  /// The number of threads that run kernels.
  public let workerCount: Int

  package let library: RuntimeLibrary
  let invocationThreads = InvocationThreads()
  let invocationSlots = InvocationSlots()

  /// Proof of safety of both: owned by this object, made before it is shared, released with it;
  /// IREE's devices and allocators are thread-safe (`iree/hal/device.h`, `iree/hal/allocator.h`).
  nonisolated(unsafe) let deviceHandle: UnsafeMutablePointer<iree_hal_device_t>
  nonisolated(unsafe) let allocator: UnsafeMutablePointer<iree_hal_allocator_t>

  /// The largest number of workers that IREE's task executor takes.
  public static let maximumWorkerCount = 64

  /// Opens a device.
  ///
  /// - Parameters:
  ///   - device: a device URI, whose scheme names the driver. `local-task` runs kernels on this
  ///     machine's CPU, on worker threads.
  ///   - workers: how many threads run kernels, 1 to ``maximumWorkerCount``; nil for one on every
  ///     core this process may use.
  /// - Throws: `NativeLibraryError` if IREE's runtime library cannot be used; ``RuntimeError`` with
  ///   `NOT_FOUND` for a device that this runtime has no driver for, `INVALID_ARGUMENT` for a number
  ///   of workers out of range.
  public init(device: String = "local-task", workers: Int? = nil) throws {
    let library = try RuntimeLibrary.shared()
    let driver = device.prefix { $0 != ":" }
    guard driver == "local-task" else {
      throw RuntimeError(
        .notFound,
        "no driver for the device '\(device)'; this runtime has: local-task",
        device: device
      )
    }
    guard driver == device || device == "local-task://" else {
      throw RuntimeError(
        .invalidArgument,
        "the device URI '\(device)' names a device that local-task does not have;"
          + " write local-task",
        device: device
      )
    }
    if let workers, !(1...Self.maximumWorkerCount).contains(workers) {
      throw RuntimeError(
        .invalidArgument,
        "\(workers) workers were asked for; expected 1 to \(Self.maximumWorkerCount)",
        device: device
      )
    }
    let taskDevice = try TaskDevice(library, identifier: String(driver), workers: workers)
    guard let allocator = library.api.iree_hal_device_allocator(taskDevice.handle) else {
      throw RuntimeError.noResult("iree_hal_device_allocator")
    }
    self.library = library
    self.device = device
    self.deviceHandle = taskDevice.handle
    self.allocator = allocator
    self.workerCount = taskDevice.workerCount
  }

  deinit {
    library.api.iree_hal_device_release(deviceHandle)
  }

  /// Returns if the status is OK; throws what it says otherwise.
  @inline(__always)
  func check(_ status: iree_status_t?) throws(RuntimeError) {
    try library.api.check(status, device: device)
  }

  /// Whether the device can load executables of a format, by IREE's name: `embedded-elf-x86_64`.
  package func supports(executableFormat format: String) -> Bool {
    var value: Int64 = 0
    let status = withStringView("hal.executable.format") { category in
      withStringView(format) { key in
        library.api.iree_hal_device_query_i64(deviceHandle, category, key, &value)
      }
    }
    return (try? library.api.check(status)) != nil && value != 0
  }
}

/// The making of a `local-task` device: workers, memory, and the device that joins them.
private struct TaskDevice {
  let handle: UnsafeMutablePointer<iree_hal_device_t>
  let workerCount: Int

  init(_ library: RuntimeLibrary, identifier: String, workers: Int?) throws {
    let api = library.api
    let workerCount = workers ?? Self.defaultWorkerCount
    let executor = try Self.makeExecutor(api, workerCount: workerCount)
    defer { api.iree_task_executor_release(executor) }

    var allocator: UnsafeMutablePointer<iree_hal_allocator_t>?
    try api.check(
      withStringView(identifier) {
        api.iree_hal_allocator_create_heap($0, systemAllocator, systemAllocator, &allocator)
      }
    )
    defer { api.iree_hal_allocator_release(allocator) }

    var parameters = iree_hal_task_device_params_t()
    api.iree_hal_task_device_params_initialize(&parameters)
    var executors: [UnsafeMutablePointer<iree_task_executor_t>?] = [executor]
    var loaders: [UnsafeMutablePointer<iree_hal_executable_loader_t>?] = library.executableLoaders
    var device: UnsafeMutablePointer<iree_hal_device_t>?
    try api.check(
      withStringView(identifier) {
        api.iree_hal_task_device_create(
          $0,
          &parameters,
          executors.count,
          &executors,
          loaders.count,
          &loaders,
          allocator,
          systemAllocator,
          &device
        )
      },
      device: identifier
    )
    guard let device else { throw RuntimeError.noResult("iree_hal_task_device_create") }
    handle = device
    self.workerCount = workerCount
  }

  /// The cores this process may run on, up to what the executor takes.
  private static var defaultWorkerCount: Int {
    min(ProcessInfo.processInfo.activeProcessorCount, Runtime.maximumWorkerCount)
  }

  private static func makeExecutor(
    _ api: apus_iree_runtime_table,
    workerCount: Int
  ) throws -> UnsafeMutablePointer<iree_task_executor_t> {
    var options = iree_task_executor_options_t()
    api.iree_task_executor_options_initialize(&options)
    // 32 KB, which is much to ask of a stack that may be a small one.
    let topology = UnsafeMutablePointer<iree_task_topology_t>.allocate(capacity: 1)
    defer { topology.deallocate() }
    // Workers by number, not pinned to cores: pinning would ignore the limits this process is under.
    api.iree_task_topology_initialize_from_group_count(workerCount, topology)
    defer { api.iree_task_topology_deinitialize(topology) }
    var executor: UnsafeMutablePointer<iree_task_executor_t>?
    try api.check(api.iree_task_executor_create(options, topology, systemAllocator, &executor))
    guard let executor else { throw RuntimeError.noResult("iree_task_executor_create") }
    return executor
  }
}
