internal import ApusArtifacts

/// An ELF file of 64 bits, little-endian, for x86-64 or AArch64: its sections.
///
/// Symbols, groups and relocations are read when they are asked for.
struct ELFObject: Sendable {
  /// Whether it is to be linked, loaded or run: `e_type`.
  enum Kind: UInt16, Hashable, Sendable {
    case relocatable = 1
    case executable = 2
    case shared = 3
  }

  private static let sectionHeaderSize = 64

  /// The file's bytes.
  let contents: FileSlice
  /// What it is.
  let kind: Kind
  /// What it is for.
  let machine: ELFMachine
  /// Its sections, of which the first is empty by definition; none where they were stripped.
  let sections: [ELFSection]

  /// Reads the headers.
  ///
  /// - Throws: `LinkError` if the file is damaged, or for a machine that is not supported.
  init(_ contents: FileSlice) throws(LinkError) {
    self.contents = contents
    (kind, machine) = try Self.identify(contents)
    sections = try Self.readSections(contents)
  }

  /// A section's bytes; none if it has only a size.
  func contents(of section: Int) throws(LinkError) -> FileSlice {
    guard sections.indices.contains(section) else {
      throw contents.malformed("refers to section \(section) of \(sections.count)")
    }
    let header = sections[section]
    guard header.kind != .noBits else {
      return try contents.slice(at: 0, count: 0, "nothing")
    }
    guard let offset = Int(exactly: header.fileOffset) else {
      throw contents.malformed("section '\(header.name)' is at an offset no file has")
    }
    return try contents.slice(at: offset, count: header.size, "section '\(header.name)'")
  }

  /// The first section of a kind.
  func firstSection(_ kind: ELFSection.Kind) -> Int? {
    sections.firstIndex { $0.kind == kind }
  }

  /// The bitcode in a fat object; nil if there is none.
  ///
  /// `.llvmbc`, which `-fembed-bitcode` writes, is a copy for other purposes and not meant.
  func embeddedBitcode() throws(LinkError) -> FileSlice? {
    guard
      let section = sections.firstIndex(where: {
        $0.kind == .llvmLTO || $0.name == ".llvm.lto" && $0.kind != .noBits
      })
    else { return nil }
    return try contents(of: section).renamed(contents.name)
  }

  /// The libraries that it asks for.
  func dependentLibraries() throws(LinkError) -> [String] {
    var names: [String] = []
    for index in sections.indices where sections[index].kind == .dependentLibraries {
      names += try contents(of: index).text.split(separator: "\0").map(String.init)
    }
    return names
  }

  /// Refuses an object that has GCC's intermediate code and nothing else.
  ///
  /// One that has machine code too is fine: that is what is linked.
  func rejectGCCIntermediateCode() throws(LinkError) {
    guard sections.contains(where: { $0.name.hasPrefix(".gnu.lto_") }) else { return }
    guard try symbols().contains(where: { $0.name == "__gnu_lto_slim" }) else { return }
    throw LinkError(
      .unsupported,
      "holds GCC's intermediate code, which only GCC's own plugin reads: compile it without -flto, "
        + "with -ffat-lto-objects, or with clang",
      file: contents.name
    )
  }

  /// Checks `e_ident`, `e_type` and `e_machine`.
  private static func identify(_ contents: FileSlice) throws(LinkError) -> (Kind, ELFMachine) {
    let header = try contents.slice(at: 0, count: 64, "the ELF header")
    guard header.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else {
      throw contents.malformed("not an ELF file")
    }
    let bits = try header.integer(UInt8.self, at: 4, "the ELF class")
    let order = try header.integer(UInt8.self, at: 5, "the byte order")
    let number = try header.integer(UInt16.self, at: 18, "the machine")
    let machine = order == 2 ? number.byteSwapped : number
    guard bits == 2, order == 1, let known = ELFMachine(rawValue: machine) else {
      let form = [bits == 1 ? "32-bit" : nil, order == 2 ? "big-endian" : nil].compactMap { $0 }
      let name = ELFMachine(rawValue: machine)?.description
      throw LinkError(
        .incompatible,
        "for " + (form + [name ?? ELFMachine.name(ofUnsupported: machine)]).joined(separator: " ")
          + ", and only 64-bit little-endian x86_64 and aarch64 can be linked",
        file: contents.name
      )
    }
    let type = try header.integer(UInt16.self, at: 16, "the file's type")
    guard let kind = Kind(rawValue: type) else {
      throw contents.malformed("an ELF file of type \(type), neither object, program nor library")
    }
    return (kind, known)
  }

