internal import CApusLLVM

// A part of a module as a module of its own.
//
// LLVM's C API cannot split a module. But one whose functions are read as they are needed costs little, and a
// function that is only there for passes to look into goes without having been read.

/// What a partition makes of a definition of the whole module.
package struct PartitionedDefinition: Sendable {
  /// Its name in the whole, by which it is recognised.
  package var name: String
  /// The partitions that define it.
  package var partitions: Set<Int>
  /// What all partitions call a local symbol that they share; nil for all else.
  package var sharedName: String?

  package init(name: String, partitions: Set<Int>, sharedName: String? = nil) {
    self.name = name
    self.partitions = partitions
    self.sharedName = sharedName
  }
}

extension IRModule {
  /// What is defined here, in an order that writing and reading bitcode keeps.
  package var definitions: [IRGlobal] {
    globals.filter { !$0.isDeclaration && $0.linkage != .appending }
  }

  /// Whether there is metadata of that name, such as `llvm.dbg.cu`.
  package func hasMetadata(named name: String) -> Bool {
    api.pointee.LLVMGetNamedMetadata(handle, name, name.utf8.count) != nil
  }

  /// Leaves the definitions of one partition, and declares the others.
  ///
  /// The module was read lazily; afterwards it is whole.
  ///
  /// - Parameter plan: what becomes of each of the ``definitions``.
  package func keep(
    partition: Int,
    of plan: [PartitionedDefinition],
    for machine: TargetMachine
  ) throws(LLVMError) {
    let definitions = definitions
    guard definitions.map(\.name) == plan.map(\.name) else {
      throw LLVMError("the module has not the definitions it had when it was written")
    }
    var kept: [IRGlobal] = []
    for (definition, entry) in zip(definitions, plan) {
      if let name = entry.sharedName {
        definition.name = name
        definition.linkage = .external
        definition.visibility = .hidden
      }
      if entry.partitions.contains(partition) {
        kept.append(definition)
      } else {
        try definition.becomeDeclaration(in: self)
      }
    }
    dropListsOfOthers(than: Set(kept))
    try PassPipeline("elim-avail-extern").run(on: self, for: machine)
    read(kept.filter { $0.kind == .function })
    // What nothing in the partition refers to is there for others, or for assembly to name.
    keep(kept.filter(\.linkage.isDiscardable))
    try PassPipeline("globaldce").run(on: self, for: machine)
    dropCompilerUsed()
  }

  /// Reads functions that were left unread.
  private func read(_ functions: [IRGlobal]) {
    // Passes for a function are given it whole; none need be there.
    guard let passes = api.pointee.LLVMCreateFunctionPassManagerForModule(handle) else { return }
    defer { api.pointee.LLVMDisposePassManager(passes) }
    for function in functions {
      _ = api.pointee.LLVMRunFunctionPassManager(passes, function.handle)
    }
  }

  /// Lists that modules join have the members that are defined here.
  private func dropListsOfOthers(than kept: Set<IRGlobal>) {
    for list in globals where list.kind == .variable && list.linkage == .appending {
      if list.name == "llvm.used" {
        keepOnly(keptGlobals(in: list.name).filter(kept.contains), in: list.name)
      } else {
        // No code is generated for any of the others, once constructors are written down.
        list.delete(from: self)
      }
    }
  }
}

extension IRGlobal.Linkage {
  /// Whether passes may drop a definition that the module does not refer to.
  fileprivate var isDiscardable: Bool { isLocal || self == .linkOnceAny || self == .linkOnceODR }
}

extension IRGlobal {
  /// Lets another module define it.
  fileprivate func becomeDeclaration(in module: IRModule) throws(LLVMError) {
    if isInComdat { leaveComdat() }
    guard kind == .alias else {
      linkage = .availableExternally
      return
    }
    let name = name
    self.name = name + ".elsewhere"
    let declaration = try module.declare(name, like: self)
    declaration.visibility = visibility
    replaceUses(with: declaration)
    delete(from: module)
  }
}
