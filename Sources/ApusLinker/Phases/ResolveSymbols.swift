internal import ApusMath

// Which file defines each symbol, and which members of archives that needs.
//
// The rules are lld's, since lld makes the final file: inputs are taken in order, the first definition
// wins, and an archive's members are extracted for references that come before it or after it.
//
// References come from symbol tables, as everywhere, and from the intrinsics of each bitcode module as it
// becomes part of the link: a call the backend would make is an undefined symbol like any other, so that
// exactly the members are extracted that it needs. Passes and code generation may still invent calls that
// nobody could foresee. They show in the object that comes out, and resolution goes on with them: see
// CheckToFixpoint.swift.

/// Symbol resolution, which goes on as long as files become part of the link.
final class SymbolResolution {
  /// What can define symbols when they are needed, in the order of the command line.
  enum Provider {
    case archive(Int)
    case sharedLibrary(Int)
    /// An object between `--start-lib` and `--end-lib`.
    case lazyFile(Int)
  }

  private(set) var table = SymbolTable()
  private(set) var files: [InputFile] = []
  private(set) var extractions: [Extraction] = []
  /// References from intrinsics, by symbol, that nobody defines.
  private(set) var duplicates: [LinkError] = []
  /// In which round files are added now.
  var round = 0

  let inputs: ParsedInputs
  private let options: LinkOptions
  private let reader: any BitcodeReader
  private let wrapped: Set<String>
  private var providers: [Provider] = []
  private var extractedMembers: Set<InputFile.Origin> = []
  private var extractedLazyFiles: Set<Int> = []
  private var comdatOwners: [String: Int] = [:]
  /// Bitcode whose intrinsics are still to be looked at.
  ///
  /// They wait for the whole command line, as with lld: no line of the program refers to those functions,
  /// so its own definitions come before any library's, wherever they stand.
  private var intrinsicQueue: [InputFile] = []
  private var nextInIntrinsicQueue = 0
  private var hasReadCommandLine = false
  /// The files that are library code.
  private var libraryCodeNames: Set<String> = []
  /// Files whose symbols are still to be looked at, so that long chains of members need no deep stack.
  private var queue: [InputFile] = []

  init(_ inputs: ParsedInputs, options: LinkOptions, reader: any BitcodeReader) {
    self.inputs = inputs
    self.options = options
    self.reader = reader
    wrapped = Set(options.wrapped)
  }

  /// Resolves everything that the command line names.
  ///
  /// - Throws: `LinkError` if a file cannot be read.
  func resolveCommandLine() throws {
    let commandLine = Reference(file: "the command line")
    for definition in options.definedSymbols {
      table[table.place(of: definition.name)].definition = .commandLine
    }
    for path in options.justSymbols {
      for symbol in try ELFObject(FileSlice(mapping: path)).inputSymbols() where !symbol.isUndefined
      {
        table[table.place(of: symbol.name)].definition = .commandLine
      }
    }
    for name in options.undefined { refer(to: name, from: commandLine) }
    for name in namesOnCommandLine { refer(to: name, from: commandLine, isWeak: true) }
    for definition in options.definedSymbols {
      for name in identifiers(in: definition.expression) {
        table[table.place(of: name)].isSeenByMachineCode = true
      }
    }
    for element in inputs.elements {
      switch element {
      case .file(let file):
        try add(file.contents, file.format, origin: .commandLine(item: file.item), nil)
      case .lazyFile(let place):
        provide(.lazyFile(place))
      case .archive(let place):
        if inputs.archives[place].isWholeArchive {
          try addEveryMember(of: place)
        } else {
          provide(.archive(place))
        }
      case .sharedLibrary(let place):
        let library = inputs.sharedLibraries[place]
        provide(.sharedLibrary(place))
        for symbol in library.undefinedSymbols {
          let place = refer(to: symbol.name, from: Reference(file: library.name), isWeak: true)
          table[place].isSeenBySharedLibrary = true
          if !symbol.isWeak { extractIfOffered(place) }
        }
      }
      try drainQueue()
    }
    hasReadCommandLine = true
    for name in namesOnCommandLine { extractIfOffered(table.place(of: name)) }
    try drainQueue()
  }

  /// What the command line mentions: extracted where a library has it, and no error where none has.
  private var namesOnCommandLine: [String] {
    var names = options.keptSymbols
    if let entry = options.entry {
      names.append(entry)
    } else if case .executable = options.outputKind {
      names.append("_start")
    }
    for definition in options.definedSymbols { names += identifiers(in: definition.expression) }
    return names
  }

