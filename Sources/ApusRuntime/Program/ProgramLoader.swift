internal import ApusArtifacts
internal import CApusIREERuntime

/// Makes a VM context of bytecode modules and what they import: the device, and parameters.
struct ProgramLoader {
  private let runtime: Runtime
  private let api: apus_iree_runtime_table

  init(_ runtime: Runtime) {
    self.runtime = runtime
    api = runtime.library.api
  }

  /// A function that can be called.
  struct LoadedFunction: Sendable {
    var module: String
    var signature: FunctionSignature
    /// Proof of safety: a module's address, which the context keeps valid, and two numbers.
    nonisolated(unsafe) var handle: iree_vm_function_t
  }

  /// A context, which the caller owns, and what can be called in it.
  struct LoadedProgram {
    var context: UnsafeMutablePointer<iree_vm_context_t>
    var moduleNames: [String]
    var functions: [LoadedFunction]
    /// Whether a call may write to a global, so that calls must not overlap.
    var mutatesState: Bool
  }

  func load(_ bytecode: [VMBytecode], parameters: [ParameterArchive]) throws -> LoadedProgram {
    let descriptions = try bytecode.map(describe)
    for (bytecode, description) in zip(bytecode, descriptions) {
      try checkExecutables(of: description, bytecode)
    }
    let indexes = try parameterIndexes(parameters)
    try checkParameters(descriptions, indexes)

    var hosts: [UnsafeMutablePointer<iree_vm_module_t>] = []
    var modules: [UnsafeMutablePointer<iree_vm_module_t>] = []
    // The context retains both.
    defer { for module in hosts + modules { api.iree_vm_module_release(module) } }
    do {
      if descriptions.contains(where: \.importsParameters) {
        hosts.append(try makeParametersModule(indexes))
      }
      hosts.append(try makeHALModule())
      for bytecode in bytecode { modules.append(try makeModule(bytecode)) }

      let functions = try zip(modules, descriptions).flatMap(functions(of:_:))
      var ordered: [UnsafeMutablePointer<iree_vm_module_t>?] = hosts + modules
      var context: UnsafeMutablePointer<iree_vm_context_t>?
      // The modules' initialisers run, and are calls like others.
      let status = runtime.invocationSlots.withSlot {
        api.iree_vm_context_create_with_modules(
          runtime.library.instance,
          numericCast(APUS_IREE_VM_CONTEXT_FLAG_CONCURRENT),
          ordered.count,
          &ordered,
          systemAllocator,
          &context
        )
      }
      try api.check(status, device: runtime.device)
      guard let context else { throw RuntimeError.noResult("iree_vm_context_create_with_modules") }
      return LoadedProgram(
        context: context,
        moduleNames: descriptions.map(\.name),
        functions: functions,
        mutatesState: descriptions.contains { $0.mutatesState }
      )
    } catch {
      guard var error = error as? RuntimeError else { throw error }
      error.program = error.program ?? bytecode.map(\.name).joined(separator: ", ")
      throw error
    }
  }

  // MARK: What is wrong with a program, found before IREE looks at it

  private func describe(_ bytecode: VMBytecode) throws -> VMModuleDescription {
    do {
      try checkTables(of: bytecode)
      let description = try VMModuleDescription(bytecode)
      try checkVersion(of: description, bytecode)
      return description
    } catch let error as VMBytecodeError {
      throw RuntimeError(.invalidArgument, error.description, program: bytecode.name)
    }
  }

  /// Finds what IREE's verifier takes for granted: without a calling convention of an import it
  /// crashes, and it sets memory aside for as many blocks as a function says it has.
  private func checkTables(of bytecode: VMBytecode) throws {
    let module = try bytecode.withUnsafeBytes { try VMBytecodeModule($0) }
    for entry in module.imports where !entry.callingConvention.hasPrefix("0") {
      throw VMBytecodeError(
        .malformed,
        "malformed: the import '\(entry.name)' has no calling convention"
      )
    }
    for function in module.functions where function.blockCount > function.byteCount {
      throw VMBytecodeError(
        .malformed,
        "malformed: function \(function.ordinal) has \(function.blockCount) blocks in"
          + " \(function.byteCount) bytes"
      )
    }
  }

  private func checkVersion(
    of description: VMModuleDescription,
    _ bytecode: VMBytecode
  ) throws(RuntimeError) {
    let version = runtime.library.version
    guard description.bytecodeVersion.major != version.bytecodeMajorVersion else { return }
    throw RuntimeError(
      .incompatible,
      "the program is of bytecode version \(description.bytecodeVersion), and the runtime, IREE"
        + " \(version), runs \(version.bytecodeMajorVersion).x: compile it with the runtime's version,"
        + " which APUS_IREE_VERSION chooses",
      program: bytecode.name
    )
  }

