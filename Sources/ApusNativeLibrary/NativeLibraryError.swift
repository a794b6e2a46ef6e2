/// A native library that could not be found, opened or used.
public struct NativeLibraryError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, independent of the words.
  ///
  /// New codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String { case notFound, notLoadable, missingSymbols, wrongVersion }
    private let value: Value

    /// No file in any of the places looked at.
    public static let notFound = Code(value: .notFound)
    /// The dynamic linker refused the file.
    public static let notLoadable = Code(value: .notLoadable)
    /// The library lacks functions that are needed.
    public static let missingSymbols = Code(value: .missingSymbols)
    /// The library is of another version than the one supported.
    public static let wrongVersion = Code(value: .wrongVersion)

    /// The code's name.
    public var description: String { value.rawValue }
  }

  /// What went wrong.
  public var code: Code
  /// The library, by the name people know: `IREE compiler`.
  public var library: String
  /// One sentence that says what is wrong.
  public var message: String
  /// Where the library was looked for, in order, each with why it did not serve.
  public var tried: [String]
  /// What to do about it.
  public var remedy: String?

  /// An error about `library`.
  public init(
    _ code: Code,
    library: String,
    message: String,
    tried: [String] = [],
    remedy: String? = nil
  ) {
    self.code = code
    self.library = library
    self.message = message
    self.tried = tried
    self.remedy = remedy
  }

  /// The message, then a line for every place tried, then the remedy.
  public var description: String {
    var lines = ["\(library): \(message)"]
    lines += tried.map { "  tried \($0)" }
    if let remedy { lines.append("  \(remedy)") }
    return lines.joined(separator: "\n")
  }
}
