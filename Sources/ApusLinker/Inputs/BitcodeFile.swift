// A bitcode file is a row of blocks: for each module an IDENTIFICATION (who wrote it) and a MODULE;
// for all together a SYMTAB (what linkers want to know, made by the writer) and a STRTAB (all
// names). As a rule there is one module. Splitting LTO units gives two, which LLVM's C API refuses;
// joining files with `cat` gives several of everything, each STRTAB for the modules before it.

/// A bitcode file: its parts, read without LLVM.
struct BitcodeFile: Sendable {
  /// Who wrote a module.
  struct Identification: Hashable, Sendable {
    /// `LLVM22.1.8`, or what a vendor calls its own.
    var producer: String
    /// A number that changes when older bitcode is no longer read; 0 until now.
    var epoch: UInt64

    /// The LLVM's major version; nil where a vendor counts on its own.
    var llvmMajorVersion: Int? {
      guard producer.hasPrefix("LLVM") else { return nil }
      return Int(producer.dropFirst(4).prefix { $0.isNumber && $0.isASCII })
    }
  }

  /// The libraries that the modules ask for: `#pragma comment(lib, ...)`, and Swift's imports.
  func dependentLibraries() throws(LinkError) -> [String] {
    guard let symbolTableBytes, let symbolNames else { return [] }
    return try BitcodeSymbolTable.dependentLibraries(of: symbolTableBytes, names: symbolNames)
  }

  /// What a module says of itself up front.
  struct Header: Hashable, Sendable {
    /// What it is for, as the target's triple; empty if it does not say.
    var triple = ""
    /// How data are laid out.
    var dataLayout = ""
    /// What it was compiled from.
    var sourceFileName = ""
    /// Whether it has assembly, whose symbols only LLVM's parser of it finds.
    var hasAssembly = false
  }

  /// One module in the file.
  struct Module: Sendable {
    /// Who wrote it; nil if it does not say.
    let identification: Identification?
    /// Blocks with their headers.
    fileprivate let identificationBlock: FileSlice?
    fileprivate let block: FileSlice
    fileprivate var stringTableBlock: FileSlice?
    /// The inside of the module's block.
    fileprivate let body: FileSlice
    fileprivate let abbreviationWidth: Int
  }

  /// The bitcode, without Apple's wrapper: what LLVM reads.
  let contents: FileSlice
  /// The modules in order; at least one.
  private(set) var modules: [Module] = []
  private var symbolTableBytes: FileSlice?
  private var symbolNames: FileSlice?

  private static let magic: [UInt8] = [0x42, 0x43, 0xC0, 0xDE]

  /// Finds the file's parts.
  ///
  /// - Throws: `LinkError` if it is damaged or has no module.
  init(_ file: FileSlice) throws(LinkError) {
    contents = try Self.unwrapped(file)
    guard contents.starts(with: Self.magic) else {
      throw file.malformed("not LLVM bitcode")
    }
    try findBlocks()
    guard !modules.isEmpty else { throw contents.malformed("bitcode without a module") }
  }

  /// What a linker wants to know, made by the compiler; nil where there is none that can be trusted,
  /// and the module must be loaded by LLVM.
  func symbolTable() throws(LinkError) -> BitcodeSymbolTable? {
    guard let symbolTableBytes, let symbolNames else { return nil }
    return try BitcodeSymbolTable(
      symbolTableBytes,
      names: symbolNames,
      moduleCount: modules.count
    )
  }

