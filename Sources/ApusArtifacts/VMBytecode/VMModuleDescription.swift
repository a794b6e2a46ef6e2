/// What a VM bytecode module (a `.vmfb` file) says about itself, and what its bytecode shows: names
/// and types at its borders, sizes, the machine code it carries, the parameters it asks for.
///
/// The module is neither run nor loaded, and no library is needed. A file that is damaged or
/// hostile ends in an error, never in a crash, and costs memory and time in proportion to its size.
///
///     let module = try VMModuleDescription(bytes)
///     for export in module.exports { print(export.name, export.callingConvention) }
///     if module.mutatesState { ... }  // one call at a time
///
/// What is not said in the FlatBuffer (``executables``, ``parameters``, ``mutatesState``) is found
/// by following the bytecode. Where a function cannot be followed, everything else still stands,
/// and ``omissions`` says what may be missing.
///
/// Related IREE documentation: `iree/schemas/bytecode_module_def.fbs`.
public struct VMModuleDescription: Sendable, Equatable {
  /// The module's name, the first part of its functions' full names.
  public var name: String
  /// The version the module gives itself; 0 if it gives none.
  public var version: Int
  /// The version of the bytecode.
  public var bytecodeVersion: BytecodeVersion
  /// What the VM must support beyond integers.
  public var features: Features
  /// The module's attributes.
  public var attributes: [Attribute]
  /// The names of the types the bytecode refers to.
  public var types: [String]
  /// The modules it depends on.
  public var dependencies: [Dependency]
  /// The functions it imports.
  public var imports: [Import]
  /// The functions it exports, its initializer `__init` among them.
  public var exports: [Export]
  /// How many functions have a body, exported or not.
  public var internalFunctionCount: Int
  /// The read-only data, in the order the bytecode counts it.
  public var readOnlySegments: [ReadOnlySegment]
  /// The room that the module's globals take in each context.
  public var globals: Globals
  /// The machine code it carries, in the order the program loads it, each once.
  public var executables: [Executable]
  /// The parameters the program reads or writes, in the order it asks for them, each once.
  public var parameters: [Parameter]
  /// Why a call may change what other calls see, as a sentence about a function; nil if none does.
  public var stateMutation: String?
  /// What could not be understood, and may therefore be missing above.
  public var omissions: [Omission]
  /// Whether it has a map from bytecode to source locations.
  public var hasSourceMap: Bool
  /// How many bytes there are of what.
  public var sizes: Sizes

  /// Whether calls may change what other calls of the same context see.
  ///
  /// False only if it is proven that they don't; then calls may run at the same time.
  public var mutatesState: Bool { stateMutation != nil }

  /// Reads a module.
  ///
  /// The bytes are not copied.
  ///
  /// - Throws: ``VMBytecodeError`` if they are not a module, end too early or contradict the
  ///   format, or if the bytecode's major version is none of ``BytecodeVersion/supported``.
  public init(_ bytes: [UInt8]) throws(VMBytecodeError) {
    // As a result, because the closure's error has lost its type by the time it is out.
    let result = bytes.withUnsafeBytes { memory in
      Result { () throws(VMBytecodeError) in try VMModuleDescription(memory) }
    }
    self = try result.get()
  }

  /// Reads a module from memory that somebody else owns, such as a mapped file.
  ///
  /// Nothing refers to the memory afterwards.
  ///
  /// - Throws: ``VMBytecodeError``, as for an array.
  package init(_ bytes: UnsafeRawBufferPointer) throws(VMBytecodeError) {
    let module = try VMBytecodeModule(bytes)
    self.init(module)
    followBytecode(of: module)
    sizes = Sizes(of: self, bytecode: module.bytecodeByteCount, file: module.archive)
  }

  /// Copies what the tables say.
  private init(_ module: VMBytecodeModule) {
    name = module.name
    version = module.version
    bytecodeVersion = module.bytecodeVersion
    features = module.features
    attributes = module.attributes
    types = module.types
    dependencies = module.dependencies
    imports = module.imports
    exports = module.exports.map { export in
      let function = module.functions[export.function]
      return Export(
        name: export.name,
        callingConvention: function.callingConvention,
        attributes: function.attributes
      )
    }
    internalFunctionCount = module.functions.count
    readOnlySegments = module.segments.map { segment in
      ReadOnlySegment(
        fileRange: segment.bytes.fileRange,
        isExternal: segment.isExternal,
        isCompressed: segment.isCompressed
      )
    }
    globals = module.globals
    hasSourceMap = module.hasSourceMap
    executables = []
    parameters = []
    omissions = []
    sizes = Sizes()
  }

  /// Finds what only the bytecode shows.
  private mutating func followBytecode(of module: VMBytecodeModule) {
    var executableScan = ExecutableScan(module)
    var parameterScan = ParameterScan(module)
    var stateScan = StateMutationScan(module)
    for function in module.functions {
      let ordinal = function.ordinal
      do {
        let flow = try VMFunctionFlow(function, in: module)
        try flow.forEachInstruction { instruction, facts in
          executableScan.visit(instruction, facts, in: ordinal)
          parameterScan.visit(instruction, facts, in: ordinal)
          stateScan.visit(instruction, facts, in: ordinal)
        }
      } catch {
        executableScan.cannotRead(ordinal)
        stateScan.cannotRead(ordinal)
        omissions.append(
          Omission(
            function: ordinal,
            message: "\(module.displayName(of: ordinal)) cannot be followed: \(error)"
          )
        )
      }
    }
    executables = executableScan.executables()
    parameters = parameterScan.parameters
    stateMutation = stateScan.reason()
    omissions += executableScan.omissions + parameterScan.omissions
  }
}
