internal import ApusArtifacts
internal import ApusRuntime
package import SystemPackage

/// Where a result goes: `-`, `@file.npy` or `@file.bin`.
package enum OutputPlace {
  /// It is printed.
  case terminal
  /// NumPy's format.
  case npy(FilePath)
  /// Its elements' bytes.
  case raw(FilePath)

  /// Nil for text that names no place.
  package init?(parsing text: String) {
    if text == "-" {
      self = .terminal
      return
    }
    guard text.first == "@" else { return nil }
    let path = FilePath(String(text.dropFirst()))
    switch path.extension?.lowercased() {
    case "npy": self = .npy(path)
    case "bin": self = .raw(path)
    default: return nil
    }
  }

  init(_ text: String) throws(LauncherArguments.UsageError) {
    guard let place = OutputPlace(parsing: text) else {
      throw LauncherArguments.UsageError(
        message: "--output wants -, @file.npy or @file.bin, and '\(text)' is none of them"
      )
    }
    self = place
  }

  func write(_ data: TensorData) throws {
    switch self {
    case .terminal: print(data.text + "\n", to: .standardOutput)
    case .npy(let path): try data.write(toNPY: path)
    case .raw(let path): try data.write(toRaw: path)
    }
  }
}

extension ParameterArchive {
  /// A file of parameters as command lines name it: `file` or `scope=file`.
  package convenience init(commandLine text: String) throws {
    guard let separator = text.firstIndex(of: "=") else {
      try self.init(contentsOf: FilePath(text))
      return
    }
    try self.init(
      contentsOf: FilePath(String(text[text.index(after: separator)...])),
      scope: String(text[..<separator])
    )
  }
}
