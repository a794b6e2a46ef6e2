internal import SystemPackage

// What lld is told besides the inputs and its own options, which keep their order.

extension LinkOptions {
  /// What names the output.
  var outputArguments: [String] { ["-o", output.string] }

  /// How lld is to optimise bitcode, where it does the whole link, and what it is to write about it.
  var handOverArguments: [String] {
    var words = ["--lto-O\(optimizationLevel)"]
    if let level = codeGenerationLevel { words.append("--lto-CGO\(level)") }
    if let partitionCount { words.append("--lto-partitions=\(partitionCount)") }
    if let targetCPU { words.append("-plugin-opt=mcpu=\(targetCPU)") }
    if let targetFeatures { words.append("--mllvm=-mattr=\(targetFeatures)") }
    words += llvmOptions.map { "--mllvm=\($0)" }
    if let extractionReport { words.append("--why-extract=\(extractionReport)") }
    if let dependencyFile { words.append("--dependency-file=\(dependencyFile)") }
    return words
  }

  /// Whether every symbol that is referred to must be defined.
  var undefinedSymbolsAreErrors: Bool {
    switch outputKind {
    case .relocatable: false
    case .sharedLibrary: rejectsUndefined && !ignoresUndefined
    case .executable: !ignoresUndefined
    }
  }

  /// Whether lld may drop or fold single functions.
  var separatesFunctions: Bool {
    items.contains {
      guard case .nativeOption(let words) = $0, let word = words.first else { return false }
      return ["--gc-sections", "--icf=all", "--icf=safe"].contains(word)
    }
  }
}

extension SymbolResolution {
  /// Whether lld has so little to do that starting threads takes longer than they save.
  var isSmall: Bool { files.reduce(0) { $0 + $1.contents.count } < 1 << 20 }
}
