internal import CApusLLVM

/// A module of LLVM's intermediate representation, in memory.
///
/// Not thread-safe, as its context. Values that belong to it must not be used after it is gone.
package final class IRModule {
  package let context: IRContext
  /// Nil once the module was joined to another.
  private var owned: LLVMModuleRef?
  /// What a module that is read as needed reads from.
  private var bytes: AnyObject?

  var api: UnsafePointer<apus_llvm_table> { context.library.api }

  var handle: LLVMModuleRef {
    guard let owned else { preconditionFailure("the module was joined to another") }
    return owned
  }

  private init(consuming handle: LLVMModuleRef, in context: IRContext, bytes: AnyObject? = nil) {
    owned = handle
    self.context = context
    self.bytes = bytes
  }

  deinit {
    if let owned { api.pointee.LLVMDisposeModule(owned) }
  }

  /// An empty module.
  package convenience init(name: String, in context: IRContext) throws(LLVMError) {
    guard let handle = context.api.pointee.LLVMModuleCreateWithNameInContext(name, context.handle)
    else { throw LLVMError("LLVM made no module") }
    self.init(consuming: handle, in: context)
  }

  /// Reads a module from bitcode.
  ///
  /// - Parameters:
  ///   - bitcode: one module, as LLVM writes it.
  ///   - name: the name for error messages.
  ///   - owner: what keeps `bitcode` in memory, for functions that are read when they are needed.
  ///   - lazily: whether functions' bodies stay unread until they are needed.
  /// - Throws: what LLVM finds wrong with it.
  package convenience init(
    bitcode: UnsafeRawBufferPointer,
    name: String,
    owner: AnyObject,
    lazily: Bool = false,
    in context: IRContext
  ) throws(LLVMError) {
    let api = context.api
    guard
      let buffer = api.pointee.LLVMCreateMemoryBufferWithMemoryRange(
        bitcode.baseAddress?.assumingMemoryBound(to: CChar.self),
        bitcode.count,
        name,
        0
      )
    else { throw LLVMError("LLVM made no buffer") }
    var module: LLVMModuleRef?
    let failed: LLVMBool
    if lazily {
      // Takes the buffer.
      failed = api.pointee.LLVMGetBitcodeModuleInContext2(context.handle, buffer, &module)
      if failed != 0 { api.pointee.LLVMDisposeMemoryBuffer(buffer) }
    } else {
      failed = api.pointee.LLVMParseBitcodeInContext2(context.handle, buffer, &module)
      api.pointee.LLVMDisposeMemoryBuffer(buffer)
    }
    guard failed == 0, let module else {
      let errors = context.takeDiagnostics().map(\.message)
      throw LLVMError(errors.isEmpty ? "not a module" : errors.joined(separator: "; "))
    }
    self.init(consuming: module, in: context, bytes: lazily ? owner : nil)
  }

  /// Reads a module from the text of LLVM's assembly language, or from bitcode.
  ///
  /// - Throws: what LLVM finds wrong with it, with line and column.
  package convenience init(
    text: UnsafeRawBufferPointer,
    name: String,
    in context: IRContext
  ) throws(LLVMError) {
    let api = context.api
    guard
      let buffer = api.pointee.LLVMCreateMemoryBufferWithMemoryRangeCopy(
        text.baseAddress?.assumingMemoryBound(to: CChar.self),
        text.count,
        name
      )
    else { throw LLVMError("LLVM made no buffer") }
    var module: LLVMModuleRef?
    var message: UnsafeMutablePointer<CChar>?
    // Takes the buffer.
    guard api.pointee.LLVMParseIRInContext(context.handle, buffer, &module, &message) == 0,
      let module
    else { throw LLVMError(context.library.takeString(message)) }
    self.init(consuming: module, in: context)
  }

  /// A copy of its own.
  package func clone() throws(LLVMError) -> IRModule {
    guard let copy = api.pointee.LLVMCloneModule(handle) else {
      throw LLVMError("LLVM made no copy of the module")
    }
    return IRModule(consuming: copy, in: context, bytes: bytes)
  }

  /// Joins another module to this one.
  ///
  /// LLVM walks through all of this module first; where many are joined, ``ModuleLinker`` is faster.
  ///
  /// - Throws: what LLVM finds wrong: symbols defined twice, types that differ.
  package func link(consuming module: IRModule) throws(LLVMError) {
    try link(consuming: module) { api.pointee.LLVMLinkModules2(handle, $0) }
  }

  /// Joins another module by a function that takes it, and says whether that failed.
  func link(
    consuming module: IRModule,
    by link: (LLVMModuleRef) -> LLVMBool
  ) throws(LLVMError) {
    let source = module.handle
    module.owned = nil
    let failed = link(source) != 0
    if let bytes = module.bytes { kept.append(bytes) }
    let errors = context.takeDiagnostics().filter { $0.severity == .error }.map(\.message)
    guard !failed, errors.isEmpty else {
      throw LLVMError(errors.isEmpty ? "cannot be linked" : errors.joined(separator: "; "))
    }
  }

  /// What modules joined to this one are still read from.
  private var kept: [AnyObject] = []

  /// Checks that the module is well formed.
  ///
  /// - Throws: what LLVM's verifier finds.
  package func verify() throws(LLVMError) {
    var message: UnsafeMutablePointer<CChar>?
    let failed = api.pointee.LLVMVerifyModule(
      handle,
      UInt32(APUS_LLVMReturnStatusAction),
      &message
    )
    let text = context.library.takeString(message)
    guard failed == 0 else { throw LLVMError(text) }
  }

  /// The module as bitcode.
  package func bitcode() throws(LLVMError) -> MemoryBuffer {
    guard let buffer = api.pointee.LLVMWriteBitcodeToMemoryBuffer(handle) else {
      throw LLVMError("LLVM wrote no bitcode")
    }
    return MemoryBuffer(consuming: buffer, context.library)
  }

  // MARK: What it says of itself

  /// The name in messages.
  package var name: String {
    get {
      var count = 0
      let start = api.pointee.LLVMGetModuleIdentifier(handle, &count)
      return String(start, count: count)
    }
    set {
      var newValue = newValue
      newValue.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) {
          api.pointee.LLVMSetModuleIdentifier(handle, $0.baseAddress, $0.count)
        }
      }
    }
  }

  /// The target triple: `x86_64-unknown-linux-gnu`; empty if it does not say.
  package var targetTriple: String {
    get { api.pointee.LLVMGetTarget(handle).map { String(cString: $0) } ?? "" }
    set { api.pointee.LLVMSetTarget(handle, newValue) }
  }

  /// The data layout, in LLVM's notation; empty if it does not say.
  package var dataLayout: String {
    get { api.pointee.LLVMGetDataLayoutStr(handle).map { String(cString: $0) } ?? "" }
    set { api.pointee.LLVMSetDataLayout(handle, newValue) }
  }

  /// Assembly that stands outside of functions.
  package var inlineAssembly: String {
    var count = 0
    let start = api.pointee.LLVMGetModuleInlineAsm(handle, &count)
    return String(start, count: count)
  }

  /// The module in LLVM's assembly language.
  package var text: String {
    context.library.takeString(api.pointee.LLVMPrintModuleToString(handle))
  }

  // MARK: What is in it

  /// The functions, defined or declared, intrinsics too.
  package var functions: [IRGlobal] {
    list(api.pointee.LLVMGetFirstFunction(handle), api.pointee.LLVMGetNextFunction)
  }

  /// Functions, variables, aliases and ifuncs.
  package var globals: [IRGlobal] {
    functions
      + list(api.pointee.LLVMGetFirstGlobal(handle), api.pointee.LLVMGetNextGlobal)
      + list(api.pointee.LLVMGetFirstGlobalAlias(handle), api.pointee.LLVMGetNextGlobalAlias)
      + list(api.pointee.LLVMGetFirstGlobalIFunc(handle), api.pointee.LLVMGetNextGlobalIFunc)
  }

  private func list(
    _ first: LLVMValueRef?,
    _ next: (LLVMValueRef?) -> LLVMValueRef?
  ) -> [IRGlobal] {
    var globals: [IRGlobal] = []
    var current = first
    while let value = current {
      globals.append(IRGlobal(handle: value, api: api))
      current = next(value)
    }
    return globals
  }

  /// The function, variable, alias or ifunc of that name.
  package func global(named name: String) -> IRGlobal? {
    let value =
      api.pointee.LLVMGetNamedFunction(handle, name)
      ?? api.pointee.LLVMGetNamedGlobal(handle, name)
      ?? api.pointee.LLVMGetNamedGlobalAlias(handle, name, name.utf8.count)
      ?? api.pointee.LLVMGetNamedGlobalIFunc(handle, name, name.utf8.count)
    return value.map { IRGlobal(handle: $0, api: api) }
  }

  /// The function of that name.
  package func function(named name: String) -> IRGlobal? {
    api.pointee.LLVMGetNamedFunction(handle, name).map { IRGlobal(handle: $0, api: api) }
  }

  /// Declares a function.
  package func declareFunction(_ name: String, type: IRType) throws(LLVMError) -> IRGlobal {
    guard let value = api.pointee.LLVMAddFunction(handle, name, type.handle) else {
      throw LLVMError("LLVM declared no function \(name)")
    }
    return IRGlobal(handle: value, api: api)
  }

  /// Declares what `global` is, under another name.
  package func declare(_ name: String, like global: IRGlobal) throws(LLVMError) -> IRGlobal {
    let type = global.valueType
    let declaration: LLVMValueRef?
    if type.kind == .function {
      declaration = api.pointee.LLVMAddFunction(handle, name, type.handle)
    } else {
      declaration = api.pointee.LLVMAddGlobal(handle, type.handle, name)
      if global.isThreadLocal { api.pointee.LLVMSetThreadLocal(declaration, 1) }
    }
    guard let declaration else { throw LLVMError("LLVM declared no symbol \(name)") }
    return IRGlobal(handle: declaration, api: api)
  }

  /// Forgets what `llvm.compiler.used` kept from passes.
  package func dropCompilerUsed() {
    guard let list = api.pointee.LLVMGetNamedGlobal(handle, "llvm.compiler.used") else { return }
    api.pointee.LLVMDeleteGlobal(list)
  }

  /// Makes internal what is defined here, but for `globals` and what `llvm.used` keeps.
  package func internalize(
    preserving globals: [IRGlobal],
    for machine: TargetMachine
  ) throws(LLVMError) {
    // The pass compares each name with each on its own list, so only those are there that must be: members
    // of COMDATs, which it decides about before it looks at llvm.used. LLVM's own lists stay as they are.
    let inComdats = globals.filter(\.isInComdat)
    let others = globals.filter { !$0.isInComdat && $0.linkage != .appending }
    let list = "llvm.used"
    let used = keptGlobals(in: list)
    keep(others, in: list)
    defer {
      if let all = api.pointee.LLVMGetNamedGlobal(handle, list) {
        api.pointee.LLVMDeleteGlobal(all)
      }
      keep(used, in: list)
    }
    // Without a list of its own, it would keep main.
    let names = ["llvm.nothing"] + inComdats.map(\.name)
    let passes = names.map { "preserve-gv=\($0)" }.joined(separator: ";")
    try PassPipeline("internalize<\(passes)>").run(on: self, for: machine)
  }

  /// What `llvm.compiler.used` or `llvm.used` keeps from passes.
  func keptGlobals(in list: String) -> [IRGlobal] {
    guard let variable = api.pointee.LLVMGetNamedGlobal(handle, list),
      let initializer = api.pointee.LLVMGetInitializer(variable)
    else { return [] }
    return (0..<max(0, api.pointee.LLVMGetNumOperands(initializer))).compactMap { index in
      api.pointee.LLVMGetOperand(initializer, UInt32(index)).map { IRGlobal(handle: $0, api: api) }
    }
  }

  /// Adds to `llvm.compiler.used` or `llvm.used`, so that passes keep these.
  package func keep(_ globals: [IRGlobal], in list: String = "llvm.compiler.used") {
    guard !globals.isEmpty else { return }
    let added = Set(globals)
    keepOnly(globals + keptGlobals(in: list).filter { !added.contains($0) }, in: list)
  }

  /// Lets `llvm.compiler.used` or `llvm.used` have these and no others.
  func keepOnly(_ globals: [IRGlobal], in list: String) {
    if let old = api.pointee.LLVMGetNamedGlobal(handle, list) { api.pointee.LLVMDeleteGlobal(old) }
    guard !globals.isEmpty else { return }
    var members = globals.map { Optional($0.handle) }
    let pointer = api.pointee.LLVMPointerTypeInContext(context.handle, 0)
    let array = api.pointee.LLVMArrayType2(pointer, UInt64(members.count))
    let variable = api.pointee.LLVMAddGlobal(handle, array, list)
    let value = members.withUnsafeMutableBufferPointer {
      api.pointee.LLVMConstArray2(pointer, $0.baseAddress, UInt64($0.count))
    }
    api.pointee.LLVMSetInitializer(variable, value)
    api.pointee.LLVMSetLinkage(variable, UInt32(APUS_LLVMAppendingLinkage))
    api.pointee.LLVMSetSection(variable, "llvm.metadata")
  }
}

extension String {
  /// A copy of LLVM's string.
  init(_ start: UnsafePointer<CChar>?, count: Int) {
    self.init(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
  }
}
