internal import ApusLLVM

/// Reads bitcode for symbol resolution: what a file defines and refers to, and what its intrinsics
/// will call.
protocol BitcodeReader: AnyObject {
  /// The modules of a file and its symbols.
  func read(
    _ contents: FileSlice,
    _ format: InputFormat
  ) throws -> (InputFile.Content, [InputSymbol])

  /// Machine code for a library member of more than `limit` instructions.
  func libraryCode(of contents: FileSlice, beyond limit: Int) throws -> ELFObject?

  /// The calls that the backend would make for a file's intrinsics.
  func libcalls(of file: InputFile) throws -> [LibcallUse]

  /// Whether the backend, or the optimiser, may call a function of that name.
  func isLibcallName(_ name: String) -> Bool
}

/// A call that the backend would make.
struct LibcallUse: Hashable {
  /// What it would call.
  var name: String
  /// The function in which it would.
  var function: String
  /// What would become the call: `llvm.sin.f64`, `frem double`.
  var intrinsic: String
}

/// The bitcode files of a link as modules in memory, in one context.
///
/// Passes change modules beyond recognition. Where the link has to go back, it begins an attempt: a
/// new context, and the modules as the files have them.
final class ModuleReader: BitcodeReader {
  let library: LLVMLibrary
  let options: LinkOptions
  private let probe: LibcallProbeProcess?
  private let foreseesCalls: Bool
  private var knowledge: LibcallKnowledge?
  private(set) var context: IRContext
  /// The modules that were read and not yet merged, by file.
  private var modules: [Int: [IRModule]] = [:]
  /// What the intrinsics of each file call; does not change from attempt to attempt.
  private var uses: [Int: [LibcallUse]] = [:]
  /// The processor and features of the program's own functions; neither does this.
  private var commonTargets: [Int: CommonTarget] = [:]
  /// What all modules must agree on: that of the first that says.
  private(set) var target: ModuleTarget?
  /// The functions of library members that were compiled by themselves.
  var functionsCompiledAlone: [String] = []

  init(
    _ library: LLVMLibrary,
    options: LinkOptions,
    probe: LibcallProbeProcess?,
    foreseesCalls: Bool = true
  ) throws {
    self.library = library
    self.options = options
    self.probe = probe
    self.foreseesCalls = foreseesCalls
    context = try IRContext(library)
  }

  /// Forgets the modules, which may have been changed.
  func beginAttempt() throws {
    modules = [:]
    context = try IRContext(library)
  }

  // MARK: Reading

  func read(
    _ contents: FileSlice,
    _ format: InputFormat
  ) throws -> (InputFile.Content, [InputSymbol]) {
    if format == .textualIR {
      let bitcode = try assemble(contents)
      return (.bitcode([bitcode]), try symbolsWithLLVM(bitcode))
    }
    let file = try BitcodeFile(contents)
    if let error = file.incompatibility(
      withLLVM: "\(library.version)",
      major: Int(library.version.major)
    ) {
      throw error
    }
    try file.checkAttributes()
    let slices = file.modules.indices.map { file.standaloneModule($0) }
    let symbols = try file.symbolTable()?.inputSymbols ?? slices.flatMap { try symbolsWithLLVM($0) }
    return (.bitcode(slices), symbols)
  }

  /// The bitcode that a text stands for.
  private func assemble(_ text: FileSlice) throws -> FileSlice {
    CrashHandler.note("reading \(text.name)")
    do {
      let module = try IRModule(text: text.unsafeEscapingBytes, name: text.name, in: context)
      let bitcode = try module.bitcode()
      return FileSlice(
        unsafeBytes: bitcode.unsafeEscapingBytes,
        owner: bitcode,
        name: text.name
      )
    } catch {
      throw LinkError(.malformed, "LLVM cannot read it: \(error.message)", file: text.name)
    }
  }

  /// The symbols of bitcode that has no symbol table that can be trusted.
  private func symbolsWithLLVM(_ bitcode: FileSlice) throws -> [InputSymbol] {
    try load(bitcode, in: IRContext(library), lazily: true).inputSymbols
  }

  /// The symbols of bitcode, read by LLVM.
  static func symbols(ofBitcode contents: FileSlice) throws -> [InputSymbol] {
    try ModuleReader(LLVMLibrary.shared(), options: LinkOptions(), probe: nil).read(
      contents,
      InputFormat(contents)
    ).1
  }

  /// Reads a module, and checks that it can be joined to the others.
  func load(
    _ bitcode: FileSlice,
    in context: IRContext,
    lazily: Bool = false
  ) throws -> IRModule {
    let module: IRModule
    CrashHandler.note("reading \(bitcode.name)")
    do {
      module = try IRModule(
        bitcode: bitcode.unsafeEscapingBytes,
        name: bitcode.name,
        owner: Keeper(bitcode),
        lazily: lazily,
        in: context
      )
      if !lazily { try module.verify() }
    } catch {
      throw LinkError(.malformed, "LLVM cannot read it: \(error.message)", file: bitcode.name)
    }
    try checkTarget(of: module, in: bitcode)
    return module
  }

  private func checkTarget(of module: IRModule, in bitcode: FileSlice) throws(LinkError) {
    let found = ModuleTarget(
      triple: module.targetTriple,
      dataLayout: module.dataLayout,
      file: bitcode.name
    )
    guard let target else {
      if !found.triple.isEmpty { try take(found) }
      return
    }
    if !found.triple.isEmpty, found.architecture != target.architecture {
      throw LinkError(
        .incompatible,
        "is for \(found.triple), and \(target.file) for \(target.triple)",
        file: bitcode.name
      )
    }
    if !found.dataLayout.isEmpty, !target.dataLayout.isEmpty,
      found.dataLayout != target.dataLayout
    {
      throw LinkError(
        .incompatible,
        "has another data layout than \(target.file)",
        file: bitcode.name,
        notes: [found.dataLayout, target.dataLayout]
      )
    }
  }

