/// A phase of a link, in the order they run.
public enum LinkPhase: String, Hashable, Sendable, CaseIterable {
  /// Opening files, indexing archives.
  case readInputs
  /// Opening LLVM.
  case loadLLVM
  /// Symbol resolution, with reading bitcode and finding what intrinsics call.
  case resolveSymbols
  /// Lowering intrinsics, joining modules.
  case mergeModules
  /// LLVM's passes.
  case optimize
  /// Code generation.
  case emitObject
  /// Looking for calls that passes and code generation invented.
  case checkToFixpoint
  /// lld.
  case finalLink
}

/// How long the phases took.
struct PhaseTimer {
  private(set) var phases: [LinkReport.Phase] = []

  mutating func time<Result>(
    _ phase: LinkPhase,
    _ body: () throws -> Result
  ) rethrows -> Result {
    let start = ContinuousClock.now
    defer {
      let duration = ContinuousClock.now - start
      if let index = phases.firstIndex(where: { $0.phase == phase }) {
        phases[index].duration += duration
      } else {
        phases.append(LinkReport.Phase(phase: phase, duration: duration))
      }
    }
    return try body()
  }
}
