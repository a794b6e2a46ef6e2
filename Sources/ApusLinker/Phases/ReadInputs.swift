internal import SystemPackage

/// Opens the inputs.
///
/// - Parameter options: with every input's path known.
/// - Throws: `LinkError` if a file cannot be read or is none that can be linked.
func readInputs(_ options: LinkOptions) throws -> ParsedInputs {
  var inputs = ParsedInputs()
  for (item, entry) in options.items.enumerated() {
    guard case .input(let input) = entry, let path = input.path else { continue }
    let contents = try FileSlice(mapping: path)
    let format = input.isBinary ? .unknown : InputFormat(contents)
    switch format {
    case .archive, .thinArchive:
      try inputs.add(Archive(contents), item, input)
    case .sharedLibrary:
      inputs.elements.append(.sharedLibrary(inputs.sharedLibraries.count))
      inputs.sharedLibraries.append(
        ParsedInputs.SharedLibraryInput(try SharedLibrary(contents), name: contents.name)
      )
    case .bitcode, .wrappedBitcode, .relocatableObject, .textualIR:
      inputs.addFile(ParsedInputs.File(contents: contents, format: format, item: item), input)
    case .executable:
      throw LinkError(.unsupported, "is a program, which cannot be linked", file: contents.name)
    case .unknown where input.isBinary:
      continue
    case .otherELF, .text, .empty, .unknown:
      throw LinkError(
        .malformed,
        "is no format that can be linked: neither bitcode nor ELF, archive or linker script",
        file: contents.name
      )
    }
  }
  return inputs
}

/// What the command line names, opened: the order is kept, nothing is part of the link yet.
struct ParsedInputs {
  /// One input, in the order of the command line.
  enum Element {
    case file(File)
    case lazyFile(Int)
    case archive(Int)
    case sharedLibrary(Int)
  }

  /// An object or bitcode.
  struct File {
    var contents: FileSlice
    var format: InputFormat
    /// Its place among the items of the command line.
    var item: Int
  }

  /// An object between `--start-lib` and `--end-lib`.
  struct LazyFile {
    var contents: FileSlice
    var format: InputFormat
    var item: Int
    let definedSymbols: Set<String>

    /// Whether it is bitcode without machine code.
    var isBitcode: Bool { [.bitcode, .wrappedBitcode, .textualIR].contains(format) }

    init(contents: FileSlice, format: InputFormat, item: Int) {
      self.contents = contents
      self.format = format
      self.item = item
      let symbols: [InputSymbol]?
      switch format {
      case .relocatableObject: symbols = try? ELFObject(contents).inputSymbols()
      case .bitcode, .wrappedBitcode:
        symbols = try? BitcodeFile(contents).symbolTable()?.inputSymbols
      default: symbols = nil
      }
      let found = symbols ?? (try? ModuleReader.symbols(ofBitcode: contents)) ?? []
      definedSymbols = Set(found.lazy.filter { !$0.isUndefined }.map(\.name))
    }
  }

  /// An archive.
  struct ArchiveInput {
    var archive: Archive
    var index: ArchiveIndex
    var item: Int
    var isWholeArchive: Bool
    /// Whether any of its members is bitcode without machine code: lld must not see it.
    var hasBitcodeMembers: Bool
  }

  /// A shared library.
  struct SharedLibraryInput {
    let name: String
    private let exported: Set<String>
    /// What it refers to and does not define.
    let undefinedSymbols: [(name: String, isWeak: Bool)]

    init(_ library: SharedLibrary, name: String) {
      self.name = name
      exported = Set(library.exports.lazy.filter(\.isDefaultVersion).map(\.symbol.name))
      undefinedSymbols = library.references.map { ($0.symbol.name, $0.symbol.binding == .weak) }
    }

    func defines(_ name: String) -> Bool { exported.contains(name) }
  }

  var elements: [Element] = []
  var archives: [ArchiveInput] = []
  var lazyFiles: [LazyFile] = []
  var sharedLibraries: [SharedLibraryInput] = []

  /// Whether any bitcode can become part of the link without being extracted for machine code that
  /// has a copy of its own.
  private(set) var mayHaveBitcode = false

  /// What the inputs are for, in the words of a triple, as the first says that says it.
  private(set) var architecture: String?

  /// Libraries that files of the command line ask for, some more than once.
  private(set) var dependentLibraries: [String] = []

  /// Adds an archive.
  fileprivate mutating func add(
    _ archive: Archive,
    _ item: Int,
    _ input: LinkOptions.Input
  ) throws {
    var hasBitcodeMembers = false
    for member in archive.members {
      // A member that cannot be read matters when it is needed.
      guard let contents = try? archive.contents(of: member) else { continue }
      let format = InputFormat(contents)
      guard format == .bitcode || format == .wrappedBitcode else { continue }
      hasBitcodeMembers = true
      break
    }
    if hasBitcodeMembers { mayHaveBitcode = true }
    elements.append(.archive(archives.count))
    archives.append(
      ArchiveInput(
        archive: archive,
        index: ArchiveIndex(archive) { contents in
          try ModuleReader.symbols(ofBitcode: contents)
        },
        item: item,
        isWholeArchive: input.isWholeArchive,
        hasBitcodeMembers: hasBitcodeMembers
      )
    )
  }

  /// Adds an object or bitcode.
  fileprivate mutating func addFile(_ file: File, _ input: LinkOptions.Input) {
    switch file.format {
    case .relocatableObject:
      let object = try? ELFObject(file.contents)
      if !input.isLazy { dependentLibraries += (try? object?.dependentLibraries()) ?? [] }
      if architecture == nil { architecture = object?.machine.description }
      if (try? object?.embeddedBitcode()) ?? nil != nil { mayHaveBitcode = true }
    default:
      mayHaveBitcode = true
      let bitcode = try? BitcodeFile(file.contents)
      if !input.isLazy { dependentLibraries += (try? bitcode?.dependentLibraries()) ?? [] }
      let header = try? bitcode?.header(ofModule: 0)
      if architecture == nil, let triple = header?.triple, !triple.isEmpty {
        architecture = String(triple.prefix { $0 != "-" })
      }
    }
    guard input.isLazy else {
      elements.append(.file(file))
      return
    }
    elements.append(.lazyFile(lazyFiles.count))
    lazyFiles.append(
      LazyFile(contents: file.contents, format: file.format, item: file.item)
    )
  }

  /// Where a symbol was looked for, for a message.
  var placesSearched: String {
    let names = elements.compactMap { element in
      switch element {
      case .archive(let place): archives[place].archive.contents.name
      case .sharedLibrary(let place): sharedLibraries[place].name
      case .lazyFile(let place): lazyFiles[place].contents.name
      case .file: nil
      }
    }
    guard !names.isEmpty else { return "no library was given" }
    return "not defined in \(names.joined(separator: ", "))"
  }

  /// What stands for an input on lld's command line.
  func arguments(for input: LinkOptions.Input) -> [String] {
    var words = [input.path?.string ?? ""]
    if input.isWholeArchive { words = ["--whole-archive"] + words + ["--no-whole-archive"] }
    if input.isAsNeeded { words = ["--as-needed"] + words + ["--no-as-needed"] }
    if input.isLazy { words = ["--start-lib"] + words + ["--end-lib"] }
    if input.isBinary { words = ["--format=binary"] + words + ["--format=default"] }
    return words
  }
}
