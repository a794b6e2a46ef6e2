internal import SystemPackage

extension LinkOptions {
  /// What names the output on lld's command line.
  var outputArguments: [String] { ["-o", output.string] }

  /// Whether lld may drop or fold single functions.
  var separatesFunctions: Bool {
    items.contains {
      guard case .nativeOption(let words) = $0, let word = words.first else { return false }
      return ["--gc-sections", "--icf=all", "--icf=safe"].contains(word)
    }
  }
}
