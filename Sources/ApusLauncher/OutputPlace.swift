package import ApusArtifacts
package import ApusRuntime
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

  /// Writes a result.
  ///
  /// - Parameter show: prints text, where that is the place.
  package func write(_ data: TensorData, show: (String) -> Void) throws {
    switch self {
    case .terminal: show(data.text + "\n")
    case .npy(let path): try data.write(toNPY: path)
    case .raw(let path): try data.write(toRaw: path)
    }
  }
}

/// A file of parameters as command lines name it: `file` or `scope=file`.
package struct ParameterText {
  /// The scope; empty for none.
  package let scope: String
  /// The file.
  package let path: FilePath

  package init(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    scope = parts.count == 2 ? String(parts[0]) : ""
    path = FilePath(String(parts[parts.count - 1]))
  }
}

extension ParameterArchive {
  /// A file of parameters that a command line names.
  package convenience init(commandLine text: String) throws {
    let text = ParameterText(text)
    try self.init(contentsOf: text.path, scope: text.scope)
  }
}
