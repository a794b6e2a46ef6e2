/// A module as its FlatBuffer describes it, and its bytecode, read in place.
///
/// This is the layer below ``VMModuleDescription``: names, numbers and positions, all checked to
/// lie inside the file, and the functions' instructions on demand. It refers to the memory it was
/// made from and is valid while that is; it is not meant to be kept.
package struct VMBytecodeModule {
  /// An exported function.
  package struct Export {
    package var name: String
    package var function: Int
  }

  /// A function with a body.
  package struct Function {
    package var ordinal: Int
    package var callingConvention: String
    package var attributes: [VMModuleDescription.Attribute]
    package var blockCount: Int
    /// The function's name in the source map, where the module has one.
    package var sourceName: String?
    let code: ByteWindow

    /// How many bytes its instructions take.
    package var byteCount: Int { code.count }
  }

  /// A segment of read-only data.
  struct Segment {
    let bytes: ByteWindow
    let isExternal: Bool
    let isCompressed: Bool
  }

  package let name: String
  package let version: Int
  package let bytecodeVersion: VMModuleDescription.BytecodeVersion
  package let features: VMModuleDescription.Features
  package let attributes: [VMModuleDescription.Attribute]
  package let types: [String]
  package let dependencies: [VMModuleDescription.Dependency]
  package let imports: [VMModuleDescription.Import]
  package let exports: [Export]
  package let functions: [Function]
  package let globals: VMModuleDescription.Globals
  package let hasSourceMap: Bool
  package let bytecodeByteCount: Int
  let archive: VMArchive
  let segments: [Segment]
  /// What reading tables and text may cost.
  let budget: ReadBudget
  /// What following bytecode may cost.
  let flowBudget: ReadBudget
  private let exportNames: [Int: String]
  private let knownImports: [VMKnownImport?]
  private let importResultWidths: [[Bool]]
  private let functionResultWidths: [[Bool]]

  /// Reads a module's tables.
  ///
  /// - Parameter bytes: the file; the module refers to it.
  /// - Throws: ``VMBytecodeError`` if it is not a module, ends too early, contradicts the format,
  ///   or has bytecode of another version.
  package init(_ bytes: UnsafeRawBufferPointer) throws(VMBytecodeError) {
    try self.init(ByteWindow(bytes))
  }

  init(_ file: ByteWindow) throws(VMBytecodeError) {
    let archive = try VMArchive(file)
    let budget = ReadBudget(byteCount: file.count, stepsPerByte: 16)
    let root = try FlatBufferTable.root(of: archive.flatBuffer, budget: budget)
    typealias Schema = BytecodeModuleDef

    bytecodeVersion = try Self.bytecodeVersion(in: root)
    guard let name = try root.string(Schema.name), !name.isEmpty else {
      throw .malformed("the module has no name", at: archive.flatBuffer.fileOffset)
    }
    self.archive = archive
    self.budget = budget
    self.name = name
    version = Int(try root.scalar(Schema.version, default: UInt32(0)))
    features = .init(rawValue: try root.scalar(Schema.requirements, default: UInt32(0)))
    attributes = try Self.attributes(in: root, Schema.attributes)
    types = try Self.types(in: root)
    dependencies = try Self.dependencies(in: root)
    imports = try Self.imports(in: root)
    segments = try Self.segments(in: root, of: archive)
    globals = try Self.globals(in: root)
    bytecodeByteCount = try root.vector(Schema.bytecodeData)?.count ?? 0
    flowBudget = ReadBudget(
      byteCount: bytecodeByteCount,
      stepsPerByte: 64,
      least: 1 << 22,
      most: 1 << 28
    )
    let sourceNames = try Self.sourceNames(in: root)
    hasSourceMap = sourceNames != nil
    functions = try Self.functions(in: root, sourceNames: sourceNames ?? [], budget: budget)
    exports = try Self.exports(in: root, functionCount: functions.count)
    exportNames = Dictionary(
      exports.map { ($0.function, $0.name) },
      uniquingKeysWith: { first, _ in first }
    )
    knownImports = imports.map { entry in
      VMKnownImport.all.first {
        $0.name == entry.name && $0.callingConvention == entry.callingConvention
      }
    }
    importResultWidths = imports.map { Self.resultWidths(of: $0.callingConvention) }
    functionResultWidths = functions.map { Self.resultWidths(of: $0.callingConvention) }
  }

  /// The runtime's function behind an import, if the passes over bytecode know it.
  func knownImport(_ ordinal: Int) -> VMKnownImport? {
    knownImports.indices.contains(ordinal) ? knownImports[ordinal] : nil
  }

  /// Which of a function's results are 64 bits wide; empty if that is not known.
  func resultWidths(of callee: VMCallee?) -> [Bool] {
    switch callee {
    case .imported(let ordinal) where importResultWidths.indices.contains(ordinal):
      importResultWidths[ordinal]
    case .function(let ordinal) where functionResultWidths.indices.contains(ordinal):
      functionResultWidths[ordinal]
    default: []
    }
  }

  /// As a calling convention says it: `0rI_iI` has a result of 32 bits and one of 64.
  private static func resultWidths(of callingConvention: String) -> [Bool] {
    guard callingConvention.first == "0",
      let separator = callingConvention.firstIndex(of: "_")
    else { return [] }
    var widths: [Bool] = []
    for letter in callingConvention[separator...].dropFirst() {
      switch letter {
      case "i", "f", "r": widths.append(false)
      case "I", "F": widths.append(true)
      case "v": break
      default: return []
      }
    }
    return widths
  }

  /// What messages call a function: an export's name, the source map's, or its number.
  func displayName(of function: Int) -> String {
    if let name = exportNames[function] { return Self.shortened(name) }
    if functions.indices.contains(function), let name = functions[function].sourceName {
      return Self.shortened(name)
    }
    return "function \(function)"
  }

  /// What messages call an import.
  func displayName(ofImport ordinal: Int) -> String {
    imports.indices.contains(ordinal)
      ? Self.shortened(imports[ordinal].name) : "import \(ordinal)"
  }

  private static func shortened(_ name: String) -> String {
    name.utf8.count <= 100 ? name : name.prefix(100) + "..."
  }
}

