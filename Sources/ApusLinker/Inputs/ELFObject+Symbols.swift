extension ELFObject {
  private static let symbolSize = 24

  /// The symbols, local ones too, in the order of the table, so that relocations can refer to them
  /// by number.
  func symbols() throws(LinkError) -> [ELFSymbol] {
    guard let table = firstSection(.symbolTable) else { return [] }
    return try symbols(ofTable: table)
  }

  /// What symbol resolution knows of the object: symbols that are not local.
  func inputSymbols() throws(LinkError) -> [InputSymbol] {
    guard let table = firstSection(.symbolTable) else { return [] }
    var comdats: [Int: String] = [:]
    if firstSection(.group) != nil {
      for group in try groups(symbols: try symbols(ofTable: table)) where group.isCOMDAT {
        for section in group.sections { comdats[section] = group.signature }
      }
    }
    // Local symbols come first, and the table says how many.
    let symbols = try symbols(ofTable: table, from: sections[table].info)
    return symbols.compactMap { inputSymbol($0, comdats: comdats) }
  }

  /// The symbols of a table, from one on.
  func symbols(ofTable table: Int, from first: Int = 0) throws(LinkError) -> [ELFSymbol] {
    let entries = try contents(of: table)
    let names = try contents(of: sections[table].link)
    let count = entries.count / Self.symbolSize
    guard entries.count % Self.symbolSize == 0, first <= count else {
      throw contents.malformed("the symbol table has no whole number of symbols")
    }
    let extended = sections.firstIndex { $0.kind == .extendedIndexes && $0.link == table }
    let extendedIndexes = try extended.map { (section) throws(LinkError) in
      try contents(of: section)
    }
    var symbols: [ELFSymbol] = []
    symbols.reserveCapacity(count - first)
    for index in first..<count {
      symbols.append(
        try symbol(index, in: entries, names: names, extendedIndexes: extendedIndexes)
      )
    }
    return symbols
  }

  /// What resolution knows of a symbol; nil if it is none of its business.
  func inputSymbol(_ symbol: ELFSymbol, comdats: [Int: String]) -> InputSymbol? {
    guard symbol.binding != .local, !symbol.name.isEmpty else { return nil }
    var input = InputSymbol(name: symbol.name)
    input.binding = symbol.binding == .weak ? .weak : .global
    input.visibility = symbol.visibility
    input.isThreadLocal = symbol.kind == .threadLocal
    input.isFunction = symbol.isFunction
    switch symbol.place {
    case .undefined:
      input.definition = .undefined
    case .absolute:
      input.definition = .defined
    case .common:
      input.definition = .common(size: symbol.size, alignment: symbol.commonAlignment)
    case .section(let section):
      input.definition = .defined
      input.isExecutable = sections[section].flags.contains(.execute)
      input.comdat = comdats[section]
    }
    return input
  }

  private func symbol(
    _ index: Int,
    in entries: FileSlice,
    names: FileSlice,
    extendedIndexes: FileSlice?
  ) throws(LinkError) -> ELFSymbol {
    let entry = index * Self.symbolSize
    let nameOffset = Int(try entries.integer(UInt32.self, at: entry, "a symbol"))
    let info = try entries.integer(UInt8.self, at: entry + 4, "a symbol")
    let other = try entries.integer(UInt8.self, at: entry + 5, "a symbol")
    let section = try entries.integer(UInt16.self, at: entry + 6, "a symbol")
    let name = nameOffset == 0 ? "" : try names.text(at: nameOffset, "the name of symbol \(index)")
    guard let binding = ELFSymbol.Binding(rawValue: info >> 4) else {
      throw contents.malformed("symbol '\(name)' has the unknown binding \(info >> 4)")
    }
    let place: ELFSymbol.Place
    switch section {
    case 0:
      place = .undefined
    case 0xFFF1:
      place = .absolute
    case 0xFFF2, 0xFF02:
      // The second is x86-64's for commons that may be far away.
      place = .common
    case 0xFFFF:
      guard let extendedIndexes else {
        throw contents.malformed("symbol '\(name)' needs the table of section numbers: not there")
      }
      let number = try extendedIndexes.integer(UInt32.self, at: index * 4, "a section's number")
      place = .section(Int(number))
    default:
      place = .section(Int(section))
    }
    if case .section(let number) = place, !sections.indices.contains(number) {
      throw contents.malformed("symbol '\(name)' is in section \(number) of \(sections.count)")
    }
    return ELFSymbol(
      name: name,
      binding: binding,
      kind: ELFSymbol.Kind(rawValue: info & 0xF),
      visibility: other & 3 == 0 ? .default : other & 3 == 3 ? .protected : .hidden,
      place: place,
      value: try entries.integer(at: entry + 8, "a symbol"),
      size: try entries.integer(at: entry + 16, "a symbol")
    )
  }
}

extension ELFObject {
  /// Sections that are kept or dropped together.
  struct Group: Hashable, Sendable {
    /// The name of the group.
    var signature: String
    /// Whether one of the groups of this name is kept and the others are dropped.
    var isCOMDAT: Bool
    /// The sections' numbers.
    var sections: [Int]
  }

  /// The groups.
  func groups() throws(LinkError) -> [Group] {
    guard firstSection(.group) != nil else { return [] }
    return try groups(symbols: try symbols())
  }

  private func groups(symbols: [ELFSymbol]) throws(LinkError) -> [Group] {
    var groups: [Group] = []
    for (index, section) in sections.enumerated() where section.kind == .group {
      let words = try contents(of: index)
      let flags = try words.integer(UInt32.self, at: 0, "the group's flags")
      guard symbols.indices.contains(section.info) else {
        throw contents.malformed("a group is named after symbol \(section.info): not there")
      }
      var signature = symbols[section.info].name
      if signature.isEmpty, case .section(let named) = symbols[section.info].place {
        signature = sections[named].name
      }
      var members: [Int] = []
      for position in stride(from: 4, through: words.count - 4, by: 4) {
        let member = Int(try words.integer(UInt32.self, at: position, "the group's section"))
        guard sections.indices.contains(member) else {
          throw contents.malformed(
            "group '\(signature)' has section \(member) of \(sections.count)"
          )
        }
        members.append(member)
      }
      groups.append(Group(signature: signature, isCOMDAT: flags & 1 != 0, sections: members))
    }
    return groups
  }
}
