internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

// Threads for work that comes in pieces and only computes. Each takes the next piece that nobody has taken.

/// Does the pieces of some work, this thread among others.
///
/// - Parameters:
///   - threadCount: how many threads there may be.
///   - body: does the piece of a number below `count`.
func forEach(
  below count: Int,
  onThreads threadCount: Int,
  _ body: @escaping @Sendable (Int) -> Void
) {
  let work = Work(count: count, body)
  // A thread that cannot be started leaves its pieces to the others.
  let threads = (1..<max(1, min(threadCount, count))).compactMap { _ in startThread(for: work) }
  work.run()
  for thread in threads { pthread_join(thread, nil) }
}

/// How many processors there are.
func processorCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

/// Pieces of work.
private final class Work: Sendable {
  private let next = Atomic(0)
  private let count: Int
  private let body: @Sendable (Int) -> Void

  init(count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  /// Does pieces until there are none left.
  func run() {
    while true {
      let piece = next.add(1, ordering: .relaxed).oldValue
      guard piece < count else { return }
      body(piece)
    }
  }
}

/// LLVM's recursion is as deep as programs make it; a main thread has 8 MiB.
private let stackSize = 16 << 20

private func startThread(for work: Work) -> pthread_t? {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, stackSize)
  let retained = Unmanaged.passRetained(work)
  #if canImport(Glibc)
    var thread = pthread_t()
  #else
    var thread: pthread_t?
  #endif
  let status = pthread_create(
    &thread,
    &attributes,
    { context in
      #if canImport(Glibc)
        guard let context else { return nil }
      #endif
      let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
      CrashHandler.withSignalStack { work.run() }
      return nil
    },
    retained.toOpaque()
  )
  guard status == 0 else {
    retained.release()
    return nil
  }
  return thread
}
