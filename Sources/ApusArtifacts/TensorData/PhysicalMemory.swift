#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The memory of this machine.
enum PhysicalMemory {
  /// How many bytes there are.
  ///
  /// A short text can ask for a tensor of any size, and an allocation that the
  /// system refuses ends the process.
  static let byteCount: Int = {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let pageSize = sysconf(Int32(_SC_PAGESIZE))
    return pages > 0 && pageSize > 0 ? pages * pageSize : .max
  }()
}
