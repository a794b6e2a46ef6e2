internal import Apus
internal import Foundation

/// A failure as the tool tells it: diagnostics with the lines they are about, then one message.
struct CommandFailure: Error {
  private var diagnostics: [Diagnostic] = []
  private var log = ""
  private let message: String
  /// The text that diagnostics point into, by the name they call it.
  private var source: (name: String, text: String)?

  init(_ message: String) { self.message = message }

  init(_ error: any Error) {
    if let error = error as? CompilerError {
      diagnostics = error.diagnostics
      log = error.log
      message = error.message
    } else {
      message = "\(error)"
    }
  }

  init(_ error: any Error, source: Source) {
    self.init(error)
    if !source.isBytecode {
      self.source = (source.name, String(decoding: source.bytes, as: UTF8.self))
    }
  }

  func rendered(color: Bool) -> String {
    var shown: Set<Diagnostic.Location> = []
    var text = diagnostics.map { render($0, after: &shown, color) }.joined()
    let log = log.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
    if !log.isEmpty { text += log.joined(separator: "\n") + "\n" }
    return text + "apus: \(Style.error("error:", color)) \(message)\n"
  }

  /// One diagnostic and its notes; a line that several are about is shown once.
  private func render(
    _ diagnostic: Diagnostic,
    after shown: inout Set<Diagnostic.Location>,
    _ color: Bool
  ) -> String {
    let place = diagnostic.location.map { "\($0): " } ?? ""
    let severity = diagnostic.severity.rawValue + ":"
    let mark =
      switch diagnostic.severity {
      case .error: Style.error(severity, color)
      case .warning: Style.warning(severity, color)
      case .note, .remark: Style.note(severity, color)
      }
    var text = "\(Style.strong(place, color))\(mark) \(abridged(diagnostic.message))\n"
    if let location = diagnostic.location, shown.insert(location).inserted {
      text += excerpt(at: location)
    }
    for note in diagnostic.notes { text += render(note, after: &shown, color) }
    return text
  }

  /// IREE likes to print the whole program it was looking at.
  private func abridged(_ message: String) -> String {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 6 else { return message }
    return
      (lines.prefix(4).map { $0.count > 300 ? "\($0.prefix(300))..." : "\($0)" }
      + ["... \(lines.count - 4) more lines; --reproducer keeps them all"]).joined(separator: "\n")
  }

  /// The line a diagnostic is about, and a caret under the column.
  private func excerpt(at location: Diagnostic.Location) -> String {
    guard let source, location.file == source.name else { return "" }
    let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(location.line - 1), location.column > 0 else { return "" }
    let line = lines[location.line - 1]
    guard line.utf8.count < 400 else { return "" }
    let indent = line.prefix(location.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
    return "  \(line)\n  \(indent)^\n"
  }
}
