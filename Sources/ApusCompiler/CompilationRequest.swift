/// All that determines what a compilation gives.
struct CompilationRequest: Sendable {
  /// What is wanted.
  enum Output: Sendable, Codable {
    /// A finished program.
    case program
    /// MLIR as it stands after a phase.
    case ir(CompilationPhase, Compiler.IRFormat)

    /// The last phase to run.
    var phase: CompilationPhase {
      switch self {
      case .program: .end
      case .ir(let phase, _): phase
      }
    }
  }

  var source: Source
  var options: CompilerOptions
  var output: Output

  /// Compiles on the calling thread and lends the output to `body`.
  func perform<Result>(
    onPhase: @escaping (CompilationPhase) -> Void,
    onDiagnostic: @escaping @Sendable (Diagnostic) -> Void,
    _ body: (UnsafeRawBufferPointer, CompilationReport) throws -> Result
  ) throws -> Result {
    var invocation = try CompilerInvocation(
      CompilerLibrary.shared(),
      sourceName: source.name,
      options: options,
      onPhase: onPhase,
      onDiagnostic: onDiagnostic
    )
    try invocation.parse(source)
    try invocation.run(to: output.phase)
    let report = CompilationReport(
      diagnostics: invocation.reported,
      mathUses: invocation.mathUses
    )
    return try invocation.withOutput(output) { try body($0, report) }
  }
}

/// What a compilation says beside its output.
struct CompilationReport: Sendable {
  /// In the order they came.
  var diagnostics: [Diagnostic] = []
  /// The math functions that kernels call.
  var mathUses: [KernelMathUse] = []
}
