/// A place in a section that depends on where a symbol ends up.
struct ELFRelocation: Hashable, Sendable {
  /// The section that has the place.
  var section: Int
  /// Where in the section.
  var offset: UInt64
  /// The symbol's number.
  var symbol: Int
  /// How the place depends on the symbol; a number that each machine has its own of.
  var type: UInt32
  /// What is added to the symbol's address.
  var addend: Int64
}

extension ELFObject {
  /// All relocations, section by section.
  func relocations() throws(LinkError) -> [ELFRelocation] {
    var relocations: [ELFRelocation] = []
    for table in sections.indices { try read(table, into: &relocations) }
    return relocations
  }

  /// A section's relocations.
  func relocations(ofSection section: Int) throws(LinkError) -> [ELFRelocation] {
    var relocations: [ELFRelocation] = []
    for table in sections.indices where sections[table].info == section {
      try read(table, into: &relocations)
    }
    return relocations
  }

  /// The function, or the labelled code, that a place in a section belongs to.
  ///
  /// - Parameter symbols: the object's own, as ``symbols()`` returns them.
  func functionContaining(
    section: Int,
    offset: UInt64,
    in symbols: [ELFSymbol]
  ) -> ELFSymbol? {
    var label: ELFSymbol?
    for symbol in symbols where symbol.place == .section(section) && symbol.value <= offset {
      if symbol.isFunction, offset - symbol.value < symbol.size { return symbol }
      // Assembly often gives neither type nor size: then the label before the place is it.
      guard symbol.isFunction || symbol.kind == .none, symbol.size == 0, !symbol.name.isEmpty
      else { continue }
      if symbol.value >= label?.value ?? 0 { label = symbol }
    }
    return label
  }

  /// The names of what refers to a symbol: functions, and data (or sections, where they have no
  /// name); each once, in the order of the file, and no more than `limit`.
  func referrers(to name: String, limit: Int = 10) throws(LinkError) -> [String] {
    let symbols = try symbols()
    var referrers: [String] = []
    // A function that refers often has its places in a row.
    var last: ELFSymbol?
    for relocation in try relocations()
    where symbols.indices.contains(relocation.symbol)
      && symbols[relocation.symbol].name == name
      && sections[relocation.section].flags.contains(.allocate)
      && sections[relocation.section].name != ".eh_frame"
    {
      if let last, last.covers(relocation) { continue }
      let owner =
        functionContaining(
          section: relocation.section,
          offset: relocation.offset,
          in: symbols
        )
        ?? symbols.first { $0.covers(relocation) }
      last = owner
      let referrer = owner?.name ?? sections[relocation.section].name
      if !referrers.contains(referrer) { referrers.append(referrer) }
      if referrers.count >= limit { break }
    }
    return referrers
  }

  /// Adds the relocations of a table, if that is what the section is.
  private func read(
    _ table: Int,
    into relocations: inout [ELFRelocation]
  ) throws(LinkError) {
    let header = sections[table]
    let hasAddend = header.kind == .relocations
    guard hasAddend || header.kind == .relocationsWithoutAddend else { return }
    // In a library or a program they are the loader's business and belong to no section.
    guard header.info != 0 else { return }
    guard sections.indices.contains(header.info) else {
      throw contents.malformed("relocates section \(header.info) of \(sections.count)")
    }
    let size = hasAddend ? 24 : 16
    let entries = try contents(of: table)
    relocations.reserveCapacity(relocations.count + entries.count / size)
    for entry in stride(from: 0, through: entries.count - size, by: size) {
      let info = try entries.integer(UInt64.self, at: entry + 8, "a relocation")
      relocations.append(
        ELFRelocation(
          section: header.info,
          offset: try entries.integer(at: entry, "a relocation"),
          symbol: Int(info >> 32),
          type: UInt32(truncatingIfNeeded: info),
          addend: hasAddend ? try entries.integer(at: entry + 16, "a relocation") : 0
        )
      )
    }
  }
}

extension ELFSymbol {
  /// Whether the place is in what the symbol names.
  fileprivate func covers(_ relocation: ELFRelocation) -> Bool {
    place == .section(relocation.section) && value <= relocation.offset
      && relocation.offset - value < size
  }
}
