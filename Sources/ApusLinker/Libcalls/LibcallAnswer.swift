/// What the backend makes of an operation.
enum LibcallAnswer: Hashable, Sendable {
  /// Calls of these functions, sorted; none if instructions do it.
  case calls([String])
  /// Nothing: LLVM, or the ABI, does not allow it, in these words.
  case impossible(String)
  /// LLVM crashes on it.
  case crashes
  /// Nobody could be asked, for this reason; the object will show.
  case unknown(String)

  /// The functions called.
  var names: [String] {
    if case .calls(let names) = self { names } else { [] }
  }
}

// MARK: Text

/// A few words, for the table, the cache and the answering process.
extension LibcallAnswer {
  private static let crash = "#"
  private static let impossibility: Character = "!"

  /// The answer as text without line breaks or tabs: `sin cos`, `!no libcall available`, `#`.
  var text: String {
    switch self {
    case .calls(let names): names.joined(separator: " ")
    case .impossible(let reason), .unknown(let reason):
      String(Self.impossibility) + Self.flattened(reason)
    case .crashes: Self.crash
    }
  }

  /// The answer that a text stands for.
  init(text: some StringProtocol) {
    if text == Self.crash {
      self = .crashes
    } else if text.first == Self.impossibility {
      self = .impossible(String(text.dropFirst()))
    } else {
      self = .calls(String(text).split(separator: " ").map(String.init))
    }
  }

  /// The first line of LLVM's words, without the addresses that differ from run to run.
  private static func flattened(_ words: String) -> String {
    let line = words.split(whereSeparator: \.isNewline).first ?? ""
    return line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      .filter { !$0.hasPrefix("0x") }
      .joined(separator: " ")
  }
}
