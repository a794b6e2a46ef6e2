internal import ApusArtifacts
internal import ApusLLVM
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

// The last phases: what is still undefined is reported, and lld makes the output of the object, the members
// that are machine code, and the other inputs in their order.

extension Linker {
  // MARK: lld

  /// Starts lld, which waits for its arguments.
  ///
  /// - Parameter architecture: as triples spell it.
  func startFinalLinker(_ architecture: some StringProtocol) throws(LinkError) -> FinalLinker {
    let emulation =
      switch architecture {
      case "aarch64", "arm64": "aarch64elf"
      case "amdgcn": "elf64_amdgpu"
      default: "elf_x86_64"
      }
    return try FinalLinker(
      path: finalLinkerPath ?? Self.installedFinalLinker,
      emulation: options.emulation ?? emulation
    )
  }

  /// `APUS_LLD`, else Debian's.
  private static var installedFinalLinker: FilePath {
    if let path = getenv("APUS_LLD") { return FilePath(String(cString: path)) }
    return "/usr/lib/llvm-22/bin/ld.lld"
  }

  /// Lets lld do the whole link: there is nothing here to be done better.
  ///
  /// - Returns: nil if lld misses a symbol in bitcode, and has perhaps invented the reference.
  func handOver(
    _ options: LinkOptions,
    _ inputs: ParsedInputs,
    _ timer: inout PhaseTimer,
    _ started: FinalLinker? = nil
  ) throws -> LinkReport? {
    var words = options.outputArguments + options.handOverArguments
    for item in options.items {
      switch item {
      case .nativeOption(let option): words += option
      case .input(let input): words += inputs.arguments(for: input)
      }
    }
    let finalLinker = try started ?? startFinalLinker(inputs.architecture ?? "x86_64")
    do {
      let printed = try timer.time(.finalLink) { try finalLinker.link(words) }
      return LinkReport(phases: timer.phases, warnings: printed)
    } catch let error as LinkError where error.message.hasPrefix(undefinedSymbolMessage) {
      guard !inputs.mayHaveBitcode else { return nil }
      var error = error
      error.code = .undefinedSymbol
      error.symbol = String(error.message.dropFirst(undefinedSymbolMessage.count))
      error.notes.append(inputs.placesSearched)
      throw error
    }
  }

  /// Makes the output.
  ///
  /// - Returns: what lld printed.
  func finish(
    _ compiled: CompiledBitcode,
    _ resolution: SymbolResolution,
    _ options: LinkOptions,
    _ finalLinker: FinalLinker
  ) throws -> String {
    let arguments = try FinalArguments(compiled, resolution, options)
    do {
      return arguments.withNames(in: try finalLinker.link(arguments.words))
    } catch {
      var error = error
      error.message = arguments.withNames(in: error.message)
      error.notes = error.notes.map { arguments.withNames(in: $0) }
      throw error
    }
  }

  // MARK: Errors

  /// Refuses an output that is one of the inputs.
  func checkOutput(_ options: LinkOptions) throws(LinkError) {
    var output = stat()
    guard stat(options.output.string, &output) == 0, output.st_mode & S_IFMT == S_IFREG else {
      return
    }
    for case .input(let input) in options.items {
      guard let path = input.path else { continue }
      var status = stat()
      guard stat(path.string, &status) == 0, status.st_ino == output.st_ino,
        status.st_dev == output.st_dev
      else { continue }
      throw LinkError(
        .outputIsInput,
        "is an input, and the output would overwrite it: give another name with -o",
        file: path.string
      )
    }
  }

