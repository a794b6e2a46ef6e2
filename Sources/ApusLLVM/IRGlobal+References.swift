internal import CApusLLVM

// Who refers to what in a module, for splitting it.

extension IRGlobal {
  /// The functions, variables and aliases that refer to it, each once.
  ///
  /// Functions do with their instructions, and with what they name besides: a personality, prefix data.
  package var referrers: Set<IRGlobal> { referrers(to: handle).globals }

  /// Whether something besides itself has a constant that an address less its own is part of.
  ///
  /// Assemblers compute that only within an object.
  package var isSubtractedElsewhere: Bool {
    let differences = referrers(to: handle).differences
    return differences.contains { !referrers(to: $0).globals.isSubset(of: [self]) }
  }

  /// What refers to a value, by way of constants too, and those of the constants that subtract it.
  private func referrers(
    to value: LLVMValueRef
  ) -> (globals: Set<IRGlobal>, differences: [LLVMValueRef]) {
    var globals: Set<IRGlobal> = []
    var differences: [LLVMValueRef] = []
    var seen: Set<LLVMValueRef> = []
    var waiting = [value]
    while let value = waiting.popLast() {
      var use = api.pointee.LLVMGetFirstUse(value)
      while let current = use {
        use = api.pointee.LLVMGetNextUse(current)
        guard let user = api.pointee.LLVMGetUser(current) else { continue }
        if api.pointee.LLVMIsAInstruction(user) != nil {
          if let function = IRInstruction(handle: user, api: api).function {
            globals.insert(function)
          }
        } else if api.pointee.LLVMIsAGlobalValue(user) != nil {
          globals.insert(IRGlobal(handle: user, api: api))
        } else {
          if api.pointee.LLVMIsAConstantExpr(user) != nil,
            api.pointee.LLVMGetConstOpcode(user) == APUS_LLVMSub,
            api.pointee.LLVMGetOperand(user, 1) == value
          {
            differences.append(user)
          }
          if seen.insert(user).inserted { waiting.append(user) }
        }
      }
    }
    return (globals, differences)
  }

  /// Whether the address of one of its basic blocks is a constant.
  package var hasBlockAddress: Bool {
    guard kind == .function else { return false }
    var block = api.pointee.LLVMGetFirstBasicBlock(handle)
    while let current = block {
      var use = api.pointee.LLVMGetFirstUse(api.pointee.LLVMBasicBlockAsValue(current))
      while let place = use {
        if let user = api.pointee.LLVMGetUser(place),
          api.pointee.LLVMGetValueKind(user) == APUS_LLVMBlockAddressValueKind
        {
          return true
        }
        use = api.pointee.LLVMGetNextUse(place)
      }
      block = api.pointee.LLVMGetNextBasicBlock(current)
    }
    return false
  }

  /// The COMDAT that a function or a variable is a member of.
  package struct Comdat: Hashable {
    fileprivate let handle: LLVMComdatRef
  }

  /// The COMDAT that it is a member of; nil for none.
  package var comdat: Comdat? {
    guard kind == .function || kind == .variable else { return nil }
    return api.pointee.LLVMGetComdat(handle).map(Comdat.init)
  }

  /// The function or variable that an alias is another name of; nil if it is a place within one, or another
  /// alias.
  package var aliasee: IRGlobal? {
    guard kind == .alias, let value = api.pointee.LLVMAliasGetAliasee(handle),
      api.pointee.LLVMIsAGlobalValue(value) != nil
    else { return nil }
    let aliasee = IRGlobal(handle: value, api: api)
    return aliasee.kind == .function || aliasee.kind == .variable ? aliasee : nil
  }

  /// How many bytes a constant has that holds numbers or text alone, and any copy of which may stand for it;
  /// nil for all else.
  package var sizeOfCopyableConstant: Int? {
    guard kind == .variable, linkage.isLocal, !isThreadLocal, !isInComdat, section == nil,
      api.pointee.LLVMIsGlobalConstant(handle) != 0,
      api.pointee.LLVMGetUnnamedAddress(handle) == APUS_LLVMGlobalUnnamedAddr,
      valueType.kind == .array, valueType.element.kind == .integer,
      let contents = api.pointee.LLVMGetInitializer(handle),
      api.pointee.LLVMGetNumOperands(contents) == 0
    else { return nil }
    let count = api.pointee.LLVMGetArrayLength2(valueType.handle)
    let (bits, overflow) = count.multipliedReportingOverflow(
      by: UInt64(valueType.element.integerWidth)
    )
    return overflow ? nil : Int(clamping: bits / 8)
  }

  /// Whether it has metadata of a kind, such as `associated`.
  package func hasMetadata(_ kind: String, in context: IRContext) -> Bool {
    let number = api.pointee.LLVMGetMDKindIDInContext(context.handle, kind, UInt32(kind.utf8.count))
    var count = 0
    guard let entries = api.pointee.LLVMGlobalCopyAllMetadata(handle, &count) else { return false }
    defer { api.pointee.LLVMDisposeValueMetadataEntries(entries) }
    return (0..<count).contains {
      api.pointee.LLVMValueMetadataEntriesGetKind(entries, UInt32($0)) == number
    }
  }
}
