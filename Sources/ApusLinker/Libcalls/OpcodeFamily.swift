internal import ApusLLVM

/// Which instructions may become calls.
enum OpcodeFamily {
  /// The types that tell an instruction from others of its opcode; nil if it never calls.
  ///
  /// - Parameter callsForAtomics: whether atomic operations of any size may be calls.
  static func typesIfMayCall(
    _ instruction: IRInstruction,
    callsForAtomics: Bool = false
  ) -> [IRType]? {
    let opcode = instruction.opcode
    switch opcode {
    case .frem:
      return [instruction.type]
    case .fadd, .fsub, .fmul, .fdiv:
      let type = instruction.type
      return isUnusual(type) ? [type] : nil
    case .fcmp:
      let type = instruction.operandType(0)
      return isUnusual(type) ? [type] : nil
    case .sdiv, .udiv, .srem, .urem, .mul:
      let type = instruction.type
      return isWide(type, than: 64) ? [type] : nil
    case .fptrunc, .fpext:
      let (from, to) = (instruction.operandType(0), instruction.type)
      return isUnusual(from) || isUnusual(to) ? [from, to] : nil
    case .fptosi, .fptoui, .sitofp, .uitofp:
      let (from, to) = (instruction.operandType(0), instruction.type)
      let isPlain = ![from, to].contains { isUnusual($0) || isWide($0, than: 64) }
      return isPlain ? nil : [from, to]
    case .atomicRMW, .atomicCompareExchange:
      let type = instruction.operandType(1)
      return callsForAtomics || isInseparable(type, in: instruction) ? [type] : nil
    case .load, .store:
      guard instruction.ordering != nil else { return nil }
      let type = opcode == .load ? instruction.type : instruction.operandType(0)
      return isInseparable(type, in: instruction) ? [type] : nil
    default:
      return nil
    }
  }

  /// Whether instructions of an opcode differ in more than types.
  static func saysMore(_ opcode: IRInstruction.Opcode) -> Bool {
    [.fcmp, .atomicRMW, .atomicCompareExchange, .load, .store].contains(opcode)
  }

  /// The instruction in words, and the type of its result.
  static func describe(_ instruction: IRInstruction) -> (operation: String, result: String) {
    let result = instruction.type.description
    let word = words[instruction.opcode] ?? ""
    return switch instruction.opcode {
    case .fptrunc, .fpext, .fptosi, .fptoui, .sitofp, .uitofp:
      ("\(word) \(instruction.operandType(0)) to \(result)", result)
    case .fcmp:
      ("fcmp \(instruction.comparison) \(instruction.operandType(0))", result)
    case .atomicRMW:
      (
        "atomicrmw \(instruction.atomicOperation) \(result)"
          + " \(instruction.ordering ?? "seq_cst"), align \(instruction.alignment)",
        result
      )
    case .atomicCompareExchange:
      (
        "cmpxchg \(instruction.operandType(1)) \(instruction.exchangeOrderings.success)"
          + " \(instruction.exchangeOrderings.failure), align \(instruction.alignment)",
        result
      )
    case .load:
      (
        "load atomic \(result) \(instruction.ordering ?? ""), align \(instruction.alignment)",
        result
      )
    case .store:
      (
        "store atomic \(instruction.operandType(0)) \(instruction.ordering ?? ""),"
          + " align \(instruction.alignment)", "void"
      )
    default:
      ("\(word) \(result)", result)
    }
  }

  /// What goes into an instruction; constants only where they decide.
  static func operands(
    of instruction: IRInstruction,
    flags: UInt32
  ) -> [IntrinsicSignature.Operand] {
    let opcode = instruction.opcode
    let constantDecides =
      [.sdiv, .udiv, .srem, .urem].contains(opcode) || opcode == .frem && flags != 0
    return (0..<instruction.operandCount).map { index in
      let type = instruction.operandType(index)
      return index == 1 && constantDecides
        ? IntrinsicFamily.constantOrVariable(index, of: instruction, type)
        : .variable("\(type)")
    }
  }

  /// Types whose arithmetic is calls, or conversions that are calls, on some processors.
  private static func isUnusual(_ type: IRType) -> Bool {
    switch type.element.kind {
    case .half, .bfloat, .fp128, .x86FP80, .ppcFP128: true
    default: false
    }
  }

  /// Whether a value is too wide for one access, or may lie across two.
  private static func isInseparable(_ type: IRType, in instruction: IRInstruction) -> Bool {
    let width: Int? =
      switch type.kind {
      case .integer: type.integerWidth
      case .half, .bfloat: 16
      case .float: 32
      case .double, .pointer: 64
      default: nil
      }
    guard let width else { return true }
    return width > 64 || instruction.alignment * 8 < width
  }

  private static func isWide(_ type: IRType, than width: Int) -> Bool {
    let element = type.element
    return element.kind == .integer && element.integerWidth > width
  }

  private static let words: [IRInstruction.Opcode: String] = [
    .frem: "frem", .fadd: "fadd", .fsub: "fsub", .fmul: "fmul", .fdiv: "fdiv",
    .sdiv: "sdiv", .udiv: "udiv", .srem: "srem", .urem: "urem", .mul: "mul",
    .fptrunc: "fptrunc", .fpext: "fpext", .fptosi: "fptosi", .fptoui: "fptoui",
    .sitofp: "sitofp", .uitofp: "uitofp",
  ]
}
