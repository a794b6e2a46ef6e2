internal import ApusLLVM

// All bitcode becomes one module in which each symbol has the definition that prevails. What only
// this module refers to becomes internal, so that passes may inline it, change it or drop it.

/// All bitcode of the link, before it is optimised.
struct CombinedModule {
  let module: IRModule
  let lowered: [LoweredCall]
  /// Functions of the library that the backend may yet call, though nothing else needs them.
  let libcallDefinitions: [String]
  /// The names that passes must leave visible.
  let preserved: [String]
}

/// Joins the modules of all bitcode files.
///
/// - Parameter changes: what to do otherwise than in the first attempt.
func mergeModules(
  _ resolution: SymbolResolution,
  _ reader: ModuleReader,
  _ visible: VisibleSymbols,
  options: LinkOptions,
  _ changes: AttemptChanges
) throws -> CombinedModule {
  let files = resolution.files.filter(\.isBitcode)
  var joiner = try ModuleJoiner(expectedCount: files.count, reader)
  let wrapped = Set(options.wrapped)
  let vectors = VectorLowering(resolution, options)
  let userTarget = try reader.commonTarget(ofUserCodeIn: resolution.files)
  var lowered: [LoweredCall] = []
  var preserved: [String] = []
  var libcallDefinitions: [String] = []
  for file in files {
    CrashHandler.note("joining \(file.name) to the program")
    let uses = try reader.libcalls(of: file)
    for module in try reader.takeModules(of: file) {
      dropDefinitionsThatDoNotPrevail(in: module, of: file, resolution)
      if file.isLibraryCode {
        adapt(module, to: userTarget)
      }
      if !file.isLibraryCode {
        keepLibraryOutOfStrictCode(in: module, resolution)
        lowered += try vectors.lower(module, of: file)
      }
      lowered += try lowerIntrinsics(
        in: module,
        of: file,
        uses: uses,
        resolution,
        wrapped: wrapped
      )
      for name in changes.unavailable { forbidCalls(of: name, in: module) }
      for global in module.globals
      where !global.isDeclaration && !global.linkage.isLocal
        && global.linkage != .availableExternally
      {
        let name = global.name
        if visible.mustStayVisible(name, definedBy: global) || changes.kept.contains(name) {
          preserved.append(name)
        } else if reader.isLibcallName(name) {
          libcallDefinitions.append(name)
        }
        // lld sees one object, and no longer which archive a definition came from.
        if visible.isFromExcludedLibrary(name), global.visibility == .default {
          global.visibility = .hidden
        }
      }
      try joiner.add(module, of: file)
    }
  }
  return CombinedModule(
    module: try joiner.finish(),
    lowered: lowered,
    libcallDefinitions: libcallDefinitions,
    preserved: preserved
  )
}

extension ModuleReader {
  /// What modules are joined to.
  func emptyModule() throws -> IRModule {
    let module = try IRModule(name: "apus.lto", in: context)
    if let target {
      module.targetTriple = target.triple
      module.dataLayout = target.dataLayout
    }
    return module
  }
}

/// Leaves one definition of each symbol: that of the file whose definition prevails.
func dropDefinitionsThatDoNotPrevail(
  in module: IRModule,
  of file: InputFile,
  _ resolution: SymbolResolution
) {
  for global in module.globals
  where !global.isDeclaration && !global.linkage.isLocal
    && ![.availableExternally, .appending].contains(global.linkage)
  {
    let name = global.name
    // Commons of the same name become one, as large as the largest.
    if global.linkage == .common, resolution.isCommon(name) { continue }
    guard resolution.prevails(name, in: file) else {
      global.dropDefinition(in: module)
      continue
    }
    // The other copies are gone, so this one must not be dropped for not being used here.
    switch global.linkage {
    case .linkOnceAny: global.linkage = .weakAny
    case .linkOnceODR: global.linkage = .weakODR
    default: break
    }
  }
}

extension IRGlobal {
  /// Turns a definition into a declaration.
  fileprivate func dropDefinition(in module: IRModule) {
    leaveComdatIfAny()
    switch kind {
    case .function, .variable:
      // A copy that passes may read and that is never emitted. Only one that is the same as the
      // definition that prevails may be read: C++'s one-definition rule says so of these.
      if [.linkOnceODR, .weakODR].contains(linkage) {
        linkage = .availableExternally
        return
      }
      fallthrough
    case .alias, .ifunc:
      let name = name
      self.name = name + ".dropped"
      guard let declaration = try? module.declare(name, like: self) else { return }
      replaceUses(with: declaration)
      delete(from: module)
    }
  }

  private func leaveComdatIfAny() {
    if kind == .function || kind == .variable, isInComdat { leaveComdat() }
  }
}

/// Keeps passes from calling a library function that the module does not call yet.
///
/// Every function says so, or none of those that do could be inlined into those that do not.
private func forbidCalls(of name: String, in module: IRModule) {
  for function in module.functions where !function.isDeclaration {
    function.setAttribute("no-builtin-\(name)", "", in: module.context)
  }
}

/// The processor and features of the program's own functions, where they all agree.
struct CommonTarget: Hashable {
  var cpu: String?
  var features: String?
}

/// Lets library functions be inlined: by default a library that is compiled for itself forbids it.
///
/// Its functions take the processor and features of the program's, where those agree on one: a library
/// for any processor of the family may use what the program uses anyway.
func adapt(_ module: IRModule, to target: CommonTarget) {
  for function in module.functions where !function.isDeclaration {
    // A loop that sets memory, in memset itself, must not become a call of memset.
    if !isRecognisedLoop(function.name) {
      function.setAttribute("no-builtins", nil, in: module.context)
      function.removeAttribute("nobuiltin")
    }
    if let cpu = target.cpu { function.setAttribute("target-cpu", cpu, in: module.context) }
    if let features = target.features {
      function.setAttribute("target-features", features, in: module.context)
    }
  }
}

/// Keeps calls from code that sets rounding modes or looks at exceptions as calls.
///
/// Library functions are compiled for the default mode. In such code, one that is inlined, or made anew for a
/// constant argument, would be computed by passes in that mode, whatever the program has set.
private func keepLibraryOutOfStrictCode(in module: IRModule, _ resolution: SymbolResolution) {
  for function in module.functions
  where !function.isDeclaration && function.hasAttribute("strictfp") {
    function.forEachInstruction { instruction in
      guard instruction.opcode == .call, let callee = instruction.calledFunction,
        let definer = resolution.table.definingFile(of: callee.name),
        resolution.files[definer].isLibraryCode
      else { return }
      for attribute in ["noinline", "minsize"] {
        instruction.addAttribute(attribute, in: module.context)
      }
    }
  }
}

/// Functions whose loops LLVM would recognise as the function itself.
private func isRecognisedLoop(_ name: String) -> Bool {
  ["memset", "memcpy", "memmove", "memcmp", "bcmp", "strlen", "wcslen", "memset_pattern16"]
    .contains(name)
}
