internal import CApusAffinity

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The CPUs that this process may run on, as the thread that asks is told.
struct AvailableCPUs {
  /// Their numbers, up to what an executor takes; empty where they cannot be known.
  let numbers: [UInt32]
  /// How many threads can run at the same time: no more than these CPUs, nor than a container's share of them.
  let threadCount: Int
  /// Whether the machine has others.
  let areSome: Bool

  init() {
    let processorCount = ProcessInfo.processInfo.processorCount
    var allowedCount = 0
    numbers = Array(unsafeUninitializedCapacity: Runtime.maximumWorkerCount) { buffer, count in
      allowedCount = capus_affinity_cpus(buffer.baseAddress, buffer.count)
      count = min(allowedCount, buffer.count)
    }
    let activeCount = ProcessInfo.processInfo.activeProcessorCount
    threadCount = numbers.isEmpty ? activeCount : min(activeCount, allowedCount)
    areSome = !numbers.isEmpty && allowedCount < processorCount
  }
}
