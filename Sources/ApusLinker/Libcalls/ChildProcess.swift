internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

#if os(Linux)
  private let noSignal = Int32(MSG_NOSIGNAL)
#else
  private let noSignal: Int32 = 0
#endif

/// A running program, with one connection that is its standard input and output.
///
/// A library for this would bring Foundation, which takes longer to load than a small link takes.
struct ChildProcess: ~Copyable {
  private let process: pid_t
  private let connection: FileDescriptor
  private var isFinished = false

  /// Starts a program; what it writes to standard error is lost.
  init(_ executable: FilePath, _ arguments: [String]) throws(Errno) {
    let (ours, theirs) = try Self.makeConnection()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, theirs.rawValue, 0)
    posix_spawn_file_actions_adddup2(&actions, theirs.rawValue, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)

    // Threads of Swift's pool block signals; the program must be one that a signal ends.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var words = ([executable.string] + arguments).map { strdup($0) } + [nil]
    var variables = Self.environment.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var process: pid_t = 0
    let failure = posix_spawn(
      &process,
      executable.string,
      &actions,
      &attributes,
      &words,
      &variables
    )
    try? theirs.close()
    guard failure == 0 else {
      try? ours.close()
      throw Errno(rawValue: failure)
    }
    self.process = process
    connection = ours
  }

  deinit {
    try? connection.close()
    guard !isFinished else { return }
    kill(process, SIGKILL)
    _ = Self.wait(for: process)
  }

  /// Writes all of a text, then the end; a program that no longer listens is no error.
  borrowing func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let sent = send(
          connection.rawValue,
          UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: rest)).baseAddress,
          rest.count,
          noSignal
        )
        if sent < 0, errno == EINTR { continue }
        guard sent > 0 else { break }
        rest = rest.dropFirst(sent)
      }
    }
    shutdown(connection.rawValue, Int32(SHUT_WR))
  }

  /// What it writes until its end; a program that says nothing for longer than `patience`
  /// milliseconds is ended.
  borrowing func read(patience: Int32) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      var ready = pollfd(fd: connection.rawValue, events: Int16(POLLIN), revents: 0)
      let count = poll(&ready, 1, patience)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        kill(process, SIGKILL)
        break
      }
      let received = chunk.withUnsafeMutableBytes {
        recv(connection.rawValue, $0.baseAddress, $0.count, 0)
      }
      if received < 0, errno == EINTR { continue }
      guard received > 0 else { break }
      bytes += chunk[..<received]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Waits for its end.
  ///
  /// - Returns: its status, or minus the number of the signal that ended it.
  consuming func wait() -> Int32 {
    isFinished = true
    return Self.wait(for: process)
  }

  private static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return -1 }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : -signal
  }

  private static func makeConnection() throws(Errno) -> (FileDescriptor, FileDescriptor) {
    var ends: [Int32] = [-1, -1]
    // Other programs that this process starts meanwhile must not inherit them.
    #if os(Linux)
      let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    #else
      let type = SOCK_STREAM
    #endif
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Errno(rawValue: errno) }
    #if !os(Linux)
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        var yes: Int32 = 1
        setsockopt(end, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
      }
    #endif
    return (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
  }

  /// This process's environment, but a crash is not to be explained: that takes seconds.
  private static var environment: [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if !text.hasPrefix("SWIFT_BACKTRACE=") { variables.append(text) }
      next += 1
    }
    return variables + ["SWIFT_BACKTRACE=enable=no"]
  }
}
