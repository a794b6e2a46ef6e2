internal import SystemPackage

/// A command line in GNU ld's spelling, understood.
///
/// ```swift
/// let arguments = try LinkerArguments(["-shared", "-o", "f.so", "f.o", "-lm"])
/// arguments.options.outputKind  // .sharedLibrary
/// ```
///
/// What lld accepts is accepted, and means the same. What is not known is an error.
public struct LinkerArguments: Sendable {
  /// What only concerns the command that is run, not the link.
  public struct Command: Hashable, Sendable {
    /// `--explain`: say what was lowered, extracted, inlined, and why.
    public var explains = false
    /// `--time-phases`: say how long each phase took.
    public var timesPhases = false
    /// `--json`: say both as JSON.
    public var writesJSON = false
    /// `--quiet`, `-w`: no warnings.
    public var isQuiet = false
    /// `--verbose`.
    public var isVerbose = false
    /// `--version`, `-v`, `-V`: say the version.
    public var printsVersion = false
    /// `--help`: say how to use it.
    public var printsHelp = false
    /// Whether that is all there is to do: `--help`, `--version`, `-v` without inputs.
    public var endsThere = false
  }

  /// What to link and how.
  public internal(set) var options = LinkOptions()
  /// What only concerns the command.
  public internal(set) var command = Command()
  /// What was asked for and is not done, a sentence each; none of it makes the output wrong.
  public internal(set) var warnings: [String] = []

  // What holds for the inputs that follow.
  private var state = InputState()
  private var savedStates: [InputState] = []
  private var group: Int?
  private var groupCount = 0
  private var isInLibrary = false
  private var isBinary = false
  /// Whether the number of threads was given for link-time optimisation alone.
  var hasJobs = false

  // What is decided once the whole line is read.
  private var defaultScript: FilePath?
  private var isShared = false
  private var isPIE = false
  private var isRelocatable = false
  private var rejectsUndefined: Bool?
  private var warnsOfUndefined = false
  private var treatsWarningsAsErrors = false
  private var hasInputs = false

  /// Reads the arguments, without the command's own name.
  ///
  /// - Throws: ``LinkError``: `invalidArguments`, `unsupported`, or what is wrong with a response
  ///   file.
  public init(_ arguments: [String]) throws(LinkError) {
    options.arguments = arguments
    var expanded = try ResponseFile.expand(arguments)
    if expanded.first == "-flavor" {
      guard expanded.count > 1, ["gnu", "ld", "ld.lld"].contains(expanded[1]) else {
        throw LinkError(.invalidArguments, "'-flavor' is gnu here, and nothing else")
      }
      expanded.removeFirst(2)
    }
    var reader = OptionReader(expanded)
    while let word = try reader.read() {
      switch word {
      case .input(let path): addInput(.file(FilePath(path)))
      case .option(let option, let spelling, let value):
        try apply(option, spelling: spelling, value: value)
      }
    }
    try finish()
  }

  /// Takes one option.
  mutating func apply(
    _ option: KnownOption,
    spelling: String,
    value: String?
  ) throws(LinkError) {
    switch option.effect {
    case .none: break
    case .native:
      if let value { try check(option.name, value, spelling) }
      addNative(option.name, value)
    case .warned(let reason): warnings.append("'\(spelling)' has no effect: \(reason)")
    case .unsupported(let reason):
      throw LinkError(.unsupported, "'\(spelling)' has no effect here: \(reason)")
    case .understood:
      if let value {
        try applyValued(option.name, value, spelling: spelling)
      } else {
        try applyFlag(option.name)
      }
    }
  }

  /// Hands an option to lld.
  mutating func addNative(_ name: String, _ value: String?) {
    let words: [String]
    switch (name.utf8.count, value) {
    case (1, .some(let value)): words = name == "O" ? ["-O" + value] : ["-" + name, value]
    case (1, nil): words = ["-" + name]
    case (_, .some(let value)): words = ["--\(name)=\(value)"]
    case (_, nil): words = ["--" + name]
    }
    options.items.append(.nativeOption(words))
  }
}

// MARK: Inputs

