import Foundation

/// Keeps all threads of the processes that are compared on one CPU.
///
/// A call hands its work to another thread. Where that thread has to be woken on another CPU, and CPUs
/// are virtual, the waking takes from 5 to 80 µs, whoever calls, and what a call costs cannot be
/// seen. On one CPU the same work is done in the same order, without that.
///
/// On Linux only; elsewhere threads run where they like.
enum OneCPU {
  /// Calls `body` while this process and the peer, if there is one, are on one CPU.
  ///
  /// Devices with workers must have been made before: IREE's workers choose their CPUs when they start.
  @MainActor
  static func hold<Result>(
    with peer: PythonPeer? = nil,
    during body: @MainActor () async throws -> Result
  ) async throws -> Result {
    #if os(Linux)
      let processes = [getpid()] + (peer.map { [$0.processIdentifier] } ?? [])
      let all = try CPUSet.current()
      for process in processes { try all.first.restrict(process) }
      defer { for process in processes { try? all.restrict(process) } }
    #endif
    return try await body()
  }
}

#if os(Linux)
  import CAffinity

  /// CPUs, a bit each.
  private struct CPUSet {
    private var bits: [UInt8]

    /// Those that this thread may run on.
    static func current() throws -> CPUSet {
      // Room for 8192 CPUs, as many as Linux can be built for.
      var bits = [UInt8](repeating: 0, count: 1024)
      guard caffinity_get(&bits, bits.count) else {
        throw BenchmarkError("the CPUs of this process are unknown: errno \(errno)")
      }
      return CPUSet(bits: bits)
    }

    /// The first of them alone.
    var first: CPUSet {
      var isFirst = true
      return CPUSet(
        bits: bits.map { byte in
          guard isFirst, byte != 0 else { return 0 }
          isFirst = false
          return 1 << byte.trailingZeroBitCount
        }
      )
    }

    /// Lets the threads that a process has run on these CPUs only.
    func restrict(_ process: Int32) throws {
      let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
      for thread in threads.compactMap({ Int32($0) }) {
        // A thread that has ended since need not be held.
        guard caffinity_set(thread, bits, bits.count) || errno == ESRCH else {
          throw BenchmarkError("thread \(thread) stays on its CPUs: errno \(errno)")
        }
      }
    }
  }
#endif