  /// What a module says of itself up front.
  func header(ofModule index: Int) throws(LinkError) -> Header {
    let module = modules[index]
    var stream = Bitstream(module.body, abbreviationWidth: module.abbreviationWidth)
    var header = Header()
    while true {
      let entry = try stream.next()
      if case .end = entry { return header }
      guard case .record(let code, let operands, _) = entry else { continue }
      let text = String(decoding: operands.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
      switch code {
      case 2: header.triple = text
      case 3: header.dataLayout = text
      case 4: header.hasAssembly = true
      case 16: header.sourceFileName = text
      // Variables, functions, aliases, ifuncs: the header is over.
      case 7, 8, 9, 14, 18: return header
      default: break
      }
    }
  }

  /// Refuses attributes for a parameter that no function has.
  ///
  /// LLVM would make room for all the parameters before it: gigabytes, for a bit that was flipped.
  func checkAttributes() throws(LinkError) {
    for module in modules {
      var stream = Bitstream(module.body, abbreviationWidth: module.abbreviationWidth)
      search: while true {
        switch try stream.next() {
        case .end: break search
        case .record: continue
        case .block(BlockID.attributeGroups, var groups):
          while case .record(_, let operands, _) = try groups.next() {
            // The group's number, and the parameter's; the last is the function itself.
            guard operands.count > 1, operands[1] > largestParameter, operands[1] != UInt32.max
            else { continue }
            throw contents.malformed("damaged bitcode: attributes of parameter \(operands[1])")
          }
          break search
        case .block: continue
        }
      }
    }
  }

  private var largestParameter: UInt64 { 1 << 16 }

  /// A module as a bitcode file of its own.
  func standaloneModule(_ index: Int) -> FileSlice {
    guard modules.count > 1 else { return contents }
    let module = modules[index]
    var bytes = Self.magic
    for block in [module.identificationBlock, module.block, module.stringTableBlock] {
      block?.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
    return FileSlice(copying: bytes, name: contents.name)
  }

  /// The error that a module is too new for the LLVM in use; nil if it is not.
  func incompatibility(withLLVM version: String, major: Int) -> LinkError? {
    for module in modules {
      guard let identification = module.identification,
        identification.epoch != 0 || identification.llvmMajorVersion ?? 0 > major
      else { continue }
      return LinkError(
        .incompatible,
        "bitcode of a newer LLVM (\(identification.producer)) than the one in use (\(version)): "
          + "compile it with that one, or link with the newer",
        file: contents.name
      )
    }
    return nil
  }

  // MARK: - Blocks

  private enum BlockID {
    static let module = 8
    static let attributeGroups = 10
    static let identification = 13
    static let stringTable = 23
    static let symbolTable = 25
  }

  /// The bitcode in Apple's wrapper, or the file itself.
  private static func unwrapped(_ file: FileSlice) throws(LinkError) -> FileSlice {
    guard file.starts(with: [0xDE, 0xC0, 0x17, 0x0B]) else { return file }
    let offset = Int(try file.integer(UInt32.self, at: 8, "the wrapper's header"))
    let size = Int(try file.integer(UInt32.self, at: 12, "the wrapper's header"))
    return try file.slice(at: offset, count: size, "the bitcode in the wrapper")
  }

  private mutating func findBlocks() throws(LinkError) {
    var position = Self.magic.count
    var identification: (Identification, FileSlice)?
    // What is shorter than a block's header is what some archivers fill up with.
    while contents.count - position >= 8 {
      let rest = try contents.suffix(from: position, "a block")
      var stream = Bitstream(rest, abbreviationWidth: 2)
      guard try stream.fixed(2) == 1 else {
        throw contents.malformed("damaged bitcode: no block at offset \(position)")
      }
      let (id, width, size) = try stream.blockHeader()
      let end = stream.byteOffset + size
      let block = try rest.slice(at: 0, count: end, "a block")
      let body = try rest.slice(at: stream.byteOffset, count: size, "a block")
      switch id {
      case BlockID.identification:
        identification = (try Self.identification(body, width), block)
      case BlockID.module:
        modules.append(
          Module(
            identification: identification?.0,
            identificationBlock: identification?.1,
            block: block,
            stringTableBlock: nil,
            body: body,
            abbreviationWidth: width
          )
        )
        identification = nil
      case BlockID.stringTable:
        let names = try Self.blob(1, in: body, width)
        for index in modules.indices.reversed() {
          if modules[index].stringTableBlock != nil { break }
          modules[index].stringTableBlock = block
        }
        if symbolTableBytes != nil, symbolNames == nil { symbolNames = names }
      case BlockID.symbolTable:
        // Files joined with `cat` have one each, and the first knows nothing of the others' modules;
        // its count of modules gives it away.
        if symbolTableBytes == nil { symbolTableBytes = try Self.blob(1, in: body, width) }
      default:
        break
      }
      position += end
    }
  }

  private static func identification(
    _ body: FileSlice,
    _ width: Int
  ) throws(LinkError) -> Identification {
    var stream = Bitstream(body, abbreviationWidth: width)
    var identification = Identification(producer: "", epoch: 0)
    while case .record(let code, let operands, _) = try stream.next() {
      if code == 1 {
        identification.producer = String(
          decoding: operands.map { UInt8(truncatingIfNeeded: $0) },
          as: UTF8.self
        )
      } else if code == 2, let epoch = operands.first {
        identification.epoch = epoch
      }
    }
    return identification
  }

  /// The bytes of the block's record with this code.
  private static func blob(
    _ wanted: UInt64,
    in body: FileSlice,
    _ width: Int
  ) throws(LinkError) -> FileSlice? {
    var stream = Bitstream(body, abbreviationWidth: width)
    while true {
      switch try stream.next() {
      case .end: return nil
      case .record(let code, _, let blob?) where code == wanted: return blob
      case .record, .block: continue
      }
    }
  }
}
