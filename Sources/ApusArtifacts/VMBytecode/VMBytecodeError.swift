/// Bytes that cannot be read as a VM bytecode module.
public struct VMBytecodeError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of thing is wrong, for programs that want to decide on it.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Kind: String {
      case notAModule, truncated, unsupportedVersion, malformed, tooInvolved
    }

    private let kind: Kind

    /// The bytes are something else altogether.
    public static let notAModule = Code(kind: .notAModule)
    /// A module that ends too early, or refers to bytes outside the file.
    public static let truncated = Code(kind: .truncated)
    /// A module whose bytecode is of a version that is not understood.
    public static let unsupportedVersion = Code(kind: .unsupportedVersion)
    /// A module that contradicts itself or the format.
    public static let malformed = Code(kind: .malformed)
    /// A module that would take memory or time out of all proportion to its size.
    public static let tooInvolved = Code(kind: .tooInvolved)

    /// The code's name.
    public var description: String { kind.rawValue }
  }

  /// What kind of thing is wrong.
  public var code: Code
  /// What is wrong, in words, with the thing it is wrong with.
  public var message: String
  /// Where in the file, in bytes from its start; nil where the whole file is meant.
  public var offset: Int?

  /// An error about the bytes at `offset`.
  public init(_ code: Code, _ message: String, at offset: Int? = nil) {
    self.code = code
    self.message = message
    self.offset = offset
  }

  /// One line: what is wrong, and where.
  public var description: String {
    guard let offset else { return message }
    return "\(message) (at byte \(offset))"
  }
}

extension VMBytecodeError {
  static func notAModule(_ why: String, at offset: Int? = nil) -> VMBytecodeError {
    VMBytecodeError(.notAModule, "not a VM bytecode module: \(why)", at: offset)
  }

  static func truncated(_ what: String, needs needed: Int, has available: Int, at offset: Int)
    -> VMBytecodeError
  {
    VMBytecodeError(
      .truncated,
      "truncated: \(what) needs \(needed) bytes where \(max(0, available)) are left",
      at: offset
    )
  }

  static func malformed(_ what: String, at offset: Int? = nil) -> VMBytecodeError {
    VMBytecodeError(.malformed, "malformed: \(what)", at: offset)
  }

  static func tooInvolved(_ what: String) -> VMBytecodeError {
    VMBytecodeError(.tooInvolved, "too involved: \(what)")
  }
}
