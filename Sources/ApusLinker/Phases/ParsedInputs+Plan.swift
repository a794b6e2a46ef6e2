internal import ApusMath

// Whether lld alone is enough, found without opening LLVM, which takes as long as a small link.

extension ParsedInputs {
  /// Whether symbol resolution may find something to do here that lld would not do as well.
  ///
  /// It may where bitcode is to be linked whose symbol tables show math that a library offers, where an archive
  /// has members that are bitcode only (lld would compile every one that the backend might call), and
  /// where there is bitcode that lld does not read.
  func mayNeedLinkTimeOptimization(_ options: LinkOptions) -> Bool {
    guard mayHaveBitcode else { return false }
    if options.outputKind == .relocatable || options.savesTemporaries { return true }
    if archives.contains(where: \.hasBitcodeMembers) { return true }
    if lazyFiles.contains(where: \.isBitcode) { return true }
    let files =
      elements.compactMap { if case .file(let file) = $0 { file } else { nil } }
      + lazyFiles.map { File(contents: $0.contents, format: $0.format, item: $0.item) }
    return files.contains { file in
      switch file.format {
      case .relocatableObject:
        // A fat object, whose bitcode lld leaves alone.
        return options.usesFatObjects
          && ((try? ELFObject(file.contents).embeddedBitcode()) ?? nil) != nil
      case .bitcode, .wrappedBitcode:
        guard let table = (try? BitcodeFile(file.contents).symbolTable()) ?? nil else {
          return true
        }
        return refersToOfferedMath(table)
      default:
        return true
      }
    }
  }

  /// Whether bitcode uses math that an archive has functions for.
  private func refersToOfferedMath(_ table: BitcodeSymbolTable) -> Bool {
    guard !archives.isEmpty || !lazyFiles.isEmpty else { return false }
    for name in table.intrinsicNames {
      guard let function = function(ofIntrinsic: name) else { continue }
      let names = FloatType.allCases.flatMap { type in
        [MathLibrary.glibc, .musl].compactMap { function.name(for: type, in: $0) }
      }
      if names.contains(where: isOffered) { return true }
    }
    return table.inputSymbols.contains { symbol in
      symbol.isUndefined && MathFunction.named(inC: symbol.name) != nil && isOffered(symbol.name)
    }
  }

  /// The function that an intrinsic stands for, constrained or not, on vectors or not.
  private func function(ofIntrinsic name: String) -> MathFunction? {
    if let vector = MathFunction.vector(intrinsic: name) { return vector.function }
    let constrained = "llvm.experimental.constrained."
    let plain = name.hasPrefix(constrained) ? "llvm." + name.dropFirst(constrained.count) : name
    // Types follow: llvm.lround.i64.f64.
    let words = plain.split(separator: ".").prefix(2)
    return MathFunction.standing(forIntrinsic: words.joined(separator: "."))
  }

  private func isOffered(_ name: String) -> Bool {
    archives.contains { $0.index.member(defining: name) != nil }
      || lazyFiles.contains { $0.definedSymbols.contains(name) }
  }
}
