internal import ApusLLVM

/// Which intrinsics may become calls, and which of their operands decide.
enum IntrinsicFamily {
  /// Whether a call of an intrinsic may become a call of a function.
  static func mayCall(_ name: String, _ type: IRType) -> Bool {
    if neverCalling.contains(where: { name.hasPrefix($0) }) { return false }
    if callingWithoutNumbers.contains(where: { name.hasPrefix($0) }) { return true }
    return ([type.result] + type.parameters).contains { needsALook($0) }
  }

  private static func needsALook(_ type: IRType) -> Bool {
    switch type.kind {
    case .structure: type.members.contains { needsALook($0) }
    case .integer: type.integerWidth > 64
    case .vector, .scalableVector: needsALook(type.element)
    default: type.isFloatingPoint
    }
  }

  /// What goes into a call; constants only where they decide.
  static func operands(
    of call: IRInstruction,
    named name: String,
    type: IRType,
    flags: UInt32
  ) -> [IntrinsicSignature.Operand] {
    let isMemory = memory.contains { name.hasPrefix($0) }
    let rule = constants.first { name.hasPrefix($0.prefix) }
    return type.parameters.enumerated().map { index, parameter in
      if parameter.kind == .metadata { return metadata(call.operandText(index)) }
      if isMemory { return memoryOperand(index, of: call, parameter) }
      if let rule {
        let decides = rule.operand == index && (flags != 0 || !rule.onlyWithFlags)
        return decides ? constantOrVariable(index, of: call, parameter) : .variable("\(parameter)")
      }
      // Some are operands that LLVM wants to be constants.
      guard parameter.kind == .integer, parameter.integerWidth <= 64 else {
        return .variable("\(parameter)")
      }
      return constantOrVariable(index, of: call, parameter)
    }
  }

  /// How to round and what to do about exceptions decides nothing.
  private static func metadata(_ text: String) -> IntrinsicSignature.Operand {
    if text.contains("\"round.") { return .constant(IntrinsicSignature.dynamicRounding) }
    if text.contains("\"fpexcept.") { return .constant(IntrinsicSignature.strictExceptions) }
    // Comparisons say here how they compare.
    return .constant(text)
  }

  /// A length is rounded up to a power of two, and one that is too long for instructions is any.
  ///
  /// There would be a signature for each length otherwise.
  private static func memoryOperand(
    _ index: Int,
    of call: IRInstruction,
    _ type: IRType
  ) -> IntrinsicSignature.Operand {
    if index == 3 { return .constant("i1 false") }
    guard index == 2, let length = call.operandInteger(2), length <= longestInline else {
      return .variable("\(type)")
    }
    var rounded: UInt64 = 1
    while rounded < length { rounded *= 2 }
    return .constant("\(type) \(length == 0 ? 0 : rounded)")
  }

  private static let longestInline: UInt64 = 1024

  static func constantOrVariable(
    _ index: Int,
    of instruction: IRInstruction,
    _ type: IRType
  ) -> IntrinsicSignature.Operand {
    guard instruction.operandIsConstant(index) else { return .variable("\(type)") }
    let text = instruction.operandText(index)
    // A constant made of an address is as good as a variable.
    guard text.utf8.count <= 256, !text.contains("@"), !text.contains("(") || text.contains("splat")
    else { return .variable("\(type)") }
    return .constant(text)
  }

  private static let memory = ["llvm.memcpy.p", "llvm.memmove.p", "llvm.memset.p"]

  /// Operands that decide if they are constants; of these intrinsics no other constant does.
  private static let constants: [(prefix: String, operand: Int, onlyWithFlags: Bool)] = [
    ("llvm.powi.", 1, false), ("llvm.pow.", 1, true), ("llvm.ldexp.", -1, false),
  ]

  /// May call, though they take no numbers.
  private static let callingWithoutNumbers = [
    "llvm.memcpy.p", "llvm.memmove.p", "llvm.memset.p", "llvm.memcpy.element.",
    "llvm.memmove.element.", "llvm.memset.element.", "llvm.clear_cache",
    "llvm.get.fpenv", "llvm.set.fpenv", "llvm.reset.fpenv", "llvm.get.fpmode", "llvm.set.fpmode",
    "llvm.reset.fpmode",
  ]

  /// Take numbers and never call: they move them, or are instructions by name.
  private static let neverCalling = [
    "llvm.dbg.", "llvm.lifetime.", "llvm.masked.", "llvm.vector.insert.", "llvm.vector.extract.",
    "llvm.vector.reverse.", "llvm.vector.splice.", "llvm.vector.interleave",
    "llvm.vector.deinterleave", "llvm.ssa.copy.", "llvm.fake.use", "llvm.experimental.vp.",
    "llvm.is.constant.", "llvm.launder.", "llvm.strip.", "llvm.annotation.", "llvm.expect.",
    "llvm.freeze.", "llvm.x86.", "llvm.aarch64.", "llvm.arm.", "llvm.amdgcn.", "llvm.nvvm.",
    "llvm.readcyclecounter", "llvm.experimental.stackmap", "llvm.experimental.patchpoint.",
    "llvm.experimental.gc.", "llvm.assume", "llvm.sideeffect", "llvm.coro.", "llvm.memcpy.inline.",
    "llvm.memset.inline.", "llvm.call.preallocated", "llvm.experimental.noalias.", "llvm.ptrmask.",
    "llvm.bswap.", "llvm.bitreverse.", "llvm.fshl.", "llvm.fshr.", "llvm.ctpop.", "llvm.ctlz.",
    "llvm.cttz.", "llvm.abs.", "llvm.smax.", "llvm.smin.", "llvm.umax.", "llvm.umin.",
    "llvm.uadd.", "llvm.sadd.", "llvm.usub.", "llvm.ssub.", "llvm.is.fpclass.",
  ]
}
