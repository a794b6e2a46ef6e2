/// Finds out whether calls of a program change the state that its invocations share.
///
/// A module's state is its globals. That no function stores to a global after initialization is not
/// enough: a global may hold a buffer, and a program that updates it in place (a key-value cache)
/// stores nothing. So a program is said not to change its state only if all of this holds:
///
/// 1. every function could be read;
/// 2. no function that an export reaches, `__init` and `__deinit` apart, stores to a global, empties
///    one, writes to a buffer or list that it did not make itself, writes parameters, or calls
///    another module than `hal` and `io_parameters`;
/// 3. the device memory that globals hold, whoever stored it, was allocated as immutable. IREE's
///    compiler does so for constants and for parameters that nothing changes, and not for
///    variables.
///
/// What remains is taken on trust: that IREE's compiler lets no command buffer recorded at
/// initialization write to memory other than what each invocation binds to it.
struct StateMutationScan {
  private let module: VMBytecodeModule
  /// Why a function, if it is called after initialization, changes the state.
  private var reasons: [Int: String] = [:]
  /// The module's functions that each function calls.
  private var callees: [Int: Set<Int>] = [:]
  /// Why the state can change, whoever is called.
  private var sharedReason: String?

  init(_ module: VMBytecodeModule) { self.module = module }

  /// Looks at an instruction, with what is known in front of it.
  mutating func visit(
    _ instruction: borrowing VMInstruction,
    _ facts: borrowing VMRegisterFacts,
    in function: Int
  ) {
    switch instruction.opcode.effect {
    case .storesGlobal:
      blame(function, "stores to a global")
      checkStoredReference(instruction, facts, function)
    case .loadsGlobal where instruction.results.contains(where: \.isMove):
      blame(function, "takes what a global holds out of it")
    case .writesFirst:
      checkWrite(to: 0, instruction, facts, function)
    case .readsList where instruction.results.contains(where: \.isMove):
      checkWrite(to: 0, instruction, facts, function)
    case .writesSecond:
      checkWrite(to: 1, instruction, facts, function)
    case .calls:
      checkCall(instruction, function)
    default:
      break
    }
  }

  /// Notes that a function's instructions could not be read.
  mutating func cannotRead(_ function: Int) {
    if sharedReason == nil { sharedReason = "\(name(function)) cannot be read" }
  }

  /// Why calls may change the module's state, or nil if they don't.
  func reason() -> String? {
    if let sharedReason { return sharedReason }
    let initialization: Set<String> = ["__init", "__deinit"]
    var reached = module.exports.filter { !initialization.contains($0.name) }.map(\.function)
    var isReached = Set(reached)
    var next = 0
    while next < reached.count {
      let function = reached[next]
      next += 1
      if let reason = reasons[function] { return "\(name(function)) \(reason)" }
      for callee in (callees[function] ?? []).sorted() where isReached.insert(callee).inserted {
        reached.append(callee)
      }
    }
    return nil
  }

  /// Types of references that hold nothing an invocation could change, or that rule 2 covers.
  private static let stateless: Set<String> = [
    "!hal.allocator", "!hal.command_buffer", "!hal.device", "!hal.event", "!hal.executable",
    "!hal.fence", "!vm.buffer",
  ]

  private mutating func checkStoredReference(
    _ instruction: borrowing VMInstruction,
    _ facts: borrowing VMRegisterFacts,
    _ function: Int
  ) {
    guard sharedReason == nil, let value = instruction.uses.last, value.isReference,
      let type = instruction.type, module.types.indices.contains(type),
      !Self.stateless.contains(module.types[type])
    else { return }
    let fact = facts[value]
    if fact == .null || fact == .immutableMemory { return }
    sharedReason = "\(name(function)) keeps a \(module.types[type]) that can be changed in a global"
  }

  private mutating func checkWrite(
    to index: Int,
    _ instruction: borrowing VMInstruction,
    _ facts: borrowing VMRegisterFacts,
    _ function: Int
  ) {
    let references = instruction.uses.filter(\.isReference)
    if facts.fact(index, of: references) == .ownMemory { return }
    blame(function, "writes to memory it did not make (vm.\(instruction.opcode.mnemonic))")
  }

  private mutating func checkCall(_ instruction: borrowing VMInstruction, _ function: Int) {
    switch instruction.callee {
    case .function(let callee):
      callees[function, default: []].insert(callee)
    case .imported(let ordinal) where module.imports.indices.contains(ordinal):
      let isKnown = VMKnownImport.namespaces.contains(module.imports[ordinal].moduleName)
      if case .movesParameters(let places) = module.knownImport(ordinal)?.purpose, places.writes {
        blame(function, "writes parameters")
      } else if !isKnown {
        let callee = module.displayName(ofImport: ordinal)
        blame(function, "calls \(callee), which may do anything")
      }
    case .imported, nil:
      blame(function, "calls what does not exist")
    }
  }

  private mutating func blame(_ function: Int, _ reason: @autoclosure () -> String) {
    if reasons[function] == nil { reasons[function] = reason() }
  }

  private func name(_ function: Int) -> String { module.displayName(of: function) }
}
