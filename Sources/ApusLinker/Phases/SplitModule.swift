internal import ApusLLVM

// A large program in partitions, for which code is generated side by side.
//
// How many partitions there are depends on the program alone, never on the machine or on what else it does: the
// output is the same wherever it is made. Each has a run of the program's functions, so that they keep their
// order. What others may see, and what several partitions share, is defined once: a variable in the first
// partition, a function in its own. A local symbol that is shared becomes a hidden one of a name that no other
// link gives, as in ThinLTO; texts are copied to where they are used, and lld makes one of the copies.
//
// Some programs cannot be taken apart without changing what they mean; canBeSplit has the list.

/// What each partition of a program defines.
struct ModulePartitions: Sendable {
  /// How many there are.
  let count: Int
  /// What becomes of each definition, in the module's order.
  var definitions: [PartitionedDefinition]
  /// How many instructions there are in all.
  let instructionCount: Int

  /// Code generation for this many takes some 0.2 s, and making a partition some 0.02 s.
  private static let instructionsPerPartition = 10_000
  private static let largestCount = 16
  /// Beyond this many bytes, copies of a constant cost more than a symbol.
  private static let largestCopy = 1024

  /// Takes a module apart.
  ///
  /// - Parameter count: how many partitions were asked for; nil for as many as the module's size suggests.
  /// - Returns: nil for a module that stays whole.
  init?(of module: IRModule, count: Int?) {
    let functions = module.functions.filter(\.isEmitted)
    let sizes = functions.map(\.instructionCount)
    instructionCount = sizes.reduce(0, +)
    let wanted =
      count ?? min(instructionCount / Self.instructionsPerPartition, Self.largestCount)
    self.count = min(wanted, functions.count)
    guard self.count > 1, module.canBeSplit else { return nil }
    let homes = Homes(module.definitions, functions, sizes, count: self.count)
    definitions = module.definitions.map { definition in
      PartitionedDefinition(
        name: definition.name,
        partitions: homes.partitions(of: definition, largestCopy: Self.largestCopy),
        sharedName: nil
      )
    }
    for (index, definition) in module.definitions.enumerated()
    where homes.isShared(definition, by: definitions[index].partitions) {
      let name = definition.name
      definitions[index].sharedName = name.isEmpty ? "anonymous.\(index)" : name
    }
  }

  /// Ends the names of what is shared with a suffix, so that they are nobody else's.
  mutating func endSharedNames(with suffix: String) {
    for index in definitions.indices {
      definitions[index].sharedName = definitions[index].sharedName.map { $0 + suffix }
    }
  }
}

/// Where the definitions of a module are to be.
private struct Homes {
  /// The partition of each.
  private var home: [IRGlobal: Int] = [:]
  /// What refers to each local symbol.
  private var referrers: [IRGlobal: Set<IRGlobal>] = [:]

  init(_ definitions: [IRGlobal], _ functions: [IRGlobal], _ sizes: [Int], count: Int) {
    for definition in definitions where definition.linkage.isLocal {
      referrers[definition] = definition.referrers.filter {
        $0.linkage != .appending && $0.isEmitted
      }
    }
    // The members of a COMDAT stay together, since lld keeps all or none.
    var homesOfComdats: [IRGlobal.Comdat: Int] = [:]
    func settle(_ global: IRGlobal, in partition: Int) {
      guard let comdat = global.comdat else {
        home[global] = partition
        return
      }
      home[global] = homesOfComdats[comdat, default: partition]
      homesOfComdats[comdat] = home[global]
    }
    let total = max(1, sizes.reduce(0, +))
    var before = 0
    for (function, size) in zip(functions, sizes) {
      settle(function, in: min(before * count / total, count - 1))
      before += size
    }
    let others = definitions.filter { $0.isEmitted && $0.kind != .function }
    for variable in others where variable.kind == .variable {
      settle(variable, in: onlyUser(of: variable) ?? 0)
    }
    for alias in others where alias.kind == .alias {
      home[alias] = alias.aliasee.flatMap { home[$0] } ?? 0
    }
  }

  /// The partition all functions of which that use a variable are in; nil if there is none, or more than
  /// functions use it.
  private func onlyUser(of variable: IRGlobal) -> Int? {
    guard let users = referrers[variable], variable.section == nil,
      users.allSatisfy({ $0.kind == .function })
    else { return nil }
    let partitions = Set(users.compactMap { home[$0] })
    return partitions.count == 1 ? partitions.first : nil
  }

  /// The partitions that define something.
  func partitions(of definition: IRGlobal, largestCopy: Int) -> Set<Int> {
    guard let home = home[definition] else { return [] }
    if let size = definition.sizeOfCopyableConstant, size <= largestCopy,
      let users = referrers[definition], !users.isEmpty,
      users.allSatisfy({ $0.kind != .alias })
    {
      return Set(users.compactMap { self.home[$0] })
    }
    return [home]
  }

  /// Whether a local symbol is referred to from where it is not defined.
  func isShared(_ definition: IRGlobal, by partitions: Set<Int>) -> Bool {
    guard let users = referrers[definition] else { return false }
    return users.contains { user in home[user].map { !partitions.contains($0) } ?? false }
  }
}

extension IRGlobal {
  /// Whether it becomes part of an object.
  fileprivate var isEmitted: Bool { !isDeclaration && linkage != .availableExternally }
}

extension IRModule {
  /// Whether parts of it mean what the whole means.
  fileprivate var canBeSplit: Bool {
    // Partitions are ELF objects for lld to join; graphics cards have no hidden symbols of several objects.
    guard ["x86_64", "aarch64"].contains(targetTriple.prefix { $0 != "-" }),
      // Assembly may name what is local, and define what LLVM does not see.
      inlineAssembly.isEmpty,
      // Every part would describe all types and variables of the units it has functions of.
      !hasMetadata(named: "llvm.dbg.cu")
    else { return false }
    let definitions = definitions
    let localNames = Set(definitions.filter(\.linkage.isLocal).map(\.name))
    for definition in definitions {
      // Its distance from a symbol of another object is nothing that an assembler can write down.
      if definition.isSubtractedElsewhere { return false }
      switch definition.kind {
      case .ifunc:
        return false
      case .alias:
        // Declared elsewhere, a place within something has no type of its own.
        guard let aliasee = definition.aliasee, !aliasee.isThreadLocal else { return false }
      case .variable:
        // Its section is dropped with that of another symbol, which must be in the same object.
        if definition.hasMetadata("associated", in: context) { return false }
      case .function:
        if definition.hasMetadata("associated", in: context) { return false }
        // A block's address is known only where its function is.
        guard !definition.hasBlockAddress, definition.assemblyStandsAlone(among: localNames) else {
          return false
        }
      }
    }
    return true
  }
}

extension IRGlobal {
  /// Whether the assembly in a function is instructions that name no local symbol.
  fileprivate func assemblyStandsAlone(among localNames: Set<String>) -> Bool {
    var standsAlone = true
    forEachInstruction { instruction in
      guard standsAlone, let text = instruction.inlineAssembly, !text.isEmpty else { return }
      standsAlone = !text.definesOrNames(localNames)
    }
    return standsAlone
  }
}

extension String {
  /// Whether assembly may define a symbol, change the section, or name one of these symbols.
  fileprivate func definesOrNames(_ names: Set<String>) -> Bool {
    // A label ends with a colon, which operands have too, as ${0:w}; it is not worth telling them apart.
    if contains(":") { return true }
    return split(whereSeparator: { !($0.isLetter || $0.isNumber || "_.$".contains($0)) }).contains {
      $0.hasPrefix(".") || names.contains(String($0))
    }
  }
}
