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
    versioned.hasSyncDevice ? [Driver.task, Driver.sync] : [Driver.task]
  }

  /// The driver where none is asked for.
  ///
  /// A worker is of use beside the thread that calls, not in its place.
  func defaultDriver(forOneThread isForOneThread: Bool) -> String {
    isForOneThread && versioned.hasSyncDevice ? Driver.sync : Driver.task
  }
}

/// The making of a device that runs kernels on this machine's CPU.
struct LocalDevice {
  let handle: UnsafeMutablePointer<iree_hal_device_t>
  /// The number of threads that run kernels, beside those that call.
  let workerCount: Int

  /// A device whose kernels run on the thread that calls.
  static func sync(_ library: RuntimeLibrary) throws -> LocalDevice {
    guard let initialize = library.optional.iree_hal_sync_device_params_initialize else {
      throw RuntimeError.noResult("iree_hal_sync_device_params_initialize")
    }
    let handle = try make(Driver.sync, library) { parts, device in
      var parameters = iree_hal_sync_device_params_t()
      initialize(&parameters)
      return try library.createSyncDevice(of: parts, &parameters, &device)
    }
    return LocalDevice(handle: handle, workerCount: 0)
  }

  /// A device whose kernels run on worker threads.
  ///
  /// - Parameter workerSpin: how long one that has nothing to do looks for work before it sleeps.
  static func task(
    _ library: RuntimeLibrary,
    workerCount: Int,
    workerSpin: Duration,
    on available: AvailableCPUs
  ) throws -> LocalDevice {
    let api = library.api
    let executor = try makeExecutor(api, workerCount: workerCount, workerSpin, available)
    defer { api.iree_task_executor_release(executor) }
    let handle = try make(Driver.task, library) { parts, device in
      var parameters = iree_hal_task_device_params_t()
      api.iree_hal_task_device_params_initialize(&parameters)
      return library.createTaskDevice(of: parts, &parameters, executor, &device)
    }
    return LocalDevice(handle: handle, workerCount: workerCount)
  }

  /// Gives `create` what every device wants: its name, loaders of kernels, memory.
  private static func make(
    _ identifier: String,
    _ library: RuntimeLibrary,
    _ create: (
      RuntimeLibrary.DeviceParts, inout UnsafeMutablePointer<iree_hal_device_t>?
    ) throws -> iree_status_t?
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
    let status = try loaders.withUnsafeMutableBufferPointer { loaders in
      try withStringView(identifier) { identifier in
        try create(
          .init(identifier: identifier, loaders: loaders, allocator: allocator),
          &device
        )
      }
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
    _ workerSpin: Duration,
    _ available: AvailableCPUs
  ) throws -> UnsafeMutablePointer<iree_task_executor_t> {
    var options = iree_task_executor_options_t()
    api.iree_task_executor_options_initialize(&options)
    options.worker_stack_size = workerStackSize
    options.worker_spin_ns = Int64(workerSpin / .nanoseconds(1))
    // 32 KB, which is much to ask of a stack that may be a small one.
    let topology = UnsafeMutablePointer<iree_task_topology_t>.allocate(capacity: 1)
    defer { topology.deallocate() }
    initialize(topology, workerCount: workerCount, available, api)
    defer { api.iree_task_topology_deinitialize(topology) }
    var executor: UnsafeMutablePointer<iree_task_executor_t>?
    try api.check(api.iree_task_executor_create(options, topology, systemAllocator, &executor))
    guard let executor else { throw RuntimeError.noResult("iree_task_executor_create") }
    return executor
  }

  /// Says on which CPUs workers run: wherever there is time, or each on one that this process may use, if it may not use
  /// all of them.
  ///
  /// A worker without a CPU of its own is let run on all of the machine's, whatever its process may do
  /// (`iree/base/internal/threading_pthreads.c`).
  private static func initialize(
    _ topology: UnsafeMutablePointer<iree_task_topology_t>,
    workerCount: Int,
    _ available: AvailableCPUs,
    _ api: apus_iree_runtime_table
  ) {
    if available.areSome {
      let cpus = (0..<workerCount).map { available.numbers[$0 % available.numbers.count] }
      let status = api.iree_task_topology_initialize_from_logical_cpu_set(
        cpus.count,
        cpus,
        topology
      )
      // Where IREE does not know the machine, it makes a topology of one worker.
      if status == nil, api.iree_task_topology_group_count(topology) == workerCount { return }
      api.iree_status_free(status)
    }
    api.iree_task_topology_initialize_from_group_count(workerCount, topology)
  }
}