extension LinkerArguments {
  /// What `--push-state` saves.
  private struct InputState {
    var isAsNeeded = false
    var isStatic = false
    var isWholeArchive = false
  }

  private mutating func addInput(_ source: LinkOptions.Input.Source) {
    var input = LinkOptions.Input(source)
    input.isWholeArchive = state.isWholeArchive
    input.isAsNeeded = state.isAsNeeded
    input.isStatic = state.isStatic
    input.isLazy = isInLibrary
    input.isBinary = isBinary
    input.group = group
    options.items.append(.input(input))
    hasInputs = true
  }

  /// `--start-group` and other options that change what follows; false for any other option.
  private mutating func changesInputs(_ name: String) throws(LinkError) -> Bool {
    switch name {
    case "Bdynamic": state.isStatic = false
    case "Bstatic": state.isStatic = true
    case "as-needed": state.isAsNeeded = true
    case "no-as-needed": state.isAsNeeded = false
    case "whole-archive": state.isWholeArchive = true
    case "no-whole-archive": state.isWholeArchive = false
    case "push-state": savedStates.append(state)
    case "pop-state":
      guard let saved = savedStates.popLast() else {
        throw LinkError(.invalidArguments, "--pop-state without --push-state")
      }
      state = saved
    case "start-group":
      guard group == nil else { throw LinkError(.invalidArguments, "nested --start-group") }
      groupCount += 1
      group = groupCount
    case "end-group":
      guard group != nil else {
        throw LinkError(.invalidArguments, "--end-group without --start-group")
      }
      group = nil
    case "start-lib":
      guard !isInLibrary else { throw LinkError(.invalidArguments, "nested --start-lib") }
      isInLibrary = true
    case "end-lib":
      guard isInLibrary else {
        throw LinkError(.invalidArguments, "--end-lib without --start-lib")
      }
      isInLibrary = false
    default: return false
    }
    return true
  }
}

// MARK: Options without a value

extension LinkerArguments {
  private mutating func applyFlag(_ name: String) throws(LinkError) {
    if try changesInputs(name) { return }
    if changesCommand(name) { return }
    switch name {
    case "fat-lto-objects": options.usesFatObjects = true
    case "no-fat-lto-objects": options.usesFatObjects = false
    case "keep-intrinsics": options.keepsIntrinsics = true
    case "lto-emit-llvm": options.emitsBitcode = true
    case "save-temps": options.savesTemporaries = true
    default:
      applySharedFlag(name)
      addNative(name, nil)
    }
  }

  /// Flags that lld must know too.
  private mutating func applySharedFlag(_ name: String) {
    switch name {
    case "shared": isShared = true
    case "dependent-libraries": options.usesDependentLibraries = true
    case "no-dependent-libraries": options.usesDependentLibraries = false
    case "pie": isPIE = true
    case "no-pie": isPIE = false
    case "relocatable": isRelocatable = true
    case "allow-multiple-definition": options.allowsMultipleDefinitions = true
    case "no-allow-multiple-definition": options.allowsMultipleDefinitions = false
    case "export-dynamic": options.exportsAllSymbols = true
    case "no-export-dynamic": options.exportsAllSymbols = false
    case "no-undefined": rejectsUndefined = true
    case "error-unresolved-symbols": warnsOfUndefined = false
    case "warn-unresolved-symbols", "noinhibit-exec": warnsOfUndefined = true
    case "nmagic", "omagic": state.isStatic = true
    case "nostdlib": options.ignoresScriptSearchPaths = true
    case "fatal-warnings": treatsWarningsAsErrors = true
    case "no-fatal-warnings": treatsWarningsAsErrors = false
    case "no-warnings": command.isQuiet = true
    case "verbose": command.isVerbose = true
    default: break
    }
  }

  private mutating func changesCommand(_ name: String) -> Bool {
    switch name {
    case "explain": command.explains = true
    case "time-phases": command.timesPhases = true
    case "json": command.writesJSON = true
    case "quiet": command.isQuiet = true
    case "help": command.printsHelp = true
    case "version":
      command.printsVersion = true
      command.endsThere = true
    case "v": command.printsVersion = true
    default: return false
    }
    return true
  }
}

// MARK: Options with a value

