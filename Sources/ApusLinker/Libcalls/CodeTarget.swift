internal import ApusLLVM

/// What a function is compiled for, as far as it decides what the backend calls.
struct CodeTarget: Hashable, Sendable {
  /// The processor, `x86-64-v3`; empty for any.
  var cpu: String
  /// The features that decide, sorted: `+avx2,+fma`.
  var features: String
  /// Whether floating point is done by calls: `use-soft-float`.
  var isSoftFloat = false
  /// How much size matters: 0, 1 for `optsize`, 2 for `minsize`.
  var sizeLevel = 0

  /// A processor with features added or removed: `+avx2,-fma`.
  ///
  /// On x86-64 and AArch64 features that decide nothing here are left out, so that functions which
  /// differ in those only have the same signatures.
  init(cpu: String, features: String) {
    let all = features.split(separator: ",")
    // Later words take precedence.
    var decided: [Substring: Substring] = [:]
    for feature in all where feature.count > 1 {
      let name = feature.dropFirst()
      if Self.decidingFeatures.contains(name) { decided[name] = feature }
    }
    self.cpu = cpu
    self.features = decided.values.sorted().joined(separator: ",")
  }

  /// What a function says, and where it says nothing, `defaults`.
  init(of function: IRGlobal, defaults: CodeTarget) {
    let cpu = function.attribute("target-cpu")
    let features = function.attribute("target-features")
    self =
      cpu == nil && features == nil
      ? defaults : CodeTarget(cpu: cpu ?? defaults.cpu, features: features ?? defaults.features)
    isSoftFloat = function.attribute("use-soft-float") == "true"
    if function.hasAttribute("minsize") {
      sizeLevel = 2
    } else if function.hasAttribute("optsize") {
      sizeLevel = 1
    }
  }

  /// Whether a function has a feature, by name or by its processor.
  func has(_ feature: String) -> Bool { enabledFeatures?.contains(Substring(feature)) ?? false }

  /// Whether nothing is left to what a processor unknown here may have: compilers that name features
  /// name those that every processor has first.
  var isFullyKnown: Bool {
    Self.features(ofProcessor: cpu) != nil
      || ["+sse2", "+neon"].contains { features.split(separator: ",").contains(Substring($0)) }
  }

  /// All deciding features, the processor's too; nil if the processor is not known here.
  var enabledFeatures: Set<Substring>? {
    let own = features.split(separator: ",")
    guard var enabled = Self.features(ofProcessor: cpu) else {
      let named = Set(own.filter { $0.hasPrefix("+") }.map { $0.dropFirst() })
      return named.isEmpty ? nil : Self.withImplied(named)
    }
    for feature in own {
      let name = feature.dropFirst()
      if feature.hasPrefix("+") { enabled.insert(name) } else { enabled.remove(name) }
    }
    return Self.withImplied(enabled)
  }

  /// The features that, of x86-64 and AArch64, decide between a call and instructions.
  private static let decidingFeatures: Set<Substring> = [
    "x87", "sse", "sse2", "sse4.1", "avx", "avx2", "fma", "fma4", "f16c", "cx16", "soft-float",
    "avx512f", "avx512vl", "avx512dq", "avx512bw", "avx512fp16", "avx512bf16", "avxneconvert",
    "avx10.1", "avx10.2",
    "fp-armv8", "neon", "fullfp16", "bf16", "sve", "sve2", "sme", "lse", "lse2",
    "outline-atomics", "strict-align",
  ]

  /// What has another feature in it; LLVM removes a feature with what implies it, as is done above.
  private static let implied: [Substring: [Substring]] = [
    "avx512fp16": ["avx512bw", "avx512vl", "avx512dq"], "avx512bf16": ["avx512bw"],
    "avx512vl": ["avx512f"], "avx512dq": ["avx512f"], "avx512bw": ["avx512f"],
    "avx512f": ["avx2", "f16c", "fma"], "avxneconvert": ["avx2"], "fma4": ["avx"],
    "avx2": ["avx"], "fma": ["avx"], "f16c": ["avx"], "avx": ["sse4.1"],
  ]

  private static func withImplied(_ features: Set<Substring>) -> Set<Substring> {
    var all = features
    var fresh = Array(features)
    while let feature = fresh.popLast() {
      for other in implied[feature] ?? [] where all.insert(other).inserted { fresh.append(other) }
    }
    return all
  }

  private static func features(ofProcessor cpu: String) -> Set<Substring>? {
    levels.first { $0.processors.contains(cpu) }.map { Set($0.features.split(separator: " ")) }
  }

  /// Processors whose deciding features are those of a level of the x86-64 ABI.
  private static let levels: [(features: String, processors: Set<String>)] = [
    ("", ["", "generic", "x86-64", "k8", "opteron", "athlon64", "core2"]),
    ("sse4.1 cx16", ["x86-64-v2", "penryn", "nehalem", "westmere", "corei7"]),
    (
      "avx2 fma f16c cx16",
      [
        "x86-64-v3", "haswell", "core-avx2", "broadwell", "skylake", "alderlake", "raptorlake",
        "znver1", "znver2", "znver3",
      ]
    ),
    (
      "avx512f avx512vl avx512dq avx512bw cx16",
      [
        "x86-64-v4", "skylake-avx512", "skx", "cascadelake", "cannonlake", "icelake-client",
        "icelake-server", "rocketlake", "tigerlake",
      ]
    ),
  ]
}
