// What follows from symbol resolution for the rest of the link.

extension SymbolResolution {
  /// Whether there is anything to be done here that lld would not do as well.
  ///
  /// lld optimises bitcode itself. It goes wrong where a library of bitcode has functions that the backend may
  /// call, and it reads neither the text of LLVM's assembly language nor, unless told to, the bitcode of
  /// fat objects.
  func needsLinkTimeOptimization(_ reader: ModuleReader, _ options: LinkOptions) -> Bool {
    guard files.contains(where: \.isBitcode) else { return false }
    if options.outputKind == .relocatable || options.savesTemporaries { return true }
    if files.contains(where: { $0.isBitcode && InputFormat($0.contents) != .bitcode }) {
      return true
    }
    if files.contains(where: { $0.isLibraryCode }) { return true }
    if inputs.lazyFiles.contains(where: { file in
      file.isBitcode && file.definedSymbols.contains { reader.isLibcallName($0) }
    }) {
      return true
    }
    return inputs.archives.contains { archive in
      archive.hasBitcodeMembers
        && archive.index.symbols.contains { reader.isLibcallName($0.name) }
    }
  }

  /// The item of the command line where the first bitcode stood.
  var placeOfCompiledObject: Int? {
    files.lazy.filter(\.isBitcode).compactMap { file in
      switch file.origin {
      case .commandLine(let item): item
      case .archive(let archive, _): self.inputs.archives[archive].item
      }
    }.min()
  }

  /// Whether an item of the command line became part of the compiled object, or is bitcode that nobody needs.
  func isBitcodeItem(_ item: Int) -> Bool {
    files.contains { $0.isBitcode && $0.origin == .commandLine(item: item) }
      || inputs.lazyFiles.contains { $0.item == item && $0.isBitcode }
  }

  /// The members of an archive whose machine code is linked.
  func machineCode(ofArchive archive: Int) -> [InputFile] {
    files.filter { file in
      guard case .archive(archive, _) = file.origin else { return false }
      return !file.isBitcode
    }
  }

  /// Whether all definitions of a symbol are common ones.
  func isCommon(_ name: String) -> Bool {
    if case .file(_, .common)? = table[name]?.definition { return true }
    return false
  }

  /// The file that defines a function, for a message.
  func file(defining function: String?) -> String {
    guard let function, let file = table.definingFile(of: function) else {
      return files.first(where: \.isBitcode)?.name ?? "the program"
    }
    return files[file].name
  }
}

extension ELFObject {
  /// The functions there is code for.
  func definedFunctions() throws(LinkError) -> [String] {
    var names: [String] = []
    for symbol in try symbols() where symbol.isFunction {
      if case .section = symbol.place { names.append(symbol.name) }
    }
    return names
  }
}