// MARK: - The tables

/// Field numbers of `iree/schemas/bytecode_module_def.fbs`.
private enum BytecodeModuleDef {
  static let name = FlatBufferField(0, "name")
  static let version = FlatBufferField(1, "version")
  static let requirements = FlatBufferField(2, "requirements")
  static let attributes = FlatBufferField(3, "attrs")
  static let types = FlatBufferField(4, "types")
  static let dependencies = FlatBufferField(5, "dependencies")
  static let importedFunctions = FlatBufferField(6, "imported_functions")
  static let exportedFunctions = FlatBufferField(7, "exported_functions")
  static let functionSignatures = FlatBufferField(8, "function_signatures")
  static let rodataSegments = FlatBufferField(9, "rodata_segments")
  static let moduleState = FlatBufferField(11, "module_state")
  static let functionDescriptors = FlatBufferField(12, "function_descriptors")
  static let bytecodeVersion = FlatBufferField(13, "bytecode_version")
  static let bytecodeData = FlatBufferField(14, "bytecode_data")
  static let debugDatabase = FlatBufferField(15, "debug_database")
}

extension VMBytecodeModule {
  private static func bytecodeVersion(in root: FlatBufferTable) throws(VMBytecodeError)
    -> VMModuleDescription.BytecodeVersion
  {
    let word = try root.scalar(BytecodeModuleDef.bytecodeVersion, default: UInt32(0))
    let version = VMModuleDescription.BytecodeVersion(
      major: Int(word >> 16),
      minor: Int(word & 0xFFFF)
    )
    let readable = VMModuleDescription.BytecodeVersion.supported.map(\.major)
    guard readable.contains(version.major) else {
      let listed = readable.map { "\($0).x" }.joined(separator: " and ")
      throw VMBytecodeError(
        .unsupportedVersion,
        "bytecode version \(version), this build reads \(listed)"
      )
    }
    return version
  }