extension LinkerArguments {
  private mutating func applyValued(
    _ name: String,
    _ value: String,
    spelling: String
  ) throws(LinkError) {
    switch name {
    case "library":
      addInput(
        value.hasPrefix(":") ? .exactLibrary(String(value.dropFirst())) : .library(value)
      )
    case "output": options.output = FilePath(value)
    case "format":
      guard ["binary", "default", "elf"].contains(value) else {
        throw invalid(spelling, "the format is default, elf or binary")
      }
      isBinary = value == "binary"
    case "inline-math": options.mathInlining = try choice(value, spelling)
    case "vector-library": options.vectorLibrary = try choice(value, spelling)
    case "why-extract": options.extractionReport = FilePath(value)
    case "dependency-file": options.dependencyFile = FilePath(value)
    case "remap-inputs": try remapInputs(value, spelling)
    case "remap-inputs-file": try remapInputs(listedIn: FilePath(value))
    case "rsp-quoting":
      guard value == "posix" else {
        throw LinkError(.unsupported, "'\(spelling)': response files have posix quoting here")
      }
    case "plugin-opt", "mllvm", "lto", "lto-O", "lto-CGO", "save-temps", "thinlto-jobs",
      "lto-partitions":
      try applyLTO(name, value, spelling: spelling)
    default:
      try applyShared(name, value, spelling)
      addNative(name, value)
    }
  }

  /// Options that lld must know too.
  private mutating func applyShared(
    _ name: String,
    _ value: String,
    _ spelling: String
  ) throws(LinkError) {
    switch name {
    case "library-path": options.searchPaths.append(FilePath(value))
    case "sysroot": options.sysroot = value.isEmpty ? nil : FilePath(value)
    case "m": options.emulation = value
    case "entry": options.entry = value
    case "init": options.initializer = value
    case "fini": options.finalizer = value
    case "undefined": options.undefined.append(value)
    case "undefined-glob": options.undefinedPatterns.append(try glob(value, spelling))
    case "wrap": options.wrapped.append(value)
    case "defsym": try define(value, spelling)
    case "version-script": options.versionScripts.append(FilePath(value))
    case "dynamic-list": options.dynamicLists.append(FilePath(value))
    case "export-dynamic-symbol": options.exportedSymbols.append(try glob(value, spelling))
    case "export-dynamic-symbol-list": options.exportedSymbolLists.append(FilePath(value))
    case "exclude-libs":
      options.excludedLibraries += value.split { $0 == "," || $0 == ":" }.map(String.init)
    case "just-symbols": options.justSymbols.append(FilePath(value))
    case "script": options.linkerScripts.append(FilePath(value))
    case "default-script": defaultScript = FilePath(value)
    case "threads":
      guard let count = Int(value), count > 0 else {
        throw invalid(spelling, "a positive number is expected")
      }
      if !hasJobs { options.threadCount = count }
    case "unresolved-symbols":
      switch value {
      case "ignore-all", "ignore-in-object-files": rejectsUndefined = false
      case "report-all", "ignore-in-shared-libs": rejectsUndefined = true
      default:
        throw invalid(
          spelling,
          "expected ignore-all, report-all, ignore-in-object-files or ignore-in-shared-libs"
        )
      }
    case "z":
      switch value {
      case "defs": rejectsUndefined = true
      case "undefs": rejectsUndefined = false
      case "muldefs": options.allowsMultipleDefinitions = true
      default: break
      }
    default: break
    }
  }

  /// Values that would only fail in lld, when all the work is done.
  private func check(
    _ name: String,
    _ value: String,
    _ spelling: String
  ) throws(LinkError) {
    switch name {
    case "error-limit", "split-stack-adjust-size", "time-trace-granularity", "O":
      guard Int(value) != nil else { throw invalid(spelling, "a number is expected") }
    case "image-base":
      let digits = value.hasPrefix("0x") ? value.dropFirst(2) : value[...]
      guard UInt64(digits, radix: value.hasPrefix("0x") ? 16 : 10) != nil else {
        throw invalid(spelling, "a number is expected")
      }
    case "icf":
      guard ["all", "none", "safe"].contains(value) else {
        throw invalid(spelling, "expected all, safe or none")
      }
    case "hash-style":
      guard ["both", "gnu", "sysv"].contains(value) else {
        throw invalid(spelling, "expected sysv, gnu or both")
      }
    default: break
    }
  }

