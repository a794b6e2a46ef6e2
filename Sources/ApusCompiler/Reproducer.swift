internal import ApusArtifacts
internal import Foundation
internal import SystemPackage

/// What somebody else needs to see a failure of the compiler for themselves.
struct Reproducer {
  private let request: CompilationRequest
  private let error: CompilerError

  init(_ request: CompilationRequest, _ error: CompilerError) {
    self.request = request
    self.error = error
  }

  /// Writes the source, a script with the equivalent `iree-compile` command, and what was said.
  ///
  /// - Throws: `FileError`.
  func write(to folder: FilePath) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder.string,
        withIntermediateDirectories: true
      )
    } catch {
      throw FileError("make the folder", folder, reason: error.localizedDescription)
    }
    let sourceFile = request.source.isBytecode ? "source.mlirbc" : "source.mlir"
    try write(request.source.bytes, to: folder.appending(sourceFile))
    try write(Array(command(sourceFile).utf8), to: folder.appending("reproduce.sh"))
    try write(Array("\(error)\n".utf8), to: folder.appending("error.txt"))
  }

  private func command(_ sourceFile: String) -> String {
    var arguments = [sourceFile] + request.options.flags
    if case .ir(let phase, _) = request.output {
      arguments.append("--compile-to=\(phase.rawValue)")
    }
    let quoted = arguments.map { "'" + $0.replacing("'", with: "'\\''") + "'" }
    return """
      #!/bin/sh
      # Compiles the program with IREE's own command-line tool, as Apus did.
      cd "$(dirname "$0")" && exec "${IREE_COMPILE:-iree-compile}" \(quoted.joined(separator: " ")) \\
        -o /dev/null

      """
  }

  private func write(_ bytes: [UInt8], to path: FilePath) throws(FileError) {
    var failure: FileError?
    bytes.withUnsafeBytes { bytes in
      do throws(FileError) {
        try writeAtomically(bytes, to: path)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