  private static func attributes(in table: FlatBufferTable, _ field: FlatBufferField)
    throws(VMBytecodeError) -> [VMModuleDescription.Attribute]
  {
    var attributes: [VMModuleDescription.Attribute] = []
    for attribute in try table.tables(field) {
      attributes.append(
        .init(
          key: try attribute.string(FlatBufferField(0, "key")) ?? "",
          value: try attribute.string(FlatBufferField(1, "value")) ?? ""
        )
      )
    }
    return attributes
  }

  private static func types(in root: FlatBufferTable) throws(VMBytecodeError) -> [String] {
    var types: [String] = []
    for type in try root.tables(BytecodeModuleDef.types) {
      types.append(try type.string(FlatBufferField(0, "full_name")) ?? "")
    }
    return types
  }

  private static func dependencies(in root: FlatBufferTable) throws(VMBytecodeError)
    -> [VMModuleDescription.Dependency]
  {
    var dependencies: [VMModuleDescription.Dependency] = []
    for dependency in try root.tables(BytecodeModuleDef.dependencies) {
      let version = try dependency.scalar(FlatBufferField(1, "minimum_version"), default: UInt32(0))
      let flags = try dependency.scalar(FlatBufferField(2, "flags"), default: UInt32(1))
      dependencies.append(
        .init(
          name: try dependency.string(FlatBufferField(0, "name")) ?? "",
          minimumVersion: Int(version),
          isOptional: flags & 2 != 0
        )
      )
    }
    return dependencies
  }

  private static func imports(in root: FlatBufferTable) throws(VMBytecodeError)
    -> [VMModuleDescription.Import]
  {
    var imports: [VMModuleDescription.Import] = []
    for entry in try root.tables(BytecodeModuleDef.importedFunctions) {
      guard let name = try entry.string(FlatBufferField(0, "full_name")), !name.isEmpty else {
        throw .malformed("imported_functions[\(imports.count)] has no name")
      }
      let signature = try entry.table(FlatBufferField(1, "signature"))
      let flags = try entry.scalar(FlatBufferField(2, "flags"), default: UInt32(1))
      imports.append(
        .init(
          name: name,
          callingConvention: try signature?.string(FunctionSignatureDef.callingConvention) ?? "",
          isOptional: flags & 2 != 0
        )
      )
    }
    return imports
  }

  private static func exports(in root: FlatBufferTable, functionCount: Int)
    throws(VMBytecodeError) -> [Export]
  {
    var exports: [Export] = []
    for entry in try root.tables(BytecodeModuleDef.exportedFunctions) {
      guard let name = try entry.string(FlatBufferField(0, "local_name")), !name.isEmpty else {
        throw .malformed("exported_functions[\(exports.count)] has no name")
      }
      let function = Int(
        try entry.scalar(FlatBufferField(1, "internal_ordinal"), default: Int32(0))
      )
      guard (0..<functionCount).contains(function) else {
        throw .malformed(
          "the export '\(name)' is function \(function), of \(functionCount) functions"
        )
      }
      exports.append(Export(name: name, function: function))
    }
    return exports
  }

  private static func segments(in root: FlatBufferTable, of archive: VMArchive)
    throws(VMBytecodeError) -> [Segment]
  {
    var segments: [Segment] = []
    for entry in try root.tables(BytecodeModuleDef.rodataSegments) {
      // A union: 0 is none, 1 is UncompressedDataDef.
      let compression = try entry.scalar(FlatBufferField(0, "compression_type"), default: UInt8(0))
      let embedded = try entry.vector(FlatBufferField(2, "embedded_data"))
      let offset = try entry.scalar(FlatBufferField(3, "external_data_offset"), default: UInt64(0))
      let count = try entry.scalar(FlatBufferField(4, "external_data_length"), default: UInt64(0))
      let what = "rodata_segments[\(segments.count)]"
      let bytes: ByteWindow
      if let embedded {
        bytes = embedded
      } else {
        bytes = try archive.externalData(at: offset, count: count, what)
      }
      segments.append(
        Segment(bytes: bytes, isExternal: embedded == nil, isCompressed: compression > 1)
      )
    }
    return segments
  }

