internal import ApusLLVM

/// What the backend may call for the target of a link.
///
/// Made when the first bitcode says what the target is.
final class LibcallKnowledge {
  private let names: RuntimeLibcallNames
  private let oracle: LibcallOracle
  private let defaults: CodeTarget
  private let isOptimized: Bool

  init(
    triple: String,
    _ options: LinkOptions,
    _ library: LLVMLibrary,
    probe: LibcallProbeProcess?
  ) throws {
    let machine = try TargetMachine(TargetMachine.Options(triple: triple), library)
    names = try RuntimeLibcallNames(for: machine, triple: triple, library)
    oracle = LibcallOracle(triple: triple, version: library.version, process: probe)
    defaults = CodeTarget(cpu: options.targetCPU ?? "", features: options.targetFeatures ?? "")
    isOptimized = (options.codeGenerationLevel ?? options.optimizationLevel) > 0
  }

  /// Whether the backend or the optimiser may call a function of this name.
  func isLibcall(_ name: String) -> Bool { names.contains(name) }

  /// What in a module may become calls.
  func intrinsicUses(in module: IRModule) -> [IntrinsicUse] {
    module.intrinsicUses(defaults: defaults, isOptimized: isOptimized)
  }

  /// What the backend calls for one operation.
  func answer(for signature: IntrinsicSignature) -> LibcallAnswer {
    oracle.answers(for: [signature])[signature] ?? .unknown("nobody answered")
  }

  /// The calls that the backend would make for a module's intrinsics.
  ///
  /// - Throws: `LinkError` for an operation that LLVM cannot generate code for.
  func libcalls(of module: IRModule, file: String) throws -> [LibcallUse] {
    let uses = intrinsicUses(in: module)
    let answers = oracle.answers(for: uses.map(\.signature))
    var libcalls: [LibcallUse] = []
    for use in uses {
      let functions = use.functions.map(\.name)
      switch answers[use.signature] {
      case .calls(let names):
        for name in names {
          libcalls += functions.map {
            LibcallUse(name: name, function: $0, intrinsic: use.signature.operation)
          }
        }
      case .impossible(let reason):
        throw LinkError(
          .backend,
          "\(use.signature.name) cannot be compiled: \(reason)",
          file: file,
          notes: functions.map { "in function '\($0)'" }
        )
      // The object that comes out shows what it calls, if it comes out.
      case .crashes, .unknown, nil:
        continue
      }
    }
    return libcalls
  }
}
