internal import SystemPackage

/// What the command line says about which symbols are exported: version scripts, dynamic lists,
/// `--export-dynamic-symbol`, `--exclude-libs`, read and ready to be asked.
struct ExportRules: Sendable {
  private var versionScripts: [VersionScript] = []
  private var dynamicLists: [SymbolPatternList] = []
  private var exportedPatterns: [SymbolPattern] = []
  private let excludedLibraries: Set<String>

  /// Whether something is exported, or hidden, by name.
  let areEmpty: Bool

  /// Reads the files that the options name.
  init(_ options: LinkOptions) throws(LinkError) {
    let search = LibrarySearch(options)
    func text(_ path: FilePath) throws(LinkError) -> TextFile {
      try TextFile(fileExists(path) ? path : search.file(path.string) ?? path)
    }
    for path in options.versionScripts {
      versionScripts.append(try VersionScript(try text(path)))
    }
    for path in options.dynamicLists + options.exportedSymbolLists {
      dynamicLists.append(try SymbolPatternList(dynamicList: try text(path)))
    }
    exportedPatterns = options.exportedSymbols.compactMap(SymbolPattern.init)
    excludedLibraries = Set(options.excludedLibraries)
    areEmpty = versionScripts.isEmpty && dynamicLists.isEmpty && exportedPatterns.isEmpty
  }

  /// What the version scripts say of a symbol; the first that mentions it counts.
  func visibility(of symbol: String) -> SymbolVisibility {
    for script in versionScripts {
      let visibility = script.visibility(of: symbol)
      if visibility != .unmentioned { return visibility }
    }
    return .unmentioned
  }

  /// Whether a dynamic list or `--export-dynamic-symbol` names a symbol, so that it is exported even
  /// from a program.
  func isExportedByName(_ symbol: String) -> Bool {
    dynamicLists.contains { $0.mayMatch(symbol) }
      || exportedPatterns.contains { $0.matches(symbol) }
  }

  /// `--exclude-libs`: whether no symbol of an archive is exported.
  func excludes(archive path: FilePath) -> Bool {
    !excludedLibraries.isEmpty
      && (excludedLibraries.contains("ALL")
        || path.lastComponent.map { excludedLibraries.contains($0.string) } == true)
  }
}
