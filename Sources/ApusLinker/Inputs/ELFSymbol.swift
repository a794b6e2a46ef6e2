/// A symbol of an ELF file.
struct ELFSymbol: Hashable, Sendable {
  /// How definitions of the same name get along.
  enum Binding: UInt8, Hashable, Sendable {
    case local = 0
    case global = 1
    case weak = 2
    /// A global symbol of which a process has one, whatever libraries it loads.
    case unique = 10
  }

  /// What it stands for.
  struct Kind: RawRepresentable, Hashable, Sendable {
    var rawValue: UInt8

    static let none = Kind(rawValue: 0)
    static let object = Kind(rawValue: 1)
    static let function = Kind(rawValue: 2)
    static let section = Kind(rawValue: 3)
    static let file = Kind(rawValue: 4)
    static let common = Kind(rawValue: 5)
    static let threadLocal = Kind(rawValue: 6)
    /// A function that chooses the function: `STT_GNU_IFUNC`.
    static let indirectFunction = Kind(rawValue: 10)
  }

  /// Where it is.
  enum Place: Hashable, Sendable {
    /// Elsewhere: it is referred to.
    case undefined
    /// At a fixed address.
    case absolute
    /// Wherever the linker makes room for it.
    case common
    /// In the section of this number.
    case section(Int)
  }

  /// Its name; a section's symbol has none.
  var name: String
  /// Local, global, weak or unique.
  var binding: Binding
  /// What it stands for.
  var kind: Kind
  /// Who may see it.
  var visibility: InputSymbol.Visibility
  /// Where it is.
  var place: Place
  /// Its offset in the section, or its address; a common symbol's alignment.
  var value: UInt64
  /// How long it is; 0 if nobody said.
  var size: UInt64

  /// Whether it is a function, or chooses one.
  var isFunction: Bool { kind == .function || kind == .indirectFunction }

  /// How a common symbol is to be aligned.
  var commonAlignment: UInt64 { max(1, value) }
}
