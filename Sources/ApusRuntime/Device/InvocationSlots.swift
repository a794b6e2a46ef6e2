internal import Dispatch

/// The calls that a device works on at the same time; others wait for one of them to end.
///
/// All that calls in flight wait for is watched by one thread of IREE's local-task device, which in 3.9
/// can watch 62 things. One more, and the device fails, this call and every later one (`ABORTED`), or
/// the process crashes. A call has one or two such things, a program that is loaded perhaps more.
final class InvocationSlots: Sendable {
  private static let count = 16

  private let semaphore = DispatchSemaphore(value: count)

  /// Calls `body` when there is a slot for it.
  func withSlot<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    semaphore.wait()
    defer { semaphore.signal() }
    return try body()
  }
}
