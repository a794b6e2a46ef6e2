import Testing

@testable import ApusArtifacts

/// What is said about bytes that are no module, or a damaged one.
///
/// All are made by hand.
struct VMBytecodeErrorTests {
  private func failure(_ module: HandmadeModule) -> VMBytecodeError? { failure(module.bytes) }

  private func failure(_ bytes: [UInt8]) -> VMBytecodeError? {
    do {
      _ = try VMModuleDescription(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test func `reads a module made by hand, so that each test below breaks one thing only`() throws {
    let module = try VMModuleDescription(HandmadeModule().bytes)
    #expect(module.name == "handmade")
    #expect(module.exports.map(\.name) == ["f"])
    #expect(module.omissions == [])
    #expect(module.stateMutation == nil)
  }

  @Test(.enabled(if: IREETools.areExpected, IREETools.reason))
  func `makes modules by hand that IREE's own reader accepts`() throws {
    var module = HandmadeModule()
    module.imports = [("other.g", "0i_v")]
    module.types = ["i32"]
    module.segments = [HandmadeModule.segment("text")]
    module.fields[11] = .table([0: .int32(4), 1: .int32(2)])
    let tables = try IREETools.dump(module.bytes).tables
    #expect(tables.imported_functions?.map(\.full_name) == ["other.g"])
    #expect(tables.rodata_segments?.first?.embedded_data == Array("text".utf8))
    #expect(tables.module_state?.global_ref_count == 2)
  }

  @Test func `tells other files from modules`() {
    #expect(
      failure([])?.description
        == "not a VM bytecode module: only 0 bytes, too few for a FlatBuffer (at byte 0)"
    )
    #expect(
      failure(Array("func.func @f() { return }".utf8))?.description
        == "not a VM bytecode module: no FlatBuffer with the identifier 'IREE' (at byte 8)"
    )
    #expect(failure(Array("func.func @f() { return }".utf8))?.code == .notAModule)
  }

  /// A zip's first header, and nothing of what follows it.
  private func zip(compression: UInt8, name: Int, extra: Int = 0) -> [UInt8] {
    var header: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + Array(repeating: 0, count: 26)
    header[8] = compression
    header[26] = UInt8(name)
    header[28] = UInt8(extra)
    return header + Array(repeating: 0x20, count: name + extra)
  }

  @Test func `steps over a zip header`() throws {
    let module = HandmadeModule()
    let bytes = zip(compression: 0, name: 9, extra: 25) + module.bytes
    #expect(try VMModuleDescription(bytes).name == "handmade")
  }

  @Test func `tells other zips from modules`() {
    let bytes = HandmadeModule().bytes
    #expect(
      failure(zip(compression: 8, name: 5) + bytes)?.description
        == "not a VM bytecode module: a zip whose first member is compressed (at byte 0)"
    )
    #expect(failure(zip(compression: 0, name: 200))?.code == .notAModule)
    #expect(failure(Array(zip(compression: 0, name: 200).prefix(60)))?.code == .truncated)
  }

  @Test(arguments: ["14.3", "16.0", "18.0"])
  func `names the version it cannot read, and those it can`(_ version: String) throws {
    let numbers = version.split(separator: ".").compactMap { UInt32($0) }
    var module = HandmadeModule()
    module.bytecodeVersion = numbers[0] << 16 | numbers[1]
    let error = try #require(failure(module))
    #expect(error.description == "bytecode version \(version), this build reads 15.x and 17.x")
    #expect(error.code == .unsupportedVersion)
  }

  @Test(arguments: [15, 17] as [UInt32])
  func `reads any minor version of those it can read`(_ major: UInt32) throws {
    var module = HandmadeModule()
    module.bytecodeVersion = major << 16 | 7
    let version = try VMModuleDescription(module.bytes).bytecodeVersion
    #expect(version == .init(major: Int(major), minor: 7))
  }

  @Test func `takes no function's name from a source map that is not of all functions`() throws {
    var module = HandmadeModule()
    module.functions = [.init(code: [0x79, 0xDF]), .init(code: HandmadeModule.returning)]
    module.exports = [("g", 1)]
    module.fields[15] = .table([2: .tables([.table([0: .string("g")])])])
    let partial = try VMModuleDescription(module.bytes)
    #expect(partial.hasSourceMap)
    #expect(partial.stateMutation == "function 0 cannot be read")
    module.fields[15] = .table([
      2: .tables([.table([0: .string("f")]), .table([0: .string("g")])])
    ])
    #expect(try VMModuleDescription(module.bytes).stateMutation == "f cannot be read")
  }

  @Test func `says what a module lacks or contradicts`() {
    var nameless = HandmadeModule()
    nameless.name = nil
    #expect(failure(nameless)?.message == "malformed: the module has no name")
    var export = HandmadeModule()
    export.exports = [("f", 1)]
    #expect(failure(export)?.message == "malformed: the export 'f' is function 1, of 1 functions")
    export.exports = [("f", -1)]
    #expect(failure(export)?.message == "malformed: the export 'f' is function -1, of 1 functions")
    var signature = HandmadeModule()
    signature.fields[8] = .tables([])
    #expect(failure(signature)?.message == "malformed: 0 function signatures for 1 functions")
    var bytecode = HandmadeModule()
    bytecode.fields[14] = .bytes([])
    #expect(
      failure(bytecode)?.message
        == "truncated: the bytecode of function 0 needs 4 bytes where 0 are left"
    )
    #expect(bytecode.bytes.count >= failure(bytecode)?.offset ?? .max)
  }

  @Test func `says which segment lies outside of the file`() throws {
    var module = HandmadeModule()
    module.externalData = Array(repeating: 7, count: 100)
    module.segments = [.table([3: .uint64(0), 4: .uint64(100)])]
    #expect(try VMModuleDescription(module.bytes).readOnlySegments.map(\.byteCount) == [100])
    module.segments.append(.table([3: .uint64(64), 4: .uint64(37)]))
    #expect(
      failure(module)?.message
        == "truncated: rodata_segments[1] needs 37 bytes where 36 are left"
    )
    module.segments[1] = .table([3: .uint64(.max), 4: .uint64(.max)])
    #expect(failure(module)?.message == "malformed: rodata_segments[1] lies beyond any file")
    module.segments[1] = .table([3: .uint64(UInt64(Int.max)), 4: .uint64(1)])
    #expect(failure(module)?.message == "malformed: rodata_segments[1] lies beyond any file")
  }

  @Test func `has an offset for what is cut off`() throws {
    let bytes = HandmadeModule().bytes
    let error = try #require(failure(Array(bytes.dropLast(1))))
    #expect(error.code == .truncated)
    #expect(error.offset == 4)
    let (needed, left) = (bytes.count - 4, bytes.count - 5)
    #expect(
      error.description
        == "truncated: the FlatBuffer needs \(needed) bytes where \(left) are left (at byte 4)"
    )
  }

  @Test func `gives up on text that is referred to a thousand times`() {
    var module = HandmadeModule()
    let key = String(repeating: "k", count: 100_000)
    module.fields[3] = .sameTable(.table([0: .string(key)]), count: 1_000)
    #expect(failure(module)?.code == .tooInvolved)
    module.fields[3] = .sameTable(.table([0: .string(key)]), count: 5)
    #expect(failure(module) == nil)
  }
}
