/// A program that could not be compiled.
public struct CompilerError: Error, Sendable {
  /// What went wrong, independent of the words.
  ///
  /// New codes may be added.
  public struct Code: Hashable, Sendable, Codable, CustomStringConvertible {
    private enum Value: String, Codable {
      case invalidSource, invalidOptions, compilationFailed, crashed, workerUnavailable
    }
    private let value: Value

    /// The source is not a program: empty, or with errors of syntax or type.
    public static let invalidSource = Code(value: .invalidSource)
    /// A flag the compiler does not know, or with a value it cannot use.
    public static let invalidOptions = Code(value: .invalidOptions)
    /// The program is valid and the compiler could not compile it.
    public static let compilationFailed = Code(value: .compilationFailed)
    /// The compiler itself ended unexpectedly.
    public static let crashed = Code(value: .crashed)
    /// The process to compile in could not be started.
    public static let workerUnavailable = Code(value: .workerUnavailable)

    /// The code's name.
    public var description: String { value.rawValue }
  }

  /// What went wrong.
  public var code: Code
  /// One sentence: which source, and in which phase.
  public var message: String
  /// What the compiler said, in order.
  public var diagnostics: [Diagnostic]
  /// The phase that was not completed; nil if the error came before the first.
  public var phase: CompilationPhase?
  /// What the compiler and its linker wrote to standard error; empty in-process, where it cannot be
  /// told from that of others.
  public var log: String

  /// An error from its parts.
  public init(
    _ code: Code,
    _ message: String,
    diagnostics: [Diagnostic] = [],
    phase: CompilationPhase? = nil,
    log: String = ""
  ) {
    self.code = code
    self.message = message
    self.diagnostics = diagnostics
    self.phase = phase
    self.log = log
  }
}

extension CompilerError: CustomStringConvertible {
  /// The diagnostics, what was written to standard error, and last the message.
  public var description: String {
    let log = log.split(separator: "\n").joined(separator: "\n")
    return (diagnostics.map(\.description) + [log, message]).filter { !$0.isEmpty }
      .joined(separator: "\n")
  }
}
