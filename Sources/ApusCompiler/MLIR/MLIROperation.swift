internal import CApusIREECompiler

// MLIR's C API with Swift's names. Everything here is borrowed from a module that a compilation owns: it is
// valid until its operation is erased or its compilation ends, and used on that compilation's thread only.

/// An operation of a module, or the module itself.
struct MLIROperation: Hashable {
  let library: CompilerLibrary
  let handle: MlirOperation

  init?(_ handle: MlirOperation, _ library: CompilerLibrary) {
    guard handle.ptr != nil else { return nil }
    self.handle = handle
    self.library = library
  }

  private var api: apus_mlir_table { library.mlir }

  static func == (a: MLIROperation, b: MLIROperation) -> Bool { a.handle.ptr == b.handle.ptr }

  func hash(into hasher: inout Hasher) { hasher.combine(handle.ptr) }

  /// Its name with its dialect's: `math.sin`.
  var name: String {
    String(api.mlirIdentifierStr(api.mlirOperationGetName(handle)))
  }

  /// The operation around it.
  var parent: MLIROperation? {
    MLIROperation(api.mlirOperationGetParentOperation(handle), library)
  }

  /// The first operation around it that has a name given.
  func enclosing(_ name: String) -> MLIROperation? {
    var next = parent
    while let operation = next {
      if operation.name == name { return operation }
      next = operation.parent
    }
    return nil
  }

  var operands: [MLIRValue] {
    (0..<api.mlirOperationGetNumOperands(handle)).map {
      MLIRValue(library: library, handle: api.mlirOperationGetOperand(handle, $0))
    }
  }

  func setOperand(_ index: Int, to value: MLIRValue) {
    api.mlirOperationSetOperand(handle, index, value.handle)
  }

  var results: [MLIRValue] {
    (0..<api.mlirOperationGetNumResults(handle)).map {
      MLIRValue(library: library, handle: api.mlirOperationGetResult(handle, $0))
    }
  }

  /// The operations that its results are operands of; one that uses several, several times.
  var users: [MLIROperation] {
    results.flatMap { result in
      var users: [MLIROperation] = []
      var use = api.mlirValueGetFirstUse(result.handle)
      while !api.mlirOpOperandIsNull(use) {
        if let user = MLIROperation(api.mlirOpOperandGetOwner(use), library) { users.append(user) }
        use = api.mlirOpOperandGetNextUse(use)
      }
      return users
    }
  }

  /// One of its attributes, inherent in the operation or not.
  subscript(attribute name: String) -> MLIRAttribute? {
    withStringRef(name) { name in
      MLIRAttribute(api.mlirOperationGetInherentAttributeByName(handle, name), library)
        ?? MLIRAttribute(api.mlirOperationGetDiscardableAttributeByName(handle, name), library)
    }
  }

  func setAttribute(_ name: String, to attribute: MLIRAttribute) {
    withStringRef(name) { name in
      if api.mlirOperationHasInherentAttributeByName(handle, name) {
        api.mlirOperationSetInherentAttributeByName(handle, name, attribute.handle)
      } else {
        api.mlirOperationSetDiscardableAttributeByName(handle, name, attribute.handle)
      }
    }
  }

  /// The name it defines, without the `@`; nil if it defines none.
  var symbolName: String? {
    self[attribute: "sym_name"]?.text.dropQuotes()
  }

  /// All operations inside, itself among them, outer ones before inner ones.
  var descendants: [MLIROperation] {
    final class Collector { var handles: [MlirOperation] = [] }
    let collector = Collector()
    api.mlirOperationWalk(
      handle,
      { operation, userData in
        if let userData {
          Unmanaged<Collector>.fromOpaque(userData).takeUnretainedValue().handles.append(operation)
        }
        return numericCast(APUS_MLIR_WALK_ADVANCE)
      },
      Unmanaged.passUnretained(collector).toOpaque(),
      numericCast(APUS_MLIR_WALK_PRE_ORDER)
    )
    return collector.handles.compactMap { MLIROperation($0, library) }
  }

  /// Those of its descendants that have a name given.
  ///
  /// What is erased while they are looped over may only be inside them.
  func descendants(named name: String) -> [MLIROperation] {
    descendants.filter { $0.name == name }
  }

  /// The first operation in its first region; nil if there is none.
  var firstOperation: MLIROperation? {
    guard api.mlirOperationGetNumRegions(handle) > 0 else { return nil }
    let block = api.mlirRegionGetFirstBlock(api.mlirOperationGetRegion(handle, 0))
    guard block.ptr != nil else { return nil }
    return MLIROperation(api.mlirBlockGetFirstOperation(block), library)
  }

  /// Makes an operation before this one, at this one's source location.
  ///
  /// - Parameters:
  ///   - name: `arith.constant`.
  ///   - attributes: inherent ones and others.
  /// - Returns: its results.
  @discardableResult
  func insertBefore(
    _ name: String,
    _ operands: [MLIRValue],
    results: [MLIRType],
    attributes: [(name: String, value: MLIRAttribute)] = []
  ) -> [MLIRValue] {
    let context = api.mlirOperationGetContext(handle)
    let operation = withStringRef(name) { name in
      var state = api.mlirOperationStateGet(name, api.mlirOperationGetLocation(handle))
      api.mlirOperationStateAddOperands(&state, operands.count, operands.map(\.handle))
      api.mlirOperationStateAddResults(&state, results.count, results.map(\.handle))
      let attributes = attributes.map { attribute in
        MlirNamedAttribute(
          name: withStringRef(attribute.name) { api.mlirIdentifierGet(context, $0) },
          attribute: attribute.value.handle
        )
      }
      api.mlirOperationStateAddAttributes(&state, attributes.count, attributes)
      return api.mlirOperationCreate(&state)
    }
    api.mlirBlockInsertOwnedOperationBefore(api.mlirOperationGetBlock(handle), handle, operation)
    return MLIROperation(operation, library)?.results ?? []
  }

