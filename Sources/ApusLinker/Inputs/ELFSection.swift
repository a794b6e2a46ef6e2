/// A section of an ELF file.
struct ELFSection: Sendable {
  /// What a section holds: `SHT_...`.
  struct Kind: RawRepresentable, Hashable, Sendable {
    var rawValue: UInt32

    static let symbolTable = Kind(rawValue: 2)
    static let stringTable = Kind(rawValue: 3)
    static let relocations = Kind(rawValue: 4)
    static let dynamic = Kind(rawValue: 6)
    /// It has a size and no bytes.
    static let noBits = Kind(rawValue: 8)
    static let relocationsWithoutAddend = Kind(rawValue: 9)
    static let dynamicSymbols = Kind(rawValue: 11)
    static let group = Kind(rawValue: 17)
    /// The numbers of sections that do not fit into a symbol.
    static let extendedIndexes = Kind(rawValue: 18)
    /// Names of libraries that the object asks for.
    static let dependentLibraries = Kind(rawValue: 0x6FFF_4C04)
    /// Bitcode beside machine code: LLVM's fat objects.
    static let llvmLTO = Kind(rawValue: 0x6FFF_4C0C)
    static let versionDefinitions = Kind(rawValue: 0x6FFF_FFFD)
    static let versionNeeds = Kind(rawValue: 0x6FFF_FFFE)
    static let symbolVersions = Kind(rawValue: 0x6FFF_FFFF)
  }

  /// What is done with a section: `SHF_...`.
  struct Flags: OptionSet, Hashable, Sendable {
    var rawValue: UInt64

    static let write = Flags(rawValue: 1)
    static let allocate = Flags(rawValue: 2)
    static let execute = Flags(rawValue: 4)
    static let group = Flags(rawValue: 0x200)
    static let threadLocal = Flags(rawValue: 0x400)
    static let compressed = Flags(rawValue: 0x800)
    static let exclude = Flags(rawValue: 0x8000_0000)
  }

  /// Its name.
  var name: String
  /// What it holds.
  var kind: Kind
  /// What is done with it.
  var flags: Flags
  /// How long it is, in the file or in memory.
  var size: Int
  /// Where it is in the file; meaningless for ``Kind/noBits``.
  var fileOffset: UInt64
  /// A section it belongs to: `sh_link`.
  var link: Int
  /// More, depending on what it is: `sh_info`.
  var info: Int
  /// How long each of its entries is; 0 if it has none.
  var entrySize: Int
}
