/// A failure of the runtime: while a program was loaded, called, or given its data.
public struct RuntimeError: Error, Sendable {
  /// IREE's status code, by its own name.
  ///
  /// See `iree_status_code_t` in `iree/base/status.h` for what each means.
  public struct StatusCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The value of `iree_status_code_t`.
    public var rawValue: UInt32

    /// Wraps a value of `iree_status_code_t`.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The caller cancelled the operation.
    public static let cancelled = StatusCode(rawValue: 1)
    /// Nothing more is known.
    public static let unknown = StatusCode(rawValue: 2)
    /// An argument is wrong whatever the state of the system.
    public static let invalidArgument = StatusCode(rawValue: 3)
    /// Time ran out.
    public static let deadlineExceeded = StatusCode(rawValue: 4)
    /// Something named does not exist.
    public static let notFound = StatusCode(rawValue: 5)
    /// Something that is to be made exists.
    public static let alreadyExists = StatusCode(rawValue: 6)
    /// The caller may not do this.
    public static let permissionDenied = StatusCode(rawValue: 7)
    /// Memory or another resource ran out.
    public static let resourceExhausted = StatusCode(rawValue: 8)
    /// The system is not in the state the operation needs.
    public static let failedPrecondition = StatusCode(rawValue: 9)
    /// The operation was given up.
    public static let aborted = StatusCode(rawValue: 10)
    /// An index or offset is outside the valid range.
    public static let outOfRange = StatusCode(rawValue: 11)
    /// The operation is not supported.
    public static let unimplemented = StatusCode(rawValue: 12)
    /// An invariant of IREE is broken.
    public static let `internal` = StatusCode(rawValue: 13)
    /// The service is not available now.
    public static let unavailable = StatusCode(rawValue: 14)
    /// Data was lost or is damaged.
    public static let dataLoss = StatusCode(rawValue: 15)
    /// The caller is not known.
    public static let unauthenticated = StatusCode(rawValue: 16)
    /// The operation was put off.
    public static let deferred = StatusCode(rawValue: 17)
    /// Two parts do not fit each other.
    public static let incompatible = StatusCode(rawValue: 18)

    private static let names = [
      "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
      "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
      "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
      "UNAUTHENTICATED", "DEFERRED", "INCOMPATIBLE",
    ]

    /// IREE's name: `INVALID_ARGUMENT`.
    public var description: String {
      rawValue < Self.names.count ? Self.names[Int(rawValue)] : "CODE_\(rawValue)"
    }
  }

  /// A place in IREE's source, where the error arose.
  public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    /// The file, as the library was compiled with it.
    public var file: String
    /// The line, from 1.
    public var line: Int

    /// As compilers write it: `file:line`.
    public var description: String { "\(file):\(line)" }
  }

  /// IREE's status code.
  public var code: StatusCode
  /// What is wrong, in one or more sentences.
  public var message: String
  /// The program that was loaded or called, by its file or the name its caller gave it.
  public var program: String?
  /// The program's function that was called, if one was.
  public var function: String?
  /// The device it was to run on, if one was involved.
  public var device: String?
  /// Where in IREE's source the error arose; nil if Apus found it first, or the program itself did.
  public var sourceLocation: SourceLocation?
  /// The virtual machine's stack, innermost frame first; empty outside a call.
  public var stack: [String] = []

  /// An error that Apus itself found.
  public init(
    _ code: StatusCode,
    _ message: String,
    program: String? = nil,
    function: String? = nil,
    device: String? = nil
  ) {
    self.code = code
    self.message = message
    self.program = program
    self.function = function
    self.device = device
  }

  /// A call that succeeded and gave nothing: an invariant of IREE is broken.
  static func noResult(_ call: String) -> RuntimeError {
    RuntimeError(.internal, "\(call) succeeded and gave no result")
  }
}

extension RuntimeError: CustomStringConvertible {
  /// The program and function, the message and the code; then, a line each, the stack and IREE's
  /// location.
  public var description: String {
    var text = [program, function].compactMap { $0 }.map { "\($0): " }.joined()
    text += "\(message) (\(code)"
    if let device { text += " on \(device)" }
    text += ")"
    for frame in stack { text += "\n  at \(frame)" }
    if let sourceLocation { text += "\n  from \(sourceLocation)" }
    return text
  }
}
