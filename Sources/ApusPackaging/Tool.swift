internal import Subprocess
internal import SystemPackage

/// A program of the system's that does a part of the work.
struct Tool: Sendable {
  /// What people call it.
  var name: String
  /// Where it is; nil to look for it on `PATH`.
  var path: FilePath?

  /// Runs it to its end.
  ///
  /// - Throws: ``PackagingError`` with what it wrote to standard error, if it fails or is not there.
  func run(_ arguments: [String], because purpose: String) async throws(PackagingError) {
    let outcome: (status: TerminationStatus, error: String)
    do {
      let result = try await Subprocess.run(
        path.map { .path($0) } ?? .name(name),
        arguments: Arguments(arguments),
        output: .discarded,
        error: .string(limit: 1 << 20)
      )
      outcome = (result.terminationStatus, result.standardError)
    } catch {
      throw PackagingError(
        .toolFailed,
        "\(path?.string ?? name) is needed \(purpose), and cannot be run",
        remedy: "run 'apus doctor' to see what is installed"
      )
    }
    guard case .exited(0) = outcome.status else {
      let lines = outcome.error.split(separator: "\n").map(String.init)
      throw PackagingError(
        .toolFailed,
        "\(name) failed \(purpose) (\(outcome.status))",
        details: Array(lines.prefix(12))
      )
    }
  }
}
