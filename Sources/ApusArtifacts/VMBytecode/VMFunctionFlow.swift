/// What is known about a function's registers at each of its instructions.
///
/// The compiler loads a constant once and uses it in several blocks, so that a call's operands
/// cannot be understood from the instructions just before it. This follows every way through the
/// function (a forward data flow over its blocks, in which ``VMRegisterFacts`` only shrink, until
/// nothing changes), and then shows each instruction with what is known in front of it.
struct VMFunctionFlow {
  private let module: VMBytecodeModule
  private let function: VMBytecodeModule.Function
  /// Where the blocks start, in order; each ends where the next starts.
  private var blockStarts: [Int] = []
  /// What is known at the start of each block; nil while no way leads there.
  private var known: [VMRegisterFacts?] = []
  /// How many facts that is together, and how many it may be.
  private var factCount = 0
  private static let mostFacts = 1 << 22

  /// Follows a function.
  ///
  /// - Throws: ``VMBytecodeError`` if it cannot be decoded, its blocks are not well formed, or the
  ///   module's budget is used up.
  init(_ function: VMBytecodeModule.Function, in module: VMBytecodeModule) throws(VMBytecodeError) {
    self.module = module
    self.function = function
    try findBlocks()
    try settle()
  }

  /// Calls `body` with every instruction, in the order they lie in, and what is known in front of
  /// it.
  func forEachInstruction(_ body: (borrowing VMInstruction, borrowing VMRegisterFacts) -> Void)
    throws(VMBytecodeError)
  {
    for block in blockStarts.indices {
      _ = try walk(block, from: known[block] ?? VMRegisterFacts(), body)
    }
  }

  // MARK: - Blocks

  /// Finds the blocks, and that they are made as the format demands: each begins with the marker,
  /// ends with a terminator, and is what branches lead to.
  private mutating func findBlocks() throws(VMBytecodeError) {
    try charge(function.byteCount)
    var decoder = VMInstructionDecoder(function.code, module.bytecodeVersion)
    var instruction = VMInstruction()
    var targets: [Int] = []
    var isInside = false
    while try decoder.next(into: &instruction) {
      let startsBlock = instruction.opcode.effect == .startsBlock
      guard isInside != startsBlock else {
        throw malformed("a block that \(isInside ? "does not end" : "does not begin")", instruction)
      }
      if startsBlock { blockStarts.append(instruction.offset) }
      isInside = !instruction.opcode.isTerminator
      targets += instruction.branches.map(\.target)
      try check(instruction)
    }
    guard !isInside else { throw malformed("the last block does not end", instruction) }
    for target in targets where block(at: target) == nil {
      throw .malformed(
        "a branch to \(target), where no block of \(module.displayName(of: function.ordinal)) "
          + "starts",
        at: function.code.fileOffset
      )
    }
  }

  /// Checks that what an instruction refers to is there.
  private func check(_ instruction: borrowing VMInstruction) throws(VMBytecodeError) {
    let exists: Bool
    switch instruction.callee {
    case .imported(let ordinal): exists = module.imports.indices.contains(ordinal)
    case .function(let ordinal): exists = module.functions.indices.contains(ordinal)
    case nil: exists = true
    }
    guard exists else { throw malformed("a call to a function that does not exist", instruction) }
    if instruction.opcode.effect == .makesRodata, let segment = instruction.ordinal,
      !module.segments.indices.contains(segment)
    {
      throw malformed("a reference to read-only segment \(segment)", instruction)
    }
    if let type = instruction.type, !module.types.indices.contains(type) {
      throw malformed("a reference to type \(type)", instruction)
    }
  }

  private func block(at offset: Int) -> Int? {
    var low = 0
    var high = blockStarts.count
    while low < high {
      let middle = (low + high) / 2
      if blockStarts[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low < blockStarts.count && blockStarts[low] == offset ? low : nil
  }

  // MARK: - Facts

  /// Follows the branches from block to block until nothing new is learned.
  private mutating func settle() throws(VMBytecodeError) {
    known = Array(repeating: nil, count: blockStarts.count)
    guard !blockStarts.isEmpty else { return }
    // A function's arguments may be anything.
    known[0] = VMRegisterFacts()
    var waiting = [0]
    while let current = waiting.popLast() {
      let (branches, facts) = try walk(current, from: known[current] ?? VMRegisterFacts())
      for branch in branches {
        guard let target = block(at: branch.target) else { continue }
        var arriving = facts
        arriving.follow(branch)
        if try learn(arriving, at: target) { waiting.append(target) }
      }
    }
  }

  /// Adds a way into a block to what is known at its start.
  ///
  /// True if that changed.
  private mutating func learn(_ arriving: VMRegisterFacts, at block: Int) throws(VMBytecodeError)
    -> Bool
  {
    try charge(arriving.count)
    guard var merged = known[block] else {
      factCount += arriving.count
      guard factCount <= Self.mostFacts else { throw tooInvolved }
      known[block] = arriving
      return true
    }
    known[block] = nil
    let hasChanged = merged.meet(arriving)
    known[block] = merged
    return hasChanged
  }

  /// Follows one block; returns the ways out of it and what is known there.
  private func walk(
    _ block: Int,
    from start: VMRegisterFacts,
    _ body: (borrowing VMInstruction, borrowing VMRegisterFacts) -> Void = { _, _ in }
  ) throws(VMBytecodeError) -> ([VMBranch], VMRegisterFacts) {
    let end = block + 1 < blockStarts.count ? blockStarts[block + 1] : function.byteCount
    try charge(end - blockStarts[block] + start.count)
    var facts = start
    var decoder = VMInstructionDecoder(
      function.code,
      module.bytecodeVersion,
      from: blockStarts[block]
    )
    var instruction = VMInstruction()
    while try decoder.next(into: &instruction) {
      body(instruction, facts)
      facts.follow(instruction, in: module)
      if instruction.opcode.isTerminator { break }
    }
    return (instruction.branches, facts)
  }

  private func charge(_ steps: Int) throws(VMBytecodeError) {
    guard module.flowBudget.allows(steps) else { throw tooInvolved }
  }

  private var tooInvolved: VMBytecodeError {
    .tooInvolved("the control flow of \(module.displayName(of: function.ordinal))")
  }

  private func malformed(_ what: String, _ instruction: borrowing VMInstruction)
    -> VMBytecodeError
  {
    .malformed(
      "\(what), in \(module.displayName(of: function.ordinal))",
      at: function.code.fileOffset + instruction.offset
    )
  }
}
