/// What an input is, as its first bytes tell.
enum InputFormat: Hashable, Sendable {
  /// LLVM bitcode.
  case bitcode
  /// LLVM bitcode behind a header that says where it is, as Apple's tools write.
  case wrappedBitcode
  /// An ELF object, to be linked.
  case relocatableObject
  /// An ELF shared library; position-independent executables look the same.
  case sharedLibrary
  /// An ELF executable.
  case executable
  /// ELF of another kind: a core dump.
  case otherELF
  /// A `!<arch>` archive.
  case archive
  /// A `!<thin>` archive, whose members are files.
  case thinArchive
  /// LLVM's textual IR.
  case textualIR
  /// Any other text: a linker script.
  case text
  /// Nothing at all.
  case empty
  /// Binary, of a format that is none of the linker's.
  case unknown

  /// Looks at the input's first bytes, and at its name where text may be one of two things.
  init(_ contents: FileSlice) {
    self = contents.withUnsafeBytes { InputFormat(bytes: $0, name: contents.name) }
  }

  private init(bytes: UnsafeRawBufferPointer, name: String) {
    if bytes.isEmpty {
      self = .empty
    } else if bytes.starts(with: [0x42, 0x43, 0xC0, 0xDE]) {
      self = .bitcode
    } else if bytes.starts(with: [0xDE, 0xC0, 0x17, 0x0B]) {
      self = .wrappedBitcode
    } else if bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) {
      self = Self.elf(bytes)
    } else if bytes.starts(with: Archive.magic) {
      self = .archive
    } else if bytes.starts(with: Archive.thinMagic) {
      self = .thinArchive
    } else if bytes.prefix(1024).contains(0) || bytes.starts(with: "!<".utf8) {
      // No text has zeros in it; the other is what is left of an archive.
      self = .unknown
    } else {
      self = Self.isTextualIR(bytes, name: name) ? .textualIR : .text
    }
  }

  /// `e_type`, in the file's own byte order.
  private static func elf(_ bytes: UnsafeRawBufferPointer) -> InputFormat {
    guard bytes.count >= 18 else { return .otherELF }
    let isLittleEndian = bytes[5] != 2
    return switch isLittleEndian ? (bytes[16], bytes[17]) : (bytes[17], bytes[16]) {
    case (1, 0): .relocatableObject
    case (2, 0): .executable
    case (3, 0): .sharedLibrary
    default: .otherELF
    }
  }

  /// Whether text is IR rather than a linker script, which begins with a command, a comment in
  /// slashes or an assignment.
  private static func isTextualIR(_ bytes: UnsafeRawBufferPointer, name: String) -> Bool {
    if name.hasSuffix(".ll") { return true }
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let first = bytes.prefix(4096).drop(while: isSpace).prefix { !isSpace($0) }
    switch first.first {
    case UInt8(ascii: ";"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "!"),
      UInt8(ascii: "$"):
      return true
    default:
      let word = String(decoding: first.prefix(32), as: UTF8.self)
      return ["source_filename", "target", "define", "declare", "module", "attributes"]
        .contains { word == $0 || word.hasPrefix("\($0)=") }
    }
  }
}
