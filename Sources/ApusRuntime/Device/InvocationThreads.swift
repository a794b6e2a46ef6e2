internal import Synchronization

/// Threads of a runtime's own on which asynchronous calls wait for their kernels.
///
/// IREE blocks the thread that calls it, and its local-task device even waits there for memory to
/// become free, so a call must not run on a thread of Swift's pool. Threads are started as calls
/// overlap, up to a limit, and end when the runtime does; further calls queue in order.
final class InvocationThreads: Sendable {
  private struct State {
    var queue: [@Sendable () -> Void] = []
    var idleThreads = 0
    var threads = 0
    var isClosed = false
  }

  /// The state and the condition that its threads wait for.
  ///
  /// Proof of safety: every access to `state` is made with `condition` locked.
  private final class Shared: @unchecked Sendable {
    let condition = Condition()
    var state = State()
  }

  private let shared = Shared()
  private static let maximumThreadCount = 64

  deinit {
    shared.condition.lock()
    shared.state.isClosed = true
    shared.condition.broadcast()
    shared.condition.unlock()
  }

  /// How many threads were started.
  var threadCount: Int {
    shared.condition.lock()
    defer { shared.condition.unlock() }
    return shared.state.threads
  }

  /// Runs `body` on one of the threads and returns what it returns.
  ///
  /// - Throws: what `body` throws; `CancellationError` if the task was cancelled before `body` began.
  func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result
  {
    try Task.checkCancellation()
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        enqueue {
          continuation.resume(
            with: Swift.Result {
              if cancellation.isRequested.load(ordering: .relaxed) { throw CancellationError() }
              return try body()
            }
          )
        }
      }
    } onCancel: {
      cancellation.isRequested.store(true, ordering: .relaxed)
    }
  }

  /// What tells a call that is still in the queue that nobody waits for it.
  private final class Cancellation: Sendable {
    let isRequested = Atomic(false)
  }

  private func enqueue(_ job: @escaping @Sendable () -> Void) {
    let shared = shared
    let isTaken = shared.condition.withLock {
      if shared.state.idleThreads > shared.state.queue.count {
        shared.state.queue.append(job)
        shared.condition.signal()
        return true
      }
      if shared.state.threads < Self.maximumThreadCount, startThread({ Self.work(on: shared) }) {
        shared.state.threads += 1
      }
      // Without any thread, for which the system has no memory, the call is made here.
      guard shared.state.threads > 0 else { return false }
      shared.state.queue.append(job)
      return true
    }
    if !isTaken { job() }
  }

  private static func work(on shared: Shared) {
    shared.condition.lock()
    defer { shared.condition.unlock() }
    while true {
      while shared.state.queue.isEmpty {
        if shared.state.isClosed { return }
        shared.state.idleThreads += 1
        shared.condition.wait()
        shared.state.idleThreads -= 1
      }
      var job: (@Sendable () -> Void)? = shared.state.queue.removeFirst()
      shared.condition.unlock()
      job?()
      // The last reference to the runtime may be in it, whose end takes the lock.
      job = nil
      shared.condition.lock()
    }
  }
}
