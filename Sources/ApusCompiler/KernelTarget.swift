/// A processor that kernels are compiled for, as IREE's target attribute has it.
struct KernelTarget: Hashable {
  /// LLVM's name of the architecture: `x86_64`.
  let architecture: String
  /// LLVM's names of the features it has, with those that they imply.
  let features: Set<String>

  /// - Parameter attribute: the text of a `#hal.executable.target`.
  init(attribute: some StringProtocol) {
    let attribute = String(attribute)
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
    self.features = features
  }

  /// In an order in which one pass is enough.
  private static let implications: [(feature: String, implied: [String])] = [
    ("avx512vl", ["avx512f"]), ("avx512f", ["avx2", "fma"]), ("avx2", ["avx"]), ("fma", ["avx"]),
    ("avx", ["sse4.2"]),
    ("sse4.2", ["sse4.1"]),
  ]

  private static func value(of key: String, in attribute: String) -> Substring? {
    guard let range = attribute.firstRange(of: "\(key) = \"") else { return nil }
    return attribute[range.upperBound...].prefix { $0 != "\"" }
  }
}
