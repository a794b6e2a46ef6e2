import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusLinker

/// No input ends the process: what is damaged is read to the end or refused with an error that
/// names it.
struct DamagedInputTests {
  /// Each format is damaged as often.
  private static let rounds = 2_000

  @Test(arguments: ["gnu", "bsd", "darwin", "thin", "none"])
  func `survives damaged archives`(_ form: String) async throws {
    let fixture = try InputFixture()
    let names = ["a.o", "a_name_of_more_than_fifteen_characters.o"]
    try await fixture.compile("int f(void) { return 1; }", "a.c", to: names[0])
    try await fixture.compile("int g(void) { return 2; }", "a.c", to: names[1], "-flto")
    let flags =
      switch form {
      case "thin": ["rcsT"]
      case "none": ["rcS"]
      default: ["--format=\(form)", "rcs"]
      }
    let archive = try await fixture.archive("lib.a", flags, names)
    // Thin archives find their members from where they are.
    let path = fixture.folder.file("damaged.a")
    try damage(archive, seed: 1) { bytes in
      let slice: FileSlice
      if form == "thin" {
        try fixture.folder.write(bytes, to: "damaged.a")
        if bytes.isEmpty { return }
        slice = try FileSlice(mapping: path)
      } else {
        slice = FileSlice(copying: bytes, name: "damaged.a")
      }
      try Self.read(slice)
    }
  }

  @Test func `survives damaged objects`() async throws {
    let fixture = try InputFixture()
    let object = try await fixture.compile(
      InputFixture.everyKindOfSymbol,
      "a.cpp",
      to: "a.o",
      "-flto",
      "-ffat-lto-objects"
    )
    try damage(object, seed: 2) { try Self.read(FileSlice(copying: $0, name: "damaged.o")) }
  }

  @Test func `survives damaged shared libraries`() async throws {
    let fixture = try InputFixture()
    try await fixture.compile(
      "int wanted(void); int f(void) { return wanted(); } int g(void) { return 1; }",
      "a.c",
      to: "a.o",
      "-fPIC"
    )
    try fixture.folder.write("V1 { global: f; }; V2 { global: g; } V1;", to: "versions")
    try await runLLVMTool(
      "ld.lld",
      ["-shared", "--version-script=versions", "a.o", "-o", "a.so", "-soname", "a.so"],
      in: fixture.folder.path
    )
    let library = try fixture.contents("a.so")
    try damage(library, seed: 3) { try Self.read(FileSlice(copying: $0, name: "damaged.so")) }
  }

  @Test(arguments: [
    ["-flto"], ["-flto=thin", "-fsplit-lto-unit"], ["--target=x86_64-apple-macosx"],
  ])
  func `survives damaged bitcode`(_ flags: [String]) async throws {
    let fixture = try InputFixture()
    try fixture.folder.write(
      "double sin(double); inline int f() { return 1; } int g = f();",
      to: "a.cpp"
    )
    try await runLLVMTool(
      "clang++",
      ["-c", "-emit-llvm", "a.cpp", "-o", "a.bc"] + flags,
      in: fixture.folder.path
    )
    let bitcode = try fixture.contents("a.bc")
    try damage(bitcode, seed: 4) { try Self.read(FileSlice(copying: $0, name: "damaged.bc")) }
  }

  /// Reads all there is to read.
  private static func read(_ slice: FileSlice) throws {
    switch InputFormat(slice) {
    case .archive, .thinArchive:
      let archive = try Archive(slice)
      let index = ArchiveIndex(archive) { _ in [] }
      _ = index.symbols
      for member in archive.members {
        guard let contents = try? archive.contents(of: member) else { continue }
        _ = member.baseName
        // Members are of formats that have tests of their own.
        _ = InputFormat(contents)
      }
    case .bitcode, .wrappedBitcode:
      let file = try BitcodeFile(slice)
      _ = try file.symbolTable()?.inputSymbols
      for module in file.modules.indices {
        _ = try file.header(ofModule: module)
        _ = file.standaloneModule(module)
      }
      _ = file.incompatibility(withLLVM: "22", major: 22)
    case .sharedLibrary:
      _ = try SharedLibrary(slice).inputSymbols
    default:
      let object = try ELFObject(slice)
      // Each is read although another may be damaged.
      var errors: [LinkError?] = []
      errors.append(linkError { _ = try object.inputSymbols() })
      errors.append(linkError { _ = try object.groups() })
      errors.append(linkError { _ = try object.referrers(to: "sin") })
      errors.append(linkError { try object.rejectGCCIntermediateCode() })
      errors.append(linkError { _ = try object.embeddedBitcode().map { try Self.read($0) } })
      for section in object.sections.indices {
        errors.append(linkError { _ = try object.contents(of: section) })
      }
      if let error = errors.lazy.compactMap({ $0 }).first { throw error }
    }
  }

  /// Reads damaged copies; each is read or ends in an error that names it.
  private func damage(
    _ original: FileSlice,
    seed: UInt64,
    _ read: ([UInt8]) throws -> Void
  ) throws {
    let bytes = original.withUnsafeBytes { Array($0) }
    var random = SeededGenerator(seed: seed)
    var refused = 0
    for round in 0..<Self.rounds {
      let error = linkError { try read(Self.damaged(bytes, &random)) }
      guard let error else { continue }
      refused += 1
      #expect(error.file?.contains("damaged") == true, "round \(round): \(error)")
      #expect(!error.message.isEmpty)
    }
    // Or the damage is none, and the test proves nothing.
    #expect(refused > Self.rounds / 20)
    #expect(refused < Self.rounds)
  }

  /// Damages a few places: single bits, bytes, and words that are extreme or point somewhere near;
  /// sometimes the end is missing.
  private static func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      // Headers and tables are at both ends; what is between says little.
      let size = bytes.count
      let place =
        Bool.random(using: &random)
        ? Int.random(in: 0..<size, using: &random)
        : Bool.random(using: &random)
          ? Int.random(in: 0..<min(size, 256), using: &random)
          : Int.random(in: max(0, size - 2048)..<size, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0...2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 3...4: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
      case 5: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
      case 6...8:
        let words: [UInt32] = [
          0, 1, 0x7FFF_FFFF, 0x8000_0000, .max, UInt32(size), UInt32(place),
          UInt32.random(in: 0...UInt32(size), using: &random),
        ]
        let word = words.randomElement(using: &random) ?? 0
        let width = Bool.random(using: &random) ? 4 : 8
        for index in 0..<width where place + index < size {
          let shift = 8 * UInt32(index % 4)
          bytes[place + index] = UInt8(truncatingIfNeeded: word >> shift)
        }
      default:
        if Int.random(in: 0..<4, using: &random) == 0 { bytes.removeLast(size - place) }
        if bytes.isEmpty { return bytes }
      }
    }
    return bytes
  }
}
