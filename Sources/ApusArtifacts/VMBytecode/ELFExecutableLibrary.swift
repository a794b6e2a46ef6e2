/// The table of entry points inside a shared library that IREE made for a CPU.
///
/// Such a library has one symbol, a function that returns the address of a structure
/// (`iree_hal_executable_library_v0_t` in `iree/hal/local/executable_library.h`); what the
/// structure refers to is filled in by relocations when it is loaded. So the relocations are a list
/// of all pointers in the file, and the structure is found by its shape: it begins with a pointer
/// to a header that begins with the version of the interface and a pointer to a name.
struct ELFExecutableLibrary {
  private struct LoadedSegment {
    var address: UInt64
    var bytes: ByteWindow
  }

  private let elf: ByteWindow
  private var segments: [LoadedSegment] = []
  private var dynamicSection: ByteWindow?

  /// Reads the program headers of a 64-bit ELF file.
  ///
  /// - Throws: ``VMBytecodeError`` if they lie outside of it.
  init(_ elf: ByteWindow) throws(VMBytecodeError) {
    self.elf = elf
    let what = "the ELF program headers"
    let offset = try elf.integer(UInt64.self, at: 0x20, what)
    let size = try elf.unsigned(UInt16.self, at: 0x36, what)
    let count = try elf.unsigned(UInt16.self, at: 0x38, what)
    guard let start = Int(exactly: offset), elf.contains(start, size: size * count), size >= 56
    else {
      throw .malformed(what, at: elf.fileOffset)
    }
    for header in 0..<count {
      let place = start + header * size
      let kind = try elf.integer(UInt32.self, at: place, what)
      guard kind == 1 || kind == 2 else { continue }
      let fileOffset = try elf.integer(UInt64.self, at: place + 8, what)
      let byteCount = try elf.integer(UInt64.self, at: place + 32, what)
      guard let fileOffset = Int(exactly: fileOffset), let byteCount = Int(exactly: byteCount)
      else {
        throw .malformed(what, at: elf.fileOffset + place)
      }
      let bytes = try elf.window(at: fileOffset, count: byteCount, "an ELF segment")
      if kind == 2 {
        dynamicSection = bytes
      } else if segments.count < Self.mostSegments {
        let address = try elf.integer(UInt64.self, at: place + 16, what)
        segments.append(LoadedSegment(address: address, bytes: bytes))
      }
    }
  }

  /// The names of the entry points, in order; empty if the library has none or is of another
  /// making.
  func entryPoints(_ budget: ReadBudget) throws(VMBytecodeError) -> [String] {
    let pointers = try pointers()
    for place in pointers.keys.sorted() {
      if let names = try names(ofLibraryAt: place, pointers, budget) { return names }
    }
    return []
  }

  /// More than any library has; each address is looked for in all of them.
  private static let mostSegments = 32

  /// The version of the interface that is understood, 0.6.
  private static let interfaceVersion: UInt32 = 6

  private func names(
    ofLibraryAt place: UInt64,
    _ pointers: [UInt64: UInt64],
    _ budget: ReadBudget
  ) throws(VMBytecodeError) -> [String]? {
    // The library: header pointer, imports (count, table), exports (count, functions, attributes,
    // parameters, occupancy, names, ...); the header: version, name pointer. All 8 bytes apart.
    guard let header = pointers[place],
      integer(UInt32.self, at: header) == Self.interfaceVersion, pointers[header &+ 8] != nil,
      let count = integer(UInt32.self, at: place &+ 24), count > 0, count <= pointers.count,
      pointers[place &+ 32] != nil, let table = pointers[place &+ 64]
    else { return nil }
    var names: [String] = []
    for index in 0..<UInt64(count) {
      guard let address = pointers[table &+ index * 8], let name = text(at: address) else {
        return nil
      }
      try budget.charge(name.utf8.count + 16, "the entry points of an executable")
      names.append(name)
    }
    return names
  }

  /// Where a pointer lies, and where it points to, for each that the loader fills in.
  private func pointers() throws(VMBytecodeError) -> [UInt64: UInt64] {
    guard let dynamicSection else { return [:] }
    let what = "the ELF dynamic section"
    var table: UInt64 = 0
    var byteCount: UInt64 = 0
    for place in stride(from: 0, to: dynamicSection.count - 15, by: 16) {
      let value = try dynamicSection.integer(UInt64.self, at: place + 8, what)
      switch try dynamicSection.integer(UInt64.self, at: place, what) {
      case 7: table = value  // DT_RELA
      case 8: byteCount = value  // DT_RELASZ
      default: break
      }
    }
    guard let byteCount = Int(exactly: byteCount), byteCount > 0,
      let relocations = bytes(at: table, count: byteCount)
    else { return [:] }
    var pointers: [UInt64: UInt64] = [:]
    for place in stride(from: 0, to: relocations.count - 23, by: 24) {
      // A relocation without a symbol adds the library's address to the number it holds.
      guard try relocations.integer(UInt32.self, at: place + 12, what) == 0 else { continue }
      let address = try relocations.integer(UInt64.self, at: place, what)
      pointers[address] = try relocations.integer(UInt64.self, at: place + 16, what)
    }
    return pointers
  }

  private func bytes(at address: UInt64, count: Int) -> ByteWindow? {
    for segment in segments where address >= segment.address {
      guard let offset = Int(exactly: address - segment.address) else { continue }
      if segment.bytes.contains(offset, size: count) {
        return try? segment.bytes.window(at: offset, count: count, "")
      }
    }
    return nil
  }

  private func integer(_ type: UInt32.Type, at address: UInt64) -> UInt32? {
    try? bytes(at: address, count: 4)?.integer(type, at: 0, "")
  }

  /// A C string of at most a few thousand characters.
  private func text(at address: UInt64) -> String? {
    let longest = 4096
    for segment in segments where address >= segment.address {
      guard let offset = Int(exactly: address - segment.address), offset < segment.bytes.count,
        let rest = try? segment.bytes.window(
          at: offset,
          count: min(longest, segment.bytes.count - offset),
          ""
        )
      else { continue }
      return rest.firstZero == nil ? nil : rest.textUpToZero
    }
    return nil
  }
}
