internal import ApusLLVM
internal import SystemPackage

// A relocatable output that can be optimised again: an archive, or bitcode with its intrinsics.
//
// In an archive, the bitcode of the command line becomes one member. Its intrinsics become plain calls, which
// LLVM still knows for what they are, and the library members that those need stand beside it as they
// are: fat, bitcode or machine code. The next link extracts them as from any library, inlines what pays, and
// needs the library no more; offered again, it defines nothing that is not defined already.
//
// Where intrinsics are kept, nothing is extracted for them, and the next link needs the library.

extension Linker {
  /// Makes an archive, or bitcode that is not optimised.
  func makeRelinkable(
    _ resolution: SymbolResolution,
    _ reader: ModuleReader,
    _ options: LinkOptions,
    _ timer: inout PhaseTimer
  ) throws -> LinkReport {
    if options.outputForm == .unresolvedBitcode { try resolution.rejectMachineCode() }
    if !options.keepsIntrinsics, resolution.files.contains(where: \.isBitcode) {
      // Passes and code generation invent calls, and what those need is to be part of the archive. The object
      // that shows them has no other use.
      _ = try compile(resolution, reader, options, &timer)
      try reader.beginAttempt()
    }
    let merged = try timer.time(.mergeModules) {
      try mergeToRelink(resolution, reader, options)
    }
    if let duplicate = resolution.duplicates.first { throw duplicate }
    if options.outputForm == .archive {
      let archive = try makeArchive(resolution, merged, options)
      try archive.withUnsafeBytes { try write($0, to: options.output) }
    } else {
      guard let bitcode = merged.bitcode else { throw LinkError.noBitcode(options) }
      try bitcode.withUnsafeBytes { try write($0, to: options.output) }
    }
    try writeRecords(resolution, options)
    return LinkReport(resolution, lowered: merged.lowered, phases: timer.phases)
  }

  private func makeArchive(
    _ resolution: SymbolResolution,
    _ merged: RelinkableModule,
    _ options: LinkOptions
  ) throws -> [UInt8] {
    var archive = ArchiveWriter()
    if let bitcode = merged.bitcode {
      let symbols = try ModuleReader.symbols(ofBitcode: bitcode).filter { !$0.isUndefined }
      archive.add(
        bitcode,
        name: "\(options.output.stem ?? "merged").o",
        symbols: symbols.map(\.name)
      )
    }
    for file in resolution.files where !merged.files.contains(file.id) {
      // The index names one definition of each symbol; this one is what others of its name give way to.
      let symbols = file.symbols.filter {
        !$0.isUndefined && !resolution.isDroppedFromComdat($0, of: file)
          && resolution.prevails($0.name, in: file)
      }
      archive.add(
        file.contents,
        name: resolution.memberName(of: file),
        symbols: symbols.map(\.name)
      )
    }
    return archive.bytes()
  }
}

/// The bitcode of the command line, for another link.
private struct RelinkableModule {
  /// Nil if there is none.
  var bitcode: FileSlice?
  var lowered: [LoweredCall] = []
  /// The files it was made of.
  var files: Set<Int> = []
}

/// Joins the bitcode that the output has as one.
private func mergeToRelink(
  _ resolution: SymbolResolution,
  _ reader: ModuleReader,
  _ options: LinkOptions
) throws -> RelinkableModule {
  while true {
    // What an archive provided is a member of its own, unless there is but one module.
    let files = resolution.files.filter {
      $0.isBitcode && (options.outputForm != .archive || !$0.isArchiveMember)
    }
    guard !files.isEmpty else { return RelinkableModule() }
    var joiner = try ModuleJoiner(expectedCount: files.count, reader)
    let vectors = VectorLowering(resolution, options)
    let userTarget = try reader.commonTarget(ofUserCodeIn: files)
    var merged = RelinkableModule(files: Set(files.map(\.id)))
    for file in files {
      CrashHandler.note("joining \(file.name) to the output")
      for part in try reader.takeModules(of: file) {
        dropDefinitionsThatDoNotPrevail(in: part, of: file, resolution)
        if file.isLibraryCode { adapt(part, to: userTarget) }
        if !options.keepsIntrinsics {
          merged.lowered += try vectors.lower(part, of: file)
          merged.lowered += try lowerIntrinsics(
            in: part,
            of: file,
            uses: reader.libcalls(of: file),
            resolution,
            wrapped: [],
            isForArchive: true
          )
        }
        try joiner.add(part, of: file)
      }
    }
    let module = try joiner.finish()
    // Functions of a vector library are extracted now, since calls of them are written down now.
    let count = resolution.files.count
    if !options.keepsIntrinsics {
      for global in module.globals where global.isWanted {
        resolution.refer(to: global.name, from: Reference(file: "vectors"))
      }
      try resolution.drainQueue()
    }
    guard resolution.files[count...].contains(where: { $0.isBitcode && !$0.isArchiveMember }) else {
      let bitcode = try module.bitcode()
      merged.bitcode = FileSlice(
        unsafeBytes: bitcode.unsafeEscapingBytes,
        owner: bitcode,
        name: options.output.string
      )
      return merged
    }
    try reader.beginAttempt()
  }
}

extension IRGlobal {
  /// Whether another file is to define it.
  fileprivate var isWanted: Bool {
    isDeclaration && linkage != .externalWeak && !isIntrinsic && !name.hasPrefix("llvm.")
  }
}

extension SymbolResolution {
  /// Refuses machine code where the output is bitcode.
  fileprivate func rejectMachineCode() throws(LinkError) {
    guard let file = files.first(where: { !$0.isBitcode }) else { return }
    var notes: [String] = []
    if let extraction = file.extraction {
      notes.append("extracted for \(extraction.symbol), needed by \(extraction.reference)")
    }
    throw LinkError(
      .unsupported,
      "is machine code, and with --keep-intrinsics an object is bitcode: "
        + "make an archive, which holds both, with -o NAME.a",
      file: file.name,
      notes: notes
    )
  }

  /// What a file is called as a member.
  fileprivate func memberName(of file: InputFile) -> String {
    switch file.origin {
    case .commandLine: file.name
    case .archive(let archive, let member): inputs.archives[archive].archive.members[member].name
    }
  }
}

extension LinkError {
  /// The error that there is nothing to make bitcode of.
  static func noBitcode(_ options: LinkOptions) -> LinkError {
    LinkError(
      .unsupported,
      "the output is to be bitcode, and none of the inputs is",
      file: options.output.string
    )
  }
}
