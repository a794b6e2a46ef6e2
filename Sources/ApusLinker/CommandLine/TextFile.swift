internal import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A response file, a linker script or a version script: text that errors point into.
struct TextFile: Sendable {
  /// Where it lies.
  var path: FilePath
  /// What it holds.
  var bytes: [UInt8]

  init(path: FilePath, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// Reads a file.
  init(_ path: FilePath) throws(LinkError) {
    self.path = path
    do {
      let file = try FileDescriptor.open(path, .readOnly)
      bytes = try file.closeAfter {
        // Reading, not mapping: a pipe is a file too, and scripts are small.
        var bytes: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
        defer { buffer.deallocate() }
        while case let count = try file.read(into: buffer), count > 0 {
          bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        return bytes
      }
    } catch {
      throw LinkError(.unreadable, "cannot read the file: \(error)", file: path.string)
    }
  }

  /// `script.ld:3`.
  func location(line: Int) -> String { "\(path):\(line)" }
}

/// Whether there is anything at a path.
func fileExists(_ path: FilePath) -> Bool { access(path.string, F_OK) == 0 }

extension UInt8 {
  /// Space, tab, line feed, carriage return, vertical tab, form feed.
  var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
