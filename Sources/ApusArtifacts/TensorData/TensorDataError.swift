public import SystemPackage

/// Bytes, a file or a text that are not the tensor they should be.
public struct TensorDataError: Error, Sendable {
  /// What kind of thing went wrong.
  ///
  /// More kinds may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Kind: String {
      case file, shape, size, elementType, npy, unsupportedNPY, text, elementCount, element, memory
    }
    private let kind: Kind

    private init(_ kind: Kind) { self.kind = kind }

    /// A file could not be read or written; ``TensorDataError/cause`` says why.
    public static let file = Code(.file)
    /// A dimension is negative, or the size of the whole does not fit an integer.
    public static let shape = Code(.shape)
    /// There are more or fewer bytes than the shape asks for.
    public static let size = Code(.size)
    /// The element type is packed into less than a byte, or is another than the one wanted.
    public static let elementType = Code(.elementType)
    /// What should be an `.npy` file is not one, or is damaged.
    public static let npy = Code(.npy)
    /// A sound `.npy` file of a version, or with elements, that have no counterpart here.
    public static let unsupportedNPY = Code(.unsupportedNPY)
    /// A text is not a value.
    public static let text = Code(.text)
    /// There are more or fewer elements than the shape asks for.
    public static let elementCount = Code(.elementCount)
    /// An element is not a number, or none that its type can hold.
    public static let element = Code(.element)
    /// The tensor does not fit this machine's memory.
    public static let memory = Code(.memory)

    /// The name of the constant.
    public var description: String { kind.rawValue }
  }

  /// The kind of error.
  public var code: Code
  /// What is wrong, what was expected and what was there instead.
  public var message: String
  /// The file that was being read or written.
  public var file: FilePath?
  /// The text that was being read.
  public var text: String?
  /// Where in the file's bytes.
  public var offset: Int?
  /// Where in the text, in characters counted from 1.
  public var column: Int?
  /// The element, counted from 0 in the order in which elements are written.
  public var elementIndex: Int?
  /// The error of the file system underneath.
  public var cause: FileError?

  /// An error from its parts.
  public init(
    _ code: Code,
    _ message: String,
    file: FilePath? = nil,
    text: String? = nil,
    offset: Int? = nil,
    column: Int? = nil,
    elementIndex: Int? = nil,
    cause: FileError? = nil
  ) {
    self.code = code
    self.message = message
    self.file = file
    self.text = text
    self.offset = offset
    self.column = column
    self.elementIndex = elementIndex
    self.cause = cause
  }

  init(_ cause: FileError) {
    self.init(.file, cause.description, file: cause.path, cause: cause)
  }

  /// The same error, with the file it is about.
  func inFile(_ path: FilePath) -> TensorDataError {
    var error = self
    error.file = error.file ?? path
    return error
  }

  /// The same error, with the text it is about.
  func inText(_ text: String) -> TensorDataError {
    var error = self
    error.text = error.text ?? text
    return error
  }
}

extension TensorDataError: CustomStringConvertible {
  /// One line: the file or text, what is wrong with it, and where.
  public var description: String {
    var line = message
    if code != .file {
      if let file {
        line = "\(quoted(file.string)): \(line)"
      } else if let text {
        line = "\(quoted(text)): \(line)"
      }
    }
    if let column {
      line += " (column \(column))"
    } else if let offset {
      line += " (at byte \(offset))"
    }
    return line
  }
}

/// `text` in quotation marks, on one line and of bounded length.
func quoted(_ text: String, limit: Int = 160) -> String {
  var result = "'"
  for scalar in text.unicodeScalars.prefix(limit) {
    if scalar.properties.generalCategory == .control {
      result += scalar.escaped(asASCII: true)
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  let isCut = text.unicodeScalars.count > limit
  return result + (isCut ? "…' (\(text.unicodeScalars.count) characters)" : "'")
}
