internal import ApusLLVM

/// The names that are not a program's own to give to an internal function.
///
/// The backend calls what it needs by name, and takes whatever function of the module has it; the
/// optimiser recognises and invents calls by name.
struct RuntimeLibcallNames {
  /// What the backend may call on the target.
  let backend: Set<String>

  /// Asks LLVM for the target's names.
  init(for machine: TargetMachine, triple: String, _ library: LLVMLibrary) throws(LLVMError) {
    let context = try IRContext(library)
    let module = try IRModule(name: "libcalls", in: context)
    module.targetTriple = triple
    module.dataLayout = machine.dataLayout
    // LLVM has no other way to ask through its C API.
    try PassPipeline("declare-runtime-libcalls").run(on: module, for: machine)
    backend = Set(module.functions.map(\.name))
  }

  /// Whether the backend or the optimiser may call a function of this name.
  func contains(_ name: String) -> Bool {
    backend.contains(name) || Self.isLibraryFunction(name)
  }

  /// Whether the optimiser knows a library function of this name.
  static func isLibraryFunction(_ name: String) -> Bool { libraryFunctions.contains(name) }

  /// The library functions that the optimiser knows.
  ///
  /// Split by bytes: by characters takes ten times as long, in every link.
  static let libraryFunctions = Set(
    libraryFunctionNames.utf8
      .split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
      .map { String(Substring($0)) }
  )
}
