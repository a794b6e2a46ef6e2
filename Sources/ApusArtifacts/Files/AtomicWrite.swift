package import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A part of a file that is written.
package enum FilePiece: Sendable {
  /// These bytes.
  case bytes([UInt8])
  /// All of another file.
  case file(MappedFile)
  /// A compiled program.
  case bytecode(VMBytecode)

  /// How many bytes it has.
  var count: Int { withUnsafeBytes(\.count) }

  func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    switch self {
    case .bytes(let bytes): try bytes.withUnsafeBytes(body)
    case .file(let file): try file.withUnsafeBytes(body)
    case .bytecode(let program): try program.withUnsafeBytes(body)
    }
  }
}

/// Writes a file whole or not at all: into a temporary file beside it, which then takes its name.
///
/// An existing destination that is not a regular file (`/dev/null`, a pipe) is written to directly,
/// since replacing it is not what anyone wants.
///
/// - Throws: `FileError`; the destination is then as it was before, and no other file is left.
package func writeAtomically(_ bytes: UnsafeRawBufferPointer, to path: FilePath) throws(FileError) {
  try writeAtomically(to: path, permissions: .anyNewFile) { descriptor throws(Errno) in
    try writeAll(bytes, to: descriptor)
  }
}

/// As ``writeAtomically(_:to:)``, of parts one after the other.
///
/// - Parameter isExecutable: whether the file may be run as a program.
package func writeAtomically(
  _ pieces: [FilePiece],
  to path: FilePath,
  isExecutable: Bool
) throws(FileError) {
  let permissions: FilePermissions =
    isExecutable
    ? [.anyNewFile, .ownerExecute, .groupExecute, .otherExecute] : .anyNewFile
  try writeAtomically(to: path, permissions: permissions) { descriptor throws(Errno) in
    for piece in pieces {
      let result = piece.withUnsafeBytes { bytes in
        Result { () throws(Errno) in try writeAll(bytes, to: descriptor) }
      }
      try result.get()
    }
  }
}

private func writeAtomically(
  to path: FilePath,
  permissions: FilePermissions,
  _ body: (FileDescriptor) throws(Errno) -> Void
) throws(FileError) {
  var status = stat()
  let isSpecial =
    path.withPlatformString { stat($0, &status) } == 0 && status.st_mode & S_IFMT != S_IFREG
  if isSpecial {
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw FileError("write", path, errno: .isDirectory)
    }
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(path, .writeOnly)
    } catch {
      throw FileError("write", path, errno: error as? Errno)
    }
    try write(to: descriptor, of: path, body)
    return
  }

  let (temporaryPath, descriptor) = try makeTemporaryFile(beside: path, permissions)
  do throws(FileError) {
    try write(to: descriptor, of: path, body)
    guard rename(temporaryPath.string, path.string) == 0 else {
      throw FileError("write", path, errno: Errno(rawValue: errno))
    }
  } catch {
    unlink(temporaryPath.string)
    throw error
  }
}

/// Makes a file of its own in the folder of `path`, with the rights any new file gets there.
private func makeTemporaryFile(
  beside path: FilePath,
  _ permissions: FilePermissions
) throws(FileError) -> (path: FilePath, descriptor: FileDescriptor) {
  while true {
    let suffix = String(UInt32.random(in: .min ... .max), radix: 36)
    let temporaryPath = FilePath("\(path).\(suffix).tmp")
    do {
      let descriptor = try FileDescriptor.open(
        temporaryPath,
        .writeOnly,
        options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: permissions
      )
      return (temporaryPath, descriptor)
    } catch {
      guard error as? Errno == .fileExists else {
        throw FileError("write", path, errno: error as? Errno)
      }
    }
  }
}

extension FilePermissions {
  /// What a new file gets that is no program; the process's own mask takes from it.
  fileprivate static let anyNewFile: FilePermissions = [
    .ownerReadWrite, .groupReadWrite, .otherReadWrite,
  ]
}

private func writeAll(
  _ bytes: UnsafeRawBufferPointer,
  to descriptor: FileDescriptor
) throws(Errno) {
  do {
    try descriptor.writeAll(bytes)
  } catch {
    throw error as? Errno ?? .ioError
  }
}

/// Writes and closes the descriptor.
///
/// Errors name `path`, the file the user asked for.
private func write(
  to descriptor: FileDescriptor,
  of path: FilePath,
  _ body: (FileDescriptor) throws(Errno) -> Void
) throws(FileError) {
  var failure: Errno?
  do throws(Errno) {
    try body(descriptor)
  } catch {
    failure = error
  }
  do {
    try descriptor.close()
  } catch {
    failure = failure ?? (error as? Errno ?? .ioError)
  }
  if let failure { throw FileError("write", path, errno: failure) }
}
