/// A point on a program's way through IREE's pipeline.
///
/// Phases are named as `iree-compile --compile-to` names them, and stand in order.
public enum CompilationPhase: String, Sendable, CaseIterable, Codable, Comparable {
  /// Parsed, nothing done.
  case start
  /// The input dialects (StableHLO, TOSA, torch) lowered to IREE's own.
  case input
  /// The functions' boundaries made into the runtime's.
  case abi
  /// What plugins do before everything else.
  case preprocessing
  /// Optimised over the whole program.
  case globalOptimization = "global-optimization"
  /// Cut into dispatches.
  case dispatchCreation = "dispatch-creation"
  /// In the `flow` dialect.
  case flow
  /// In the `stream` dialect: what runs when is decided.
  case stream
  /// Kernels as sources, before any code generation.
  case executableSources = "executable-sources"
  /// Kernels with a strategy chosen.
  case executableConfigurations = "executable-configurations"
  /// Kernels as machine code.
  case executableTargets = "executable-targets"
  /// In the `hal` dialect.
  case hal
  /// In the `vm` dialect.
  case vm
  /// Everything done.
  case end

  /// Whether the pipeline reaches `lhs` before `rhs`.
  public static func < (lhs: CompilationPhase, rhs: CompilationPhase) -> Bool {
    (allCases.firstIndex(of: lhs) ?? 0) < (allCases.firstIndex(of: rhs) ?? 0)
  }
}
