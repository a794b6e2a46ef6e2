internal import CApusLLVM

/// A function, variable, alias or ifunc of a module.
///
/// Valid as long as the module is, and until it is deleted.
package struct IRGlobal: Hashable {
  let handle: LLVMValueRef
  let api: UnsafePointer<apus_llvm_table>

  package static func == (a: IRGlobal, b: IRGlobal) -> Bool { a.handle == b.handle }
  package func hash(into hasher: inout Hasher) { hasher.combine(handle) }

  /// What it is.
  package enum Kind: Sendable {
    case function, variable, alias, ifunc
  }

  /// What it is.
  package var kind: Kind {
    switch Int(api.pointee.LLVMGetValueKind(handle)) {
    case APUS_LLVMFunctionValueKind: .function
    case APUS_LLVMGlobalAliasValueKind: .alias
    case APUS_LLVMGlobalIFuncValueKind: .ifunc
    default: .variable
    }
  }

  /// The symbol's name.
  package var name: String {
    get {
      var count = 0
      let start = api.pointee.LLVMGetValueName2(handle, &count)
      return String(start, count: count)
    }
    nonmutating set { api.pointee.LLVMSetValueName2(handle, newValue, newValue.utf8.count) }
  }

  /// Who may see it, and what happens if there are two.
  package struct Linkage: Hashable, Sendable {
    let rawValue: UInt32
    private init(_ value: Int) { rawValue = UInt32(value) }
    init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let external = Linkage(APUS_LLVMExternalLinkage)
    package static let availableExternally = Linkage(APUS_LLVMAvailableExternallyLinkage)
    package static let linkOnceAny = Linkage(APUS_LLVMLinkOnceAnyLinkage)
    package static let linkOnceODR = Linkage(APUS_LLVMLinkOnceODRLinkage)
    package static let weakAny = Linkage(APUS_LLVMWeakAnyLinkage)
    package static let weakODR = Linkage(APUS_LLVMWeakODRLinkage)
    package static let appending = Linkage(APUS_LLVMAppendingLinkage)
    package static let `internal` = Linkage(APUS_LLVMInternalLinkage)
    package static let `private` = Linkage(APUS_LLVMPrivateLinkage)
    package static let externalWeak = Linkage(APUS_LLVMExternalWeakLinkage)
    package static let common = Linkage(APUS_LLVMCommonLinkage)

    /// Whether only the module sees it.
    package var isLocal: Bool { self == .internal || self == .private }
    /// Whether another definition may take its place.
    package var isWeak: Bool {
      [.linkOnceAny, .linkOnceODR, .weakAny, .weakODR, .externalWeak].contains(self)
    }
  }

  /// Who may see it.
  package var linkage: Linkage {
    get { Linkage(rawValue: api.pointee.LLVMGetLinkage(handle)) }
    nonmutating set { api.pointee.LLVMSetLinkage(handle, newValue.rawValue) }
  }

  /// Who may see it in the finished file.
  package enum Visibility: UInt32, Sendable {
    case `default` = 0
    case hidden = 1
    case protected = 2
  }

  /// Who may see it in the finished file.
  package var visibility: Visibility {
    get { Visibility(rawValue: api.pointee.LLVMGetVisibility(handle)) ?? .default }
    nonmutating set { api.pointee.LLVMSetVisibility(handle, newValue.rawValue) }
  }

  /// Whether it is defined elsewhere.
  package var isDeclaration: Bool { api.pointee.LLVMIsDeclaration(handle) != 0 }

  /// The section asked for; nil for none.
  package var section: String? {
    get {
      guard let name = api.pointee.LLVMGetSection(handle) else { return nil }
      let section = String(cString: name)
      return section.isEmpty ? nil : section
    }
    nonmutating set { api.pointee.LLVMSetSection(handle, newValue ?? "") }
  }

  /// Whether it is a member of a COMDAT.
  package var isInComdat: Bool {
    (kind == .function || kind == .variable) && api.pointee.LLVMGetComdat(handle) != nil
  }

  /// Takes it out of its COMDAT.
  package func leaveComdat() { api.pointee.LLVMSetComdat(handle, nil) }

  /// Whether it has an instance a thread.
  package var isThreadLocal: Bool {
    kind == .variable && api.pointee.LLVMIsThreadLocal(handle) != 0
  }

  /// The type of a function, or of a variable's contents.
  package var valueType: IRType {
    IRType(handle: api.pointee.LLVMGlobalGetValueType(handle), api: api)
  }

  /// Whether a function is one of LLVM's intrinsics.
  package var isIntrinsic: Bool {
    kind == .function && api.pointee.LLVMGetIntrinsicID(handle) != 0
  }

  /// Whether anything refers to it.
  package var isUsed: Bool { api.pointee.LLVMGetFirstUse(handle) != nil }

  /// Lets all users use `other`.
  package func replaceUses(with other: IRGlobal) {
    api.pointee.LLVMReplaceAllUsesWith(handle, other.handle)
  }

  /// Removes it; nothing may refer to it.
  ///
  /// LLVM's C API cannot remove an alias: it stays as one of nothing, which neither linking nor dead
  /// code elimination keeps.
  package func delete(from module: IRModule) {
    switch kind {
    case .function: api.pointee.LLVMDeleteFunction(handle)
    case .variable: api.pointee.LLVMDeleteGlobal(handle)
    case .ifunc: api.pointee.LLVMEraseGlobalIFunc(handle)
    case .alias:
      let type = module.context.integer(8).handle
      let nothing = api.pointee.LLVMAddGlobal(module.handle, type, "apus.nothing")
      api.pointee.LLVMSetInitializer(nothing, api.pointee.LLVMConstNull(type))
      api.pointee.LLVMSetLinkage(nothing, Linkage.internal.rawValue)
      visibility = .default
      linkage = .internal
      api.pointee.LLVMAliasSetAliasee(handle, nothing)
    }
  }

  /// The instructions that call it.
  package var calls: [IRInstruction] {
    users.filter { $0.calledFunction == self }
  }

  /// The instructions that use it directly, and those that use a constant made of it not.
  package var users: [IRInstruction] {
    var users: [IRInstruction] = []
    var use = api.pointee.LLVMGetFirstUse(handle)
    while let current = use {
      if let user = api.pointee.LLVMGetUser(current),
        api.pointee.LLVMIsAInstruction(user) != nil
      {
        users.append(IRInstruction(handle: user, api: api))
      }
      use = api.pointee.LLVMGetNextUse(current)
    }
    return users
  }

  /// Calls `body` with each instruction of the function, which it may erase.
  package func forEachInstruction(_ body: (IRInstruction) throws -> Void) rethrows {
    var block = api.pointee.LLVMGetFirstBasicBlock(handle)
    while let current = block {
      var instruction = api.pointee.LLVMGetFirstInstruction(current)
      while let value = instruction {
        instruction = api.pointee.LLVMGetNextInstruction(value)
        try body(IRInstruction(handle: value, api: api))
      }
      block = api.pointee.LLVMGetNextBasicBlock(current)
    }
  }

  /// How many instructions the function has.
  package var instructionCount: Int {
    var count = 0
    forEachInstruction { _ in count += 1 }
    return count
  }

  // MARK: Attributes

  /// The value of an attribute that is a string, such as `target-cpu`; nil where there is none.
  package func attribute(_ name: String) -> String? {
    guard
      let attribute = api.pointee.LLVMGetStringAttributeAtIndex(
        handle,
        functionIndex,
        name,
        UInt32(name.utf8.count)
      )
    else { return nil }
    var count: UInt32 = 0
    let start = api.pointee.LLVMGetStringAttributeValue(attribute, &count)
    return String(start, count: Int(count))
  }

  /// Sets an attribute that is a string; nil removes it.
  package func setAttribute(_ name: String, _ value: String?, in context: IRContext) {
    let length = UInt32(name.utf8.count)
    guard let value else {
      api.pointee.LLVMRemoveStringAttributeAtIndex(handle, functionIndex, name, length)
      return
    }
    let attribute = api.pointee.LLVMCreateStringAttribute(
      context.handle,
      name,
      length,
      value,
      UInt32(value.utf8.count)
    )
    api.pointee.LLVMAddAttributeAtIndex(handle, functionIndex, attribute)
  }

  /// Adds an attribute of LLVM's own, such as `nounwind`.
  package func addAttribute(_ name: String, value: UInt64 = 0, in context: IRContext) {
    let kind = api.pointee.LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    let attribute = api.pointee.LLVMCreateEnumAttribute(context.handle, kind, value)
    api.pointee.LLVMAddAttributeAtIndex(handle, functionIndex, attribute)
  }

  /// Removes an attribute of LLVM's own.
  package func removeAttribute(_ name: String) {
    let kind = api.pointee.LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    api.pointee.LLVMRemoveEnumAttributeAtIndex(handle, functionIndex, kind)
  }

  /// Whether it has an attribute of LLVM's own.
  package func hasAttribute(_ name: String) -> Bool {
    let kind = api.pointee.LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    return api.pointee.LLVMGetEnumAttributeAtIndex(handle, functionIndex, kind) != nil
  }
}

/// `LLVMAttributeFunctionIndex`.
let functionIndex = LLVMAttributeIndex.max
