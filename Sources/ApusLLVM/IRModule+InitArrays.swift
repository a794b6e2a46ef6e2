internal import CApusLLVM

// LLVM's C API makes machines that put constructors into `.ctors`, and has no way to ask for `.init_array`.
// Systems of today run only the latter, so the arrays are written down before code is generated.

extension IRModule {
  /// Turns constructors and destructors into variables in `.init_array` and `.fini_array`.
  package func writeDownInitArrays() {
    // Processors of graphics cards have their own ways.
    guard ["x86_64", "aarch64"].contains(targetTriple.prefix { $0 != "-" }) else { return }
    for (list, section) in [
      ("llvm.global_ctors", ".init_array"), ("llvm.global_dtors", ".fini_array"),
    ] {
      guard let variable = api.pointee.LLVMGetNamedGlobal(handle, list) else { continue }
      if let entries = api.pointee.LLVMGetInitializer(variable) {
        keep(elements(of: entries).compactMap { addEntry($0, to: section) })
      }
      api.pointee.LLVMDeleteGlobal(variable)
    }
  }

  /// Adds a function that runs at the start, or the end.
  ///
  /// - Parameter entry: its priority, itself, and what it is dropped together with.
  private func addEntry(_ entry: LLVMValueRef, to section: String) -> IRGlobal? {
    let fields = elements(of: entry)
    guard fields.count == 3, api.pointee.LLVMIsAFunction(fields[1]) != nil else { return nil }
    let key = IRGlobal(handle: fields[2], api: api)
    let hasKey = [.function, .variable].contains(key.definedKind)
    // What it initializes is defined elsewhere, and so is what initializes it.
    if hasKey, key.isDeclaration || key.linkage == .availableExternally { return nil }
    let priority = api.pointee.LLVMConstIntGetZExtValue(fields[0])
    let pointer = api.pointee.LLVMPointerTypeInContext(context.handle, 0)
    guard let variable = api.pointee.LLVMAddGlobal(handle, pointer, "") else { return nil }
    api.pointee.LLVMSetInitializer(variable, fields[1])
    api.pointee.LLVMSetLinkage(variable, UInt32(APUS_LLVMPrivateLinkage))
    // 65535 is the priority of those that ask for none; the others run first, in order.
    api.pointee.LLVMSetSection(variable, priority == 65535 ? section : "\(section).\(priority)")
    if hasKey, let comdat = api.pointee.LLVMGetComdat(key.handle) {
      api.pointee.LLVMSetComdat(variable, comdat)
    }
    return IRGlobal(handle: variable, api: api)
  }

  private func elements(of constant: LLVMValueRef) -> [LLVMValueRef] {
    (0..<max(0, api.pointee.LLVMGetNumOperands(constant))).compactMap {
      api.pointee.LLVMGetOperand(constant, UInt32($0))
    }
  }
}

extension IRGlobal {
  /// What it is; nil for a constant that is no function and no variable, such as null.
  fileprivate var definedKind: Kind? {
    switch Int(api.pointee.LLVMGetValueKind(handle)) {
    case APUS_LLVMFunctionValueKind: .function
    case APUS_LLVMGlobalVariableValueKind: .variable
    default: nil
    }
  }
}