  private func checkExecutables(
    of description: VMModuleDescription,
    _ bytecode: VMBytecode
  ) throws {
    let formats = Set(description.executables.compactMap(\.format))
    guard !formats.isEmpty, !formats.contains(where: runtime.supports(executableFormat:)) else {
      return
    }
    throw RuntimeError(
      .incompatible,
      "the kernels are for another kind of device: \(formats.sorted().joined(separator: ", "));"
        + " compile the program for this one",
      program: bytecode.name,
      device: runtime.device
    )
  }

  private func checkParameters(
    _ descriptions: [VMModuleDescription],
    _ indexes: [ParameterIndex]
  ) throws {
    // Of several files with a parameter of the same name the first has it, as it does for IREE.
    let available = Dictionary(
      uniqueKeysWithValues: indexes.map { index in
        (
          index.scope,
          Dictionary(index.entries.map { ($0.key, $0.byteCount) }) { first, _ in first }
        )
      }
    )
    for parameter in descriptions.flatMap(\.parameters) where parameter.isRead {
      let scope = parameter.scope ?? ""
      guard let entries = available[scope] else {
        throw RuntimeError(
          .notFound,
          "the program needs parameters of the scope '\(scope)', such as '\(parameter.key)', and"
            + " no file is bound to it"
        )
      }
      guard let byteCount = entries[parameter.key] else {
        throw RuntimeError(
          .notFound,
          "the program needs the parameter '\(parameter.key)' of the scope '\(scope)', which the"
            + " files bound to it do not have"
        )
      }
      if let expected = parameter.byteCount, expected > byteCount {
        throw RuntimeError(
          .outOfRange,
          "the program needs \(expected) bytes of the parameter '\(parameter.key)' of the scope"
            + " '\(scope)'; the file has \(byteCount)"
        )
      }
    }
  }

  // MARK: Functions

  private func functions(
    of module: UnsafeMutablePointer<iree_vm_module_t>,
    _ description: VMModuleDescription
  ) throws -> [LoadedFunction] {
    try description.functions.map { export in
      var handle = iree_vm_function_t()
      try api.check(
        withStringView(export.name) {
          api.iree_vm_module_lookup_function_by_name(
            module,
            numericCast(APUS_IREE_VM_FUNCTION_LINKAGE_EXPORT),
            $0,
            &handle
          )
        }
      )
      return LoadedFunction(
        module: description.name,
        signature: export.signature,
        handle: handle
      )
    }
  }

  // MARK: Modules

  private func makeHALModule() throws -> UnsafeMutablePointer<iree_vm_module_t> {
    var module: UnsafeMutablePointer<iree_vm_module_t>?
    try api.check(
      runtime.library.createHALModule(runtime.deviceHandle, runtime.deviceGroup, &module),
      device: runtime.device
    )
    guard let module else { throw RuntimeError.noResult("iree_hal_module_create") }
    return module
  }

  private func makeModule(
    _ bytecode: VMBytecode
  ) throws -> UnsafeMutablePointer<iree_vm_module_t> {
    // `Program` keeps the bytes as long as the context that uses them.
    let bytes = bytecode.unsafeEscapingBytes
    let archive = iree_const_byte_span_t(
      data: bytes.bindMemory(to: UInt8.self).baseAddress,
      data_length: bytes.count
    )
    var module: UnsafeMutablePointer<iree_vm_module_t>?
    do {
      try api.check(runtime.library.createBytecodeModule(archive, &module))
    } catch {
      var error = error
      error.program = bytecode.name
      throw error
    }
    guard let module else { throw RuntimeError.noResult("iree_vm_bytecode_module_create") }
    return module
  }

  private func parameterIndexes(_ archives: [ParameterArchive]) throws -> [ParameterIndex] {
    var scopes: [(scope: String, archives: [ParameterArchive])] = []
    for archive in archives {
      if let index = scopes.firstIndex(where: { $0.scope == archive.scope }) {
        scopes[index].archives.append(archive)
      } else {
        scopes.append((archive.scope, [archive]))
      }
    }
    return try scopes.map { try ParameterIndex($0.archives, runtime.library) }
  }

  private func makeParametersModule(
    _ indexes: [ParameterIndex]
  ) throws -> UnsafeMutablePointer<iree_vm_module_t> {
    var providers: [UnsafeMutablePointer<iree_io_parameter_provider_t>?] = []
    defer { for provider in providers { api.iree_io_parameter_provider_release(provider) } }
    for index in indexes { providers.append(try index.makeProvider()) }
    var module: UnsafeMutablePointer<iree_vm_module_t>?
    try api.check(
      api.iree_io_parameters_module_create(
        runtime.library.instance,
        providers.count,
        &providers,
        systemAllocator,
        &module
      )
    )
    guard let module else { throw RuntimeError.noResult("iree_io_parameters_module_create") }
    return module
  }
}

extension VMModuleDescription {
  fileprivate var importsParameters: Bool { imports.contains { $0.moduleName == "io_parameters" } }
}
