internal import Dispatch
internal import Synchronization

/// The calls that a device works on at the same time; others wait for one of them to end.
///
/// All that calls in flight wait for is watched by one thread of IREE's local-task device, which in 3.9
/// can watch 62 things. One more, and the device fails, this call and every later one (`ABORTED`), or
/// the process crashes. A call has one or two such things, a program that is loaded perhaps more.
///
/// The local-sync device has no such thread, and calls of it do not wait here.
///
/// Not copyable, so that it lies in the runtime itself, and taking a slot counts no reference.
struct InvocationSlots: ~Copyable, Sendable {
  private static let count = 16

  /// Whether calls may have to wait.
  private let isLimited: Bool

  /// The slots that are free; where it is negative, as many calls wait.
  private let free = Atomic(count)
  /// What calls that have to wait, wait for.
  private let semaphore = DispatchSemaphore(value: 0)

  init(isLimited: Bool) { self.isLimited = isLimited }

  /// Calls `body` when there is a slot for it.
  @inline(__always)
  borrowing func withSlot<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard isLimited else { return try body() }
    if free.wrappingSubtract(1, ordering: .acquiring).newValue < 0 { semaphore.wait() }
    defer {
      if free.wrappingAdd(1, ordering: .releasing).newValue <= 0 { semaphore.signal() }
    }
    return try body()
  }
}
