internal import ApusNativeLibrary
internal import CApusIREERuntime
internal import CApusSyncDevice

/// The device that runs kernels on the thread that calls, for a library of 3.9 that was built without IREE's.
enum SyncDevice {
  /// Puts it where IREE's own would be, if that is not there and the library has what it is made of.
  ///
  /// Called once in a process, before any device is made.
  static func complete(
    _ optional: inout apus_iree_runtime_optional_table,
    _ versioned: inout apus_iree_runtime_3_9_optional_table,
    from library: DynamicLibrary
  ) {
    guard versioned.iree_hal_sync_device_create == nil else { return }
    let names = UnsafeBufferPointer(
      start: apus_sync_device_function_names(),
      count: apus_sync_device_function_count()
    )
    let addresses = names.map { UnsafeRawPointer(library.symbol($0)) }
    guard !addresses.contains(nil) else { return }
    apus_sync_device_set_functions(addresses)
    optional.iree_hal_sync_device_params_initialize = apus_sync_device_params_initialize
    versioned.iree_hal_sync_device_create = apus_sync_device_create
  }
}
