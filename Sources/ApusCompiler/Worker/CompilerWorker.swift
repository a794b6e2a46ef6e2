internal import ApusArtifacts
internal import Foundation
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The worker's side of a compilation in a process of its own: what `apus compile-worker` runs.
package enum CompilerWorker {
  /// The subcommand of `apus` that starts a worker.
  package static let subcommand = "compile-worker"

  /// Answers the request in a folder and returns the exit status.
  package static func run(_ arguments: [String]) -> Int32 {
    guard let folder = arguments.first else { return 2 }
    // Dumps of crashes that somebody else reports are litter.
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(.init(RLIMIT_CORE.rawValue), &limit)
    // The compiler and its tools may print; only messages may appear on standard output.
    let messages = FileHandle(fileDescriptor: dup(1), closeOnDealloc: true)
    dup2(2, 1)

    let send: @Sendable (WorkerMessage) -> Void = { message in
      guard let line = try? message.line else { return }
      try? messages.write(contentsOf: line)
    }
    do {
      let report = try answer(requestIn: FilePath(folder), send)
      send(.finished(report.mathUses))
      return 0
    } catch let error as CompilerError {
      send(.failed(code: error.code, message: error.message, phase: error.phase))
    } catch {
      send(.unusable(message: "\(error)"))
    }
    return 1
  }

  private static func answer(
    requestIn folder: FilePath,
    _ send: @escaping @Sendable (WorkerMessage) -> Void
  ) throws -> CompilationReport {
    let request = try WorkerRequest(in: folder).request
    return try request.perform(
      onPhase: { send(.phase($0)) },
      onDiagnostic: { send(.diagnostic($0)) }
    ) { output, report in
      try writeAtomically(output, to: WorkerRequest.outputPath(in: folder))
      return report
    }
  }
}
