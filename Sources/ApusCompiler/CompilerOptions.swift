internal import ApusNativeLibrary

/// How a program is compiled.
///
/// The only place that spells IREE's flags.
///
/// The defaults compile for the CPU of this machine, keep `f64` as it is, and tile matrix products,
/// which IREE 3.9 leaves off and which makes them some eighty times faster.
public struct CompilerOptions: Sendable, Hashable, Codable {
  /// The dialect a program is written in.
  public enum InputType: String, Sendable, CaseIterable, Codable {
    /// Found out by looking at the program's operations.
    case auto
    /// StableHLO and CHLO.
    case stablehlo
    /// TOSA.
    case tosa
    /// torch-mlir's.
    case torch
    /// Nothing to convert: linalg, arith and the like.
    case none
  }

  /// How much work the compiler puts into optimising.
  public enum OptimizationLevel: String, Sendable, CaseIterable, Codable {
    /// As little as possible.
    case o0 = "O0"
    /// What pays for any program.
    case o1 = "O1"
    /// What pays for most.
    case o2 = "O2"
    /// Everything.
    case o3 = "O3"
  }

  /// The CPU to generate code for: `host`, `generic`, or LLVM's name for one (`skylake-avx512`).
  public var targetCPU = "host"
  /// LLVM's CPU features to add or leave out: `+avx2,-fma`.
  ///
  /// Nil for those of ``targetCPU``.
  public var targetFeatures: String?
  /// LLVM's target triple: `aarch64-linux-gnu`.
  ///
  /// Nil for this machine's.
  public var targetTriple: String?
  /// The dialect the program is written in.
  public var inputType = InputType.auto
  /// How much to optimise; nil for IREE's own choice.
  public var optimizationLevel: OptimizationLevel?
  /// Whether to lay out matrices in tiles.
  ///
  /// Off only to compare.
  public var dataTiling = true
  /// Whether to multiply matrices with Apus's kernels where these are faster than IREE's.
  ///
  /// They are for matrices of `f32` and `f64` with sizes that are known and at least 32, and in `f32` for products of
  /// at least 2^24 pairs of numbers (256x256x256), on x86-64 with AVX2. The results are the same as IREE's, bit for
  /// bit. All other products of `f64` and `i64` on x86-64 have loops of Apus's choice; without, those of more than a few
  /// numbers do not compile for AVX-512.
  public var matmulKernels = true
  /// Whether to compute in `f32` where the program says `f64`.
  public var demoteF64 = false
  /// Whose math functions kernels compute with.
  public var math = MathMode.accurate
  /// Whether the program checks at run time what it could not prove.
  public var assertions = true
  /// Whether kernels carry debug information.
  public var debugInfo = true
  /// Flags for `iree-compile`, passed on as they are, after all others.
  public var extraFlags: [String] = []

  /// The defaults.
  public init() {}

  /// The options as `iree-compile` takes them.
  public var flags: [String] {
    var flags = [
      "--iree-hal-target-device=local",
      "--iree-hal-local-target-device-backends=llvm-cpu",
      "--iree-input-type=\(inputType.rawValue)",
      "--iree-opt-data-tiling=\(dataTiling)",
      "--iree-input-demote-f64-to-f32=\(demoteF64)",
      "--iree-opt-strip-assertions=\(!assertions)",
      "--iree-llvmcpu-debug-symbols=\(debugInfo)",
    ]
    // On in 3.9; later versions add a row's numbers one after another unless asked, which is slow and far off.
    let reassociates = "--iree-llvmcpu-reassociate-fp-reductions="
    if ToolchainPins.current.release > ReleaseVersion(3, 9),
      !extraFlags.contains(where: { $0.hasPrefix(reassociates) })
    {
      flags.append(reassociates + "true")
    }
    // A CPU of this machine means nothing to another architecture; IREE would go on with it.
    if targetTriple == nil || targetCPU != "host" {
      flags.append("--iree-llvmcpu-target-cpu=\(targetCPU)")
    }
    if let targetFeatures { flags.append("--iree-llvmcpu-target-cpu-features=\(targetFeatures)") }
    if let targetTriple { flags.append("--iree-llvmcpu-target-triple=\(targetTriple)") }
    if let optimizationLevel { flags.append("--iree-opt-level=\(optimizationLevel.rawValue)") }
    return flags + extraFlags
  }
}