  /// Extracts a member that defines a symbol, though nobody insists on a definition.
  private func extractIfOffered(_ place: Int) {
    table[place].isExtractedIfOffered = true
    if table[place].definition == .nobody { wanted.append(place) }
  }

  // MARK: References

  /// Notes that something refers to a symbol, and extracts a member that defines it.
  @discardableResult
  func refer(
    to name: String,
    from reference: Reference,
    isWeak: Bool = false,
    extracts: Bool = true
  ) -> Int {
    let place = table.place(of: target(ofReferenceTo: name))
    if !isWeak && !reference.isLibcall { table[place].isWeakReference = false }
    table[place].isReferenced = true
    if table[place].firstReference == nil || table[place].firstReference?.isLibcall == true {
      table[place].firstReference = reference
    }
    if !isWeak, extracts, table[place].definition == .nobody { wanted.append(place) }
    return place
  }

  /// Symbols to look for among the providers.
  private var wanted: [Int] = []

  /// `--wrap`: what a reference by this name means.
  func target(ofReferenceTo name: String) -> String {
    if wrapped.contains(name) { return "__wrap_" + name }
    if name.hasPrefix("__real_"), wrapped.contains(String(name.dropFirst(7))) {
      return String(name.dropFirst(7))
    }
    return name
  }

  /// Extracts what is wanted until nothing more is.
  func drainQueue() throws {
    while true {
      if let file = queue.popLast() {
        try takeIn(file)
      } else if let place = wanted.popLast() {
        guard table[place].definition == .nobody else { continue }
        for provider in providers where try extract(place, from: provider) { break }
      } else if hasReadCommandLine, nextInIntrinsicQueue < intrinsicQueue.count {
        // In order, so that it is the first file that says what the link is for.
        nextInIntrinsicQueue += 1
        try takeInLibcalls(of: intrinsicQueue[nextInIntrinsicQueue - 1])
      } else {
        return
      }
    }
  }

  /// Adds a provider; what was looked for in vain is looked for there.
  private func provide(_ provider: Provider) {
    providers.append(provider)
    for place in table.symbols.indices {
      let symbol = table[place]
      guard symbol.definition == .nobody, symbol.isReferenced, isStrongOrLibcall(symbol) else {
        continue
      }
      wanted.append(place)
    }
  }

  private func isStrongOrLibcall(_ symbol: SymbolTable.Symbol) -> Bool {
    !symbol.isWeakReference || symbol.isExtractedIfOffered
      || symbol.firstReference?.isLibcall == true
  }

  /// Whether the provider defines the symbol, which is then part of the link.
  private func extract(_ place: Int, from provider: Provider) throws -> Bool {
    let name = table[place].name
    switch provider {
    case .sharedLibrary(let library):
      guard inputs.sharedLibraries[library].defines(name) else { return false }
      table[place].definition = .sharedLibrary(library)
      return true
    case .archive(let archive):
      guard let member = inputs.archives[archive].index.member(defining: name) else { return false }
      let origin = InputFile.Origin.archive(archive, member: member.position)
      // The index may claim a symbol that the member turned out not to define.
      guard extractedMembers.insert(origin).inserted else { return false }
      let contents = try inputs.archives[archive].archive.contents(of: member)
      try add(contents, InputFormat(contents), origin: origin, extraction(of: place))
      return true
    case .lazyFile(let lazyFile):
      let file = inputs.lazyFiles[lazyFile]
      guard file.definedSymbols.contains(name), extractedLazyFiles.insert(lazyFile).inserted else {
        return false
      }
      try add(
        file.contents,
        file.format,
        origin: .commandLine(item: file.item),
        extraction(of: place)
      )
      return true
    }
  }

  private func extraction(of place: Int) -> Extraction {
    let reference = table[place].firstReference ?? Reference(file: "the command line")
    return Extraction(symbol: table[place].name, reference: reference)
  }

  // MARK: Files

  private func addEveryMember(of place: Int) throws {
    let archive = inputs.archives[place].archive
    for member in archive.members {
      let origin = InputFile.Origin.archive(place, member: member.position)
      guard extractedMembers.insert(origin).inserted else { continue }
      let contents = try archive.contents(of: member)
      let format = InputFormat(contents)
      guard [.bitcode, .wrappedBitcode, .relocatableObject].contains(format) else { continue }
      let extraction = Extraction(
        symbol: "--whole-archive",
        reference: Reference(file: archive.contents.name)
      )
      try add(contents, format, origin: origin, extraction)
    }
  }

