internal import ApusArtifacts
internal import ApusNativeLibrary
internal import Foundation
internal import Subprocess
internal import Synchronization
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The asking side of a compilation in a process of its own.
struct WorkerProcess {
  private let executable: FilePath

  /// Finds the executable that is the worker.
  ///
  /// - Throws: `CompilerError` with `workerUnavailable`, listing what was tried.
  init(_ explicitPath: FilePath?) throws(CompilerError) {
    var tried: [String] = []
    for candidate in Self.candidates(explicitPath) {
      if access(candidate.string, X_OK) == 0 {
        executable = candidate
        return
      }
      tried.append(candidate.string)
    }
    throw CompilerError(
      .workerUnavailable,
      "no 'apus' tool to compile in a process of its own with; tried: "
        + "\(tried.joined(separator: ", ")). Set APUS_WORKER to its path, or compile in process"
    )
  }

  private static func candidates(_ explicitPath: FilePath?) -> [FilePath] {
    if let explicitPath { return [explicitPath] }
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["APUS_WORKER"], !path.isEmpty { return [FilePath(path)] }
    var candidates: [FilePath] = []
    if let own = Bundle.main.executablePath {
      candidates.append(FilePath(own).removingLastComponent().appending("apus"))
    }
    for folder in (environment["PATH"] ?? "").split(separator: ":") {
      candidates.append(FilePath(String(folder)).appending("apus"))
    }
    return candidates
  }

  /// What the worker has said so far.
  private struct Report: Sendable {
    var phase: CompilationPhase?
    var diagnostics: [Diagnostic] = []
    var outcome: WorkerMessage?
    var log = ""
  }

  /// Has a program compiled.
  ///
  /// - Throws: `CompilerError`; with `crashed` if the worker ended without an answer.
  func perform(
    _ request: CompilationRequest,
    onPhase: @escaping @Sendable (CompilationPhase) -> Void
  ) async throws -> (output: VMBytecode, report: CompilationReport) {
    let folder = try Self.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder.string) }
    try WorkerRequest(request).write(to: folder)

    let report = Mutex(Report())
    let result = try await Subprocess.run(
      .path(executable),
      arguments: [CompilerWorker.subcommand, folder.string],
      input: .none,
      output: .sequence,
      error: .sequence
    ) { execution in
      async let log = Self.collect(execution.standardError)
      for try await line in execution.standardOutput.strings(bufferingPolicy: .unbounded) {
        Self.receive(line, into: report, onPhase)
      }
      let text = try await log
      report.withLock { $0.log = text }
    }
    return try Self.conclude(
      report.withLock { $0 },
      result.terminationStatus,
      request,
      WorkerRequest.outputPath(in: folder)
    )
  }

  private static func collect(_ output: SubprocessOutputSequence) async throws -> String {
    // Enough for any message; a compiler that prints its whole program is not kept.
    let limit = 1 << 20
    var log = ""
    for try await line in output.strings(bufferingPolicy: .unbounded) where log.utf8.count < limit {
      log += line + "\n"
    }
    return log
  }

  private static func receive(
    _ line: String,
    into report: borrowing Mutex<Report>,
    _ onPhase: @Sendable (CompilationPhase) -> Void
  ) {
    guard let message = try? JSONDecoder().decode(WorkerMessage.self, from: Data(line.utf8))
    else { return }
    switch message {
    case .phase(let phase):
      onPhase(phase)
      report.withLock { $0.phase = phase }
    case .diagnostic(let diagnostic):
      report.withLock { $0.diagnostics.append(diagnostic) }
    case .finished, .failed, .unusable:
      report.withLock { $0.outcome = message }
    }
  }

  private static func conclude(
    _ report: Report,
    _ status: TerminationStatus,
    _ request: CompilationRequest,
    _ outputPath: FilePath
  ) throws -> (output: VMBytecode, report: CompilationReport) {
    switch report.outcome {
    case .finished(let mathUses) where status.isSuccess:
      return (
        try VMBytecode(contentsOf: outputPath, name: request.source.name),
        CompilationReport(diagnostics: report.diagnostics, mathUses: mathUses)
      )
    case .failed(let code, let message, let phase):
      throw CompilerError(
        code,
        message,
        diagnostics: report.diagnostics,
        phase: phase,
        log: report.log
      )
    case .unusable(let message):
      throw CompilerError(.workerUnavailable, message, log: report.log)
    default:
      // LLVM ends the process for this one; its log lists the CPUs there are.
      if report.log.contains("is not a recognized processor for this target") {
        throw CompilerError(
          .invalidOptions,
          "the target has no CPU '\(request.options.targetCPU)'",
          diagnostics: report.diagnostics,
          phase: report.phase,
          log: report.log
        )
      }
      let place = report.phase.map { "phase '\($0.rawValue)'" } ?? "before the first phase"
      throw CompilerError(
        .crashed,
        "the IREE compiler crashed (\(describe(status))) while compiling"
          + " '\(request.source.name)': \(place)",
        diagnostics: report.diagnostics,
        phase: report.phase,
        log: report.log
      )
    }
  }

  private static func describe(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "exit status \(code)"
    case .signaled(let signal): "signal \(signal), \(String(cString: strsignal(signal)))"
    }
  }

  private static func makeTemporaryFolder() throws(FileError) -> FilePath {
    var template = Array(
      FilePath(NSTemporaryDirectory()).appending("apus-compile.XXXXXX").string.utf8CString
    )
    guard mkdtemp(&template) != nil else {
      throw FileError(
        "make a temporary folder",
        FilePath(NSTemporaryDirectory()),
        errno: Errno(rawValue: errno)
      )
    }
    return FilePath(platformString: template)
  }
}
