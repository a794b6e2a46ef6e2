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
  ///
  /// The output, the state that inputs carry (``Input/isAsNeeded`` and others) and what only
  /// concerns link-time optimisation are not among them. What both the pipeline and lld must know,
  /// as `-shared`, is here and in a property.
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
    /// `--format=binary`: bytes to wrap as data, whatever they look like.
    public var isBinary = false
    /// The file that was found for it; nil before ``LinkOptions/resolvingInputs()``.
    public var path: FilePath?

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
  /// `-static`, with no `-Bdynamic` after it: only archives are searched for.
  public var isStatic = false
  /// `-nostdlib`: linker scripts add no folders to search.
  public var ignoresScriptSearchPaths = false
  /// `--remap-inputs`: files that are taken in the place of others.
  public var remappedInputs: [InputRemapping] = []
  /// `--no-dependent-libraries` unsets it: libraries that objects ask for are linked.
  public var usesDependentLibraries = true
  /// `-m`: the target, in ld's words, `elf_x86_64`; nil for that of the inputs.
  public var emulation: String?

  /// `-e`: where the program begins; nil for `_start`.
  public var entry: String?
  /// `-u`, EXTERN in a script: symbols to extract members for.
  public var undefined: [String] = []
  /// `--undefined-glob`: the same, by pattern.
  public var undefinedPatterns: [String] = []
  /// `--init`: the function to run when the output is loaded.
  public var initializer = "_init"
  /// `--fini`: the function to run when it is unloaded.
  public var finalizer = "_fini"
  /// Symbols, or patterns of them, that scripts, `--defsym` and their like refer to.
  ///
  /// lld looks for them in the end, so they must stay visible. ``resolvingInputs()`` adds what
  /// linker scripts name.
  public var keptSymbols: [String] = []
  /// Sections, or patterns of them, that linker scripts KEEP: what is in them must stay.
  public var keptSections: [String] = []
  /// `--just-symbols`: files whose symbols count as defined at fixed addresses.
  public var justSymbols: [FilePath] = []
  /// `--wrap`: references to NAME go to `__wrap_NAME`, references to `__real_NAME` to NAME.
  public var wrapped: [String] = []
  /// `--defsym NAME=EXPRESSION`.
  public var definedSymbols: [DefinedSymbol] = []
  /// `-T`, else `--default-script`: scripts that lay out the output.
  public var linkerScripts: [FilePath] = []
  /// `--version-script` files.
  public var versionScripts: [FilePath] = []
  /// `--dynamic-list` files.
  public var dynamicLists: [FilePath] = []
  /// `--export-dynamic`: a program exports all its symbols.
  public var exportsAllSymbols = false
  /// `--export-dynamic-symbol` patterns.
  public var exportedSymbols: [String] = []
  /// `--export-dynamic-symbol-list` files.
  public var exportedSymbolLists: [FilePath] = []
  /// `--exclude-libs`: archives none of whose symbols are exported; `ALL` is every one.
  public var excludedLibraries: [String] = []
  /// `--allow-multiple-definition`: the first definition wins.
  public var allowsMultipleDefinitions = false
  /// `--no-undefined`, `-z defs`: a shared library's symbols must be defined too.
  public var rejectsUndefined = false
  /// `--unresolved-symbols=ignore-all` and its like: an executable may have undefined symbols.
  public var ignoresUndefined = false

  /// `--lto-O0` to `--lto-O3`; lld's own `-O` is about the layout of the output.
  public var optimizationLevel = 2
  /// `--lto-CGO0` to `--lto-CGO3`: the effort of code generation; nil for the optimisation level.
  public var codeGenerationLevel: Int?
  /// `-plugin-opt=mcpu`: the processor; nil for what each function says.
  public var targetCPU: String?
  /// `-mattr`: features, `+avx2,-fma`.
  public var targetFeatures: String?
  /// `-mllvm`, `-plugin-opt=-...`: what LLVM itself is told, a word each, with its dashes.
  public var llvmOptions: [String] = []
  /// `--fat-lto-objects` (the default): the bitcode of an object that has machine code too is used.
  public var usesFatObjects = true
  /// Which library functions become candidates for inlining.
  public var mathInlining = MathInlining.small
  /// Whose vector functions are used.
  public var vectorLibrary = VectorLibrary.libmvec
  /// `--threads`, `--thinlto-jobs`: on how many threads code is generated; nil for as many as there are
  /// processors.
  ///
  /// The output does not depend on it.
  public var threadCount: Int?
  /// `--lto-partitions`: in how many parts code is generated, if it can be taken apart; nil for what the
  /// program's size suggests.
  public var partitionCount: Int?
  /// `--keep-intrinsics`: a relocatable output keeps its intrinsics for the next link to resolve.
  public var keepsIntrinsics = false
  /// `--lto-emit-llvm`: the output is the optimised bitcode; no code is generated.
  public var emitsBitcode = false
  /// `--save-temps`: intermediate files are left beside the output.
  public var savesTemporaries = false
  /// `--why-extract`: where to write which member was extracted for which symbol.
  public var extractionReport: FilePath?
  /// `--dependency-file`: where to write, as a makefile, what the output is made of.
  public var dependencyFile: FilePath?
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

  /// A file that is taken in the place of every input that a pattern matches.
  public struct InputRemapping: Hashable, Sendable {
    /// Which inputs, by the path they are found at.
    public var pattern: String
    /// What is read instead.
    public var replacement: FilePath

    /// PATTERN=FILE.
    public init(pattern: String, replacement: FilePath) {
      self.pattern = pattern
      self.replacement = replacement
    }
  }
}
