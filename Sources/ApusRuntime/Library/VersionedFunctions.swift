internal import ApusNativeLibrary
internal import CApusIREERuntime

extension RuntimeVersion {
  /// The version of a runtime that has a function, or has not.
  ///
  /// - Throws: `NativeLibraryError` for 3.10 and 3.11, between what is supported.
  init(
    hasFunctionSince3_10: Bool,
    hasFunctionSince3_12: Bool,
    at place: String
  ) throws(NativeLibraryError) {
    if hasFunctionSince3_12 {
      self = .v3_12
    } else if !hasFunctionSince3_10 {
      self = .v3_9
    } else {
      let supported = ToolchainPins.current.supportedVersions.joined(separator: " and ")
      throw NativeLibraryError(
        .wrongVersion,
        library: "IREE runtime",
        message: "the library is IREE 3.10 or 3.11; the versions supported are \(supported)",
        tried: [place],
        remedy: "run '\(ToolchainPins.current.setupCommand)' to install the pinned version"
      )
    }
  }

  /// The major version of the bytecode that it runs; it runs nothing of others.
  var bytecodeMajorVersion: Int {
    switch self {
    case .v3_9: 15
    case .v3_12: 17
    }
  }
}

/// The functions that do not take the same parameters in all versions.
enum VersionedFunctions {
  case v3_9(apus_iree_runtime_3_9_table, apus_iree_runtime_3_9_optional_table)
  case v3_12(apus_iree_runtime_3_12_table, apus_iree_runtime_3_12_optional_table)

  var version: RuntimeVersion {
    switch self {
    case .v3_9: .v3_9
    case .v3_12: .v3_12
    }
  }

  /// Whether there is a device that runs kernels on the thread that calls.
  var hasSyncDevice: Bool {
    switch self {
    case .v3_9(_, let optional): optional.iree_hal_sync_device_create != nil
    case .v3_12(_, let optional): optional.iree_hal_sync_device_create != nil
    }
  }
}

// MARK: Devices

extension RuntimeLibrary {
  /// What every device is made of.
  struct DeviceParts {
    var identifier: iree_string_view_t
    var loaders: UnsafeMutableBufferPointer<UnsafeMutablePointer<iree_hal_executable_loader_t>?>
    var allocator: UnsafeMutablePointer<iree_hal_allocator_t>?
  }

  /// Calls `iree_hal_task_device_create`, for one queue.
  func createTaskDevice(
    of parts: DeviceParts,
    _ parameters: UnsafePointer<iree_hal_task_device_params_t>,
    _ executor: UnsafeMutablePointer<iree_task_executor_t>,
    _ device: inout UnsafeMutablePointer<iree_hal_device_t>?
  ) -> iree_status_t? {
    var executors: [UnsafeMutablePointer<iree_task_executor_t>?] = [executor]
    switch versioned {
    case .v3_9(let api, _):
      return api.iree_hal_task_device_create(
        parts.identifier,
        parameters,
        executors.count,
        &executors,
        parts.loaders.count,
        parts.loaders.baseAddress,
        parts.allocator,
        systemAllocator,
        &device
      )
    case .v3_12(let api, _):
      return withDeviceCreation(api) { creation in
        api.iree_hal_task_device_create(
          parts.identifier,
          parameters,
          executors.count,
          &executors,
          parts.loaders.count,
          parts.loaders.baseAddress,
          parts.allocator,
          creation,
          systemAllocator,
          &device
        )
      }
    }
  }

  /// Calls `iree_hal_sync_device_create`, which must be there.
  func createSyncDevice(
    of parts: DeviceParts,
    _ parameters: UnsafePointer<iree_hal_sync_device_params_t>,
    _ device: inout UnsafeMutablePointer<iree_hal_device_t>?
  ) throws -> iree_status_t? {
    switch versioned {
    case .v3_9(_, let optional):
      guard let create = optional.iree_hal_sync_device_create else { break }
      return create(
        parts.identifier,
        parameters,
        parts.loaders.count,
        parts.loaders.baseAddress,
        parts.allocator,
        systemAllocator,
        &device
      )
    case .v3_12(let api, let optional):
      guard let create = optional.iree_hal_sync_device_create else { break }
      return withDeviceCreation(api) { creation in
        create(
          parts.identifier,
          parameters,
          creation,
          parts.loaders.count,
          parts.loaders.baseAddress,
          parts.allocator,
          systemAllocator,
          &device
        )
      }
    }
    throw RuntimeError.noResult("iree_hal_sync_device_create")
  }

