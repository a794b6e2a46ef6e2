// The compiler puts into each bitcode file what linkers need for symbol resolution, so that they
// need not load the module: https://llvm.org/docs/BitCodeFormat.html, SYMTAB_BLOCK. The layout is in
// LLVM's IRSymtab.h: a header, then tables of fixed-size entries of 32-bit words, with names as
// (offset, size) in the file's string table.

/// The symbol table that a compiler put into a bitcode file.
struct BitcodeSymbolTable: Sendable {
  /// Which of several groups of the same name is kept.
  enum SelectionKind: UInt32, Hashable, Sendable {
    case any = 0
    case exactMatch = 1
    case largest = 2
    /// All are.
    case noDeduplicate = 3
    case sameSize = 4
  }

  /// A group that is kept or dropped as a whole.
  struct Comdat: Hashable, Sendable {
    var name: String
    var selection: SelectionKind
  }

  /// What a symbol is: the bits of `storage::Symbol::Flags`.
  struct Flags: OptionSet, Hashable, Sendable {
    var rawValue: UInt32

    static let hasUncommon = Flags(rawValue: 1 << 2)
    static let undefined = Flags(rawValue: 1 << 3)
    static let weak = Flags(rawValue: 1 << 4)
    static let common = Flags(rawValue: 1 << 5)
    /// An alias or an ifunc.
    static let indirect = Flags(rawValue: 1 << 6)
    /// In `llvm.used`, or the name of a function that the backend calls.
    static let used = Flags(rawValue: 1 << 7)
    static let threadLocal = Flags(rawValue: 1 << 8)
    /// May be left out of a shared library's symbols if nothing else refers to it.
    static let mayOmit = Flags(rawValue: 1 << 9)
    static let global = Flags(rawValue: 1 << 10)
    /// LLVM's own: intrinsics, `llvm.used`.
    static let formatSpecific = Flags(rawValue: 1 << 11)
    static let unnamedAddress = Flags(rawValue: 1 << 12)
    static let executable = Flags(rawValue: 1 << 13)
  }

  /// One symbol.
  struct Symbol: Hashable, Sendable {
    /// As the object file will spell it.
    var name: String
    /// As the module spells it; empty for a symbol of assembly.
    var irName: String
    /// What it is.
    var flags: Flags
    /// Who may see it.
    var visibility: InputSymbol.Visibility
    /// Its group's place in ``BitcodeSymbolTable/comdats``.
    var comdat: Int?
    /// A common symbol's size and alignment.
    var commonSize: UInt64 = 0
    var commonAlignment: UInt64 = 0
    /// The section it is asked to be in; empty if it does not matter.
    var section = ""
    /// Which of the file's modules it is in.
    var module: Int
  }

  /// The only layout there is since LLVM 13.
  private static let layoutVersion: UInt32 = 3
  /// Writers before this one are not vouched for by tests.
  private static let oldestProducer = 17

  /// The LLVM that wrote it: `22.1.8`.
  let producer: String
  /// What the modules are for.
  let targetTriple: String
  /// What they were compiled from.
  let sourceFileName: String
  /// Groups, in order.
  let comdats: [Comdat]
  /// Symbols, in the modules' order; intrinsics and local ones too.
  let symbols: [Symbol]
  /// Libraries that `#pragma comment(lib, ...)` asks for.
  let dependentLibraries: [String]

  /// Reads the table; nil if it is of another layout or writer, or not of all of the file's modules.
  init?(_ table: FileSlice, names: FileSlice, moduleCount: Int) throws(LinkError) {
    let reader = TableReader(table: table, names: names)
    guard try reader.word(0) == Self.layoutVersion else { return nil }
    producer = try reader.text(at: 4)
    guard let major = Int(producer.prefix { $0.isASCII && $0.isNumber }),
      major >= Self.oldestProducer
    else { return nil }
    let modules = try reader.range(at: 12, entrySize: 12)
    guard modules.count == moduleCount else { return nil }
    comdats = try reader.comdats(try reader.range(at: 20, entrySize: 12))
    symbols = try reader.symbols(
      modules: modules,
      symbols: try reader.range(at: 28, entrySize: 24),
      uncommons: try reader.range(at: 36, entrySize: 24),
      comdatCount: comdats.count
    )
    targetTriple = try reader.text(at: 44)
    sourceFileName = try reader.text(at: 52)
    dependentLibraries = try reader.texts(try reader.range(at: 68, entrySize: 8))
  }

  /// What a table says of libraries, without the symbols.
  static func dependentLibraries(
    of table: FileSlice,
    names: FileSlice
  ) throws(LinkError) -> [String] {
    let reader = TableReader(table: table, names: names)
    guard try reader.word(0) == layoutVersion else { return [] }
    return try reader.texts(try reader.range(at: 68, entrySize: 8))
  }

