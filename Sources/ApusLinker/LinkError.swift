/// Why a link failed: one problem, with what was being linked when it showed.
public struct LinkError: Error, Sendable {
  /// What kind of problem it is.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Name: String {
      case invalidArguments, unreadable, malformed, incompatible, notFound, undefinedSymbol
      case duplicateSymbol, unsupported, notWritable, backend, finalLink, outputIsInput
    }

    private let name: Name

    /// The command line, or the options, contradict themselves.
    public static let invalidArguments = Code(name: .invalidArguments)
    /// A file cannot be opened or read.
    public static let unreadable = Code(name: .unreadable)
    /// A file is not what it claims to be: cut short, damaged, of an unknown format.
    public static let malformed = Code(name: .malformed)
    /// A file is sound but for another architecture, data layout or a newer LLVM.
    public static let incompatible = Code(name: .incompatible)
    /// A library or an input is nowhere to be found.
    public static let notFound = Code(name: .notFound)
    /// A symbol is referred to and nothing defines it.
    public static let undefinedSymbol = Code(name: .undefinedSymbol)
    /// A symbol has two definitions.
    public static let duplicateSymbol = Code(name: .duplicateSymbol)
    /// What is asked for cannot be done.
    public static let unsupported = Code(name: .unsupported)
    /// The output cannot be written.
    public static let notWritable = Code(name: .notWritable)
    /// LLVM cannot optimise the program or generate code for it.
    public static let backend = Code(name: .backend)
    /// lld, which makes the final file, objects.
    public static let finalLink = Code(name: .finalLink)
    /// The output would overwrite an input.
    public static let outputIsInput = Code(name: .outputIsInput)

    /// The constant's name.
    public var description: String { name.rawValue }
  }

  /// What kind of problem it is.
  public var code: Code
  /// What is wrong and what to do, in lower case, without the file.
  public var message: String
  /// The file, or `archive(member)`, with a line where there is one: `script.ld:3`.
  public var file: String?
  /// The symbol it is about.
  public var symbol: String?
  /// What else there is to say, a line each: where a symbol is referred to, the other definition.
  public var notes: [String]

  /// An error about a file or a symbol.
  public init(
    _ code: Code,
    _ message: String,
    file: String? = nil,
    symbol: String? = nil,
    notes: [String] = []
  ) {
    self.code = code
    self.message = message
    self.file = file
    self.symbol = symbol
    self.notes = notes
  }
}

extension LinkError: CustomStringConvertible {
  /// `file: message`, the notes on lines of their own.
  public var description: String {
    ([[file, message].compactMap { $0 }.joined(separator: ": ")] + notes.map { "  " + $0 })
      .joined(separator: "\n")
  }
}
