public import SystemPackage

/// A file that could not be read or written.
public struct FileError: Error, Sendable, CustomStringConvertible {
  /// The file.
  public var path: FilePath
  /// What was being done, as it reads after "cannot": `open`, `map`, `write`.
  public var operation: String
  /// The system's error code; nil where the system had no objection but the file cannot serve.
  public var errno: Errno?
  /// What is wrong in words, where the system's own words do not say it.
  public var reason: String?

  /// An error about `path`.
  public init(_ operation: String, _ path: FilePath, errno: Errno? = nil, reason: String? = nil) {
    self.path = path
    self.operation = operation
    self.errno = errno
    self.reason = reason
  }

  /// One line: what could not be done to which file, and why.
  public var description: String {
    let why = [reason, errno?.description].compactMap { $0 }.joined(separator: ": ")
    return "cannot \(operation) '\(path)'" + (why.isEmpty ? "" : ": \(why)")
  }
}
