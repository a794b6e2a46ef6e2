import Testing

@testable import ApusArtifacts

/// What happens to modules with bytecode that no compiler makes.
struct VMFunctionFlowTests {
  private func describe(
    _ code: [UInt8],
    blockCount: Int = 1,
    version: UInt32 = 15
  ) throws -> VMModuleDescription {
    var module = HandmadeModule()
    module.bytecodeVersion = version << 16
    module.types = ["!vm.buffer"]
    module.functions = [HandmadeModule.Function(code: code, blockCount: blockCount)]
    return try VMModuleDescription(module.bytes)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var code: [UInt8]
    var message: String
  }

  static let broken = [
    Case(
      testDescription: "no such operation",
      code: [0x79, 0xDF],
      message: "no operation has the number 223 in the table core of version 15.0"
    ),
    Case(
      testDescription: "no such operation of an extension",
      code: [0x79, 0xE0, 0x3E],
      message: "no operation has the number 62 in the table floats32 of version 15.0"
    ),
    Case(
      testDescription: "an operation that is cut off",
      code: [0x79, 0x22, 0, 0],
      message: "truncated: an instruction needs 2 bytes where 0 are left"
    ),
    Case(
      testDescription: "a value where a reference belongs",
      code: [0x79, 0x10, 0, 0, 0x5A, 0, 0, 0],
      message: "an instruction takes a value for a reference"
    ),
    Case(
      testDescription: "an operation outside of a block",
      code: [0x5A, 0, 0, 0],
      message: "a block that does not begin"
    ),
    Case(
      testDescription: "a block within a block",
      code: [0x79, 0x79, 0x5A, 0, 0, 0],
      message: "a block that does not end"
    ),
    Case(
      testDescription: "a block without an end",
      code: [0x79, 0x0C, 0, 0],
      message: "the last block does not end"
    ),
    Case(
      testDescription: "a branch into a block",
      code: [0x79, 0x56, 1, 0, 0, 0, 0, 0],
      message: "a branch to 1, where no block of f starts"
    ),
    Case(
      testDescription: "a call of nothing",
      code: [0x79, 0x58, 9, 0, 0, 0, 0, 0, 0, 0, 0x5A, 0, 0, 0],
      message: "a call to a function that does not exist"
    ),
    Case(
      testDescription: "data that is not there",
      code: [0x79, 0x11, 3, 0, 0, 0, 0, 0x80, 0x5A, 0, 0],
      message: "a reference to read-only segment 3"
    ),
  ]

  @Test(arguments: broken)
  func `describes everything else if a function is broken, and what is wrong with it`(
    _ `case`: Case
  ) throws {
    let module = try describe(`case`.code)
    #expect(module.name == "handmade")
    #expect(module.exports.map(\.name) == ["f"])
    let omission = try #require(module.omissions.first)
    #expect(omission.message.hasPrefix("f cannot be followed: "))
    #expect(omission.message.contains(`case`.message), "\(omission.message)")
    #expect(module.stateMutation == "f cannot be read")
  }

  @Test func `goes by how data begins if the function that loads it is broken`() throws {
    var module = HandmadeModule()
    module.functions = [HandmadeModule.Function(code: [0x79, 0xDF])]
    module.segments = [
      .table([
        2: .bytes([0x7F, 0x45, 0x4C, 0x46, 2, 1] + Array(repeating: 0, count: 12) + [62, 0])
      ]),
      HandmadeModule.segment("no code"),
    ]
    let description = try VMModuleDescription(module.bytes)
    #expect(description.executables.map(\.machine) == ["x86_64"])
    #expect(description.executables.map(\.segment) == [0])
  }

  @Test func `knows after two ways meet what both knew`() throws {
    var left = VMRegisterFacts()
    var right = VMRegisterFacts()
    let r0 = VMRegister(0x8000)
    let r1 = VMRegister(0x8001)
    try withModule { module in
      left.follow(rodata(0, in: r0), in: module)
      left.follow(rodata(0, in: r1), in: module)
      right.follow(rodata(0, in: r0), in: module)
      right.follow(rodata(1, in: r1), in: module)
    }
    let hasChanged = left.meet(right)
    #expect(hasChanged)
    #expect(left[r0] == .rodata(0))
    #expect(left[r1] == nil)
    let hasChangedAgain = left.meet(right)
    #expect(!hasChangedAgain)
  }

