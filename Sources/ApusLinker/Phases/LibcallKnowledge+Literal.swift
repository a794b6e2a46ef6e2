internal import ApusLLVM

// Calls as they are asked for.
//
// Instruction selection knows math functions by their names as well as by their intrinsics, and joins and
// replaces them as it likes: `sin` and `cos` of one number become `sincos`. A call marked `nobuiltin` is
// made as it is. That is done last of all, since no pass folds such a call.

extension LibcallKnowledge {
  /// Makes calls of the math in some functions of an optimised module.
  func writeDownCalls(
    in functions: Set<String>,
    of module: IRModule,
    for machine: TargetMachine
  ) throws(LLVMError) {
    for name in functions.sorted() {
      guard let function = module.function(named: name), !function.isDeclaration else { continue }
      if function.hasVectorMath {
        try PassPipeline("scalarizer").run(on: function, of: module, for: machine)
      }
    }
    for use in intrinsicUses(in: module) {
      let instructions = use.instructions.filter {
        functions.contains($0.function?.name ?? "") && !$0.isStrict
      }
      guard !instructions.isEmpty,
        case .calls(let names) = answer(for: use.signature.plain), names.count == 1
      else { continue }
      for instruction in instructions {
        try replace(instruction, byCalling: names[0], in: module)
      }
    }
    for name in functions.sorted() {
      var calls: [IRInstruction] = []
      module.function(named: name)?.forEachInstruction { instruction in
        if let callee = instruction.calledFunction, isLibcall(callee.name) {
          calls.append(instruction)
        }
      }
      for call in calls { call.addAttribute("nobuiltin", in: module.context) }
    }
  }

  private func replace(
    _ instruction: IRInstruction,
    byCalling callee: String,
    in module: IRModule
  ) throws(LLVMError) {
    let type: IRType
    if instruction.opcode == .frem {
      type = module.context.function(instruction.type, [instruction.type, instruction.type])
    } else if let intrinsic = instruction.calledFunction {
      type = intrinsic.valueType
    } else {
      return
    }
    guard type.isScalarFunction else { return }
    let declaration: IRGlobal
    if let existing = module.function(named: callee) {
      guard existing.valueType == type else { return }
      declaration = existing
    } else {
      declaration = try module.declareFunction(callee, type: type)
    }
    instruction.replace(byCalling: declaration, hasNoEffects: true, in: module.context)
  }
}

extension IRGlobal {
  /// Whether a function has an intrinsic on vectors of numbers, or a vector's remainder.
  fileprivate var hasVectorMath: Bool {
    var found = false
    forEachInstruction { instruction in
      guard instruction.type.kind == .vector, instruction.type.element.isFloatingPoint else {
        return
      }
      if instruction.opcode == .frem || instruction.calledFunction?.isIntrinsic == true {
        found = true
      }
    }
    return found
  }
}

extension IntrinsicSignature {
  /// The operation for operands that nothing is known of.
  fileprivate var plain: IntrinsicSignature {
    var plain = self
    plain.fastMathFlags = 0
    plain.operands = operands.map { operand in
      guard case .constant(let text) = operand, !text.hasPrefix("metadata"),
        let type = text.split(separator: " ").first
      else { return operand }
      return .variable(String(type))
    }
    return plain
  }
}