  /// Gives `create` what devices have for input and output since 3.12: a pool of threads for it, which are not
  /// started before something asks for one, and which the device retains.
  private func withDeviceCreation(
    _ api: apus_iree_runtime_3_12_table,
    _ create: (UnsafePointer<iree_hal_device_create_params_t>) -> iree_status_t?
  ) -> iree_status_t? {
    var pool: UnsafeMutablePointer<iree_async_proactor_pool_t>?
    let status = api.iree_async_proactor_pool_create(
      1,
      nil,
      api.iree_async_proactor_pool_options_default(),
      systemAllocator,
      &pool
    )
    if let status { return status }
    defer { api.iree_async_proactor_pool_release(pool) }
    var creation = iree_hal_device_create_params_t(next: nil, proactor_pool: pool)
    return create(&creation)
  }
}

// MARK: Groups of devices

extension RuntimeLibrary {
  /// A device as modules take it since 3.12: in a group, which says how its devices wait for each other.
  ///
  /// A device is in one group only. Another group would change the device under the programs that use it.
  func createGroup(
    of device: UnsafeMutablePointer<iree_hal_device_t>
  ) throws -> UnsafeMutablePointer<iree_hal_device_group_t>? {
    guard case .v3_12(let versioned, _) = versioned else { return nil }
    // What `iree_async_frontier_tracker_options_default` returns, which is inline.
    let options = iree_async_frontier_tracker_options_t(
      axis_table_capacity: 256,
      session_epoch: 1,
      machine_index: 0
    )
    var tracker: UnsafeMutablePointer<iree_async_frontier_tracker_t>?
    try api.check(versioned.iree_async_frontier_tracker_create(options, systemAllocator, &tracker))
    defer { versioned.iree_async_frontier_tracker_release(tracker) }
    var group: UnsafeMutablePointer<iree_hal_device_group_t>?
    try api.check(
      versioned.iree_hal_device_group_create_from_device(device, tracker, systemAllocator, &group)
    )
    return group
  }

  /// Releases a group, if it is one.
  func releaseGroup(_ group: UnsafeMutablePointer<iree_hal_device_group_t>?) {
    if case .v3_12(let versioned, _) = versioned, let group {
      versioned.iree_hal_device_group_release(group)
    }
  }
}

// MARK: Modules

extension RuntimeLibrary {
  /// Calls `iree_hal_module_create`, for one device.
  ///
  /// - Parameter group: the device's, which ``createGroup(of:)`` made.
  func createHALModule(
    _ device: UnsafeMutablePointer<iree_hal_device_t>,
    _ group: UnsafeMutablePointer<iree_hal_device_group_t>?,
    _ module: inout UnsafeMutablePointer<iree_vm_module_t>?
  ) -> iree_status_t? {
    switch versioned {
    case .v3_9(let versioned, _):
      var devices: [UnsafeMutablePointer<iree_hal_device_t>?] = [device]
      return versioned.iree_hal_module_create(
        instance,
        api.iree_hal_module_device_policy_default(),
        devices.count,
        &devices,
        numericCast(APUS_IREE_HAL_MODULE_FLAG_NONE),
        api.iree_hal_module_debug_sink_null(),
        systemAllocator,
        &module
      )
    case .v3_12(let versioned, _):
      return versioned.iree_hal_module_create(
        instance,
        api.iree_hal_module_device_policy_default(),
        group,
        numericCast(APUS_IREE_HAL_MODULE_FLAG_NONE),
        api.iree_hal_module_debug_sink_null(),
        systemAllocator,
        &module
      )
    }
  }

  /// Calls `iree_vm_bytecode_module_create` for an archive that stays the caller's.
  func createBytecodeModule(
    _ archive: iree_const_byte_span_t,
    _ module: inout UnsafeMutablePointer<iree_vm_module_t>?
  ) -> iree_status_t? {
    switch versioned {
    case .v3_9(let api, _):
      api.iree_vm_bytecode_module_create(
        instance,
        archive,
        iree_allocator_t(),
        systemAllocator,
        &module
      )
    case .v3_12(let api, _):
      api.iree_vm_bytecode_module_create(
        instance,
        0,
        archive,
        iree_allocator_t(),
        systemAllocator,
        &module
      )
    }
  }
}
