/// A runtime that could not be bundled, or a program that could not be packaged.
public struct PackagingError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, independent of the words.
  ///
  /// New codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String {
      case notFound, damaged, incomplete, wrongVersion, wrongArchitecture, toolFailed
    }
    private let value: Value

    /// What is named is not there.
    public static let notFound = Code(value: .notFound)
    /// A file is cut short, or not what its name says.
    public static let damaged = Code(value: .damaged)
    /// The distribution lacks files that are needed.
    public static let incomplete = Code(value: .incomplete)
    /// It is of another version of IREE than the one supported.
    public static let wrongVersion = Code(value: .wrongVersion)
    /// It is for another processor than the one asked for.
    public static let wrongArchitecture = Code(value: .wrongArchitecture)
    /// A tool that was needed is missing, or failed.
    public static let toolFailed = Code(value: .toolFailed)

    /// The code's name.
    public var description: String { value.rawValue }
  }

  /// What went wrong.
  public var code: Code
  /// One sentence that names the thing it is about.
  public var message: String
  /// Particulars: a line each.
  public var details: [String]
  /// What to do about it.
  public var remedy: String?

  init(_ code: Code, _ message: String, details: [String] = [], remedy: String? = nil) {
    self.code = code
    self.message = message
    self.details = details
    self.remedy = remedy
  }

  /// The message, then a line for each particular, then the remedy.
  public var description: String {
    ([message] + (details + [remedy].compactMap { $0 }).map { "  \($0)" }).joined(separator: "\n")
  }
}
