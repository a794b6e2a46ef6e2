internal import CApusLLVM

/// A type of LLVM's.
///
/// Valid as long as its context is.
package struct IRType: Hashable {
  let handle: LLVMTypeRef?
  let api: UnsafePointer<apus_llvm_table>

  // In a context every type exists once.
  package static func == (a: IRType, b: IRType) -> Bool { a.handle == b.handle }
  package func hash(into hasher: inout Hasher) { hasher.combine(handle) }

  /// The families of types.
  package enum Kind: Sendable {
    case void, half, bfloat, float, double, x86FP80, fp128, ppcFP128, integer, function, structure
    case array, pointer, vector, scalableVector, metadata, other
  }

  /// Which family it is of.
  package var kind: Kind {
    switch Int(api.pointee.LLVMGetTypeKind(handle)) {
    case APUS_LLVMVoidTypeKind: .void
    case APUS_LLVMHalfTypeKind: .half
    case APUS_LLVMBFloatTypeKind: .bfloat
    case APUS_LLVMFloatTypeKind: .float
    case APUS_LLVMDoubleTypeKind: .double
    case APUS_LLVMX86_FP80TypeKind: .x86FP80
    case APUS_LLVMFP128TypeKind: .fp128
    case APUS_LLVMPPC_FP128TypeKind: .ppcFP128
    case APUS_LLVMIntegerTypeKind: .integer
    case APUS_LLVMFunctionTypeKind: .function
    case APUS_LLVMStructTypeKind: .structure
    case APUS_LLVMArrayTypeKind: .array
    case APUS_LLVMPointerTypeKind: .pointer
    case APUS_LLVMVectorTypeKind: .vector
    case APUS_LLVMScalableVectorTypeKind: .scalableVector
    case APUS_LLVMMetadataTypeKind: .metadata
    default: .other
    }
  }

  /// Whether it is one of the floating-point types, not a vector of them.
  package var isFloatingPoint: Bool {
    switch kind {
    case .half, .bfloat, .float, .double, .x86FP80, .fp128, .ppcFP128: true
    default: false
    }
  }

  /// The element type of a vector or an array; the type itself if it is neither.
  package var element: IRType {
    switch kind {
    case .vector, .scalableVector, .array:
      IRType(handle: api.pointee.LLVMGetElementType(handle), api: api)
    default: self
    }
  }

  /// How many elements a vector has; nil if it is none of fixed size.
  package var vectorCount: Int? {
    kind == .vector ? Int(api.pointee.LLVMGetVectorSize(handle)) : nil
  }

  /// How many bits an integer has.
  package var integerWidth: Int { Int(api.pointee.LLVMGetIntTypeWidth(handle)) }

  /// What a function returns.
  package var result: IRType { IRType(handle: api.pointee.LLVMGetReturnType(handle), api: api) }

  /// What a function takes.
  package var parameters: [IRType] {
    let count = Int(api.pointee.LLVMCountParamTypes(handle))
    var handles = [LLVMTypeRef?](repeating: nil, count: count)
    handles.withUnsafeMutableBufferPointer {
      api.pointee.LLVMGetParamTypes(handle, $0.baseAddress)
    }
    return handles.map { IRType(handle: $0, api: api) }
  }

  /// The members of a structure.
  package var members: [IRType] {
    (0..<api.pointee.LLVMCountStructElementTypes(handle)).map {
      IRType(handle: api.pointee.LLVMStructGetTypeAtIndex(handle, $0), api: api)
    }
  }
}

extension IRType: CustomStringConvertible {
  /// In LLVM's notation: `<4 x double>`.
  package var description: String {
    guard let text = api.pointee.LLVMPrintTypeToString(handle) else { return "" }
    defer { api.pointee.LLVMDisposeMessage(text) }
    return String(cString: text)
  }
}

extension IRContext {
  private func type(_ handle: LLVMTypeRef?) -> IRType { IRType(handle: handle, api: api) }

  package var void: IRType { type(api.pointee.LLVMVoidTypeInContext(handle)) }
  package var half: IRType { type(api.pointee.LLVMHalfTypeInContext(handle)) }
  package var bfloat: IRType { type(api.pointee.LLVMBFloatTypeInContext(handle)) }
  package var float: IRType { type(api.pointee.LLVMFloatTypeInContext(handle)) }
  package var double: IRType { type(api.pointee.LLVMDoubleTypeInContext(handle)) }
  package var x86FP80: IRType { type(api.pointee.LLVMX86FP80TypeInContext(handle)) }
  package var fp128: IRType { type(api.pointee.LLVMFP128TypeInContext(handle)) }
  package var pointer: IRType { type(api.pointee.LLVMPointerTypeInContext(handle, 0)) }

  package func integer(_ width: Int) -> IRType {
    type(api.pointee.LLVMIntTypeInContext(handle, UInt32(width)))
  }

  package func vector(_ element: IRType, _ count: Int) -> IRType {
    type(api.pointee.LLVMVectorType(element.handle, UInt32(count)))
  }

  package func function(_ result: IRType, _ parameters: [IRType]) -> IRType {
    var handles = parameters.map(\.handle)
    return handles.withUnsafeMutableBufferPointer {
      type(api.pointee.LLVMFunctionType(result.handle, $0.baseAddress, UInt32($0.count), 0))
    }
  }
}
