/// Something the compiler has to say about a program.
public struct Diagnostic: Sendable, Hashable, Codable {
  /// How bad it is.
  public enum Severity: String, Sendable, Codable {
    /// More about the diagnostic before it.
    case note
    /// What the compiler chose to do.
    case remark
    /// Something that is probably not meant.
    case warning
    /// Something that cannot be compiled.
    case error
  }

  /// A place in the program's source.
  public struct Location: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The file, or what the caller called the source.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column, from 1.
    public var column: Int

    /// As compilers write it: `file:line:column`.
    public var description: String { "\(file):\(line):\(column)" }
  }

  /// How bad it is.
  public var severity: Severity
  /// What is wrong, in the compiler's words.
  public var message: String
  /// Where; nil if the compiler does not say.
  public var location: Location?
  /// What the compiler adds, in order: notes have no notes.
  public var notes: [Diagnostic]

  /// A diagnostic from its parts.
  public init(
    _ severity: Severity,
    _ message: String,
    at location: Location? = nil,
    notes: [Diagnostic] = []
  ) {
    self.severity = severity
    self.message = message
    self.location = location
    self.notes = notes
  }
}

extension Diagnostic: CustomStringConvertible {
  /// As compilers write it, notes on lines of their own: `file:line:column: error: message`.
  public var description: String {
    let head = (location.map { "\($0): " } ?? "") + "\(severity.rawValue): \(message)"
    return ([head] + notes.map(\.description)).joined(separator: "\n")
  }
}

extension Diagnostic {
  /// Takes apart the text that IREE's callback receives: the diagnostic, then its notes, each as
  /// `FILE:LINE:COLUMN: message`, with an empty line before a note.
  init(_ severity: Severity, text: String) {
    var parts = text.split(separator: "\n\n", omittingEmptySubsequences: true)
      .map { Self.located(String($0)) }
    let first = parts.isEmpty ? (location: nil, message: text) : parts.removeFirst()
    self.init(
      severity,
      first.message,
      at: first.location,
      notes: parts.map { Diagnostic(.note, $0.message, at: $0.location) }
    )
  }

  private static func located(_ text: String) -> (location: Location?, message: String) {
    let message = text.drop { $0 == "\n" || $0 == " " }
    // The file's name may hold colons, so look for the first `:LINE:COLUMN: `.
    for colon in message.indices where message[colon] == ":" {
      let fields = message[message.index(after: colon)...].split(
        separator: ":",
        maxSplits: 2,
        omittingEmptySubsequences: false
      )
      guard fields.count == 3, fields[2].first == " ", let line = Int(fields[0]),
        let column = Int(fields[1])
      else { continue }
      let location = Location(file: String(message[..<colon]), line: line, column: column)
      return (location, trimmed(fields[2]))
    }
    // MLIR has locations that are not places in a file; they are written in front all the same.
    for prefix in ["<unknown>:0: ", "-: "] where message.hasPrefix(prefix) {
      return (nil, trimmed(message.dropFirst(prefix.count)))
    }
    return (nil, trimmed(message))
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
