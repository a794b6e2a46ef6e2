internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One of the tool's two output streams.
struct Terminal: Sendable {
  /// Results.
  static let output = Terminal(descriptor: 1)
  /// Everything else.
  static let error = Terminal(descriptor: 2)

  private let descriptor: Int32

  /// Whether a person looks at it.
  var isInteractive: Bool { isatty(descriptor) == 1 }

  /// Writes text.
  ///
  /// A reader that has gone away (a closed pipe) is no error.
  func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes bytes.
  func write(_ bytes: [UInt8]) {
    try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      .write(contentsOf: Data(bytes))
  }
}

/// Colours for terminals.
enum Style {
  static func error(_ text: String, _ enabled: Bool) -> String { paint(text, "1;31", enabled) }
  static func warning(_ text: String, _ enabled: Bool) -> String { paint(text, "1;35", enabled) }
  static func note(_ text: String, _ enabled: Bool) -> String { paint(text, "1;36", enabled) }
  static func strong(_ text: String, _ enabled: Bool) -> String { paint(text, "1", enabled) }
  static func good(_ text: String, _ enabled: Bool) -> String { paint(text, "32", enabled) }

  private static func paint(_ text: String, _ code: String, _ enabled: Bool) -> String {
    enabled && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
