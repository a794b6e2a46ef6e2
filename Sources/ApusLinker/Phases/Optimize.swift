internal import ApusLLVM

// LLVM's own pipeline for link-time optimisation, on what was merged.

extension CombinedModule {
  /// Makes internal what nobody else refers to, and optimises.
  ///
  /// Definitions that the backend may call stay visible throughout: an internal function may lose an
  /// argument or change its calling convention, and the backend would call it all the same, by name. Those
  /// that nothing refers to in the end are removed; if the backend does call one, that shows in the object
  /// and the link goes back.
  ///
  /// - Returns: the names of those removed.
  func optimize(
    for machine: TargetMachine,
    options: LinkOptions,
    _ changes: AttemptChanges,
    _ reader: ModuleReader
  ) throws -> Set<String> {
    let pipeline = PassPipeline("globaldce,lto<O\(options.optimizationLevel)>")
    CrashHandler.note("optimising the program")
    do {
      try module.internalize(
        preserving: (preserved + libcallDefinitions).compactMap(module.global(named:)),
        for: machine
      )
      try pipeline.run(on: module, for: machine)
      try reader.writeDownCalls(in: changes.literal, of: module, for: machine)
    } catch {
      throw LinkError(.backend, "LLVM cannot optimise the program: \(error)")
    }
    let removed = removeUnusedLibcallDefinitions()
    if !removed.isEmpty { try? PassPipeline("globaldce").run(on: module, for: machine) }
    return removed
  }

  private func removeUnusedLibcallDefinitions() -> Set<String> {
    module.dropCompilerUsed()
    var removed: Set<String> = []
    var candidates = libcallDefinitions
    while true {
      let unused = candidates.filter { name in
        guard let global = module.global(named: name), !global.isDeclaration,
          !global.linkage.isLocal
        else { return false }
        return !global.isUsed
      }
      guard !unused.isEmpty else { return removed }
      for name in unused {
        module.global(named: name)?.delete(from: module)
        removed.insert(name)
      }
      candidates.removeAll { removed.contains($0) }
    }
  }
}

extension IRModule {
  /// Puts each function into a section of its own, so that lld can drop and fold functions.
  func separateFunctions() {
    for function in functions where !function.isDeclaration && function.section == nil {
      function.section = ".text.\(function.name)"
    }
  }
}