  @Test func `follows a branch's copies in their order, and forgets what moves`() throws {
    var facts = VMRegisterFacts()
    let registers = (0..<3).map { VMRegister(0x8000 | $0) }
    try withModule { module in
      facts.follow(rodata(5, in: registers[0]), in: module)
      facts.follow(rodata(6, in: registers[1]), in: module)
    }
    let moved = VMRegister(0xC000)
    facts.follow(
      VMBranch(
        target: 0,
        copies: [
          .init(source: registers[1], target: registers[2]),
          .init(source: moved, target: registers[1]),
        ]
      )
    )
    #expect(facts[registers[0]] == nil)
    #expect(facts[registers[1]] == .rodata(5))
    #expect(facts[registers[2]] == .rodata(6))
  }

  /// The operations that version 17 added, each in a function that is whole.
  static let added: [[UInt8]] = [
    // Discards r0 and r1.
    [0x79, 0x85, 2, 0, 0, 0x80, 1, 0x80, 0x5A, 0, 0, 0],
    // Assigns r0 to r1.
    [0x79, 0x86, 0, 0x80, 1, 0x80, 0x5A, 0, 0, 0],
    // Calls function 0, and goes on in the block at 14.
    [0x79, 0x87, 0, 0, 0, 0, 0, 0, 14, 0, 0, 0, 0, 0, 0x79, 0x5A, 0, 0],
    // The same with an empty list of segments.
    [0x79, 0x88, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0x79, 0x5A, 0, 0],
  ]

