internal import ApusArtifacts
internal import SystemPackage

// Files that build systems and people ask a linker for, in the formats lld has.

extension Linker {
  /// Writes what `--why-extract` and `--dependency-file` ask for.
  func writeRecords(_ resolution: SymbolResolution, _ options: LinkOptions) throws(LinkError) {
    if let path = options.extractionReport {
      var text = "reference\textracted\tsymbol\n"
      for file in resolution.files {
        guard let extraction = file.extraction else { continue }
        text += "\(extraction.reference)\t\(file.name)\t\(extraction.symbol)\n"
      }
      try write(text, to: path)
    }
    if let path = options.dependencyFile {
      var inputs: [String] = []
      for case .input(let input) in options.items {
        if let path = input.path?.string, !inputs.contains(path) { inputs.append(path) }
      }
      let lines = inputs.map { " \\\n  \(escaped($0))" }.joined()
      // A rule without prerequisites for each, so that one that is deleted does not stop make.
      let empty = inputs.map { "\n\(escaped($0)):\n" }.joined()
      try write("\(escaped(options.output.string)):\(lines)\n\(empty)", to: path)
    }
  }

  /// A path as makefiles spell it.
  private func escaped(_ path: String) -> String {
    path.map { character in
      switch character {
      case " ", "#": "\\\(character)"
      case "$": "$$"
      default: String(character)
      }
    }.joined()
  }

  private func write(_ text: String, to path: FilePath) throws(LinkError) {
    guard path != "-" else {
      _ = try? FileDescriptor.standardOutput.writeAll(text.utf8)
      return
    }
    do {
      try Array(text.utf8).withUnsafeBytes { try writeAtomically($0, to: path) }
    } catch {
      throw LinkError(.notWritable, "\(error)")
    }
  }
}
