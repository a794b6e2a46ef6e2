internal import ApusLLVM

/// Which definitions in bitcode somebody outside of it needs: passes must leave those alone.
struct VisibleSymbols {
  private let resolution: SymbolResolution
  private let options: LinkOptions
  private let exports: ExportRules
  /// What the command line mentions by name.
  private let named: Set<String>
  private let namedPatterns: [SymbolPattern]

  /// - Throws: `LinkError` if a version script or a list cannot be read.
  init(_ resolution: SymbolResolution, options: LinkOptions) throws(LinkError) {
    self.resolution = resolution
    self.options = options
    exports = try ExportRules(options)
    var named = Set(options.undefined)
    named.insert(options.entry ?? "_start")
    named.formUnion([options.initializer, options.finalizer])
    for name in options.wrapped {
      named.formUnion([name, "__wrap_" + name, "__real_" + name])
    }
    for definition in options.definedSymbols {
      named.insert(definition.name)
      named.formUnion(identifiers(in: definition.expression))
    }
    named.formUnion(options.keptSymbols)
    self.named = named
    namedPatterns = (options.keptSymbols + options.undefinedPatterns)
      .compactMap(SymbolPattern.init)
  }

  /// Whether a definition in bitcode must keep its name and stay visible.
  func mustStayVisible(_ name: String, definedBy global: IRGlobal) -> Bool {
    guard let symbol = resolution.table[name] else { return true }
    if symbol.isSeenByMachineCode || symbol.isSeenBySharedLibrary || named.contains(name) {
      return true
    }
    if namedPatterns.contains(where: { $0.matches(name) }) { return true }
    if let section = global.section, !options.keptSections.isEmpty {
      return options.keptSections.compactMap(SymbolPattern.init).contains { $0.matches(section) }
    }
    return isExported(name, global, symbol)
  }

  /// Whether the finished file has the symbol for others to use.
  private func isExported(
    _ name: String,
    _ global: IRGlobal,
    _ symbol: SymbolTable.Symbol
  ) -> Bool {
    if options.outputKind == .relocatable { return true }
    guard symbol.visibility != .hidden, global.visibility != .hidden else { return false }
    if exports.isExportedByName(name) { return true }
    switch options.outputKind {
    case .relocatable:
      return true
    case .sharedLibrary:
      return exports.visibility(of: name) != .local && !isFromExcludedLibrary(name)
    case .executable:
      return options.exportsAllSymbols && exports.visibility(of: name) != .local
    }
  }

  /// Whether `--exclude-libs` names the library that a definition is from.
  func isFromExcludedLibrary(_ name: String) -> Bool {
    guard let file = resolution.table.definingFile(of: name),
      case .archive(let archive, _) = resolution.files[file].origin
    else { return false }
    let contents = resolution.inputs.archives[archive].archive.contents
    return contents.path.map { exports.excludes(archive: $0) } ?? false
  }
}
