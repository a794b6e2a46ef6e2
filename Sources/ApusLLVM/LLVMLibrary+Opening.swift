#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension LLVMLibrary {
  /// The library being opened on a thread of its own, while its owner does other things.
  ///
  /// ``LLVMLibrary/shared()`` waits for it, and says what went wrong. The thread ends with its owner at the
  /// latest: it must not be at work in the library when the process ends.
  package struct Opening: ~Copyable {
    #if canImport(Glibc)
      private var thread = pthread_t()
    #else
      private var thread: pthread_t?
    #endif
    private let isRunning: Bool

    /// Begins to open the library; where no thread can be had, ``LLVMLibrary/shared()`` will.
    package init() {
      let status = pthread_create(
        &thread,
        nil,
        { _ in
          _ = try? LLVMLibrary.shared()
          return nil
        },
        nil
      )
      isRunning = status == 0
    }

    deinit {
      guard isRunning else { return }
      #if canImport(Glibc)
        pthread_join(thread, nil)
      #else
        if let thread { pthread_join(thread, nil) }
      #endif
    }
  }
}