  private static func readSections(_ contents: FileSlice) throws(LinkError) -> [ELFSection] {
    let start = try contents.length(UInt64.self, at: 40, "the section headers' offset")
    guard start != 0 else { return [] }
    let entrySize = try contents.integer(UInt16.self, at: 58, "the section headers' size")
    guard Int(entrySize) == sectionHeaderSize else {
      throw contents.malformed("section headers of \(entrySize) bytes, not \(sectionHeaderSize)")
    }
    let first = try contents.slice(at: start, count: sectionHeaderSize, "the section headers")
    // What does not fit into the file's header is in the first section's.
    var count = Int(try contents.integer(UInt16.self, at: 60, "the number of sections"))
    if count == 0 { count = try first.length(UInt64.self, at: 32, "the number of sections") }
    var names = Int(try contents.integer(UInt16.self, at: 62, "the section names' number"))
    if names == 0xFFFF {
      names = Int(try first.integer(UInt32.self, at: 40, "the section names' number"))
    }
    let (size, overflow) = count.multipliedReportingOverflow(by: sectionHeaderSize)
    guard !overflow else {
      throw contents.malformed("claims \(count) sections, more than any file holds")
    }
    let table = try contents.slice(at: start, count: size, "the section headers")

    let nameTable: FileSlice?
    if names == 0 {
      nameTable = nil
    } else {
      guard names < count else {
        throw contents.malformed("has its section names in section \(names) of \(count)")
      }
      let header = names * sectionHeaderSize
      nameTable = try contents.slice(
        at: try table.length(UInt64.self, at: header + 24, "the section names' offset"),
        count: try table.length(UInt64.self, at: header + 32, "the section names' size"),
        "the section names"
      )
    }
    var sections: [ELFSection] = []
    sections.reserveCapacity(count)
    for index in 0..<count {
      sections.append(try section(index, in: table, names: nameTable))
    }
    return sections
  }

  private static func section(
    _ index: Int,
    in table: FileSlice,
    names: FileSlice?
  ) throws(LinkError) -> ELFSection {
    let header = index * sectionHeaderSize
    func word(_ position: Int) throws(LinkError) -> UInt32 {
      try table.integer(at: header + position, "section header \(index)")
    }
    let name = Int(try word(0))
    // The first section's fields may hold what did not fit into the file's header.
    guard index > 0 else {
      return ELFSection(
        name: "",
        kind: ELFSection.Kind(rawValue: 0),
        flags: [],
        size: 0,
        fileOffset: 0,
        link: 0,
        info: 0,
        entrySize: 0
      )
    }
    return ELFSection(
      name: try names?.text(at: name, "the name of section \(index)") ?? "",
      kind: ELFSection.Kind(rawValue: try word(4)),
      flags: ELFSection.Flags(
        rawValue: try table.integer(at: header + 8, "section header \(index)")
      ),
      size: try table.length(UInt64.self, at: header + 32, "the size of section \(index)"),
      fileOffset: try table.integer(at: header + 24, "section header \(index)"),
      link: Int(try word(40)),
      info: Int(try word(44)),
      entrySize: try table.length(UInt64.self, at: header + 56, "section \(index)'s entry size")
    )
  }
}
