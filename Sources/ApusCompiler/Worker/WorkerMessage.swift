internal import Foundation

/// What a worker process says on standard output: one message a line, as JSON.
enum WorkerMessage: Codable, Sendable {
  /// A phase begins.
  case phase(CompilationPhase)
  /// The compiler has something to say.
  case diagnostic(Diagnostic)
  /// The output is written; the kernels call these math functions.
  case finished([KernelMathUse])
  /// There is no output.
  case failed(code: CompilerError.Code, message: String, phase: CompilationPhase?)
  /// The compiler library cannot be used.
  case unusable(message: String)

  /// The message as a line with its end.
  var line: Data {
    get throws { try JSONEncoder().encode(self) + Data("\n".utf8) }
  }
}
