internal import ApusLLVM

// Library members that are bitcode and too big to inline.
//
// Compiling them is what takes the time, and it takes the same time in every link. So such a member is compiled
// by itself, once, and its code is kept: from then on it is as if the library had come with machine code.

extension ModuleReader {
  /// Machine code for a library member, from an earlier link or made now.
  ///
  /// It is the same either way, so that the output does not depend on what earlier links did.
  ///
  /// - Parameter limit: how many instructions a member may have to be left to the optimiser.
  /// - Returns: nil for a member that is left to the optimiser, or is not compiled by itself.
  func libraryCode(of contents: FileSlice, beyond limit: Int) throws -> ELFObject? {
    guard let target, let file = try? BitcodeFile(contents), file.modules.count == 1 else {
      return nil
    }
    let machine = TargetMachine.Options(target.triple, options)
    let key = keyOfCode(for: contents, machine, beyond: limit)
    if let code = codeCache?.code(for: key, named: contents.name),
      let object = try? ELFObject(code)
    {
      return object
    }
    let module = try load(file.standaloneModule(0), in: IRContext(library))
    guard module.instructionCount > limit else { return nil }
    guard let object = try? compile(module, machine, named: contents.name) else { return nil }
    codeCache?.add(object.contents, for: key)
    functionsCompiledAlone += try object.definedFunctions()
    return object
  }

  private var codeCache: CodeCache? {
    CodeCache.defaultFolder.map { CodeCache(folder: $0, library: library) }
  }

  /// A hash of all that the code depends on.
  private func keyOfCode(
    for contents: FileSlice,
    _ machine: TargetMachine.Options,
    beyond limit: Int
  ) -> [UInt8] {
    var hash = BLAKE3(library)
    let parts =
      [
        "apus code 1", "\(library.version)", machine.triple, machine.cpu, machine.features,
        "\(machine.optimizationLevel)", "\(machine.isPositionIndependent)",
        "\(options.optimizationLevel)", "\(limit)",
      ] + options.llvmOptions
    for part in parts { hash.update(part) }
    contents.withUnsafeBytes { hash.update($0) }
    return hash.digest()
  }

  private func compile(
    _ module: IRModule,
    _ options: TargetMachine.Options,
    named name: String
  ) throws -> ELFObject {
    prepare(module)
    let machine = try TargetMachine(options, library)
    CrashHandler.note("generating code for \(name)")
    try PassPipeline("lto<O\(self.options.optimizationLevel)>").run(on: module, for: machine)
    module.separateFunctions()
    let code = try machine.emit(module)
    return try ELFObject(
      FileSlice(unsafeBytes: code.unsafeEscapingBytes, owner: code, name: name)
    )
  }
}

extension TargetMachine.Options {
  /// The machine that a link's code is for.
  init(_ triple: String, _ options: LinkOptions) {
    self.init(
      triple: triple,
      cpu: options.targetCPU ?? "",
      features: options.targetFeatures ?? "",
      optimizationLevel: options.codeGenerationLevel ?? options.optimizationLevel,
      isPositionIndependent: options.outputKind != .executable(positionIndependent: false)
    )
  }
}

extension IRModule {
  /// How many instructions there are in all functions.
  fileprivate var instructionCount: Int {
    functions.reduce(0) { $0 + $1.instructionCount }
  }
}