  private static func globals(in root: FlatBufferTable) throws(VMBytecodeError)
    -> VMModuleDescription.Globals
  {
    guard let state = try root.table(BytecodeModuleDef.moduleState) else {
      return .init(byteCount: 0, referenceCount: 0)
    }
    let bytes = try state.scalar(FlatBufferField(0, "global_bytes_capacity"), default: Int32(0))
    let references = try state.scalar(FlatBufferField(1, "global_ref_count"), default: Int32(0))
    guard bytes >= 0, references >= 0 else {
      throw .malformed("the module's state has a negative size")
    }
    return .init(byteCount: Int(bytes), referenceCount: Int(references))
  }

  /// The functions' names in the source map, or nil if it was stripped.
  private static func sourceNames(in root: FlatBufferTable) throws(VMBytecodeError) -> [String?]? {
    guard let database = try root.table(BytecodeModuleDef.debugDatabase) else { return nil }
    var names: [String?] = []
    for function in try database.tables(FlatBufferField(2, "functions")) {
      names.append(try function.string(FlatBufferField(0, "local_name")))
    }
    return names
  }

  private enum FunctionSignatureDef {
    static let callingConvention = FlatBufferField(0, "calling_convention")
    static let attributes = FlatBufferField(1, "attrs")
  }

  private static func functions(
    in root: FlatBufferTable,
    sourceNames: [String?],
    budget: ReadBudget
  ) throws(VMBytecodeError) -> [Function] {
    // offset, length, requirements: 32 bits each; reserved, blocks, i32 and ref registers: 16 each.
    let descriptorByteCount = 20
    let signatures = try root.tables(BytecodeModuleDef.functionSignatures)
    let descriptors = try root.vector(
      BytecodeModuleDef.functionDescriptors,
      stride: descriptorByteCount
    )
    let count = (descriptors?.count ?? 0) / descriptorByteCount
    guard signatures.count == count else {
      throw .malformed("\(signatures.count) function signatures for \(count) functions")
    }
    guard let descriptors, count > 0 else { return [] }
    guard let bytecode = try root.vector(BytecodeModuleDef.bytecodeData) else {
      throw .malformed("\(count) functions and no bytecode_data")
    }

    var functions: [Function] = []
    functions.reserveCapacity(count)
    // IREE's compilers of bytecode 17 write every function's part of the source map over the first
    // one's, so that only a map of all functions says which is which.
    let sourceNames = sourceNames.count == count ? sourceNames : []
    for ordinal in 0..<count {
      let place = ordinal * descriptorByteCount
      let what = "function_descriptors[\(ordinal)]"
      let start = Int(try descriptors.integer(Int32.self, at: place, what))
      let length = Int(try descriptors.integer(Int32.self, at: place + 4, what))
      guard length > 0 else { throw .malformed("function \(ordinal) has no bytecode") }
      let signature = signatures[ordinal]
      functions.append(
        Function(
          ordinal: ordinal,
          callingConvention: try signature.string(FunctionSignatureDef.callingConvention) ?? "",
          attributes: try attributes(in: signature, FunctionSignatureDef.attributes),
          blockCount: try descriptors.unsigned(UInt16.self, at: place + 14, what),
          sourceName: ordinal < sourceNames.count ? sourceNames[ordinal] : nil,
          code: try bytecode.window(
            at: start,
            count: length,
            "the bytecode of function \(ordinal)"
          )
        )
      )
    }
    return functions
  }
}
