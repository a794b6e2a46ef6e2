/// What the link knows of every global symbol.
///
/// A symbol is referred to by its place in the table, which never changes.
struct SymbolTable {
  /// A symbol and who defines it.
  struct Symbol {
    let name: String
    var definition = Definition.nobody
    /// Whether every reference to it is weak, so that it may stay undefined.
    var isWeakReference = true
    /// Whether anything refers to it by name.
    var isReferenced = false
    /// Whether a library's definition is extracted even if every reference is weak.
    var isExtractedIfOffered = false
    /// Whether machine code refers to it, or defines it: passes must leave it visible.
    var isSeenByMachineCode = false
    /// Whether a shared library refers to it.
    var isSeenBySharedLibrary = false
    /// The strictest visibility that any of the inputs asks for.
    var visibility = InputSymbol.Visibility.default
    /// The first place that refers to it.
    var firstReference: Reference?
  }

  /// Who defines a symbol.
  enum Definition: Equatable {
    /// Nobody yet.
    case nobody
    /// A file that is part of the link.
    case file(Int, Strength)
    /// A shared library, by its place among them.
    case sharedLibrary(Int)
    /// The command line (`--defsym`) or a linker script.
    case commandLine

    /// Which of two definitions wins.
    enum Strength: Int, Comparable {
      case weak
      case common
      case strong

      static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
    }
  }

  private(set) var symbols: [Symbol] = []
  private var places: [String: Int] = [:]

  /// The place of a symbol, which is made if it is new.
  mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = symbols.count
    symbols.append(Symbol(name: name))
    return symbols.count - 1
  }

  /// The place of a symbol; nil if nobody mentioned it.
  func existingPlace(of name: String) -> Int? { places[name] }

  subscript(place: Int) -> Symbol {
    get { symbols[place] }
    _modify { yield &symbols[place] }
  }

  /// The symbol of that name; nil if nobody mentioned it.
  subscript(name: String) -> Symbol? { places[name].map { symbols[$0] } }

  /// The file that defines a symbol; nil if none does.
  func definingFile(of name: String) -> Int? {
    guard case .file(let file, _)? = self[name]?.definition else { return nil }
    return file
  }

  /// A name that is nearly `name` and defined, for a message.
  func nearName(to name: String) -> String? {
    nearestName(to: name, among: symbols.lazy.filter { $0.definition != .nobody }.map(\.name))
  }
}
