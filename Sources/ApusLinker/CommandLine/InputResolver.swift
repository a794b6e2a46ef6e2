internal import SystemPackage

extension LinkOptions {
  /// The same link with every input found: libraries by search, linker scripts by what they name.
  ///
  /// Each input then has a ``Input/path`` to a file that is no script. What scripts say otherwise,
  /// entry, symbols to extract members for, symbols to keep, is added to the options; a script that
  /// lays out the output becomes an option for lld.
  ///
  /// - Throws: ``LinkError``: `notFound`, `unreadable`, `malformed` with the script's line.
  public func resolvingInputs() throws(LinkError) -> LinkOptions {
    var resolver = InputResolver(self)
    return try resolver.resolve()
  }

  /// Adds libraries that objects ask for to the end, each once.
  ///
  /// A name is what `-l` takes, or a file's in the search path, or a path.
  ///
  /// - Throws: `LinkError` if one is nowhere to be found.
  func resolvingDependentLibraries(_ names: [String]) throws(LinkError) -> LinkOptions {
    var resolver = InputResolver(self)
    return try resolver.addDependentLibraries(names)
  }
}

/// Walks through the inputs and the scripts among them.
struct InputResolver {
  private static let deepest = 64

  private let original: LinkOptions
  private var options: LinkOptions
  private var search: LibrarySearch
  private let mostInputs: Int
  private var inputCount = 0
  private var groupCount: Int
  private let remappings: [(pattern: SymbolPattern, replacement: FilePath)]

  init(_ options: LinkOptions, mostInputs: Int = 1 << 18) {
    self.mostInputs = mostInputs
    original = options
    self.options = options
    search = LibrarySearch(options)
    remappings = options.remappedInputs.compactMap { remapping in
      SymbolPattern(remapping.pattern).map { ($0, remapping.replacement) }
    }
    groupCount = 0
    for case .input(let input) in options.items { groupCount = max(groupCount, input.group ?? 0) }
  }

  mutating func resolve() throws(LinkError) -> LinkOptions {
    options.items = []
    for item in original.items {
      switch item {
      case .nativeOption: options.items.append(item)
      case .input(let input): try add(input, at: try locate(input), within: [])
      }
    }
    for script in original.linkerScripts {
      guard let path = scriptPath(script) else {
        throw LinkError(.notFound, "the linker script was not found", file: script.string)
      }
      let read = try LinkerScript(TextFile(path))
      guard read.files.isEmpty else {
        throw LinkError(
          .unsupported,
          "a script given with -T names inputs: give them on the command line",
          file: "\(path):\(read.files[0].line)"
        )
      }
      try take(read, from: path, within: [path], isNative: true)
    }
    options.undefined = options.undefined.uniqued()
    options.keptSymbols = options.keptSymbols.uniqued()
    options.keptSections = options.keptSections.uniqued()
    return options
  }

  mutating func addDependentLibraries(_ names: [String]) throws(LinkError) -> LinkOptions {
    for name in names {
      let source: LinkOptions.Input.Source
      let path: FilePath
      if let library = try? search.library(name, isStatic: options.isStatic) {
        (source, path) = (.library(name), library)
      } else if let file = search.file(name) {
        (source, path) = (.exactLibrary(name), file)
      } else if fileExists(FilePath(name)) {
        (source, path) = (.file(FilePath(name)), FilePath(name))
      } else {
        throw LinkError(
          .notFound,
          "library '\(name)' was not found, which an object asks for: name its folder with -L, or"
            + " link without it by --no-dependent-libraries"
        )
      }
      try add(LinkOptions.Input(source), at: path, within: [])
    }
    return options
  }

  // MARK: Finding files

  private func locate(_ input: LinkOptions.Input) throws(LinkError) -> FilePath {
    switch input.source {
    case .file(let path): path
    case .library(let name): try search.library(name, isStatic: input.isStatic)
    case .exactLibrary(let name): try search.exactLibrary(name)
    }
  }

  /// A script where it is named, else in the search path.
  private func scriptPath(_ name: FilePath) -> FilePath? {
    fileExists(name) ? name : search.file(name.string)
  }

  /// What a script asks for: beside the script, in the working folder, in the search path.
  private func locate(
    _ file: LinkerScript.File,
    askedForBy script: FilePath
  ) throws(LinkError) -> (source: LinkOptions.Input.Source, path: FilePath?) {
    if file.name.hasPrefix("-l") {
      let name = String(file.name.dropFirst(2))
      return (name.hasPrefix(":") ? .exactLibrary(String(name.dropFirst())) : .library(name), nil)
    }
    let written = FilePath(file.name)
    if let sysroot = options.sysroot, written.isAbsolute, script.starts(with: sysroot) {
      let inside = sysroot.appending(written.components)
      if fileExists(inside) { return (.file(inside), inside) }
    }
    let path = search.inSysroot(written)
    if path != written || path.isAbsolute { return (.file(path), path) }
    for candidate in [script.removingLastComponent().appending(path.components), path]
    where fileExists(candidate) {
      return (.file(candidate), candidate)
    }
    guard let found = search.file(file.name) else {
      throw LinkError(
        .notFound,
        "'\(file.name)' was not found beside the script, in the working folder or with -L",
        file: "\(script):\(file.line)"
      )
    }
    return (.exactLibrary(file.name), found)
  }

