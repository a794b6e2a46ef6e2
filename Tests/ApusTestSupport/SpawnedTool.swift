public import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that was started by a test that cannot wait for it asynchronously.
///
/// Foundation's `Process` is not used: it reads `/proc/self/fd` when it starts a program, in Swift 6.3 beyond
/// the end of its buffer where a few thousand files are open, as they are while tests open devices.
public struct SpawnedTool: Sendable {
  /// The number of its process.
  public let processIdentifier: pid_t
  private let output: FilePath
  private let error: FilePath

  /// Starts a program, with nothing to read.
  ///
  /// - Parameters:
  ///   - executable: its path.
  ///   - environment: all of its variables; nil for the tests' own.
  ///   - folder: its working directory; nil for the tests' own.
  ///   - scratch: a folder for what it writes.
  /// - Throws: `Errno` if it cannot be started.
  public init(
    _ executable: FilePath,
    _ arguments: [String],
    environment: [String: String]? = nil,
    in folder: FilePath? = nil,
    scratch: FilePath
  ) throws {
    let number = UInt64.random(in: 0...(.max))
    output = scratch.appending("\(number).output")
    error = scratch.appending("\(number).errors")

    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    try Self.check(posix_spawn_file_actions_init(&actions))
    defer { posix_spawn_file_actions_destroy(&actions) }
    let files: [(Int32, FilePath, Int32)] = [
      (0, "/dev/null", O_RDONLY), (1, output, O_WRONLY | O_CREAT | O_TRUNC),
      (2, error, O_WRONLY | O_CREAT | O_TRUNC),
    ]
    for (descriptor, path, flags) in files {
      try Self.check(
        posix_spawn_file_actions_addopen(&actions, descriptor, path.string, flags, 0o644)
      )
    }
    // Not every libc can start a program in another folder.
    let command =
      folder.map { ["/usr/bin/env", "-C", $0.string, executable.string] }
      ?? [executable.string]
    let program = command[0]
    var words = (command + arguments).map { strdup($0) } + [nil]
    var variables = (environment ?? [:]).map { strdup("\($0)=\($1)") } + [nil]
    defer { for word in words + variables { free(word) } }
    var process: pid_t = 0
    let own = environment == nil
    let code = variables.withUnsafeMutableBufferPointer { variables in
      posix_spawn(
        &process,
        program,
        &actions,
        nil,
        &words,
        own ? environ : variables.baseAddress
      )
    }
    try Self.check(code)
    processIdentifier = process
  }

  /// Waits for its end; once.
  ///
  /// - Returns: what it wrote, as text and as bytes, and how it ended.
  public func wait() throws -> (result: ToolResult, output: [UInt8]) {
    var status: Int32 = 0
    while waitpid(processIdentifier, &status, 0) < 0 {
      guard errno == EINTR else { throw Errno(rawValue: errno) }
    }
    let signal = status & 0x7F
    let output = try Self.contents(of: output)
    let result = ToolResult(
      status: signal == 0 ? (status >> 8) & 0xFF : -signal,
      output: String(decoding: output, as: UTF8.self),
      error: String(decoding: try Self.contents(of: error), as: UTF8.self)
    )
    return (result, output)
  }

  private static func contents(of path: FilePath) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly)
    defer { try? file.close() }
    let count = Int(try file.seek(offset: 0, from: .end))
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...]
        )
        let read = try file.read(fromAbsoluteOffset: Int64(initialized), into: rest)
        if read == 0 { break }
        initialized += read
      }
    }
  }

  private static func check(_ code: Int32) throws {
    if code != 0 { throw Errno(rawValue: code) }
  }
}