  /// Reports symbols that are referred to and that nobody defines.
  func reportUndefined(
    _ compiled: CompiledBitcode,
    _ resolution: SymbolResolution,
    _ options: LinkOptions
  ) throws {
    guard options.undefinedSymbolsAreErrors else { return }
    // References from bitcode count where they survived its optimisation.
    var missing: [(name: String, places: [String])] = []
    var seen: Set<String> = []
    func check(_ code: GeneratedCode, in file: String?) throws {
      for symbol in try code.undefinedSymbols() where symbol.binding == .global {
        let name = resolution.target(ofReferenceTo: symbol.name)
        guard resolution.table[name]?.definition ?? .nobody == .nobody, !isLinkerDefined(name)
        else {
          continue
        }
        let function = try code.referrers(to: symbol.name, limit: 1).first
        let place = Reference(file: file ?? resolution.file(defining: function), function: function)
        if seen.insert(name).inserted {
          missing.append((name, [place.description]))
        } else if let index = missing.firstIndex(where: { $0.name == name }),
          missing[index].places.count < 3
        {
          missing[index].places.append(place.description)
        }
      }
    }
    try check(compiled.code, in: nil)
    for file in resolution.files {
      if case .machineCode(let object) = file.content {
        try check(GeneratedCode(objects: [object]), in: file.name)
      }
    }
    guard let first = missing.first else { return }
    var error = undefinedError(first.name, first.places, resolution)
    for other in missing.dropFirst() {
      let next = undefinedError(other.name, other.places, resolution)
      error.notes.append(next.message)
      error.notes += next.notes
    }
    throw error
  }

  private func undefinedError(
    _ name: String,
    _ places: [String],
    _ resolution: SymbolResolution
  ) -> LinkError {
    var notes = places.map { "referred to by \($0)" }
    notes.append(resolution.inputs.placesSearched)
    if let near = resolution.table.nearName(to: name) { notes.append("there is '\(near)'") }
    return LinkError(
      .undefinedSymbol,
      undefinedSymbolMessage + name,
      symbol: name,
      notes: notes
    )
  }

  /// Symbols that lld defines where they are referred to.
  private func isLinkerDefined(_ name: String) -> Bool {
    if name.hasPrefix("__start_") || name.hasPrefix("__stop_") { return true }
    return [
      "_GLOBAL_OFFSET_TABLE_", "__ehdr_start", "__executable_start", "__dso_handle", "_DYNAMIC",
      "__bss_start", "_end", "end", "_etext", "etext", "_edata", "edata", "__rela_iplt_start",
      "__rela_iplt_end", "__preinit_array_start", "__preinit_array_end", "__init_array_start",
      "__init_array_end", "__fini_array_start", "__fini_array_end", "_TLS_MODULE_BASE_",
      "__tls_get_addr", "__ImageBase", "__eh_frame_hdr_start", "__GNU_EH_FRAME_HDR",
    ].contains(name)
  }

  // MARK: Files

  /// Writes an intermediate file beside the output.
  func save(_ bytes: UnsafeRawBufferPointer, beside output: FilePath, _ suffix: String) throws {
    try write(bytes, to: FilePath("\(output).\(suffix)"))
  }

  /// Writes a file that lld does not write.
  func write(_ bytes: UnsafeRawBufferPointer, to path: FilePath) throws(LinkError) {
    do {
      try writeAtomically(bytes, to: path)
    } catch {
      throw LinkError(.notWritable, "\(error)")
    }
  }
}

/// How lld begins what it says of a symbol that nobody defines, and so do we.
private let undefinedSymbolMessage = "undefined symbol: "

private let nameOfOneMember = "o"

