public import Apus

/// A device that programs are tested on.
public enum TestedDevice: String, CaseIterable, Sendable {
  /// With worker threads.
  case task = "local-task"
  /// The thread that calls.
  case sync = "local-sync"

  /// Opens it; with two workers if it has any.
  public func runtime() throws -> Runtime {
    try Runtime(device: rawValue, workers: self == .task ? 2 : nil)
  }
}
