internal import ApusLLVM

/// A signature and the instructions of a module that have it.
struct IntrinsicUse {
  /// The signature.
  let signature: IntrinsicSignature
  /// The instructions, in no particular order; valid as long as the module is and they are.
  fileprivate(set) var instructions: [IRInstruction]

  /// The functions the instructions are in, each once, in the order of the instructions.
  var functions: [IRGlobal] {
    var seen: Set<IRGlobal> = []
    return instructions.compactMap(\.function).filter { seen.insert($0).inserted }
  }
}

extension IRModule {
  /// What in the module may become a call when code is generated for it.
  ///
  /// - Parameters:
  ///   - defaults: what functions that do not say are compiled for.
  ///   - isOptimized: whether code is generated with optimisation.
  /// - Returns: each signature once, in the order of first use.
  func intrinsicUses(defaults: CodeTarget, isOptimized: Bool) -> [IntrinsicUse] {
    var scan = IntrinsicScan(defaults: defaults, isOptimized: isOptimized)
    for function in functions {
      if !function.isDeclaration {
        scan.visitBody(of: function)
      } else if function.isIntrinsic {
        scan.visitCalls(of: function)
      }
    }
    return scan.uses
  }
}

/// The scan of one module.
///
/// Intrinsics are found through their declarations' users; only what has no declaration, such as
/// `frem`, needs a look at every instruction.
private struct IntrinsicScan {
  private(set) var uses: [IntrinsicUse] = []
  private let defaults: CodeTarget
  private let isOptimized: Bool
  private var places: [Key: Int] = [:]
  private var known: [IntrinsicSignature: Int] = [:]
  private var targets: [IRGlobal: Int] = [:]
  private var distinctTargets: [CodeTarget] = []

  /// What tells operations without constants apart, without their texts.
  private struct Key: Hashable {
    var callee: IRGlobal?
    var opcode: IRInstruction.Opcode
    var types: [IRType]
    var flags: UInt32
    var target: Int
  }

  init(defaults: CodeTarget, isOptimized: Bool) {
    self.defaults = defaults
    self.isOptimized = isOptimized
  }

  mutating func visitCalls(of intrinsic: IRGlobal) {
    let name = intrinsic.name
    let type = intrinsic.valueType
    guard IntrinsicFamily.mayCall(name, type) else { return }
    for call in intrinsic.calls {
      guard let function = call.function else { continue }
      let key = Key(
        callee: intrinsic,
        opcode: .call,
        types: [],
        flags: call.fastMathFlags,
        target: target(of: function)
      )
      visit(
        call,
        key,
        IntrinsicFamily.operands(of: call, named: name, type: type, flags: key.flags)
      ) {
        (name, type.result.description)
      }
    }
  }

  mutating func visitBody(of function: IRGlobal) {
    let target = target(of: function)
    let callsForAtomics = distinctTargets[target].has("outline-atomics")
    function.forEachInstruction { instruction in
      guard
        let types = OpcodeFamily.typesIfMayCall(instruction, callsForAtomics: callsForAtomics)
      else { return }
      let key = Key(
        callee: nil,
        opcode: instruction.opcode,
        types: types,
        flags: instruction.fastMathFlags,
        target: target
      )
      visit(instruction, key, OpcodeFamily.operands(of: instruction, flags: key.flags)) {
        OpcodeFamily.describe(instruction)
      }
    }
  }

  private mutating func visit(
    _ instruction: IRInstruction,
    _ key: Key,
    _ operands: [IntrinsicSignature.Operand],
    describe: () -> (operation: String, result: String)
  ) {
    let hasConstants = operands.contains { if case .constant = $0 { true } else { false } }
    let isPlain = !hasConstants && !OpcodeFamily.saysMore(key.opcode)
    if isPlain, let place = places[key] {
      uses[place].instructions.append(instruction)
      return
    }
    let (operation, result) = describe()
    let signature = IntrinsicSignature(
      operation: operation,
      result: result,
      operands: operands,
      fastMathFlags: key.flags,
      target: distinctTargets[key.target],
      isOptimized: isOptimized
    )
    if let place = known[signature] {
      uses[place].instructions.append(instruction)
    } else {
      known[signature] = uses.count
      uses.append(IntrinsicUse(signature: signature, instructions: [instruction]))
    }
    if isPlain { places[key] = known[signature] }
  }

  private mutating func target(of function: IRGlobal) -> Int {
    if let index = targets[function] { return index }
    let target = CodeTarget(of: function, defaults: defaults)
    let index = distinctTargets.firstIndex(of: target) ?? distinctTargets.count
    if index == distinctTargets.count { distinctTargets.append(target) }
    targets[function] = index
    return index
  }
}
