internal import ApusMath

/// What the math of a kernel can be compiled to on a processor.
struct KernelMathTarget: Hashable {
  /// LLVM's name of the architecture: `x86_64`.
  let architecture: String
  /// Which errors are allowed.
  let mode: MathMode
  /// The instruction sets of libmvec's that the processor has, widest vectors first.
  let vectorISAs: [VectorISA]
  /// Whether numbers are multiplied and added in one instruction, and as many at once as a vector has.
  ///
  /// Every processor of AArch64's has that.
  let hasFusedMultiplyAdd: Bool

  /// - Parameters:
  ///   - attribute: the text of a `#hal.executable.target`.
  ///   - mode: functions of vectors are called in ``MathMode/accurate`` only.
  init(targetAttribute attribute: String, mode: MathMode) {
    let target = KernelTarget(attribute: attribute)
    self.mode = mode
    architecture = target.architecture
    hasFusedMultiplyAdd =
      architecture == "aarch64" || target.features.isSuperset(of: ["avx2", "fma"])
    let known: [VectorISA] = [.avx512, .avx2, .sse]
    vectorISAs =
      mode == .accurate && architecture == "x86_64"
      ? known.filter { $0.requiredFeatures.allSatisfy(target.features.contains) } : []
  }

  /// Whether there is a math library for it.
  var hasMathLibrary: Bool { KernelMathLibraries.architectures.contains(architecture) }

  /// Whether C's `long double` has more digits than `double`, and musl functions that compute with them.
  var hasExtendedPrecision: Bool { architecture == "x86_64" }

  /// The vector functions there are, widest first.
  func vectorFunctions(_ function: MathFunction, _ type: FloatType) -> [VectorMathFunction] {
    vectorISAs.compactMap { function.vectorFunction(for: type, $0) }
  }
}
