/// An ELF shared library: what it offers and what it wants.
struct SharedLibrary: Sendable {
  /// A symbol of the library.
  struct Symbol: Hashable, Sendable {
    /// Its name and nature.
    var symbol: InputSymbol
    /// Its version, `GLIBC_2.27`; nil if it has none.
    var version: String?
    /// Whether a reference without a version means this one; `@@` and not `@`.
    var isDefaultVersion: Bool
  }

  /// The file.
  let file: ELFObject
  /// The name that programs ask the loader for; nil if it is the file's own.
  let name: String?
  /// The names of libraries it wants loaded, in order.
  let needed: [String]
  /// What others can refer to, old versions too.
  let exports: [Symbol]
  /// What it wants from others: whoever defines it must keep it, and export it.
  let references: [Symbol]

  /// Reads the dynamic symbol table.
  ///
  /// - Throws: `LinkError` if the file is damaged, or has lost its section headers.
  init(_ contents: FileSlice) throws(LinkError) {
    let file = try ELFObject(contents)
    guard !file.sections.isEmpty else {
      throw LinkError(
        .unsupported,
        "has no section headers: link the library from before it was stripped of them",
        file: contents.name
      )
    }
    self.file = file
    (name, needed) = try Self.readDynamicSection(file)
    (exports, references) = try Self.readSymbols(file)
  }

  /// What symbol resolution knows of the library: what references without a version can mean, and
  /// what it wants.
  var inputSymbols: [InputSymbol] {
    exports.filter(\.isDefaultVersion).map(\.symbol) + references.map(\.symbol)
  }

  private static func readDynamicSection(
    _ file: ELFObject
  ) throws(LinkError) -> (String?, [String]) {
    guard let section = file.firstSection(.dynamic) else { return (nil, []) }
    let entries = try file.contents(of: section)
    let strings = try file.contents(of: file.sections[section].link)
    var name: String?
    var needed: [String] = []
    for entry in stride(from: 0, through: entries.count - 16, by: 16) {
      let tag = try entries.integer(Int64.self, at: entry, "a dynamic entry")
      if tag == 0 { break }
      guard tag == 1 || tag == 14 else { continue }
      let offset = try entries.length(UInt64.self, at: entry + 8, "a library's name")
      let text = try strings.text(at: offset, "a library's name")
      if tag == 14 { name = text } else { needed.append(text) }
    }
    return (name, needed)
  }

  private static func readSymbols(
    _ file: ELFObject
  ) throws(LinkError) -> (exports: [Symbol], references: [Symbol]) {
    guard let table = file.firstSection(.dynamicSymbols) else { return ([], []) }
    let symbols = try file.symbols(ofTable: table)
    let numbers = try file.sections.firstIndex { $0.kind == .symbolVersions && $0.link == table }
      .map { (section) throws(LinkError) in try file.contents(of: section) }
    let versions = try readVersions(file)
    var exports: [Symbol] = []
    var references: [Symbol] = []
    for (index, symbol) in symbols.enumerated() {
      guard symbol.visibility != .hidden, symbol.kind != .section,
        let input = file.inputSymbol(symbol, comdats: [:])
      else { continue }
      let number = try numbers?.integer(UInt16.self, at: index * 2, "a symbol's version") ?? 1
      let version = Int(number & 0x7FFF)
      if version >= 2, versions[version] == nil {
        throw file.contents.malformed("'\(symbol.name)' has version \(version), which has no name")
      }
      let versioned = Symbol(
        symbol: input,
        version: versions[version],
        isDefaultVersion: number & 0x8000 == 0
      )
      if input.isUndefined {
        references.append(versioned)
      } else if version != 0 {
        // Version 0 is for symbols that a version script made local.
        exports.append(versioned)
      }
    }
    return (exports, references)
  }

  /// The names of versions by number: those it defines, and those it wants of others.
  private static func readVersions(_ file: ELFObject) throws(LinkError) -> [Int: String] {
    var versions: [Int: String] = [:]
    if let section = file.firstSection(.versionDefinitions) {
      let table = try file.contents(of: section)
      let strings = try file.contents(of: file.sections[section].link)
      for entry in try linkedRecords(in: table, from: 0, nextAt: 16) {
        let flags = try table.integer(UInt16.self, at: entry + 2, "a version")
        let number = try table.integer(UInt16.self, at: entry + 4, "a version")
        // The first is the library's own name and versions nothing.
        guard flags & 1 == 0 else { continue }
        let name = entry + Int(try table.integer(UInt32.self, at: entry + 12, "a version"))
        let offset = Int(try table.integer(UInt32.self, at: name, "a version's name"))
        versions[Int(number & 0x7FFF)] = try strings.text(at: offset, "a version's name")
      }
    }
    if let section = file.firstSection(.versionNeeds) {
      let table = try file.contents(of: section)
      let strings = try file.contents(of: file.sections[section].link)
      var budget = table.count / 16
      for library in try linkedRecords(in: table, from: 0, nextAt: 12) {
        let first = library + Int(try table.integer(UInt32.self, at: library + 8, "a version"))
        let entries = try linkedRecords(in: table, from: first, nextAt: 12)
        // No two libraries share a record, or a small table could take for ever.
        budget -= entries.count
        guard budget >= 0 else { throw table.malformed("the versions it needs overlap") }
        for entry in entries {
          let number = try table.integer(UInt16.self, at: entry + 6, "a version")
          let offset = Int(try table.integer(UInt32.self, at: entry + 8, "a version's name"))
          versions[Int(number & 0x7FFF)] = try strings.text(at: offset, "a version's name")
        }
      }
    }
    return versions
  }

  /// Where records are each of which says how far it is to the next; the last says 0.
  private static func linkedRecords(
    in table: FileSlice,
    from start: Int,
    nextAt position: Int
  ) throws(LinkError) -> [Int] {
    var records = [start]
    while true {
      let record = records[records.count - 1]
      let next = Int(try table.integer(UInt32.self, at: record + position, "the next version"))
      if next == 0 { return records }
      guard records.count <= table.count / 16 else {
        throw table.malformed("its versions overlap")
      }
      records.append(record + next)
    }
  }
}