  private func take(_ found: ModuleTarget) throws(LinkError) {
    target = found
    do {
      knowledge = try LibcallKnowledge(triple: found.triple, options, library, probe: probe)
    } catch {
      throw LinkError(.incompatible, "is for \(found.triple): \(error)", file: found.file)
    }
  }

  // MARK: Modules

  /// The modules of a file, which the caller may change and join to others.
  func takeModules(of file: InputFile) throws -> [IRModule] {
    let modules = try loadedModules(of: file)
    self.modules[file.id] = nil
    return modules
  }

  private func loadedModules(of file: InputFile) throws -> [IRModule] {
    if let loaded = modules[file.id] { return loaded }
    guard case .bitcode(let slices) = file.content else { return [] }
    let loaded = try slices.map { try load($0, in: context) }
    for module in loaded { prepare(module) }
    modules[file.id] = loaded
    return loaded
  }

  /// Makes of a module as it was read one that can be optimised.
  func prepare(_ module: IRModule) {
    renameLocalsLikeLibcalls(in: module)
    applyTargetOptions(to: module)
  }

  /// A static function called `fmod` would be called in the place of the library's: the backend goes
  /// by name.
  private func renameLocalsLikeLibcalls(in module: IRModule) {
    for global in module.globals where global.linkage.isLocal && !global.isDeclaration {
      let name = global.name
      if isLibcallName(name) { global.name = name + ".local" }
    }
  }

  /// The command line's processor and features, for functions that do not say their own.
  private func applyTargetOptions(to module: IRModule) {
    guard options.targetCPU != nil || options.targetFeatures != nil else { return }
    for function in module.functions where !function.isDeclaration {
      if let cpu = options.targetCPU, function.attribute("target-cpu") == nil {
        function.setAttribute("target-cpu", cpu, in: module.context)
      }
      if let features = options.targetFeatures, function.attribute("target-features") == nil {
        function.setAttribute("target-features", features, in: module.context)
      }
    }
  }

  /// The processor and features of the program's own functions, as far as they all agree.
  func commonTarget(ofUserCodeIn files: [InputFile]) throws -> CommonTarget {
    var targets: Set<CommonTarget> = []
    for file in files where file.isBitcode && !file.isLibraryCode {
      if let known = commonTargets[file.id] {
        targets.insert(known)
        continue
      }
      var own: Set<CommonTarget> = []
      for module in try loadedModules(of: file) {
        for function in module.functions where !function.isDeclaration {
          own.insert(
            CommonTarget(
              cpu: function.attribute("target-cpu"),
              features: function.attribute("target-features")
            )
          )
        }
      }
      guard let target = own.first else { continue }
      commonTargets[file.id] = own.count == 1 ? target : CommonTarget()
      targets.insert(commonTargets[file.id] ?? target)
    }
    guard let target = targets.first, targets.count == 1 else { return CommonTarget() }
    return target
  }

  // MARK: Libcalls

  func libcalls(of file: InputFile) throws -> [LibcallUse] {
    if let known = uses[file.id] { return known }
    guard foreseesCalls else { return [] }
    var found: [LibcallUse] = []
    for module in try loadedModules(of: file) {
      found += try knowledge?.libcalls(of: module, file: file.name) ?? []
    }
    uses[file.id] = found
    return found
  }

  /// Writes down the calls that are asked for in some functions, so that no others are made.
  func writeDownCalls(
    in functions: Set<String>,
    of module: IRModule,
    for machine: TargetMachine
  ) throws(LLVMError) {
    guard !functions.isEmpty else { return }
    try knowledge?.writeDownCalls(in: functions, of: module, for: machine)
  }

  func isLibcallName(_ name: String) -> Bool {
    knowledge?.isLibcall(name) ?? RuntimeLibcallNames.isLibraryFunction(name)
  }
}

/// What a module is for.
struct ModuleTarget {
  var triple: String
  var dataLayout: String
  /// The file that says so.
  var file: String

  /// The triple's first part.
  var architecture: Substring { triple.prefix { $0 != "-" } }
}

/// Keeps a file's bytes in memory for LLVM.
private final class Keeper {
  private let slice: FileSlice
  init(_ slice: FileSlice) { self.slice = slice }
}

extension IRModule {
  /// The symbols, for bitcode whose own table cannot be used.
  ///
  /// What module-level assembly defines is missing.
  var inputSymbols: [InputSymbol] {
    globals.compactMap { global in
      guard !global.linkage.isLocal, !global.name.hasPrefix("llvm.") else { return nil }
      var symbol = InputSymbol(name: global.name)
      if !global.isDeclaration, global.linkage != .availableExternally {
        symbol.definition =
          global.linkage == .common ? .common(size: 0, alignment: 1) : .defined
      }
      symbol.binding = global.linkage.isWeak ? .weak : .global
      symbol.visibility = InputSymbol.Visibility(global.visibility)
      symbol.isThreadLocal = global.isThreadLocal
      symbol.isFunction = global.kind == .function || global.kind == .ifunc
      symbol.isExecutable = symbol.isFunction
      return symbol
    }
  }
}

extension InputSymbol.Visibility {
  init(_ visibility: IRGlobal.Visibility) {
    switch visibility {
    case .default: self = .default
    case .hidden: self = .hidden
    case .protected: self = .protected
    }
  }
}