  /// Makes a file part of the link; its symbols are looked at when the queue is drained.
  private func add(
    _ contents: FileSlice,
    _ format: InputFormat,
    origin: InputFile.Origin,
    _ extraction: Extraction?
  ) throws {
    let isLibraryCode = extraction.map { isForLibraryCode($0) } ?? false
    let isMember = if case .archive = origin { true } else { false }
    let (content, symbols) = try read(
      contents,
      format,
      isLibraryCode: isLibraryCode,
      isLibraryMember: isLibraryCode && isMember,
      isForMachineCode: extraction?.reference.isMachineCode == true
    )
    let file = InputFile(
      id: files.count,
      contents: contents,
      content: content,
      origin: origin,
      symbols: symbols,
      round: round,
      isLibraryCode: isLibraryCode,
      extraction: extraction
    )
    files.append(file)
    if let extraction { extractions.append(extraction) }
    if isLibraryCode { libraryCodeNames.insert(file.name) }
    // The symbol that asked for it must not be looked for again before the queue comes to it.
    define(file)
    queue.append(file)
  }

  /// Whether a member is extracted for a call that the backend makes, or by library code.
  private func isForLibraryCode(_ extraction: Extraction) -> Bool {
    if extraction.reference.isLibcall || reader.isLibcallName(extraction.symbol)
      || MathFunction.named(inC: extraction.symbol) != nil
    {
      return true
    }
    return libraryCodeNames.contains(extraction.reference.file)
  }

  private func read(
    _ contents: FileSlice,
    _ format: InputFormat,
    isLibraryCode: Bool,
    isLibraryMember: Bool,
    isForMachineCode: Bool
  ) throws -> (InputFile.Content, [InputSymbol]) {
    switch format {
    case .bitcode, .wrappedBitcode, .textualIR:
      if isLibraryMember, let limit = instructionsLeftToOptimizer(isForMachineCode),
        let object = try reader.libraryCode(of: contents, beyond: limit)
      {
        return (.machineCode(object), try object.inputSymbols())
      }
      return try reader.read(contents, format)
    case .relocatableObject:
      let object = try ELFObject(contents)
      try object.rejectGCCIntermediateCode()
      if options.usesFatObjects, let bitcode = try object.embeddedBitcode(),
        try !isForMachineCode && !isUsedAsMachineCode(object, isLibraryCode: isLibraryCode)
      {
        return try reader.read(bitcode, .bitcode)
      }
      return (.machineCode(object), try object.inputSymbols())
    default:
      throw LinkError(.malformed, "is neither bitcode nor an object", file: contents.name)
    }
  }

  /// Whether a fat object's machine code is used rather than its bitcode.
  ///
  /// A library function too big to inline gains nothing from being compiled again, and that is what
  /// takes the time. Late in the link its bitcode comes too late as well.
  private func isUsedAsMachineCode(_ object: ELFObject, isLibraryCode: Bool) throws -> Bool {
    guard isLibraryCode, options.outputForm.mayHoldMachineCode else { return false }
    guard round == 0 else { return true }
    switch options.mathInlining {
    case .none: return true
    case .all: return false
    case .small:
      let size = try object.codeSize()
      guard size > largestInlinedWrapper else { return false }
      // A function that calls another would leave a call where it was inlined, and more code around it.
      return try size > largestInlinedCode || object.inputSymbols().contains(where: \.isUndefined)
    }
  }

  /// How large a library member may be that is optimised with the program; nil for any size.
  ///
  /// The same holds for bitcode as for fat objects, whose machine code has to be made first.
  private func instructionsLeftToOptimizer(_ isForMachineCode: Bool) -> Int? {
    guard options.outputForm.mayHoldMachineCode, options.mathInlining != .all else { return nil }
    let isInlined = round == 0 && !isForMachineCode && options.mathInlining == .small
    return isInlined ? largestInlinedFunction : 0
  }

