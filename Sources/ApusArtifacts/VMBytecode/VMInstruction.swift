/// A register as an instruction names it.
///
/// There are two banks, one of 32-bit values and one of references; a 64-bit value takes an even
/// register of values and the one after it.
package struct VMRegister: Sendable, Hashable {
  /// As encoded: the top bit says reference, the next (of a reference) that the value moves out.
  package let rawValue: UInt16

  init(_ rawValue: UInt16) { self.rawValue = rawValue }

  /// Whether it holds a reference.
  package var isReference: Bool { rawValue & 0x8000 != 0 }
  /// Whether an operation that reads it may leave null behind, and one that writes it may leave null
  /// where the value was.
  package var isMove: Bool { rawValue & 0xC000 == 0xC000 }
  /// Its number in its bank.
  package var ordinal: Int { Int(rawValue & (isReference ? 0x3FFF : 0x7FFF)) }
  /// The same register, without what this use says about moving.
  var place: VMRegister { isReference ? VMRegister(rawValue & ~0x4000) : self }
  /// The register after it in its bank.
  var next: VMRegister { VMRegister(rawValue &+ 1) }
}

/// A way from one block to another.
package struct VMBranch: Sendable, Equatable {
  /// Where the block starts, in bytes from the start of the function.
  package var target: Int
  /// The registers copied on the way, one after the other.
  package var copies: [Copy]

  /// One register copied to another.
  package struct Copy: Sendable, Equatable {
    package var source: VMRegister
    package var target: VMRegister
  }
}

/// What a call calls.
package enum VMCallee: Sendable, Hashable {
  /// One of the module's imports.
  case imported(Int)
  /// One of the module's functions.
  case function(Int)

  init(ordinal: UInt32) {
    self =
      ordinal & 0x8000_0000 != 0
      ? .imported(Int(ordinal & 0x7FFF_FFFF)) : .function(Int(ordinal))
  }
}

/// One instruction, decoded.
package struct VMInstruction {
  /// Where it starts, in bytes from the start of the function.
  package internal(set) var offset = 0
  /// How many bytes it takes.
  package internal(set) var byteCount = 0
  /// What it does.
  package internal(set) var opcode: VMOpcode
  /// The registers it reads, in order, those of branches apart.
  package internal(set) var uses: [VMRegister] = []
  /// The registers it writes, in order, those of branches apart.
  package internal(set) var results: [VMRegister] = []
  /// Whether the result is 64 bits wide.
  ///
  /// Not known for the results of calls.
  package internal(set) var isResultWide = false
  /// The global or the segment it refers to.
  package internal(set) var ordinal: Int?
  /// The type it refers to.
  package internal(set) var type: Int?
  /// The number encoded in it; zero if there is none.
  package internal(set) var constant: UInt64 = 0
  /// What it calls or asks about.
  package internal(set) var callee: VMCallee?
  /// Where it may continue.
  package internal(set) var branches: [VMBranch] = []

  init() { opcode = VMOpcode("", []) }
}

/// Decodes a function's instructions one after the other.
struct VMInstructionDecoder {
  private let code: ByteWindow
  private let version: VMModuleDescription.BytecodeVersion
  private var offset: Int

  /// Decodes from `start` on.
  init(
    _ code: ByteWindow,
    _ version: VMModuleDescription.BytecodeVersion,
    from start: Int = 0
  ) {
    self.code = code
    self.version = version
    offset = start
  }

  /// Decodes the next instruction into `instruction`, reusing its memory; false at the end.
  ///
  /// - Throws: ``VMBytecodeError`` if there is no such instruction or it is cut off.
  mutating func next(into instruction: inout VMInstruction) throws(VMBytecodeError) -> Bool {
    guard offset < code.count else { return false }
    let start = offset
    instruction.offset = start
    instruction.opcode = try decodeOpcode()
    instruction.uses.removeAll(keepingCapacity: true)
    instruction.results.removeAll(keepingCapacity: true)
    instruction.isResultWide = false
    instruction.ordinal = nil
    instruction.type = nil
    instruction.constant = 0
    instruction.callee = nil
    instruction.branches.removeAll(keepingCapacity: true)
    for field in instruction.opcode.fields {
      try decode(field, into: &instruction)
    }
    instruction.byteCount = offset - start
    return true
  }

