package import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file's contents, mapped read-only into memory: nothing is read before it is needed, and no copy
/// is made.
///
/// The file must not be cut shorter while it is mapped; reading past a new end ends the process, as
/// with every mapping. Replacing the file by another (as tools that write atomically do) is safe.
package final class MappedFile: Sendable {
  /// Where the contents were read from; the name of a part.
  package let path: FilePath
  /// How many bytes there are.
  package let count: Int

  /// Proof of safety: the mapping is read-only, made before the object is shared and unmapped when
  /// nobody refers to it any more.
  nonisolated(unsafe) private let base: UnsafeRawPointer

  /// Maps the file.
  ///
  /// - Throws: `FileError` if it cannot be opened or mapped, is not a regular file, or is empty.
  package convenience init(_ path: FilePath) throws(FileError) {
    try self.init(path, range: nil, named: path)
  }

  /// Maps a part of the file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - offset: where the part begins: a multiple of the system's pages.
  ///   - count: its size, at least 1.
  ///   - name: what the part is called, in place of the file's path.
  /// - Throws: `FileError` as ``init(_:)``, or if the part reaches beyond the file's end.
  package convenience init(
    _ path: FilePath,
    offset: Int,
    count: Int,
    named name: String
  ) throws(FileError) {
    try self.init(path, range: (offset, count), named: FilePath(name))
  }

  private init(
    _ path: FilePath,
    range: (offset: Int, count: Int)?,
    named name: FilePath
  ) throws(FileError) {
    let descriptor: FileDescriptor
    do {
      // A pipe without a writer, which is refused below, would block here.
      descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      throw FileError("open", path, errno: error as? Errno)
    }
    defer { try? descriptor.close() }

    var status = stat()
    guard fstat(descriptor.rawValue, &status) == 0 else {
      throw FileError("examine", path, errno: Errno(rawValue: errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError("map", path, reason: "it is not a regular file")
    }
    guard status.st_size > 0 else {
      throw FileError("map", path, reason: "the file is empty")
    }
    let size = Int(status.st_size)
    let (offset, count) = range ?? (0, size)
    guard offset >= 0, count > 0, offset <= size, count <= size - offset else {
      throw FileError("map", path, reason: "the file ends before '\(name)', a part of it, does")
    }
    guard
      let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor.rawValue, off_t(offset)),
      base != MAP_FAILED
    else {
      throw FileError("map", path, errno: Errno(rawValue: errno))
    }
    self.path = name
    self.count = count
    self.base = UnsafeRawPointer(base)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: base), count)
  }

  /// Lends the contents, which begin at a page.
  package func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(self) { try body(unsafeEscapingBytes) }
  }

  /// The contents, for callers that keep the object alive as long as the pointer is used.
  package var unsafeEscapingBytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base, count: count)
  }
}
