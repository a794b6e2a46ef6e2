internal import ApusLLVM
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

// LLVM ends the process where it meets what it holds to be impossible: a message and an abort, or a
// segmentation fault. Damaged bitcode can do that to it. A linker's own process is then as good a child
// process as any: it says what it was doing and exits with 1, and no output is left behind, because lld
// writes that last and whole.

/// Turns a crash of LLVM's into an error message and exit status 1.
public enum CrashHandler {
  /// What the process is busy with, for the message: bytes that a signal handler can write as they are.
  ///
  /// Proof of safety: allocated once, before any handler is installed, and never freed. A crash in the
  /// middle of a change prints a mixture of two descriptions, each within bounds.
  nonisolated(unsafe) private static let activity = UnsafeMutableBufferPointer<UInt8>.allocate(
    capacity: 1024
  )
  private static let activityCount = Atomic(0)
  private static let commandName = Mutex<String?>(nil)

  /// Installs the handlers, for processes that do nothing but link.
  public static func install(commandName: String) {
    activity.initialize(repeating: 0)
    self.commandName.withLock { $0 = commandName }
    note("linking")
    for signal in [SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGFPE] {
      var action = sigaction()
      #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = { _ in CrashHandler.end() }
      #else
        action.__sigaction_u.__sa_handler = { _ in CrashHandler.end() }
      #endif
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | Int32(SA_ONSTACK)
      sigaction(signal, &action, nil)
    }
    _ = installSignalStack()
    // A closed pipe shows in write's result.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Does something on a thread of its own, with the stack that handlers need.
  static func withSignalStack(_ body: () -> Void) {
    guard commandName.withLock({ $0 }) != nil else { return body() }
    let memory = installSignalStack()
    body()
    var none = stack_t()
    none.ss_flags = Int32(SS_DISABLE)
    sigaltstack(&none, nil)
    memory.deallocate()
  }

  /// Gives this thread another stack for handlers: one that overflowed cannot hold their frames.
  private static func installSignalStack() -> UnsafeMutableRawPointer {
    var stack = stack_t()
    let size = 64 * 1024
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_sp = memory
    stack.ss_size = size
    sigaltstack(&stack, nil)
    return memory
  }

  /// Notes what LLVM is about to do.
  static func note(_ activity: String) {
    guard let name = commandName.withLock({ $0 }) else { return }
    describe("\(name): error: LLVM crashed while \(activity)")
  }

  private static func describe(_ text: String) {
    activityCount.store(0, ordering: .sequentiallyConsistent)
    var count = 0
    for byte in text.utf8.prefix(activity.count - 1) {
      activity[count] = byte
      count += 1
    }
    activity[count] = UInt8(ascii: "\n")
    activityCount.store(count + 1, ordering: .sequentiallyConsistent)
  }

  private static func end() -> Never {
    write(2, activity.baseAddress, activityCount.load(ordering: .sequentiallyConsistent))
    _exit(1)
  }
}