  @Test(arguments: added)
  func `knows operations only in the versions that have them`(_ code: [UInt8]) throws {
    let blockCount = code.count { $0 == 0x79 }
    let later = try describe(code, blockCount: blockCount, version: 17)
    #expect(later.omissions == [])
    let earlier = try describe(code, blockCount: blockCount, version: 15)
    let message = try #require(earlier.omissions.first?.message)
    #expect(
      message.contains("no operation has the number \(code[1]) in the table core of version 15.0")
    )
  }

  @Test func `ends a block with a call that may wait, and wants the block that it goes on in`()
    throws
  {
    let call: [UInt8] = [0x79, 0x87, 0, 0, 0, 0, 0, 0, 14, 0, 0, 0, 0, 0]
    let unfinished = try describe(call + [0x5A, 0, 0, 0], version: 17).omissions.first?.message
    #expect(unfinished?.contains("a block that does not begin") == true)
    var astray = call + [0x79, 0x5A, 0, 0]
    astray[8] = 15
    let lost = try describe(astray, blockCount: 2, version: 17).omissions.first?.message
    #expect(lost?.contains("a branch to 15, where no block of f starts") == true)
  }

  @Test func `knows what a call that may wait leaves in the registers, where it goes on`() throws {
    // Segment 0 to r0, segment 1 to r1; a call that moves r0 and writes r1; then r0 and r1 are used.
    let load: [UInt8] = [0x79, 0x11, 0, 0, 0, 0, 0, 0x80, 0x11, 1, 0, 0, 0, 1, 0x80, 0x11]
    let call: [UInt8] =
      load + [2, 0, 0, 0, 2, 0x80, 0x87, 0, 0, 0, 0, 0] + [1, 0, 0, 0xC0, 40, 0, 0, 0]
      + [1, 0, 1, 0x80, 0x79, 0x5A, 0, 0]
    var module = HandmadeModule()
    module.bytecodeVersion = 17 << 16
    module.segments = (0..<3).map { HandmadeModule.segment("\($0)") }
    module.functions = [
      HandmadeModule.Function(callingConvention: "0r_r", code: call, blockCount: 2)
    ]
    try module.bytes.withUnsafeBytes { memory in
      let module = try VMBytecodeModule(memory)
      let flow = try VMFunctionFlow(module.functions[0], in: module)
      var facts = VMRegisterFacts()
      try flow.forEachInstruction { instruction, known in
        if instruction.opcode.mnemonic == "return" { facts = copy known }
      }
      #expect(facts[VMRegister(0x8000)] == nil)
      #expect(facts[VMRegister(0x8001)] == nil)
      #expect(facts[VMRegister(0x8002)] == .rodata(2))
    }
  }

  @Test func `follows references that are assigned, moved and discarded`() throws {
    let registers = (0..<3).map { VMRegister(0x8000 | $0) }
    var facts = VMRegisterFacts()
    try withModule { module in
      facts.follow(rodata(5, in: registers[0]), in: module)
      var assign = VMInstruction()
      assign.opcode = VMOpcode.core[0x86]
      assign.uses = [registers[0]]
      assign.results = [registers[1]]
      facts.follow(assign, in: module)
      #expect(facts[registers[0]] == .rodata(5))
      #expect(facts[registers[1]] == .rodata(5))
      assign.uses = [VMRegister(0xC000)]
      assign.results = [registers[2]]
      facts.follow(assign, in: module)
      #expect(facts[registers[0]] == nil)
      #expect(facts[registers[2]] == .rodata(5))
      var discard = VMInstruction()
      discard.opcode = VMOpcode.core[0x85]
      discard.uses = [registers[1], VMRegister(0xC002)]
      facts.follow(discard, in: module)
      #expect(facts[registers[1]] == .null)
      #expect(facts[registers[2]] == .null)
    }
  }

  @Test(arguments: [15, 17] as [UInt32])
  func `takes a load that empties the global for a change, and one that does not for none`(
    _ version: UInt32
  ) throws {
    func load(_ register: UInt8) -> [UInt8] {
      [0x79, 0x08, 0, 0, 0, 0, 0, 0, 0, 0, 0, register, 0x5A, 0, 0, 0]
    }
    let moving = try describe(load(0xC0), version: version)
    #expect(moving.stateMutation == "f takes what a global holds out of it")
    #expect(try describe(load(0x80), version: version).stateMutation == nil)
  }

  @Test func `takes a load that empties a list for a write to it`() throws {
    func load(_ register: UInt8) -> [UInt8] {
      [0x79, 0x1A, 0, 0x80, 0, 0, 0, 0, 0, 0, 1, register, 0x5A, 0, 0, 0]
    }
    let moving = try describe(load(0xC0), version: 17)
    #expect(moving.stateMutation == "f writes to memory it did not make (vm.list.get.ref)")
    #expect(try describe(load(0x80), version: 17).stateMutation == nil)
  }

  @Test func `forgets both halves of a register pair`() throws {
    var facts = VMRegisterFacts()
    try withModule { module in
      var constant = VMInstruction()
      constant.opcode = VMOpcode.core[0x0D]
      constant.constant = 7
      constant.results = [VMRegister(3)]
      facts.follow(constant, in: module)
      #expect(facts[VMRegister(3)] == .constant(7))
      var wide = VMInstruction()
      wide.opcode = VMOpcode.core[0x0F]
      wide.results = [VMRegister(2)]
      wide.isResultWide = true
      facts.follow(wide, in: module)
    }
    #expect(facts[VMRegister(3)] == nil)
  }

  @Test func `gives up on control flow that is out of all proportion`() throws {
    // Thousands of constants, then thousands of blocks that each lead to the next and to the first.
    var code: [UInt8] = [0x79]
    for register in 0..<UInt16(16_000) {
      code += [0x10, UInt8(truncatingIfNeeded: register), UInt8(register >> 8) | 0x80]
    }
    func branch(to target: Int) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: target >> (8 * $0)) }
    }
    let blockCount = 4_000
    // Its length is odd, so that the list of copies needs no padding.
    let first = code.count + 7
    code += [0x56] + branch(to: first) + [0, 0]
    for index in 0..<blockCount {
      let start = code.count
      code += [0x79, 0x57, 0, 0]
      let next = index + 1 < blockCount ? start + 16 : start
      code += branch(to: next) + [0, 0] + branch(to: next) + [0, 0]
      #expect(code.count == start + 16)
    }
    let module = try describe(code, blockCount: blockCount + 1)
    let message = module.omissions.first?.message
    #expect(message == "f cannot be followed: too involved: the control flow of f")
    #expect(module.mutatesState)
  }

  private func rodata(_ segment: Int, in register: VMRegister) -> VMInstruction {
    var instruction = VMInstruction()
    instruction.opcode = VMOpcode.core[0x11]
    instruction.ordinal = segment
    instruction.results = [register]
    return instruction
  }

  private func withModule(_ body: (VMBytecodeModule) throws -> Void) throws {
    try HandmadeModule().bytes.withUnsafeBytes { try body(try VMBytecodeModule($0)) }
  }
}
