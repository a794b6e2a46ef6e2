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

  /// The items of the command line that became part of the compiled object, or are bitcode that nobody needs.
  var bitcodeItems: Set<Int> {
    var items: Set<Int> = []
    for file in files where file.isBitcode {
      if case .commandLine(let item) = file.origin { items.insert(item) }
    }
    for file in inputs.lazyFiles where file.isBitcode { items.insert(file.item) }
    return items
  }

  /// The members whose machine code is linked, by archive.
  var machineCodeMembers: [Int: [InputFile]] {
    var members: [Int: [InputFile]] = [:]
    for file in files where !file.isBitcode {
      if case .archive(let archive, _) = file.origin { members[archive, default: []].append(file) }
    }
    return members
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
