internal import CApusIREERuntime

/// A device, and what loads programs onto it.
///
/// ```swift
/// let runtime = try Runtime()                                  // all cores of this machine
/// let quiet = try Runtime(device: "local-task", workers: 1)    // one
/// let inline = try Runtime(device: "local-sync")               // the thread that calls
/// ```
///
/// A runtime owns its worker threads. Programs and tensors keep it alive. Thread-safe.
public final class Runtime: Sendable {
  /// The device's URI, as it was asked for, or the driver that was chosen: `local-task`.
  public let device: String
  /// The number of threads that run kernels, beside those that call.
  public let workerCount: Int

  package let library: RuntimeLibrary
  let invocationThreads = InvocationThreads()
  let invocationSlots: InvocationSlots

  /// Proof of safety of all three: owned by this object, made before it is shared, released with it; IREE's
  /// devices and allocators are thread-safe (`iree/hal/device.h`, `iree/hal/allocator.h`), groups immutable
  /// (`iree/hal/device_group.h`).
  nonisolated(unsafe) let deviceHandle: UnsafeMutablePointer<iree_hal_device_t>
  nonisolated(unsafe) let deviceGroup: UnsafeMutablePointer<iree_hal_device_group_t>?
  nonisolated(unsafe) let allocator: UnsafeMutablePointer<iree_hal_allocator_t>

  /// The largest number of workers that IREE's task executor takes.
  public static let maximumWorkerCount = 64
  /// The longest time that workers may look for work.
  public static let maximumWorkerSpin = Duration.seconds(1)

  /// Opens a device.
  ///
  /// - Parameters:
  ///   - device: a device URI, whose scheme names the driver. `local-task` runs kernels on this
  ///     machine's CPU, on worker threads. `local-sync` runs them on the thread that calls, one after the other,
  ///     which takes a call of a small program a tenth of the time; ``drivers()`` says whether this runtime has it.
  ///     nil for `local-task`, or, where this process may use one core only and nothing is said of workers,
  ///     `local-sync`.
  ///   - workers: how many threads run kernels, 1 to ``maximumWorkerCount``; nil for one on every
  ///     core this process may use. For `local-task` alone.
  ///   - workerSpin: how long a worker that has nothing to do looks for work before it sleeps, 0 to
  ///     ``maximumWorkerSpin``. To wake a worker takes longer than most small calls; to look for work takes a core's
  ///     time. nil for 50 µs where this process may use several cores, else 0. For `local-task` alone.
  /// - Throws: `NativeLibraryError` if IREE's runtime library cannot be used; ``RuntimeError`` with
  ///   `NOT_FOUND` for a device that this runtime has no driver for, `INVALID_ARGUMENT` for a number
  ///   of workers or a duration out of range.
  public init(
    device: String? = nil,
    workers: Int? = nil,
    workerSpin: Duration? = nil
  ) throws {
    let library = try RuntimeLibrary.shared()
    let available = AvailableCPUs()
    let isForOneThread = available.threadCount == 1 && workers == nil && workerSpin == nil
    let device = device ?? library.defaultDriver(forOneThread: isForOneThread)
    let (driver, instance) = Self.parts(ofURI: device)
    guard library.drivers.contains(driver) else {
      let hint =
        driver == Driver.sync
        ? "; the library that 'apus bundle-runtime' makes has it"
        : ""
      throw RuntimeError(
        .notFound,
        "no driver for the device '\(device)'; this runtime has: "
          + library.drivers.joined(separator: ", ") + hint,
        device: device
      )
    }
    guard instance.isEmpty else {
      throw RuntimeError(
        .invalidArgument,
        "the device URI '\(device)' names a device that \(driver) does not have;"
          + " write \(driver)",
        device: device
      )
    }
    let local: LocalDevice
    if driver == Driver.sync {
      guard workers == nil, workerSpin == nil else {
        throw RuntimeError(
          .invalidArgument,
          "local-sync has no workers: it runs kernels on the thread that calls",
          device: device
        )
      }
      local = try .sync(library)
    } else {
      let count = try workers.map { try Self.checked(workers: $0, device) }
      let spin = try workerSpin.map { try Self.checked(workerSpin: $0, device) }
      local = try .task(
        library,
        workerCount: count ?? min(available.threadCount, Self.maximumWorkerCount),
        workerSpin: spin ?? Self.defaultWorkerSpin(on: available),
        on: available
      )
    }
    let group: UnsafeMutablePointer<iree_hal_device_group_t>?
    do {
      group = try library.createGroup(of: local.handle)
    } catch {
      library.api.iree_hal_device_release(local.handle)
      throw error
    }
    guard let allocator = library.api.iree_hal_device_allocator(local.handle) else {
      library.releaseGroup(group)
      library.api.iree_hal_device_release(local.handle)
      throw RuntimeError.noResult("iree_hal_device_allocator")
    }
    self.library = library
    self.device = device
    self.deviceHandle = local.handle
    self.deviceGroup = group
    self.allocator = allocator
    self.workerCount = local.workerCount
    self.invocationSlots = InvocationSlots(isLimited: driver == Driver.task)
  }

  deinit {
    library.releaseGroup(deviceGroup)
    library.api.iree_hal_device_release(deviceHandle)
    largeBlocks.removeAll()
  }

  /// The drivers of this runtime, by the names that device URIs begin with: `local-task`.
  ///
  /// - Throws: `NativeLibraryError` if IREE's runtime library cannot be used.
  public static func drivers() throws -> [String] { try RuntimeLibrary.shared().drivers }

  /// A device URI's driver, and the device of it that is meant: `local-task://` means any.
  private static func parts(ofURI device: String) -> (driver: String, instance: Substring) {
    let driver = device.prefix { $0 != ":" }
    let rest = device.dropFirst(driver.count)
    return (String(driver), rest == "://" ? "" : rest)
  }

  private static func checked(workers: Int, _ device: String) throws -> Int {
    guard (1...maximumWorkerCount).contains(workers) else {
      throw RuntimeError(
        .invalidArgument,
        "\(workers) workers were asked for; expected 1 to \(maximumWorkerCount)",
        device: device
      )
    }
    return workers
  }

  private static func checked(workerSpin: Duration, _ device: String) throws -> Duration {
    guard (.zero...maximumWorkerSpin).contains(workerSpin) else {
      throw RuntimeError(
        .invalidArgument,
        "workers are to spin for \(workerSpin); expected 0 to \(maximumWorkerSpin)",
        device: device
      )
    }
    return workerSpin
  }

  /// On a single core, whoever looks for work keeps those waiting who would bring it.
  private static func defaultWorkerSpin(on available: AvailableCPUs) -> Duration {
    available.threadCount > 1 ? .microseconds(50) : .zero
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