/// An archive without an index, of one member.
private func archiveOfOneMember(_ contents: UnsafeRawBufferPointer) -> [UInt8] {
  func field(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
  let header =
    "!<arch>\n" + field(nameOfOneMember + "/", 16) + field("0", 12) + field("0", 6) + field("0", 6)
    + field("644", 8) + field("\(contents.count)", 10) + "`\n"
  return Array(header.utf8) + contents + (contents.count % 2 == 0 ? [] : [0x0A])
}

/// What lld is given when bitcode has become an object.
struct FinalArguments {
  private(set) var words: [String]
  /// What stands for files that have no path of their own, by what lld calls them.
  private var names: [String: String] = [:]
  /// The end of names that only the generated code has.
  private let suffix: String?
  /// The files in memory, for as long as lld runs.
  private var memory: [MemoryFile] = []

  /// The command line with bitcode replaced: the object stands where the first bitcode file stood, members
  /// of an archive that has bitcode where the archive stood.
  init(
    _ compiled: CompiledBitcode,
    _ resolution: SymbolResolution,
    _ options: LinkOptions
  ) throws {
    // lld says which options for LLVM do not exist; LLVM itself does not.
    words = options.outputArguments + options.llvmOptions.map { "--mllvm=\($0)" }
    suffix = compiled.code.suffix
    // What the command line says of threads comes later, and wins.
    if resolution.isSmall { words.append("--threads=1") }
    let inputs = resolution.inputs
    let place = resolution.placeOfCompiledObject
    let exports = try ExportRules(options)
    let bitcodeItems = resolution.bitcodeItems
    let machineCodeMembers = resolution.machineCodeMembers
    let archives = Dictionary(
      inputs.archives.enumerated().map { ($0.element.item, $0.offset) },
      uniquingKeysWith: { first, _ in first }
    )
    // Loaded last of all, so that it adds no reference that lld would have had before.
    for (index, item) in options.items.enumerated() {
      if index == place { try add(compiled.code) }
      switch item {
      case .nativeOption(let option): words += option
      case .input(let input):
        if let archive = archives[index],
          inputs.archives[archive].hasBitcodeMembers
        {
          try add(
            machineCodeMembers[archive] ?? [],
            isExcluded: exports.excludes(archive: input.path ?? "")
          )
        } else if !bitcodeItems.contains(index) {
          words += inputs.arguments(for: input)
        }
      }
    }
    if place == nil { try add(compiled.code) }
  }

  private mutating func add(_ code: GeneratedCode) throws(LinkError) {
    for object in code.objects { try add(object.contents) }
  }

  /// Adds members of an archive.
  ///
  /// Passes may have removed the last call of a library function: lld takes those that are needed.
  private mutating func add(_ members: [InputFile], isExcluded: Bool) throws(LinkError) {
    for member in members where !member.isLibraryCode {
      if isExcluded { words.append("--whole-archive") }
      try add(member, isExcluded: isExcluded)
      if isExcluded { words.append("--no-whole-archive") }
    }
    let library = members.filter(\.isLibraryCode)
    guard !library.isEmpty else { return }
    if !isExcluded { words.append("--start-lib") }
    for member in library {
      try add(member, isExcluded: isExcluded)
    }
    if !isExcluded { words.append("--end-lib") }
  }

  private mutating func add(_ member: InputFile, isExcluded: Bool) throws(LinkError) {
    guard let code = member.machineCode else { return }
    try isExcluded ? addAsExcludedArchive(code) : add(code)
  }

  private mutating func add(_ contents: FileSlice) throws(LinkError) {
    let file = try MemoryFile(contents.unsafeEscapingBytes)
    memory.append(file)
    names[file.path] = contents.name
    words.append(file.path)
  }

  /// Adds a member of an archive that `--exclude-libs` names: an archive of its own, of which lld exports
  /// nothing either.
  private mutating func addAsExcludedArchive(_ contents: FileSlice) throws(LinkError) {
    let archive = FileSlice(
      copying: archiveOfOneMember(contents.unsafeEscapingBytes),
      name: contents.name
    )
    let file = try MemoryFile(archive.unsafeEscapingBytes)
    memory.append(file)
    names["\(file.path)(\(nameOfOneMember))"] = contents.name
    names[file.path] = contents.name
    words.append(file.path)
    if let name = FilePath(file.path).lastComponent { words.append("--exclude-libs=\(name)") }
  }

  /// lld's words with files called by their names.
  func withNames(in text: String) -> String {
    // As a rule lld says nothing.
    if text.isEmpty { return text }
    var text = text
    // Longest first: /proc/7/fd/1 begins /proc/7/fd/10.
    for (path, name) in names.sorted(by: { $0.key.utf8.count > $1.key.utf8.count }) {
      text = text.replacing(path, with: name)
    }
    return suffix.map { text.replacing($0, with: "") } ?? text
  }
}
