/// What is known, at one point of a function, about what its registers hold.
///
/// Only knowledge is kept: a register that is not listed may hold anything. Where two ways meet,
/// what both know is known.
struct VMRegisterFacts: Equatable {
  /// What one register holds.
  enum Fact: Equatable {
    /// This number.
    case constant(UInt32)
    /// No object.
    case null
    /// This segment of read-only data.
    case rodata(Int)
    /// A buffer or list that this invocation made, and nobody else has.
    case ownMemory
    /// Device memory that was allocated as immutable, a list of such, or what a global held.
    case immutableMemory
  }

  private var facts: [VMRegister: Fact] = [:]

  /// How many registers something is known about.
  var count: Int { facts.count }

  subscript(register: VMRegister) -> Fact? { facts[register.place] }

  /// What is known of the register with this place in a list; nil outside of it.
  func fact(_ index: Int, of registers: [VMRegister]) -> Fact? {
    registers.indices.contains(index) ? self[registers[index]] : nil
  }

  /// Keeps only what `other` knows as well.
  ///
  /// True if something was forgotten.
  mutating func meet(_ other: VMRegisterFacts) -> Bool {
    let before = facts.count
    facts = facts.filter { other.facts[$0.key] == $0.value }
    return facts.count != before
  }

  /// Follows a branch's copies, in their order.
  mutating func follow(_ branch: VMBranch) {
    for copy in branch.copies {
      let fact = self[copy.source]
      if copy.source.isMove { facts[copy.source.place] = nil }
      facts[copy.target.place] = fact
    }
  }

  /// Follows an instruction, its branches apart.
  mutating func follow(_ instruction: borrowing VMInstruction, in module: VMBytecodeModule) {
    let known = result(of: instruction, in: module)
    // Not every operation heeds the mark, so that what is left behind is not known.
    for register in instruction.uses where register.isMove { facts[register.place] = nil }
    if instruction.opcode.effect == .discards {
      for register in instruction.uses where register.isReference {
        facts[register.place] = .null
      }
    }
    guard instruction.opcode.effect == .calls else {
      for register in instruction.results {
        set(register, known, isWide: instruction.isResultWide)
      }
      return
    }
    let widths = module.resultWidths(of: instruction.callee)
    for (index, register) in instruction.results.enumerated() {
      // Where the callee's results are not known, each may be the wider kind.
      set(register, known, isWide: index < widths.count ? widths[index] : true)
    }
  }

  private mutating func set(_ register: VMRegister, _ fact: Fact?, isWide: Bool) {
    facts[register.place] = fact
    if isWide, !register.isReference { facts[register.next] = nil }
  }

  /// What is known about an instruction's result.
  private func result(of instruction: borrowing VMInstruction, in module: VMBytecodeModule)
    -> Fact?
  {
    switch instruction.opcode.effect {
    case .makesConstant:
      return .constant(UInt32(truncatingIfNeeded: instruction.constant))
    case .makesNull:
      return .null
    case .makesRodata:
      return instruction.ordinal.map(Fact.rodata)
    case .makesMemory:
      return .ownMemory
    case .selectsReference:
      let choices = instruction.uses.filter(\.isReference).map { self[$0] }
      guard let first = choices.first, choices.allSatisfy({ $0 == first }) else { return nil }
      return first
    case .readsList:
      return fact(0, of: instruction.uses) == .immutableMemory ? .immutableMemory : nil
    case .loadsGlobal:
      // Of references only; StateMutationScan is what makes this true.
      return instruction.results.first?.isReference == true ? .immutableMemory : nil
    case .calls:
      return resultOfCall(instruction, in: module)
    case .none, .startsBlock, .discards, .storesGlobal, .writesFirst, .writesSecond, .branches,
      .leaves:
      return nil
    }
  }

  private func resultOfCall(_ call: borrowing VMInstruction, in module: VMBytecodeModule) -> Fact? {
    guard case .imported(let ordinal) = call.callee,
      let function = module.knownImport(ordinal)
    else { return nil }
    switch function.result {
    case .none:
      return nil
    case .memory(let usage):
      guard case .constant(let bits) = fact(usage, of: call.uses) else { return nil }
      return bits & VMKnownImport.immutableUsage != 0 ? .immutableMemory : nil
    case .sameMemory(let argument):
      return fact(argument, of: call.uses) == .immutableMemory ? .immutableMemory : nil
    }
  }
}
