internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

// lld makes the final file. It takes some 20 ms to start, so it is started early, while bitcode is still
// being read, and waits for its arguments on a pipe: to it, a response file.
//
// lld would read the response file twice, the first time only to learn whether it is to be a linker for
// Windows, were it not for an -m before it.

/// lld, started and waiting for its arguments.
final class FinalLinker {
  private let process: pid_t
  private let arguments: FileDescriptor
  private let messages: FileDescriptor
  private var isWaitedFor = false

  /// Starts lld.
  ///
  /// - Parameters:
  ///   - path: the program.
  ///   - emulation: what `-m` calls the target: `elf_x86_64`.
  /// - Throws: `LinkError` if it cannot be found or started.
  init(path: FilePath, emulation: String) throws(LinkError) {
    let input: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
    let output: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
    do {
      input = try FileDescriptor.pipe()
      output = try FileDescriptor.pipe()
    } catch {
      throw LinkError(.finalLink, "cannot make a pipe for lld: \(error)")
    }
    defer {
      try? input.readEnd.close()
      try? output.writeEnd.close()
    }
    for end in [input.writeEnd, output.readEnd] {
      _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.readEnd.rawValue, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writeEnd.rawValue, 1)
    posix_spawn_file_actions_adddup2(&actions, output.writeEnd.rawValue, 2)
    for end in [input.readEnd, output.writeEnd] where end.rawValue > 2 {
      posix_spawn_file_actions_addclose(&actions, end.rawValue)
    }
    // Its name tells lld which of its linkers it is.
    var words: [UnsafeMutablePointer<CChar>?] = [
      strdup("ld.lld"), strdup("-m"), strdup(emulation), strdup("@/dev/stdin"), nil,
    ]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let status = posix_spawn(&process, path.string, &actions, nil, &words, environ)
    guard status == 0 else {
      try? input.writeEnd.close()
      try? output.readEnd.close()
      throw LinkError(
        .notFound,
        "cannot start lld: \(String(cString: strerror(status))). Run 'make setup' to install it,"
          + " or set APUS_LLD to its path",
        file: path.string
      )
    }
    self.process = process
    arguments = input.writeEnd
    messages = output.readEnd
  }

  deinit {
    guard !isWaitedFor else { return }
    kill(process, SIGKILL)
    try? arguments.close()
    try? messages.close()
    waitpid(process, nil, 0)
  }

  /// Gives lld its arguments and waits for it.
  ///
  /// - Returns: what it printed: warnings, as a rule nothing.
  /// - Throws: `LinkError` with what lld printed if it fails.
  func link(_ words: [String]) throws(LinkError) -> String {
    isWaitedFor = true
    let text = words.map(quoted).joined(separator: "\n")
    // Whatever goes wrong here shows in lld's exit status.
    _ = try? arguments.writeAll(text.utf8)
    try? arguments.close()
    var printed: [UInt8] = []
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while let count = try? messages.read(into: buffer), count > 0 {
        printed += buffer[..<count]
      }
    }
    try? messages.close()
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let output = String(decoding: printed, as: UTF8.self)
    guard status == 0 else {
      let signal = status & 0x7F
      // It is an error of the command's, whoever found it.
      var lines = output.split(separator: "\n").map { line in
        line.hasPrefix("ld.lld: error: ") ? String(line.dropFirst(15)) : String(line)
      }
      if signal != 0 { lines.insert("lld crashed, by signal \(signal)", at: 0) }
      throw LinkError(
        .finalLink,
        lines.first ?? "lld failed and did not say why",
        notes: Array(lines.dropFirst())
      )
    }
    return output
  }

  /// A word of a response file, in GNU's quoting.
  private func quoted(_ word: String) -> String {
    guard word.contains(where: { " \t\n\r\"'\\".contains($0) }) || word.isEmpty else { return word }
    return "\"" + word.map { "\"\\".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "\""
  }
}

/// Bytes in memory that lld opens as a file, by the path under which every process can.
///
/// No file is left behind, however the link ends.
final class MemoryFile {
  private let descriptor: FileDescriptor

  /// A file with these bytes.
  init(_ bytes: UnsafeRawBufferPointer) throws(LinkError) {
    var descriptor: Int32 = -1
    repeat {
      // The name goes at once: what remains is memory.
      let place = "/apus-\(getpid())-\(UInt64.random(in: .min ... .max))"
      descriptor = shm_open(place, O_RDWR | O_CREAT | O_EXCL, 0o600)
      if descriptor >= 0 { shm_unlink(place) }
    } while descriptor < 0 && errno == EEXIST
    guard descriptor >= 0 else {
      throw LinkError(.finalLink, "cannot make a file in memory: \(Errno(rawValue: errno))")
    }
    self.descriptor = FileDescriptor(rawValue: descriptor)
    do {
      try self.descriptor.writeAll(bytes)
    } catch {
      throw LinkError(.finalLink, "cannot write a file in memory: \(error)")
    }
  }

  deinit { try? descriptor.close() }

  /// Where another process finds it while this object lives.
  var path: String { "/proc/\(getpid())/fd/\(descriptor.rawValue)" }
}