  /// Takes in what a file refers to.
  private func takeIn(_ file: InputFile) throws {
    for symbol in file.symbols {
      let isUndefined = symbol.isUndefined || isDroppedFromComdat(symbol, of: file)
      if isUndefined {
        refer(
          to: symbol.name,
          from: Reference(file: file.name, isMachineCode: !file.isBitcode),
          isWeak: symbol.isUndefined && symbol.binding == .weak
        )
      }
      let name = isUndefined ? target(ofReferenceTo: symbol.name) : symbol.name
      let place = table.place(of: name)
      // A module that refers to what it defines does so in assembly.
      if !file.isBitcode || (isUndefined && file.isOneModule && prevails(name, in: file)) {
        table[place].isSeenByMachineCode = true
      }
      if symbol.visibility != .default, table[place].visibility != .hidden {
        table[place].visibility = symbol.visibility
      }
    }
    if file.isBitcode, !options.keepsIntrinsics { intrinsicQueue.append(file) }
  }

  /// Takes in what the backend will call for a file.
  private func takeInLibcalls(of file: InputFile) throws {
    for use in try reader.libcalls(of: file) {
      refer(
        to: use.name,
        from: Reference(
          file: file.name,
          function: use.function,
          intrinsic: use.intrinsic,
          isLibcall: true
        )
      )
    }
  }

  /// Whether another file's copy of the group was chosen.
  func isDroppedFromComdat(_ symbol: InputSymbol, of file: InputFile) -> Bool {
    guard let comdat = symbol.comdat else { return false }
    return comdatOwners[comdat] != file.id
  }

  private func define(_ file: InputFile) {
    for symbol in file.symbols {
      if let comdat = symbol.comdat, comdatOwners[comdat] == nil {
        comdatOwners[comdat] = file.id
      }
    }
    for symbol in file.symbols where !symbol.isUndefined {
      guard !isDroppedFromComdat(symbol, of: file) else { continue }
      define(symbol, in: file)
    }
  }

  private func define(_ symbol: InputSymbol, in file: InputFile) {
    let place = table.place(of: symbol.name)
    let strength: SymbolTable.Definition.Strength =
      symbol.isCommon ? .common : symbol.binding == .weak ? .weak : .strong
    switch table[place].definition {
    case .nobody, .sharedLibrary:
      table[place].definition = .file(file.id, strength)
    case .commandLine:
      return
    case .file(let other, let otherStrength):
      if strength > otherStrength {
        table[place].definition = .file(file.id, strength)
      } else if strength == .strong, otherStrength == .strong, other != file.id {
        reportDuplicate(symbol.name, files[other], file)
      }
    }
  }

  private func reportDuplicate(_ name: String, _ first: InputFile, _ second: InputFile) {
    guard !options.allowsMultipleDefinitions else { return }
    duplicates.append(
      LinkError(
        .duplicateSymbol,
        "duplicate symbol: \(name)",
        symbol: name,
        notes: ["defined in \(first.name)", "and in \(second.name)"]
      )
    )
  }

  // MARK: Answers

  /// Whether a definition is the one that counts.
  func prevails(_ name: String, in file: InputFile) -> Bool {
    table.definingFile(of: name) == file.id
  }

  /// Whether a symbol is defined, or would be if something referred to it.
  func isOffered(_ name: String) -> Bool {
    if let symbol = table[name], symbol.definition != .nobody { return true }
    return providers.contains { provider in
      switch provider {
      case .sharedLibrary(let place): inputs.sharedLibraries[place].defines(name)
      case .archive(let place): inputs.archives[place].index.member(defining: name) != nil
      case .lazyFile(let place): inputs.lazyFiles[place].definedSymbols.contains(name)
      }
    }
  }
}

/// How many bytes of machine code a library function may have to be a candidate for inlining.
///
/// LLVM's inliner accepts some 45 instructions at -O2 where nothing is known of the arguments.
private let largestInlinedCode = 192
/// The same for bitcode, in instructions.
private let largestInlinedFunction = 45

/// The same for a function that calls another, such as `ldexp`, which is `scalbn`.
private let largestInlinedWrapper = 48

/// What in a linker's expression can be a symbol.
func identifiers(in expression: String) -> [String] {
  expression.split { !($0.isLetter || $0.isNumber || "_.$".contains($0)) }
    .filter { $0.first.map { !$0.isNumber } ?? false }
    .map(String.init)
}

extension ELFObject {
  /// How many bytes of code there are.
  func codeSize() throws(LinkError) -> Int {
    var size = 0
    for section in sections where section.flags.contains(.execute) { size += section.size }
    return size
  }
}
