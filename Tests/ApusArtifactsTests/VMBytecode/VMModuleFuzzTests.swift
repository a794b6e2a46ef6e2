import Testing

@testable import ApusArtifacts

/// No input ends the process: damaged modules end in an error or a description, and soon.
struct VMModuleFuzzTests {
  /// Numbers that are the same each time (SplitMix64), so that a failure can be had again.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  /// Damages a few places: single bits, bytes, and words that are extreme or point somewhere near.
  private func damaged(_ bytes: [UInt8], _ numbers: inout Numbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &numbers) {
      let place = Int.random(in: 0..<bytes.count, using: &numbers)
      switch Int.random(in: 0..<6, using: &numbers) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
      case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &numbers)
      case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &numbers) ?? 0
      case 3, 4:
        let words: [UInt32] = [
          0, 1, 0x7FFF_FFFF, 0x8000_0000, .max, UInt32(bytes.count), UInt32(place),
          UInt32.random(in: 0...UInt32(bytes.count), using: &numbers),
        ]
        let word = words.randomElement(using: &numbers) ?? 0
        for index in 0..<4 where place + index < bytes.count {
          bytes[place + index] = UInt8(truncatingIfNeeded: word >> (8 * UInt32(index)))
        }
      default:
        if Int.random(in: 0..<8, using: &numbers) == 0 { bytes.removeLast(bytes.count - place) }
        if bytes.isEmpty { return bytes }
      }
    }
    return bytes
  }

  /// Reads as many damaged modules; returns how many could still be described.
  private func readDamaged(_ bytes: [UInt8], count: Int, seed: UInt64) -> Int {
    var numbers = Numbers(state: seed)
    var described = 0
    for _ in 0..<count where (try? VMModuleDescription(damaged(bytes, &numbers))) != nil {
      described += 1
    }
    return described
  }

  /// A module with a little of everything that the passes look for.
  private static let everything: HandmadeModule = {
    var module = HandmadeModule()
    module.imports = [
      ("hal.executable.create", "0rIrrr_r"), ("io_parameters.gather", "0rIrrrrrrr_v"),
    ]
    module.types = ["!hal.buffer", "!vm.buffer"]
    module.segments = [
      HandmadeModule.segment("embedded-elf-x86_64"),
      .table([2: .bytes([0x7F, 0x45, 0x4C, 0x46, 2, 1] + Array(repeating: 0, count: 60))]),
      .table([2: .bytes([0, 0, 0, 0, 3, 0, 0, 0])]),
      HandmadeModule.segment("key"),
      .table([2: .bytes(Array(repeating: 1, count: 24))]),
      .table([3: .uint64(0), 4: .uint64(40)]),
    ]
    module.externalData = Array(repeating: 9, count: 40)
    module.fields[2] = .uint32(3)
    module.fields[3] = .tables([.table([0: .string("key"), 1: .string("value")])])
    module.fields[5] = .tables([.table([0: .string("hal"), 1: .uint32(6)])])
    module.fields[11] = .table([0: .int32(8), 1: .int32(2)])
    var code: [UInt8] = [0x79]
    for segment in UInt8(0)..<5 { code += [0x11, segment, 0, 0, 0, segment, 0x80] }
    code += [0x10, 9, 0x80]
    // call import 0 (r9, i0, r0, r1, r9) -> r8
    code += [0x58, 0, 0, 0, 0x80]
    if code.count % 2 == 1 { code.append(0) }
    code += [5, 0, 9, 0x80, 0, 0, 0, 0x80, 1, 0x80, 9, 0x80, 1, 0, 8, 0x80]
    // call import 1 (r9, i0, r9, r9, r0, r9, r2, r3, r4)
    code += [0x58, 1, 0, 0, 0x80]
    if code.count % 2 == 1 { code.append(0) }
    code += [9, 0, 9, 0x80, 0, 0, 9, 0x80, 9, 0x80, 0, 0x80, 9, 0x80, 2, 0x80, 3, 0x80, 4, 0x80]
    code += [0, 0]
    // global 0 = r9; return
    code += [0x09, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0x80, 0x5A]
    if code.count % 2 == 1 { code.append(0) }
    code += [0, 0]
    module.functions.append(HandmadeModule.Function(code: code))
    module.exports.append(("g", 1))
    return module
  }()

  @Test func `reads the module made by hand before it is damaged`() throws {
    let module = try VMModuleDescription(Self.everything.bytes)
    #expect(module.omissions == [])
    #expect(module.executables.map(\.format) == ["embedded-elf-x86_64"])
    #expect(module.parameters.map(\.key) == ["key"])
    #expect(module.stateMutation == "g stores to a global")
  }

  @Test func `survives 2000 damaged modules made by hand`() {
    let described = readDamaged(Self.everything.bytes, count: 2_000, seed: 1)
    // Both ends are reached, or nothing is tested.
    #expect((100...1_900).contains(described), "\(described)")
  }

  @Test(
    .enabled(if: IREETools.areExpected, IREETools.reason),
    arguments: [Programs.parameters, Programs.severalKernels],
    IREETools.Compiler.all
  )
  func `survives 1000 damaged modules of the compiler`(
    _ source: String,
    _ compiler: IREETools.Compiler
  ) throws {
    let bytes = try IREETools.compile(source, with: compiler)
    let described = readDamaged(bytes, count: 1_000, seed: 2)
    #expect((100...990).contains(described), "\(described)")
  }

  @Test(
    .enabled(if: IREETools.areExpected, IREETools.reason),
    arguments: IREETools.Compiler.all
  )
  func `survives damage to the bytecode alone`(_ compiler: IREETools.Compiler) throws {
    let source = EveryOperation.source(compiler.bytecodeVersion)
    let bytes = try IREETools.compile(source, ["--compile-mode=vm"], with: compiler)
    let (offset, count) = try bytes.withUnsafeBytes { memory in
      let module = try VMBytecodeModule(memory)
      let first = try #require(module.functions.first)
      return (first.code.fileOffset, module.bytecodeByteCount)
    }
    var numbers = Numbers(state: 3)
    var omissions = 0
    for _ in 0..<300 {
      var copy = bytes
      let part = damaged(Array(bytes[offset..<(offset + count)]), &numbers)
      copy.replaceSubrange(offset..<(offset + part.count), with: part)
      omissions += try VMModuleDescription(copy).omissions.count
    }
    #expect(omissions > 100)
  }

  @Test func `survives a module that ends at any byte`() {
    let bytes = Self.everything.bytes
    for count in 0..<bytes.count {
      #expect(throws: VMBytecodeError.self) { try VMModuleDescription(Array(bytes.prefix(count))) }
    }
  }

  @Test func `survives bytes that are no module at all`() {
    var numbers = Numbers(state: 4)
    for count in 0..<500 {
      var bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &numbers) }
      if count >= 12 { bytes.replaceSubrange(8..<12, with: Array("IREE".utf8)) }
      #expect(throws: VMBytecodeError.self) { try VMModuleDescription(bytes) }
    }
  }
}
