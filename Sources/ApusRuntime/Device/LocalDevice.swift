internal import CApusIREERuntime

/// The names of the drivers that Apus knows, as device URIs have them.
enum Driver {
  /// Kernels run on worker threads.
  static let task = "local-task"
  /// Kernels run on the thread that calls.
  static let sync = "local-sync"
}

extension RuntimeLibrary {
  /// The drivers that the runtime has.
  var drivers: [String] {
    optional.iree_hal_sync_device_create == nil ? [Driver.task] : [Driver.task, Driver.sync]
  }
}

/// The making of a device that runs kernels on this machine's CPU.
struct LocalDevice {
  let handle: UnsafeMutablePointer<iree_hal_device_t>
  /// The number of threads that run kernels, beside those that call.
  let workerCount: Int

  /// A device whose kernels run on the thread that calls.
  static func sync(_ library: RuntimeLibrary) throws -> LocalDevice {
    let optional = library.optional
    guard let initialize = optional.iree_hal_sync_device_params_initialize,
      let create = optional.iree_hal_sync_device_create
    else { throw RuntimeError.noResult("iree_hal_sync_device_create") }
    let handle = try make(Driver.sync, library) { identifier, loaders, allocator, device in
      var parameters = iree_hal_sync_device_params_t()
      initialize(&parameters)
      return create(
        identifier,
        &parameters,
        loaders.count,
        loaders.baseAddress,
        allocator,
        systemAllocator,
        &device
      )
    }
    return LocalDevice(handle: handle, workerCount: 0)
  }

  /// A device whose kernels run on worker threads.
  ///
  /// - Parameter workerSpin: how long one that has nothing to do looks for work before it sleeps.
  static func task(
    _ library: RuntimeLibrary,
    workerCount: Int,
    workerSpin: Duration
  ) throws -> LocalDevice {
    let api = library.api
    let executor = try makeExecutor(api, workerCount: workerCount, workerSpin)
    defer { api.iree_task_executor_release(executor) }
    let handle = try make(Driver.task, library) { identifier, loaders, allocator, device in
      var parameters = iree_hal_task_device_params_t()
      api.iree_hal_task_device_params_initialize(&parameters)
      var executors: [UnsafeMutablePointer<iree_task_executor_t>?] = [executor]
      return api.iree_hal_task_device_create(
        identifier,
        &parameters,
        executors.count,
        &executors,
        loaders.count,
        loaders.baseAddress,
        allocator,
        systemAllocator,
        &device
      )
    }
    return LocalDevice(handle: handle, workerCount: workerCount)
  }

  private typealias Loaders =
    UnsafeMutableBufferPointer<UnsafeMutablePointer<iree_hal_executable_loader_t>?>

  /// Gives `create` what every device wants: its name, loaders of kernels, memory.
  private static func make(
    _ identifier: String,
    _ library: RuntimeLibrary,
    _ create: (
      iree_string_view_t, Loaders, UnsafeMutablePointer<iree_hal_allocator_t>?,
      inout UnsafeMutablePointer<iree_hal_device_t>?
    ) -> iree_status_t?
  ) throws -> UnsafeMutablePointer<iree_hal_device_t> {
    let api = library.api
    var allocator: UnsafeMutablePointer<iree_hal_allocator_t>?
    try api.check(
      withStringView(identifier) {
        api.iree_hal_allocator_create_heap($0, bufferAllocator, bufferAllocator, &allocator)
      }
    )
    defer { api.iree_hal_allocator_release(allocator) }

    var loaders: [UnsafeMutablePointer<iree_hal_executable_loader_t>?] = library.executableLoaders
    var device: UnsafeMutablePointer<iree_hal_device_t>?
    let status = loaders.withUnsafeMutableBufferPointer { loaders in
      withStringView(identifier) { create($0, loaders, allocator, &device) }
    }
    try api.check(status, device: identifier)
    guard let device else { throw RuntimeError.noResult("iree_hal_\(identifier)_device_create") }
    return device
  }

  /// In bytes.
  ///
  /// Kernels may take 32 KB for their own data, which is all that IREE's workers have unless asked. What is not
  /// touched takes no memory.
  private static let workerStackSize = 512 << 10

  private static func makeExecutor(
    _ api: apus_iree_runtime_table,
    workerCount: Int,
    _ workerSpin: Duration
  ) throws -> UnsafeMutablePointer<iree_task_executor_t> {
    var options = iree_task_executor_options_t()
    api.iree_task_executor_options_initialize(&options)
    options.worker_stack_size = workerStackSize
    options.worker_spin_ns = Int64(workerSpin / .nanoseconds(1))
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
