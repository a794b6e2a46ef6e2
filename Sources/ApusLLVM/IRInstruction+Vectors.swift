internal import CApusLLVM

// Calls of functions that take vectors of a fixed width, for vectors of any width.

extension IRInstruction {
  /// Replaces an operation on vectors by calls of a function on vectors of another width: as many as it
  /// takes, the last with lanes to spare.
  ///
  /// A spare lane computes what the first does, so that it raises no exception of its own.
  ///
  /// - Parameters:
  ///   - callee: a function of the leading operands, each a vector of `width` elements.
  ///   - width: how many elements it takes at once.
  package func replace(
    byCallingInParts callee: IRGlobal,
    width: Int,
    in context: IRContext
  ) {
    guard let count = type.vectorCount else { return }
    guard count != width else {
      replace(byCalling: callee, hasNoEffects: true, in: context)
      return
    }
    guard let builder = api.pointee.LLVMCreateBuilderInContext(context.handle) else { return }
    defer { api.pointee.LLVMDisposeBuilder(builder) }
    api.pointee.LLVMPositionBuilderBefore(builder, handle)
    var joined: LLVMValueRef?
    for first in stride(from: 0, to: count, by: width) {
      let lanes = (first..<(first + width)).map { $0 < count ? $0 : 0 }
      let part = call(callee, onLanes: lanes, builder, context)
      let places = (0..<count).map { first..<(first + width) ~= $0 ? $0 - first : 0 }
      let spread = shuffle(part, part, places, builder, context)
      guard let earlier = joined else {
        joined = spread
        continue
      }
      let choice = (0..<count).map { $0 < first ? $0 : count + $0 }
      joined = shuffle(earlier, spread, choice, builder, context)
    }
    guard let joined else { return }
    api.pointee.LLVMReplaceAllUsesWith(handle, joined)
    erase()
  }

  private func call(
    _ callee: IRGlobal,
    onLanes lanes: [Int],
    _ builder: LLVMBuilderRef,
    _ context: IRContext
  ) -> LLVMValueRef? {
    let type = callee.valueType
    var arguments = type.parameters.indices.map { index in
      shuffle(operand(index), operand(index), lanes, builder, context)
    }
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
    api.pointee.LLVMSetFastMathFlags(call, fastMathFlags)
    api.pointee.LLVMInstructionSetDebugLoc(call, api.pointee.LLVMInstructionGetDebugLoc(handle))
    for name in ["memory", "nounwind", "willreturn"] {
      IRInstruction(handle: call, api: api).addAttribute(name, in: context)
    }
    return call
  }

  private func shuffle(
    _ a: LLVMValueRef?,
    _ b: LLVMValueRef?,
    _ lanes: [Int],
    _ builder: LLVMBuilderRef,
    _ context: IRContext
  ) -> LLVMValueRef? {
    let integer = context.integer(32).handle
    var mask = lanes.map { api.pointee.LLVMConstInt(integer, UInt64($0), 0) }
    let constant = mask.withUnsafeMutableBufferPointer {
      api.pointee.LLVMConstVector($0.baseAddress, UInt32($0.count))
    }
    return api.pointee.LLVMBuildShuffleVector(builder, a, b, constant, "")
  }
}