  // MARK: Inputs

  private mutating func add(
    _ input: LinkOptions.Input,
    at found: FilePath,
    within chain: [FilePath]
  ) throws(LinkError) {
    inputCount += 1
    guard inputCount <= mostInputs else {
      throw LinkError(
        .invalidArguments,
        "more than \(mostInputs) inputs",
        file: chain.last?.string
      )
    }
    var input = input
    let path = remapped(found)
    input.path = path
    let isScript = input.isBinary ? false : try InputFormat(FileSlice(mapping: path)) == .text
    if isScript {
      try addScript(path, input, within: chain)
    } else {
      options.items.append(.input(input))
    }
  }

  /// `--remap-inputs`: a name comes before a pattern.
  private func remapped(_ path: FilePath) -> FilePath {
    let remapping =
      remappings.last { $0.pattern.exactName == path.string }
      ?? remappings.first { $0.pattern.matches(path.string) }
    return remapping?.replacement ?? path
  }

  private mutating func addScript(
    _ path: FilePath,
    _ input: LinkOptions.Input,
    within chain: [FilePath]
  ) throws(LinkError) {
    let chain = try extended(chain, by: path)
    let script = try LinkerScript(TextFile(path))
    try take(script, from: path, within: chain, isNative: false)
    var groups: [Int: Int] = [:]
    for file in script.files {
      let (source, found) = try locate(file, askedForBy: path)
      var member = input
      member.source = source
      member.isAsNeeded = input.isAsNeeded || file.isAsNeeded
      if input.group == nil, let group = file.group {
        if groups[group] == nil {
          groupCount += 1
          groups[group] = groupCount
        }
        member.group = groups[group]
      }
      do throws(LinkError) {
        if let found {
          try add(member, at: found, within: chain)
        } else {
          try add(member, at: try locate(member), within: chain)
        }
      } catch {
        throw error.asked(by: "\(path):\(file.line)")
      }
    }
  }

  /// What a script says beside its inputs.
  private mutating func take(
    _ script: LinkerScript,
    from path: FilePath,
    within chain: [FilePath],
    isNative: Bool
  ) throws(LinkError) {
    if !options.ignoresScriptSearchPaths { script.searchPaths.forEach { search.append($0) } }
    if options.entry == nil { options.entry = script.entry }
    options.undefined += script.undefined
    options.keptSymbols += script.symbols
    options.keptSections += script.keptSections
    if !isNative {
      // lld reads a script itself only if it lays out the output.
      if script.isLayout {
        options.items.append(.nativeOption([path.string]))
      } else {
        if let entry = script.entry, original.entry == nil {
          options.items.append(.nativeOption(["--entry=\(entry)"]))
        }
        for symbol in script.undefined {
          options.items.append(.nativeOption(["--undefined=\(symbol)"]))
        }
      }
    }
    for include in script.includes {
      guard let included = scriptPath(FilePath(include.name)) else {
        throw LinkError(
          .notFound,
          "'\(include.name)' was not found in the working folder or with -L",
          file: "\(path):\(include.line)"
        )
      }
      try takeIncluded(included, within: try extended(chain, by: included), line: include.line)
    }
  }

  private mutating func takeIncluded(
    _ path: FilePath,
    within chain: [FilePath],
    line: Int
  ) throws(LinkError) {
    // It may be a piece of a block, which is no script of its own.
    let text = try TextFile(path)
    let script =
      if let whole = try? LinkerScript(text) { whole } else { try LinkerScript(fragment: text) }
    guard script.files.isEmpty else {
      throw LinkError(
        .unsupported,
        "an included script names inputs: give them on the command line",
        file: "\(path):\(script.files[0].line)"
      )
    }
    try take(script, from: path, within: chain, isNative: true)
  }

  private func extended(
    _ chain: [FilePath],
    by path: FilePath
  ) throws(LinkError) -> [FilePath] {
    let path = path.lexicallyNormalized()
    guard !chain.contains(path) else {
      let names = (chain + [path]).map(\.string).joined(separator: " -> ")
      throw LinkError(
        .malformed,
        "a linker script asks for itself: \(names)",
        file: path.string
      )
    }
    guard chain.count < Self.deepest else {
      throw LinkError(
        .malformed,
        "linker scripts are nested more than \(Self.deepest) deep",
        file: path.string
      )
    }
    return chain + [path]
  }
}

extension LinkError {
  /// The same error with the script's line that asked for the file, unless it is already in it.
  fileprivate func asked(by location: String) -> LinkError {
    guard code == .notFound || code == .unreadable, notes.last?.hasPrefix("asked for by ") != true
    else { return self }
    var error = self
    error.notes.append("asked for by \(location)")
    return error
  }
}

extension Array where Element: Hashable {
  /// The elements without repetitions, each where it first is.
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