  private mutating func decodeOpcode() throws(VMBytecodeError) -> VMOpcode {
    let start = offset
    let first = try take(UInt8.self)
    let table: VMOpcode.Table
    switch first {
    case VMOpcode.Table.floats32.prefix: table = .floats32
    case VMOpcode.Table.floats64.prefix: table = .floats64
    default: table = .core
    }
    let number = table == .core ? first : try take(UInt8.self)
    guard let opcode = VMOpcode.numbered(Int(number), in: table, version) else {
      throw .malformed(
        "no operation has the number \(number) in the table \(table) of version \(version)",
        at: code.fileOffset + start
      )
    }
    return opcode
  }

  private mutating func decode(_ field: VMOpcode.Field, into instruction: inout VMInstruction)
    throws(VMBytecodeError)
  {
    switch field {
    case .use32, .use64:
      instruction.uses.append(try takeRegister(isReference: false))
    case .useRef:
      instruction.uses.append(try takeRegister(isReference: true))
    case .uses32, .uses64, .usesRef, .uses:
      try takeList { register in instruction.uses.append(VMRegister(register)) }
    case .result32:
      instruction.results.append(try takeRegister(isReference: false))
    case .result64:
      instruction.results.append(try takeRegister(isReference: false))
      instruction.isResultWide = true
    case .resultRef:
      instruction.results.append(try takeRegister(isReference: true))
    case .results:
      try takeList { register in instruction.results.append(VMRegister(register)) }
    case .global, .rodata:
      instruction.ordinal = Int(try take(UInt32.self))
    case .function:
      instruction.callee = VMCallee(ordinal: try take(UInt32.self))
    case .type:
      instruction.type = Int(try take(UInt32.self))
    case .constant32:
      instruction.constant = UInt64(try take(UInt32.self))
    case .constant64:
      instruction.constant = try take(UInt64.self)
    case .string:
      let count = Int(try take(UInt16.self))
      _ = try code.window(at: offset, count: count, "an instruction's text")
      offset += count
    case .segmentSizes:
      try takeList { _ in }
    case .branch:
      instruction.branches.append(try takeBranch())
    case .branches:
      for _ in 0..<(try take(UInt16.self)) {
        instruction.branches.append(try takeBranch())
      }
    case .resume:
      instruction.branches.append(VMBranch(target: Int(try take(UInt32.self)), copies: []))
    }
  }

  private mutating func take<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type)
    throws(VMBytecodeError) -> Value
  {
    let value = try code.integer(Value.self, at: offset, "an instruction")
    offset += MemoryLayout<Value>.size
    return value
  }

  private mutating func takeRegister(isReference: Bool) throws(VMBytecodeError) -> VMRegister {
    let register = VMRegister(try take(UInt16.self))
    guard register.isReference == isReference else {
      throw .malformed(
        "an instruction takes a \(isReference ? "value" : "reference") for a "
          + "\(isReference ? "reference" : "value")",
        at: code.fileOffset + offset - 2
      )
    }
    return register
  }

  private mutating func takeList(_ body: (UInt16) -> Void) throws(VMBytecodeError) {
    align()
    for _ in 0..<(try take(UInt16.self)) { body(try take(UInt16.self)) }
  }

  private mutating func takeBranch() throws(VMBytecodeError) -> VMBranch {
    let target = Int(try take(UInt32.self))
    align()
    var copies: [VMBranch.Copy] = []
    for _ in 0..<(try take(UInt16.self)) {
      let source = VMRegister(try take(UInt16.self))
      copies.append(VMBranch.Copy(source: source, target: VMRegister(try take(UInt16.self))))
    }
    return VMBranch(target: target, copies: copies)
  }

  /// Lists lie at even offsets.
  private mutating func align() { offset += offset & 1 }
}

extension VMBytecodeModule {
  /// Calls `body` with every instruction of a function, in the order they lie in.
  ///
  /// - Throws: ``VMBytecodeError`` at the first instruction that cannot be decoded.
  package func forEachInstruction(
    of function: Function,
    _ body: (borrowing VMInstruction) -> Void
  ) throws(VMBytecodeError) {
    var decoder = VMInstructionDecoder(function.code, bytecodeVersion)
    var instruction = VMInstruction()
    while try decoder.next(into: &instruction) { body(instruction) }
  }
}
