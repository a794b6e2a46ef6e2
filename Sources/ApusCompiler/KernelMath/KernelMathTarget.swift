internal import ApusMath

/// What the math of a kernel can be compiled to: its processor, as IREE's target attribute has it.
struct KernelMathTarget: Hashable {
  /// LLVM's name of the architecture: `x86_64`.
  let architecture: String
  /// Which errors are allowed.
  let mode: MathMode
  /// The instruction sets of libmvec's that the processor has, widest vectors first.
  let vectorISAs: [VectorISA]

  /// - Parameters:
  ///   - attribute: the text of a `#hal.executable.target`.
  ///   - mode: functions of vectors are called in ``MathMode/accurate`` only.
  init(targetAttribute attribute: String, mode: MathMode) {
    self.mode = mode
    let triple = Self.value(of: "target_triple", in: attribute)
    // `<"llvm-cpu", "embedded-elf-x86_64", {...}>`: older spellings have no triple.
    let format = attribute.split(separator: "\"").first { $0.hasPrefix("embedded-elf-") }
    let name = triple?.prefix { $0 != "-" } ?? format?.dropFirst("embedded-elf-".count) ?? ""
    architecture = name == "arm_64" ? "aarch64" : String(name)
    var features = Set(
      (Self.value(of: "cpu_features", in: attribute) ?? "").split(separator: ",")
        .filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) }
    )
    // IREE lists the features of some processors without those that they imply.
    for (feature, implied) in Self.implications where features.contains(feature) {
      features.formUnion(implied)
    }
    let known: [VectorISA] = [.avx512, .avx2, .sse]
    vectorISAs =
      mode == .accurate && architecture == "x86_64"
      ? known.filter { $0.requiredFeatures.allSatisfy(features.contains) } : []
  }

  /// In an order in which one pass is enough.
  private static let implications: [(feature: String, implied: [String])] = [
    ("avx512f", ["avx2", "fma"]), ("avx2", ["avx"]), ("fma", ["avx"]), ("avx", ["sse4.2"]),
    ("sse4.2", ["sse4.1"]),
  ]

  private static func value(of key: String, in attribute: String) -> Substring? {
    guard let range = attribute.firstRange(of: "\(key) = \"") else { return nil }
    return attribute[range.upperBound...].prefix { $0 != "\"" }
  }

  /// Whether there is a math library for it.
  var hasMathLibrary: Bool { KernelMathLibraries.architectures.contains(architecture) }

  /// Whether vectors are multiplied and added in one instruction, in a mode in which that helps.
  ///
  /// Every processor of AArch64's has that.
  var hasFusedMultiplyAdd: Bool {
    vectorISAs.contains(.avx2) || mode == .accurate && architecture == "aarch64"
  }

  /// Whether C's `long double` has more digits than `double`, and musl functions that compute with them.
  var hasExtendedPrecision: Bool { architecture == "x86_64" }

  /// The vector functions there are, widest first.
  func vectorFunctions(_ function: MathFunction, _ type: FloatType) -> [VectorMathFunction] {
    vectorISAs.compactMap { function.vectorFunction(for: type, $0) }
  }
}
