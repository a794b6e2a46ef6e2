package import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes a file whole or not at all: into a temporary file beside it, which then takes its name.
///
/// An existing destination that is not a regular file (`/dev/null`, a pipe) is written to directly,
/// since replacing it is not what anyone wants.
///
/// - Throws: `FileError`; the destination is then as it was before, and no other file is left.
package func writeAtomically(_ bytes: UnsafeRawBufferPointer, to path: FilePath) throws(FileError) {
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
    try write(bytes, to: descriptor, of: path)
    return
  }

  let (temporaryPath, descriptor) = try makeTemporaryFile(beside: path)
  do throws(FileError) {
    try write(bytes, to: descriptor, of: path)
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
  beside path: FilePath
) throws(FileError) -> (path: FilePath, descriptor: FileDescriptor) {
  while true {
    let suffix = String(UInt32.random(in: .min ... .max), radix: 36)
    let temporaryPath = FilePath("\(path).\(suffix).tmp")
    do {
      let descriptor = try FileDescriptor.open(
        temporaryPath,
        .writeOnly,
        options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [
          .ownerReadWrite, .groupReadWrite, .otherReadWrite,
        ]
      )
      return (temporaryPath, descriptor)
    } catch {
      guard error as? Errno == .fileExists else {
        throw FileError("write", path, errno: error as? Errno)
      }
    }
  }
}

/// Writes everything and closes the descriptor.
///
/// Errors name `path`, the file the user asked for.
private func write(
  _ bytes: UnsafeRawBufferPointer,
  to descriptor: FileDescriptor,
  of path: FilePath
) throws(FileError) {
  var failure: Errno?
  do {
    try descriptor.writeAll(bytes)
  } catch {
    failure = error as? Errno ?? .ioError
  }
  do {
    try descriptor.close()
  } catch {
    failure = failure ?? (error as? Errno ?? .ioError)
  }
  if let failure { throw FileError("write", path, errno: failure) }
}
