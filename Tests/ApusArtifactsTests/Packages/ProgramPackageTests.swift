import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusArtifacts

@Suite struct ProgramPackageTests {
  private let folder: TemporaryFolder
  private let path: FilePath
  private let program = Array("a compiled program".utf8)
  private let weights = [UInt8](repeating: 7, count: 70_000)

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("package")
  }

  /// An executable that is nothing but the header by which its end is known.
  private func launcher(byteCount: Int = 100) -> [UInt8] {
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1]
    bytes += .init(repeating: 0, count: 64 - bytes.count)
    bytes += .init(repeating: 1, count: byteCount - bytes.count)
    bytes[40] = UInt8(byteCount)
    return bytes
  }

  private func write() throws {
    let launcher = try MappedFile(folder.write(launcher(), to: "launcher"))
    let parameters = try MappedFile(folder.write(weights, to: "weights.safetensors"))
    try ProgramPackage.write(
      [
        .init(program: VMBytecode(program, name: "folder/add.vmfb")),
        .init(parameters: parameters, scope: "model"),
      ],
      behind: launcher,
      to: path
    )
  }

  private func error() throws -> ProgramPackageError {
    try #require(throws: ProgramPackageError.self) {
      let package = try ProgramPackage(contentsOf: path)
      for entry in package.entries { _ = try package.map(entry, verifying: true) }
    }
  }

  @Test func `what was packaged is found again, where any system can map it`() throws {
    try write()
    let package = try ProgramPackage(contentsOf: path)
    #expect(package.entries.map(\.name) == ["add.vmfb", "weights.safetensors"])
    #expect(package.entries.map(\.scope) == ["", "model"])
    #expect(package.entries.map(\.kind) == [.program, .parameters])
    #expect(package.entries.allSatisfy { $0.offset % 65_536 == 0 })
    let contents = try package.entries.map { entry in
      try package.map(entry, verifying: true).withUnsafeBytes { Array($0) }
    }
    #expect(contents == [program, weights])
    #expect(try folder.contents(of: "package").prefix(100).elementsEqual(launcher()))
  }

  @Test func `a package can be run by whom its folder's new files are for`() throws {
    try write()
    #expect(try path.stat().permissions.contains([.ownerRead, .ownerWrite, .ownerExecute]))
  }

  @Test func `a launcher with nothing behind it has no program`() throws {
    try folder.write(launcher(), to: "package")
    let error = try error()
    #expect(error.code == .empty)
    #expect(error.description == "there is no program in it")
  }

  @Test(arguments: [1, 31, 32, 40, 200, 66_000, 70_100])
  func `a package that was cut says so`(count: Int) throws {
    try write()
    let bytes = try folder.contents(of: "package")
    try folder.write(Array(bytes.dropLast(count)), to: "package")
    let error = try error()
    #expect(error.code == .cut)
    #expect(error.description.contains("cut short"))
  }

  @Test func `damage anywhere behind the launcher is found`() throws {
    try write()
    let bytes = try folder.contents(of: "package")
    let package = try ProgramPackage(contentsOf: path)
    let places =
      package.entries.map(\.offset) + [
        package.entries[1].offset + weights.count - 1,  // the last weight
        bytes.count - 60, bytes.count - 33,  // the directory
        bytes.count - 32, bytes.count - 24, bytes.count - 16, bytes.count - 12,  // the trailer
      ]
    for place in places {
      var damaged = bytes
      damaged[place] ^= 0x10
      try folder.write(damaged, to: "package")
      let error = try error()
      #expect(error.code == .damaged || error.code == .unknownVersion, "at \(place): \(error)")
    }
  }

  @Test func `every byte of the directory and the trailer may be any other`() throws {
    try write()
    let bytes = try folder.contents(of: "package")
    var random = SeededGenerator(seed: 5)
    for place in (bytes.count - 140)..<bytes.count {
      var damaged = bytes
      damaged[place] = damaged[place] ^ UInt8.random(in: 1...255, using: &random)
      try folder.write(damaged, to: "package")
      #expect(throws: ProgramPackageError.self) {
        let package = try ProgramPackage(contentsOf: path)
        for entry in package.entries { _ = try package.map(entry, verifying: true) }
      }
    }
  }

  @Test func `the checksum is that of zip`() {
    func checksum(_ text: String) -> UInt32 {
      Array(text.utf8).withUnsafeBytes(CRC32.checksum)
    }
    #expect(checksum("") == 0)
    #expect(checksum("123456789") == 0xCBF4_3926)
    #expect(checksum("The quick brown fox jumps over the lazy dog") == 0x414F_A339)
  }
}
