internal import ApusLLVM
internal import Synchronization

// From the optimised module to objects: one, or for a large program several that are made side by side.
//
// Contexts of LLVM's belong to one thread. So the module is written as bitcode, once, and each partition reads
// what it needs of that into a context of its own.

/// All bitcode as machine code.
struct GeneratedCode {
  /// In the order in which lld is to have them.
  let objects: [ELFObject]
  /// The end of names that local symbols have in several objects.
  var suffix: String?

  /// A name as the program has it.
  func originalName(_ name: String) -> String {
    guard let suffix, name.hasSuffix(suffix) else { return name }
    return String(name.dropLast(suffix.count))
  }

  /// What it refers to and does not define, in the order of the objects.
  func undefinedSymbols() throws(LinkError) -> [InputSymbol] {
    var defined: Set<String> = []
    var undefined: [InputSymbol] = []
    var places: [String: Int] = [:]
    for object in objects {
      for symbol in try object.inputSymbols() {
        guard symbol.isUndefined else {
          defined.insert(symbol.name)
          continue
        }
        if let place = places[symbol.name] {
          // One reference that is not weak is enough.
          if symbol.binding == .global { undefined[place].binding = .global }
        } else {
          places[symbol.name] = undefined.count
          undefined.append(symbol)
        }
      }
    }
    return objects.count == 1 ? undefined : undefined.filter { !defined.contains($0.name) }
  }

  /// The names of what refers to a symbol, each once, and no more than `limit`.
  func referrers(to name: String, limit: Int = 10) throws(LinkError) -> [String] {
    var referrers: [String] = []
    for object in objects where referrers.count < limit {
      for referrer in try object.referrers(to: name, limit: limit - referrers.count) {
        let referrer = originalName(referrer)
        if !referrers.contains(referrer) { referrers.append(referrer) }
      }
    }
    return referrers
  }

  /// The functions there is code for.
  func definedFunctions() throws(LinkError) -> [String] {
    var names: [String] = []
    for object in objects { names += try object.definedFunctions().map(originalName) }
    return names
  }
}

extension Linker {
  /// Generates code for a program.
  func generateCode(
    for module: IRModule,
    _ machine: TargetMachine,
    _ options: LinkOptions
  ) throws -> GeneratedCode {
    if options.separatesFunctions { module.separateFunctions() }
    if options.savesTemporaries {
      let bitcode = try module.bitcode()
      try save(bitcode.unsafeEscapingBytes, beside: options.output, "lto.bc")
    }
    CrashHandler.note("generating code")
    module.writeDownInitArrays()
    if let partitions = ModulePartitions(of: module, count: options.partitionCount),
      let code = try generateCode(for: partitions, of: module, options)
    {
      return code
    }
    do {
      let object = try machine.emit(module)
      return GeneratedCode(objects: [try keep(object, number: 0, options)])
    } catch let error as LLVMError {
      throw LinkError(.backend, "LLVM cannot generate code: \(error.message)")
    }
  }

  /// Generates code for a program in partitions.
  ///
  /// - Returns: nil if it had better stay whole.
  private func generateCode(
    for partitions: ModulePartitions,
    of module: IRModule,
    _ options: LinkOptions
  ) throws -> GeneratedCode? {
    let library = module.context.library
    let bitcode = try module.bitcode()
    // Every partition reads all data, and of the functions only its own.
    if options.partitionCount == nil, bitcode.count / 100 > partitions.instructionCount {
      return nil
    }
    var partitions = partitions
    let suffix = suffixOfSharedNames(in: bitcode, library)
    partitions.endSharedNames(with: suffix)
    let outcomes = PartitionOutcomes()
    let generator = PartitionGenerator(
      library: library,
      bitcode: bitcode,
      partitions: partitions,
      machine: TargetMachine.Options(module.targetTriple, options)
    )
    forEach(below: partitions.count, onThreads: options.threadCount ?? processorCount()) {
      outcomes.set($0, generator.object(ofPartition: $0))
    }
    // Of what LLVM cannot generate code for in parts it may be able to as a whole; if not, that says why.
    guard let buffers = outcomes.objects(count: partitions.count) else { return nil }
    return GeneratedCode(
      objects: try buffers.enumerated().map { try keep($1, number: $0, options) },
      suffix: suffix
    )
  }

  /// An end for names that no other link gives to anything, as ThinLTO has it.
  private func suffixOfSharedNames(in bitcode: MemoryBuffer, _ library: LLVMLibrary) -> String {
    var hash = BLAKE3(library)
    hash.update(bitcode.unsafeEscapingBytes)
    let number = hash.digest().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return ".llvm.\(number)"
  }

  private func keep(
    _ object: MemoryBuffer,
    number: Int,
    _ options: LinkOptions
  ) throws -> ELFObject {
    let suffix = number == 0 ? "lto.o" : "lto.\(number).o"
    if options.savesTemporaries {
      try save(object.unsafeEscapingBytes, beside: options.output, suffix)
    }
    return try ELFObject(
      FileSlice(
        unsafeBytes: object.unsafeEscapingBytes,
        owner: object,
        name: "\(options.output).\(suffix)"
      )
    )
  }
}

/// What a thread needs to generate code for any partition.
private struct PartitionGenerator: Sendable {
  let library: LLVMLibrary
  let bitcode: MemoryBuffer
  let partitions: ModulePartitions
  let machine: TargetMachine.Options

  func object(ofPartition partition: Int) -> MemoryBuffer? {
    do {
      let module = try IRModule(
        bitcode: bitcode.unsafeEscapingBytes,
        name: "apus.lto",
        owner: bitcode,
        lazily: true,
        in: IRContext(library)
      )
      let machine = try TargetMachine(machine, library)
      try module.keep(partition: partition, of: partitions.definitions, for: machine)
      return try machine.emit(module)
    } catch {
      return nil
    }
  }
}

/// The objects that threads make.
private final class PartitionOutcomes: Sendable {
  private let outcomes = Mutex<[Int: MemoryBuffer]>([:])

  func set(_ partition: Int, _ object: MemoryBuffer?) {
    outcomes.withLock { $0[partition] = object }
  }

  /// The objects in order; nil if one is missing.
  func objects(count: Int) -> [MemoryBuffer]? {
    outcomes.withLock { outcomes in
      let objects = (0..<count).compactMap { outcomes[$0] }
      return objects.count == count ? objects : nil
    }
  }
}
