internal import ApusArtifacts
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Whether `path` leads to a regular file.
func isRegularFile(_ path: FilePath) -> Bool {
  var status = stat()
  return path.withPlatformString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFREG
}

/// Whether `path` leads to a folder.
func isFolder(_ path: FilePath) -> Bool {
  var status = stat()
  return path.withPlatformString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Makes a folder and those it is in.
func makeFolder(_ path: FilePath) throws(Errno) {
  guard !isFolder(path) else { return }
  let parent = path.removingLastComponent()
  if !parent.isEmpty, parent != path { try makeFolder(parent) }
  guard path.withPlatformString({ mkdir($0, 0o777) }) == 0 || isFolder(path) else {
    throw Errno(rawValue: errno)
  }
}

/// A folder of one's own that goes with everything in it when the object does.
final class ScratchFolder: Sendable {
  let path: FilePath

  /// - Parameter parent: the folder it is made in, which must be there.
  init(in parent: FilePath) throws(Errno) {
    var template = Array(parent.appending("apus.XXXXXX").string.utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    path = FilePath(
      String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    )
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: FilePath) {
    var status = stat()
    guard path.withPlatformString({ lstat($0, &status) }) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in (try? folderContents(path)) ?? [] { remove(path.appending(name)) }
      _ = path.withPlatformString { rmdir($0) }
    } else {
      _ = path.withPlatformString { unlink($0) }
    }
  }
}
