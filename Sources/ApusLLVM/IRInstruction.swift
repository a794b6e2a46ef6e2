internal import CApusLLVM

/// An instruction of a function.
///
/// Valid as long as the module is, and until it is erased.
package struct IRInstruction: Hashable {
  let handle: LLVMValueRef
  let api: UnsafePointer<apus_llvm_table>

  package static func == (a: IRInstruction, b: IRInstruction) -> Bool { a.handle == b.handle }
  package func hash(into hasher: inout Hasher) { hasher.combine(handle) }

  /// The operation.
  package struct Opcode: Hashable, Sendable {
    let rawValue: UInt32
    private init(_ value: Int) { rawValue = UInt32(value) }
    init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let call = Opcode(APUS_LLVMCall)
    package static let invoke = Opcode(APUS_LLVMInvoke)
    package static let callbr = Opcode(APUS_LLVMCallBr)
    package static let frem = Opcode(APUS_LLVMFRem)
    package static let sdiv = Opcode(APUS_LLVMSDiv)
    package static let udiv = Opcode(APUS_LLVMUDiv)
    package static let srem = Opcode(APUS_LLVMSRem)
    package static let urem = Opcode(APUS_LLVMURem)
    package static let mul = Opcode(APUS_LLVMMul)
    package static let fadd = Opcode(APUS_LLVMFAdd)
    package static let fsub = Opcode(APUS_LLVMFSub)
    package static let fmul = Opcode(APUS_LLVMFMul)
    package static let fdiv = Opcode(APUS_LLVMFDiv)
    package static let fptrunc = Opcode(APUS_LLVMFPTrunc)
    package static let fpext = Opcode(APUS_LLVMFPExt)
    package static let fptosi = Opcode(APUS_LLVMFPToSI)
    package static let fptoui = Opcode(APUS_LLVMFPToUI)
    package static let sitofp = Opcode(APUS_LLVMSIToFP)
    package static let uitofp = Opcode(APUS_LLVMUIToFP)
    package static let fcmp = Opcode(APUS_LLVMFCmp)
    package static let load = Opcode(APUS_LLVMLoad)
    package static let store = Opcode(APUS_LLVMStore)
    package static let atomicRMW = Opcode(APUS_LLVMAtomicRMW)
    package static let atomicCompareExchange = Opcode(APUS_LLVMAtomicCmpXchg)
  }

  /// The operation.
  package var opcode: Opcode {
    Opcode(rawValue: api.pointee.LLVMGetInstructionOpcode(handle))
  }

  /// The type of its value.
  package var type: IRType { IRType(handle: api.pointee.LLVMTypeOf(handle), api: api) }

  /// How many operands it has; a call's last is what it calls.
  package var operandCount: Int { max(0, Int(api.pointee.LLVMGetNumOperands(handle))) }

  /// The type of an operand.
  package func operandType(_ index: Int) -> IRType {
    IRType(handle: api.pointee.LLVMTypeOf(operand(index)), api: api)
  }

  func operand(_ index: Int) -> LLVMValueRef? {
    api.pointee.LLVMGetOperand(handle, UInt32(index))
  }

  /// Whether an operand is a constant.
  package func operandIsConstant(_ index: Int) -> Bool {
    api.pointee.LLVMIsConstant(operand(index)) != 0
  }

  /// An operand in LLVM's assembly language, with its type; slow unless it is a constant.
  package func operandText(_ index: Int) -> String {
    guard let text = api.pointee.LLVMPrintValueToString(operand(index)) else { return "" }
    defer { api.pointee.LLVMDisposeMessage(text) }
    return String(cString: text)
  }

  /// The value of an operand that is a constant integer of at most 64 bits; nil for another.
  package func operandInteger(_ index: Int) -> UInt64? {
    guard let value = api.pointee.LLVMIsAConstantInt(operand(index)),
      api.pointee.LLVMGetIntTypeWidth(api.pointee.LLVMTypeOf(value)) <= 64
    else { return nil }
    return UInt64(api.pointee.LLVMConstIntGetZExtValue(value))
  }

  /// The function that a call calls; nil for a call through a pointer, and for other instructions.
  package var calledFunction: IRGlobal? {
    guard opcode == .call || opcode == .invoke,
      let callee = api.pointee.LLVMGetCalledValue(handle),
      api.pointee.LLVMIsAFunction(callee) != nil
    else { return nil }
    return IRGlobal(handle: callee, api: api)
  }

  /// The assembly that a call consists of; nil for another call, and for other instructions.
  package var inlineAssembly: String? {
    guard [.call, .invoke, .callbr].contains(opcode),
      let callee = api.pointee.LLVMGetCalledValue(handle),
      api.pointee.LLVMIsAInlineAsm(callee) != nil
    else { return nil }
    var count = 0
    let start = api.pointee.LLVMGetInlineAsmAsmString(callee, &count)
    return String(start, count: count)
  }

  /// The function it is in.
  package var function: IRGlobal? {
    guard let block = api.pointee.LLVMGetInstructionParent(handle),
      let function = api.pointee.LLVMGetBasicBlockParent(block)
    else { return nil }
    return IRGlobal(handle: function, api: api)
  }

  /// The fast-math flags; 0 where it can have none.
  package var fastMathFlags: UInt32 {
    guard api.pointee.LLVMCanValueUseFastMathFlags(handle) != 0 else { return 0 }
    return api.pointee.LLVMGetFastMathFlags(handle)
  }

  /// The instruction in LLVM's assembly language.
  package var text: String {
    guard let text = api.pointee.LLVMPrintValueToString(handle) else { return "" }
    defer { api.pointee.LLVMDisposeMessage(text) }
    return String(cString: text)
  }

  /// Removes it; nothing may use its value.
  package func erase() { api.pointee.LLVMInstructionEraseFromParent(handle) }

  /// Replaces it by a call of `callee` with the same leading operands, fast-math flags and place in
  /// the source; the call has no effect but its value.
  ///
  /// - Parameters:
  ///   - callee: a function whose parameters are the types of the leading operands, and whose result is
  ///     this instruction's type.
  ///   - variants: the value of `vector-function-abi-variant`, which tells LLVM of vector functions.
  /// - Returns: the call.
  @discardableResult
  package func replace(
    byCalling callee: IRGlobal,
    hasNoEffects: Bool,
    variants: String? = nil,
    in context: IRContext
  ) -> IRInstruction? {
    guard let builder = api.pointee.LLVMCreateBuilderInContext(context.handle) else { return nil }
    defer { api.pointee.LLVMDisposeBuilder(builder) }
    api.pointee.LLVMPositionBuilderBefore(builder, handle)
    let type = callee.valueType
    var arguments = type.parameters.indices.map { operand($0) }
    let call = arguments.withUnsafeMutableBufferPointer {
      api.pointee.LLVMBuildCall2(
        builder,
        type.handle,
        callee.handle,
        $0.baseAddress,
        UInt32($0.count),
        ""
      )
    }
    guard let call else { return nil }
    let replacement = IRInstruction(handle: call, api: api)
    if api.pointee.LLVMCanValueUseFastMathFlags(call) != 0 {
      api.pointee.LLVMSetFastMathFlags(call, fastMathFlags)
    }
    api.pointee.LLVMInstructionSetDebugLoc(call, api.pointee.LLVMInstructionGetDebugLoc(handle))
    if hasNoEffects {
      // memory(none) is the value 0.
      for name in ["memory", "nounwind", "willreturn"] {
        replacement.addAttribute(name, in: context)
      }
    }
    if let variants {
      let name = "vector-function-abi-variant"
      let attribute = api.pointee.LLVMCreateStringAttribute(
        context.handle,
        name,
        UInt32(name.utf8.count),
        variants,
        UInt32(variants.utf8.count)
      )
      api.pointee.LLVMAddCallSiteAttribute(call, functionIndex, attribute)
    }
    api.pointee.LLVMReplaceAllUsesWith(handle, call)
    erase()
    return replacement
  }

  /// Adds an attribute of LLVM's own to a call, such as `nobuiltin`.
  package func addAttribute(_ name: String, value: UInt64 = 0, in context: IRContext) {
    let kind = api.pointee.LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    let attribute = api.pointee.LLVMCreateEnumAttribute(context.handle, kind, value)
    api.pointee.LLVMAddCallSiteAttribute(handle, functionIndex, attribute)
  }

  /// Removes an attribute of LLVM's own from a call.
  package func removeAttribute(_ name: String) {
    let kind = api.pointee.LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    api.pointee.LLVMRemoveCallSiteEnumAttribute(handle, functionIndex, kind)
  }

  /// Removes an attribute that is a string from a call.
  package func removeStringAttribute(_ name: String) {
    api.pointee.LLVMRemoveCallSiteStringAttribute(
      handle,
      functionIndex,
      name,
      UInt32(name.utf8.count)
    )
  }

  /// Whether it is a call that has an attribute of LLVM's own.
  package func hasAttribute(_ name: String) -> Bool {
    guard opcode == .call || opcode == .invoke else { return false }
    let kind = api.pointee.LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    return api.pointee.LLVMGetCallSiteEnumAttribute(handle, functionIndex, kind) != nil
  }
}