  private mutating func define(_ value: String, _ spelling: String) throws(LinkError) {
    guard let equals = value.firstIndex(of: "="), equals != value.startIndex,
      value.index(after: equals) != value.endIndex
    else {
      throw invalid(spelling, "expected SYMBOL=EXPRESSION")
    }
    let expression = String(value[value.index(after: equals)...])
    let name = String(value[..<equals])
    options.definedSymbols.append(LinkOptions.DefinedSymbol(name: name, expression: expression))
    options.keptSymbols += symbolNames(in: Array(expression.utf8))
  }

  private mutating func remapInputs(_ value: String, _ spelling: String) throws(LinkError) {
    guard let equals = value.firstIndex(of: "=") else {
      throw invalid(spelling, "expected PATTERN=FILE")
    }
    let replacement = FilePath(String(value[value.index(after: equals)...]))
    let pattern = try glob(String(value[..<equals]), spelling)
    options.remappedInputs.append(
      LinkOptions.InputRemapping(pattern: pattern, replacement: replacement)
    )
  }

  private mutating func remapInputs(listedIn path: FilePath) throws(LinkError) {
    let text = try TextFile(path)
    for (index, line) in text.bytes.split(separator: 10, omittingEmptySubsequences: false)
      .enumerated()
    {
      let words = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
        .split(whereSeparator: \.isWhitespace)
      for word in words {
        do {
          try remapInputs(String(word), String(word))
        } catch {
          throw LinkError(.malformed, error.message, file: text.location(line: index + 1))
        }
      }
    }
  }

  private func glob(_ pattern: String, _ spelling: String) throws(LinkError) -> String {
    guard SymbolPattern(pattern) != nil else {
      throw invalid(spelling, "a '[' in the pattern is not closed")
    }
    return pattern
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(
    _ value: String,
    _ spelling: String
  ) throws(LinkError) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: value) else {
      let choices = Choice.allCases.map(\.rawValue)
      throw invalid(spelling, "expected " + choices.joined(separator: ", "))
    }
    return choice
  }

  func invalid(_ spelling: String, _ reason: String) -> LinkError {
    LinkError(.invalidArguments, "'\(spelling)': \(reason)")
  }
}

// MARK: The whole line

extension LinkerArguments {
  private mutating func finish() throws(LinkError) {
    options.isStatic = state.isStatic
    options.outputKind =
      if isRelocatable {
        .relocatable
      } else if isShared {
        .sharedLibrary
      } else {
        .executable(positionIndependent: isPIE)
      }
    if options.linkerScripts.isEmpty, let defaultScript {
      options.linkerScripts = [defaultScript]
    }
    options.rejectsUndefined = rejectsUndefined == true && !warnsOfUndefined
    options.ignoresUndefined = rejectsUndefined == false || warnsOfUndefined
    command.endsThere =
      command.endsThere || command.printsHelp || (command.printsVersion && !hasInputs)
    guard !command.endsThere else { return }
    try checkContradictions()
    if command.isQuiet { warnings = [] }
    if treatsWarningsAsErrors, let warning = warnings.first {
      throw LinkError(.invalidArguments, warning, notes: Array(warnings.dropFirst()))
    }
  }

  private func checkContradictions() throws(LinkError) {
    guard hasInputs else { throw LinkError(.invalidArguments, "no input files") }
    let contradictions = [
      (isShared && isPIE, "-shared", "-pie"),
      (isRelocatable && isShared, "-r", "-shared"),
      (isRelocatable && isPIE, "-r", "-pie"),
      (isRelocatable && options.exportsAllSymbols, "-r", "--export-dynamic"),
    ]
    for (isContradiction, one, other) in contradictions where isContradiction {
      throw LinkError(.invalidArguments, "\(one) and \(other) contradict each other")
    }
    if options.keepsIntrinsics && !isRelocatable {
      throw LinkError(
        .invalidArguments,
        "--keep-intrinsics is for an output that is linked again: it needs -r"
      )
    }
  }
}