  /// What symbol resolution knows of the modules: no local symbols, nothing of LLVM's own.
  var inputSymbols: [InputSymbol] {
    symbols.compactMap { symbol in
      guard symbol.flags.contains(.global), !symbol.flags.contains(.formatSpecific) else {
        return nil
      }
      var input = InputSymbol(name: symbol.name)
      if symbol.flags.contains(.common) {
        input.definition = .common(
          size: symbol.commonSize,
          alignment: max(1, symbol.commonAlignment)
        )
      } else {
        input.definition = symbol.flags.contains(.undefined) ? .undefined : .defined
      }
      input.binding = symbol.flags.contains(.weak) ? .weak : .global
      input.visibility = symbol.visibility
      input.isThreadLocal = symbol.flags.contains(.threadLocal)
      input.isFunction = symbol.flags.contains(.executable)
      input.isExecutable = symbol.flags.isSuperset(of: .executable) && !input.isUndefined
      if let index = symbol.comdat, comdats[index].selection != .noDeduplicate {
        input.comdat = comdats[index].name
      }
      return input
    }
  }

  /// The names of intrinsics that the modules declare: `llvm.sin.f64`.
  var intrinsicNames: [String] {
    symbols.filter { $0.flags.isSuperset(of: [.formatSpecific, .undefined]) }.map(\.irName)
  }
}

/// The table's bytes and how entries refer to each other.
private struct TableReader {
  typealias Symbol = BitcodeSymbolTable.Symbol
  typealias Comdat = BitcodeSymbolTable.Comdat

  /// A row of entries.
  struct Rows {
    var start: Int
    var count: Int
  }

  let table: FileSlice
  let names: FileSlice

  func word(_ position: Int) throws(LinkError) -> UInt32 {
    try table.integer(at: position, "the bitcode's symbol table")
  }

  /// A reference to rows, checked so that all of them are there.
  func range(at position: Int, entrySize: Int) throws(LinkError) -> Rows {
    let start = Int(try word(position))
    let count = Int(try word(position + 4))
    _ = try table.slice(at: start, count: count * entrySize, "the bitcode's symbol table")
    return Rows(start: start, count: count)
  }

  /// A reference to a name.
  func text(at position: Int) throws(LinkError) -> String {
    let start = Int(try word(position))
    let count = Int(try word(position + 4))
    if count == 0 { return "" }
    return try names.slice(at: start, count: count, "a name in the bitcode's symbol table").text
  }

  func texts(_ rows: Rows) throws(LinkError) -> [String] {
    var texts: [String] = []
    for index in 0..<rows.count { texts.append(try text(at: rows.start + index * 8)) }
    return texts
  }

  func comdats(_ rows: Rows) throws(LinkError) -> [Comdat] {
    var comdats: [Comdat] = []
    for index in 0..<rows.count {
      let entry = rows.start + index * 12
      let kind = try word(entry + 8)
      guard let selection = BitcodeSymbolTable.SelectionKind(rawValue: kind) else {
        throw table.malformed("the bitcode's symbol table has a COMDAT of unknown kind \(kind)")
      }
      comdats.append(Comdat(name: try text(at: entry), selection: selection))
    }
    return comdats
  }

  func symbols(
    modules: Rows,
    symbols: Rows,
    uncommons: Rows,
    comdatCount: Int
  ) throws(LinkError) -> [Symbol] {
    var result: [Symbol] = []
    result.reserveCapacity(symbols.count)
    for module in 0..<modules.count {
      let entry = modules.start + module * 12
      let first = Int(try word(entry))
      let end = Int(try word(entry + 4))
      var uncommon = Int(try word(entry + 8))
      guard first == result.count, end >= first, end <= symbols.count else {
        throw table.malformed("the bitcode's symbol table contradicts itself")
      }
      for index in first..<end {
        var symbol = try self.symbol(at: symbols.start + index * 24, module, comdatCount)
        if symbol.flags.contains(.hasUncommon) {
          guard uncommon < uncommons.count else {
            throw table.malformed("the bitcode's symbol table contradicts itself")
          }
          let rare = uncommons.start + uncommon * 24
          symbol.commonSize = UInt64(try word(rare))
          symbol.commonAlignment = UInt64(try word(rare + 4))
          symbol.section = try text(at: rare + 16)
          uncommon += 1
        }
        result.append(symbol)
      }
    }
    return result
  }

  private func symbol(
    at entry: Int,
    _ module: Int,
    _ comdatCount: Int
  ) throws(LinkError) -> Symbol {
    let comdat = try word(entry + 16)
    let flags = try word(entry + 20)
    guard comdat == .max || comdat < comdatCount else {
      throw table.malformed("the bitcode's symbol table refers to a COMDAT that is not there")
    }
    return Symbol(
      name: try text(at: entry),
      irName: try text(at: entry + 8),
      flags: BitcodeSymbolTable.Flags(rawValue: flags & ~3),
      visibility: InputSymbol.Visibility(rawValue: UInt8(flags & 3)) ?? .default,
      comdat: comdat == .max ? nil : Int(comdat),
      module: module
    )
  }
}
