/// Which member of an archive defines a symbol: the archive's own index, completed.
///
/// Where the archive has no index, the symbols of all members are read. Where it has one, members
/// that it does not mention at all and that are bitcode are read too: GNU `ar` without LLVM's
/// plugin leaves them out. If several members define a symbol, it is the first in the archive.
struct ArchiveIndex: Sendable {
  /// A member whose symbols could not be read, and why.
  ///
  /// It is no error while nobody needs the member; where a symbol is found nowhere, it may be the
  /// reason.
  struct UnreadableMember: Sendable {
    /// The member's position.
    var member: Int
    /// What is wrong with it.
    var error: LinkError
  }

  /// The archive.
  let archive: Archive
  /// Members whose symbols could not be read.
  private(set) var unreadable: [UnreadableMember] = []
  private var table: SymbolNameTable

  /// Takes in the archive's index and reads the symbols of members it leaves out.
  ///
  /// - Parameters:
  ///   - archive: the archive.
  ///   - readWithLLVM: the symbols of bitcode that has no symbol table, or one of an LLVM that is
  ///     too old or too new to be trusted.
  init(
    _ archive: Archive,
    readWithLLVM: (FileSlice) throws -> [InputSymbol]
  ) {
    self.archive = archive
    guard let index = archive.symbolIndex else {
      table = SymbolNameTable(names: nil, capacity: archive.members.count)
      for member in archive.members { scan(member, onlyBitcode: false, readWithLLVM) }
      return
    }
    table = SymbolNameTable(names: index.names, capacity: index.entries.count)
    var isMentioned = [Bool](repeating: false, count: archive.members.count)
    for entry in index.entries {
      table.insert(entry.name, member: entry.member)
      isMentioned[entry.member] = true
    }
    for member in archive.members
    where !isMentioned[member.position] && archive.mayBeBitcode(member) {
      scan(member, onlyBitcode: true, readWithLLVM)
    }
  }

  /// The first member that defines the symbol.
  func member(defining symbol: String) -> ArchiveMember? {
    table.member(named: symbol).map { archive.members[$0] }
  }

  /// Every symbol that a member defines, in no particular order, with the first such member.
  var symbols: [(name: String, member: ArchiveMember)] {
    table.symbols.map { ($0.name, archive.members[$0.member]) }
  }

  /// Adds what a member defines.
  private mutating func scan(
    _ member: ArchiveMember,
    onlyBitcode: Bool,
    _ readWithLLVM: (FileSlice) throws -> [InputSymbol]
  ) {
    do {
      let contents = try archive.contents(of: member)
      let format = InputFormat(contents)
      let isBitcode = format == .bitcode || format == .wrappedBitcode
      guard isBitcode || !onlyBitcode else { return }
      let symbols: [InputSymbol]
      if isBitcode {
        let bitcode = try BitcodeFile(contents)
        symbols = try bitcode.symbolTable()?.inputSymbols ?? readWithLLVM(contents)
      } else if format == .relocatableObject {
        symbols = try ELFObject(contents).inputSymbols()
      } else {
        return
      }
      for symbol in symbols where !symbol.isUndefined {
        table.insert(symbol.name, member: member.position)
      }
    } catch let error as LinkError {
      unreadable.append(UnreadableMember(member: member.position, error: error))
    } catch {
      let error = LinkError(.malformed, "\(error)", file: archive.displayName(of: member))
      unreadable.append(UnreadableMember(member: member.position, error: error))
    }
  }
}

/// From names to members, for thousands of names in a fraction of a millisecond: an index is read
/// whole in every link, and few of its symbols are ever asked for.
///
/// An open hash table over one run of text, into which the names are copied at once.
private struct SymbolNameTable: Sendable {
  private struct Entry {
    var start: Int
    var count: Int
    var hash: Int
    var member: Int
  }

  private var text: [UInt8]
  private var entries: [Entry] = []
  /// A power of two of them: 1 more than a place in `entries`, or 0 where nothing is.
  private var slots: [UInt32]

  init(names: FileSlice?, capacity: Int) {
    text = names?.withUnsafeBytes { [UInt8]($0) } ?? []
    entries.reserveCapacity(capacity)
    var size = 64
    while size < 2 * capacity { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
  }

  /// The names and members.
  var symbols: [(name: String, member: Int)] {
    entries.map { entry in
      let name = text[entry.start..<(entry.start + entry.count)]
      return (String(decoding: name, as: UTF8.self), entry.member)
    }
  }

  /// Adds a name that is in the text given to the initializer.
  mutating func insert(_ name: Range<Int>, member: Int) {
    let (slot, hash) = text.withUnsafeBytes { find(UnsafeRawBufferPointer(rebasing: $0[name])) }
    insert(at: slot, start: name.lowerBound, count: name.count, hash: hash, member: member)
  }

  /// Adds a name.
  mutating func insert(_ name: String, member: Int) {
    var name = name
    let (slot, hash) = name.withUTF8 { find(UnsafeRawBufferPointer($0)) }
    let start = text.count
    if slots[slot] == 0 { text.append(contentsOf: name.utf8) }
    insert(at: slot, start: start, count: name.utf8.count, hash: hash, member: member)
  }

  /// The member that goes with a name.
  func member(named name: String) -> Int? {
    var name = name
    let slot = name.withUTF8 { find(UnsafeRawBufferPointer($0)).slot }
    return slots[slot] == 0 ? nil : entries[Int(slots[slot]) - 1].member
  }

  private mutating func insert(at slot: Int, start: Int, count: Int, hash: Int, member: Int) {
    guard slots[slot] == 0 else {
      let entry = Int(slots[slot]) - 1
      entries[entry].member = min(entries[entry].member, member)
      return
    }
    entries.append(Entry(start: start, count: count, hash: hash, member: member))
    slots[slot] = UInt32(truncatingIfNeeded: entries.count)
    if 2 * entries.count > slots.count { grow() }
  }

  /// The slot that the name is in, or would be.
  private func find(_ name: UnsafeRawBufferPointer) -> (slot: Int, hash: Int) {
    // Seeded anew in each process, so that no archive can be made whose names all collide.
    var hasher = Hasher()
    hasher.combine(bytes: name)
    let hash = hasher.finalize()
    var slot = hash & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, entry.count == name.count, isText(at: entry.start, name) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return (slot, hash)
  }

  private func isText(at start: Int, _ name: UnsafeRawBufferPointer) -> Bool {
    text.withUnsafeBytes { $0[start..<(start + name.count)].elementsEqual(name) }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: 2 * slots.count)
    for (place, entry) in entries.enumerated() {
      var slot = entry.hash & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: place + 1)
    }
  }
}
