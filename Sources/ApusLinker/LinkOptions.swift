public import SystemPackage

/// Everything a link needs to know: the inputs in order, and how to make one file of them.
///
/// ``LinkerArguments`` makes it of a command line in GNU ld's spelling.
public struct LinkOptions: Sendable {
  /// What the output is.
  public enum OutputKind: Hashable, Sendable {
    /// A program, position-independent or not.
    case executable(positionIndependent: Bool)
    /// A shared library.
    case sharedLibrary
    /// An object, or an archive, that is linked again.
    case relocatable
  }

  /// How much of a library's machine code is compiled again, so that it can be inlined.
  public enum MathInlining: String, Hashable, Sendable, CaseIterable {
    /// Nothing: library functions are called.
    case none
    /// Functions that are small enough for inlining to pay; the rest is used as machine code.
    case small
    /// Every function there is bitcode of.
    case all
  }

  /// Which library's vector functions may stand for vectors of scalar ones.
  public enum VectorLibrary: String, Hashable, Sendable, CaseIterable {
    /// None: a vector intrinsic becomes a call for each element.
    case none
    /// glibc's, at most 4 ulp, where the link line offers it.
    case libmvec
  }

  /// One word, or more, of the command that makes the final file, in the order given.
  public enum Item: Hashable, Sendable {
    /// An input.
    case input(Input)
    /// An option for lld, with its operands, as lld spells it.
    case nativeOption([String])
  }

  /// A file, or the name of a library to look for, and the options in force where it stands.
  public struct Input: Hashable, Sendable {
    /// What was written.
    public enum Source: Hashable, Sendable {
      /// A path.
      case file(FilePath)
      /// `-lNAME`: `libNAME.so` or `libNAME.a` in the search path.
      case library(String)
      /// `-l:NAME`: this very file in the search path.
      case exactLibrary(String)
    }

    /// What was written.
    public var source: Source
    /// `--whole-archive`: extract every member.
    public var isWholeArchive = false
    /// `--as-needed`: a shared library counts only if it defines something needed.
    public var isAsNeeded = false
    /// `-Bstatic`: archives only.
    public var isStatic = false
    /// The `--start-group` it is in; groups are searched until nothing more is extracted.
    public var group: Int?
    /// `--start-lib`: an object that is extracted as an archive's member would be.
    public var isLazy = false

    /// An input with no options in force.
    public init(_ source: Source) { self.source = source }
  }

  /// The file to make.
  public var output: FilePath = "a.out"
  /// What it is.
  public var outputKind: OutputKind = .executable(positionIndependent: false)
  /// Inputs and lld's own options, in the order given.
  public var items: [Item] = []
  /// `-L`, in order.
  public var searchPaths: [FilePath] = []
  /// `--sysroot`: the folder that `=` and `$SYSROOT` stand for.
  public var sysroot: FilePath?
  /// `-static`: only archives are searched for.
  public var isStatic = false

  /// `-e`: where the program begins; nil for `_start`.
  public var entry: String?
  /// `-u`: symbols to extract members for.
  public var undefined: [String] = []
  /// `--wrap`: references to NAME go to `__wrap_NAME`, references to `__real_NAME` to NAME.
  public var wrapped: [String] = []
  /// `--defsym NAME=EXPRESSION`.
  public var definedSymbols: [DefinedSymbol] = []
  /// `--version-script` files.
  public var versionScripts: [FilePath] = []
  /// `--dynamic-list` files.
  public var dynamicLists: [FilePath] = []
  /// `--export-dynamic`: a program exports all its symbols.
  public var exportsAllSymbols = false
  /// `--export-dynamic-symbol` patterns.
  public var exportedSymbols: [String] = []
  /// `--exclude-libs`: archives none of whose symbols are exported; `ALL` is every one.
  public var excludedLibraries: [String] = []
  /// `--allow-multiple-definition`: the first definition wins.
  public var allowsMultipleDefinitions = false
  /// `--no-undefined`, `-z defs`: a shared library's symbols must be defined too.
  public var rejectsUndefined = false
  /// `--unresolved-symbols=ignore-all` and its like: an executable may have undefined symbols.
  public var ignoresUndefined = false

  /// `-O0` to `-O3`, `--lto-O`.
  public var optimizationLevel = 2
  /// `-plugin-opt=mcpu`: the processor; nil for what each function says.
  public var targetCPU: String?
  /// `-mattr`: features, `+avx2,-fma`.
  public var targetFeatures: String?
  /// How many threads may generate code; nil for as many as there are processors.
  public var threadCount: Int?
  /// `--fat-lto-objects` (the default): the bitcode of an object that has machine code too is used.
  public var usesFatObjects = true
  /// Which library functions become candidates for inlining.
  public var mathInlining = MathInlining.small
  /// Whose vector functions are used.
  public var vectorLibrary = VectorLibrary.libmvec
  /// `--keep-intrinsics`: a relocatable output keeps its intrinsics for the next link to resolve.
  public var keepsIntrinsics = false
  /// `--save-temps`: intermediate files are left beside the output.
  public var savesTemporaries = false
  /// The arguments as they were given, for handing the whole link to lld.
  public var arguments: [String] = []

  /// The defaults.
  public init() {}

  /// A symbol that the command line defines.
  public struct DefinedSymbol: Hashable, Sendable {
    /// The symbol.
    public var name: String
    /// Its value, in lld's expression syntax.
    public var expression: String

    /// NAME=EXPRESSION.
    public init(name: String, expression: String) {
      self.name = name
      self.expression = expression
    }
  }
}
