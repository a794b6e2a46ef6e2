#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

// Foundation has both, and with them comes all of its text and calendars: some 30 MB in a program that
// Swift's libraries are linked into.

/// A lock, and a signal that threads holding it can wait for.
///
/// Proof of safety: POSIX's own operations, on memory of its own that stays where it is.
final class Condition: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    mutex.initialize(to: pthread_mutex_t())
    condition.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }
  func unlock() { pthread_mutex_unlock(mutex) }
  /// Calls `body` with the lock held.
  func withLock<Result>(_ body: () -> Result) -> Result {
    lock()
    defer { unlock() }
    return body()
  }
  /// Gives the lock up until a signal comes, or for no reason.
  func wait() { pthread_cond_wait(condition, mutex) }
  /// Wakes one thread that waits.
  func signal() { pthread_cond_signal(condition) }
  /// Wakes all threads that wait.
  func broadcast() { pthread_cond_broadcast(condition) }
}

/// Runs `body` on a thread of its own, which nobody waits for.
///
/// - Returns: whether the system gave a thread.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
  let start = Unmanaged.passRetained(ThreadStart(body))
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  let status = pthread_create(&thread, &attributes, { runThread($0) }, start.toOpaque())
  if status != 0 { start.release() }
  return status == 0
}

/// What a thread begins with.
private final class ThreadStart: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().body()
  return nil
}