  /// Has its results' users use other values, and erases it.
  func replace(with values: [MLIRValue]) {
    for (result, value) in zip(results, values) {
      api.mlirValueReplaceAllUsesOfWith(result.handle, value.handle)
    }
    erase()
  }

  /// Removes and frees it; nothing may use its results.
  func erase() { api.mlirOperationDestroy(handle) }

  /// Puts the body of a function in its place, called with its operands.
  ///
  /// - Parameter text: a module with one function, whose parameters and results have the types of this
  ///   operation's operands and results.
  /// - Returns: whether the text could be parsed; nothing changes if not.
  func replace(withBodyOfFunction text: String) -> Bool {
    guard let values = insertBefore(bodyOfFunction: text, operands) else { return false }
    replace(with: values)
    return true
  }

  /// Puts the body of a function before this operation.
  ///
  /// - Parameters:
  ///   - text: a module with one function.
  ///   - arguments: what it is called with.
  /// - Returns: what the function returns; nil if the text could not be parsed, and then nothing changes.
  func insertBefore(bodyOfFunction text: String, _ arguments: [MLIRValue]) -> [MLIRValue]? {
    let context = api.mlirOperationGetContext(handle)
    let module = withStringRef(text) { api.mlirModuleCreateParse(context, $0) }
    guard module.ptr != nil else { return nil }
    defer { api.mlirModuleDestroy(module) }
    let function = api.mlirBlockGetFirstOperation(api.mlirModuleGetBody(module))
    guard function.ptr != nil else { return nil }
    let body = api.mlirRegionGetFirstBlock(api.mlirOperationGetRegion(function, 0))
    for (index, argument) in arguments.enumerated() {
      api.mlirValueReplaceAllUsesOfWith(api.mlirBlockGetArgument(body, index), argument.handle)
    }
    while let next = MLIROperation(api.mlirBlockGetFirstOperation(body), library) {
      guard next.name != "func.return" else { return next.operands }
      api.mlirOperationRemoveFromParent(next.handle)
      api.mlirBlockInsertOwnedOperationBefore(
        api.mlirOperationGetBlock(handle),
        handle,
        next.handle
      )
    }
    return nil
  }

  /// Moves the operations of a module given as text to the start of this one's only region.
  ///
  /// - Returns: whether the text could be parsed.
  func prependOperations(ofModule text: String) -> Bool {
    let context = api.mlirOperationGetContext(handle)
    let module = withStringRef(text) { api.mlirModuleCreateParse(context, $0) }
    guard module.ptr != nil else { return false }
    defer { api.mlirModuleDestroy(module) }
    let source = api.mlirModuleGetBody(module)
    let target = api.mlirRegionGetFirstBlock(api.mlirOperationGetRegion(handle, 0))
    var position = 0
    while case let operation = api.mlirBlockGetFirstOperation(source), operation.ptr != nil {
      api.mlirOperationRemoveFromParent(operation)
      api.mlirBlockInsertOwnedOperation(target, position, operation)
      position += 1
    }
    return true
  }

  /// Runs passes of IREE's or MLIR's on it.
  ///
  /// - Parameter pipeline: the passes as text, in the name of this kind of operation: `func.func(cse)`.
  /// - Returns: whether all succeeded; if one did not, a diagnostic says why, and this operation may be half
  ///   changed.
  func run(passes pipeline: String) -> Bool {
    let context = api.mlirOperationGetContext(handle)
    let passes = withStringRef(name) { api.mlirPassManagerCreateOnOperation(context, $0) }
    defer { api.mlirPassManagerDestroy(passes) }
    let parsed = withStringRef(pipeline) {
      let list = api.mlirPassManagerGetAsOpPassManager(passes)
      return api.mlirParsePassPipeline(list, $0, { _, _ in }, nil)
    }
    return parsed.value != 0 && api.mlirPassManagerRunOnOp(passes, handle).value != 0
  }

  /// A type of its context, from its text.
  func type(_ text: String) -> MLIRType? {
    let context = api.mlirOperationGetContext(handle)
    return MLIRType(withStringRef(text) { api.mlirTypeParseGet(context, $0) }, library)
  }

  /// An attribute of its context, from its text.
  func attribute(_ text: String) -> MLIRAttribute? {
    let context = api.mlirOperationGetContext(handle)
    return MLIRAttribute(withStringRef(text) { api.mlirAttributeParseGet(context, $0) }, library)
  }
}

extension String {
  init(_ text: MlirStringRef) {
    self.init(
      decoding: UnsafeRawBufferPointer(start: text.data, count: text.length),
      as: UTF8.self
    )
  }

  /// Without the quotation marks around it.
  fileprivate func dropQuotes() -> String {
    count >= 2 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
  }
}

/// Lends a string to a function of MLIR's.
func withStringRef<Result>(_ text: String, _ body: (MlirStringRef) -> Result) -> Result {
  var text = text
  return text.withUTF8 { bytes in
    bytes.withMemoryRebound(to: CChar.self) {
      body(MlirStringRef(data: $0.baseAddress, length: $0.count))
    }
  }
}
