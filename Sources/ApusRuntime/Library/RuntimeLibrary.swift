package import ApusNativeLibrary
internal import CApusIREERuntime
internal import Synchronization
package import SystemPackage

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// IREE's runtime library: its functions, and what a process has one of: the VM instance, and the
/// loaders of kernels.
///
/// IREE's VM keeps the identity of its types in variables of the library, and clears them for a moment
/// whenever an instance is made, which the loader of interpreted kernels does for itself. A call on another
/// thread then takes a value for one of another type. So both are made once, before anything is called.
package final class RuntimeLibrary: Sendable {
  /// Where the runtime's functions come from.
  package enum Form: Sendable, CustomStringConvertible {
    /// They are linked into this program.
    case linked
    /// They are in a shared library, opened at run time.
    case shared(FilePath)

    /// As it reads after "the runtime is".
    package var description: String {
      switch self {
      case .linked: "linked into this program"
      case .shared(let path): path.string
      }
    }

    /// The file, if it is one of its own.
    package var path: FilePath? {
      if case .shared(let path) = self { path } else { nil }
    }
  }

  /// Where the functions come from.
  package let form: Form

  let api: apus_iree_runtime_table
  /// The functions that only some forms of the runtime have.
  let optional: apus_iree_runtime_optional_table
  /// The functions that are not the same in all versions.
  let versioned: VersionedFunctions
  /// Proof of safety: made before the object is shared, never released; an instance is thread-safe
  /// (`iree/vm/instance.h`).
  nonisolated(unsafe) let instance: UnsafeMutablePointer<iree_vm_instance_t>
  /// The loaders for every kind of kernel library that the runtime was built with; devices retain them.
  ///
  /// Proof of safety: as of `instance`. Loaders hold no state that a device changes.
  nonisolated(unsafe) let executableLoaders: [UnsafeMutablePointer<iree_hal_executable_loader_t>]

  private static let loaded = Mutex<Result<RuntimeLibrary, any Error>?>(nil)

  /// The library, found and opened at the first call.
  ///
  /// - Throws: `NativeLibraryError` if it is not there, cannot be opened or is of another version;
  ///   ``RuntimeError`` if it cannot be initialised. The outcome is remembered.
  package static func shared() throws -> RuntimeLibrary {
    try loaded.withLock { loaded in
      if let loaded { return try loaded.get() }
      let result = Result { try RuntimeLibrary() }
      loaded = result
      return try result.get()
    }
  }

  private static let environmentVariable = "APUS_IREE_RUNTIME"

  /// Where the shared library would be taken from, without opening it.
  package static func locate() throws(NativeLibraryError) -> FilePath {
    let environment = ProcessInfo.processInfo.environment
    try ToolchainPins.checkVersion(environment: environment)
    let toolchain = ToolchainFolder(environment: environment)
    return try LibraryLocator(
      library: "IREE runtime",
      environmentVariable: environmentVariable,
      toolchainPath: toolchain.runtimeLibrary,
      setupCommand: toolchain.runtimeSetupCommand
    ).locate(environment: environment)
  }

  private init() throws {
    let functions = try Self.functions()
    let api = functions.api

    var instance: UnsafeMutablePointer<iree_vm_instance_t>?
    try api.check(api.iree_vm_instance_create(32, systemAllocator, &instance))
    try api.check(api.iree_hal_module_register_all_types(instance))
    guard let instance else { throw RuntimeError.noResult("iree_vm_instance_create") }
    form = functions.form
    optional = functions.optional
    versioned = functions.versioned
    self.api = api
    self.instance = instance
    executableLoaders = try Self.makeExecutableLoaders(api)
  }

  /// The version it is of.
  package var version: RuntimeVersion { versioned.version }

  private typealias Functions = (
    form: Form, api: apus_iree_runtime_table, optional: apus_iree_runtime_optional_table,
    versioned: VersionedFunctions
  )

  /// The functions linked into this program, else those of the shared library.
  ///
  /// A library that the environment names is meant, and goes before both.
  private static func functions() throws(NativeLibraryError) -> Functions {
    let named = ProcessInfo.processInfo.environment[environmentVariable] ?? ""
    if named.isEmpty, let linked = try LinkedRuntime.find() {
      return (.linked, linked.api, linked.optional, linked.versioned)
    }
    let path = try locate()
    let library = try DynamicLibrary("IREE runtime", at: path)
    let version = try RuntimeVersion(
      hasFunctionSince3_10: library.symbol(APUS_IREE_RUNTIME_SINCE_3_10) != nil,
      hasFunctionSince3_12: library.symbol(APUS_IREE_RUNTIME_SINCE_3_12) != nil,
      at: path.string
    )
    func table<Table: BitwiseCopyable>(
      _ symbols: apus_iree_runtime_symbols
    ) throws(NativeLibraryError) -> Table {
      try library.table(Table.self, names: symbols.names)
    }
    func optionalTable<Table: BitwiseCopyable>(_ symbols: apus_iree_runtime_symbols) -> Table {
      library.optionalTable(Table.self, names: symbols.names)
    }
    var optional: apus_iree_runtime_optional_table =
      optionalTable(apus_iree_runtime_optional_table_symbols())
    let versioned: VersionedFunctions
    switch version {
    case .v3_9:
      var versionedOptional: apus_iree_runtime_3_9_optional_table =
        optionalTable(apus_iree_runtime_3_9_optional_table_symbols())
      SyncDevice.complete(&optional, &versionedOptional, from: library)
      versioned = .v3_9(try table(apus_iree_runtime_3_9_table_symbols()), versionedOptional)
    case .v3_12:
      versioned = .v3_12(
        try table(apus_iree_runtime_3_12_table_symbols()),
        optionalTable(apus_iree_runtime_3_12_optional_table_symbols())
      )
    }
    return (.shared(path), try table(apus_iree_runtime_table_symbols()), optional, versioned)
  }

  private static func makeExecutableLoaders(
    _ api: apus_iree_runtime_table
  ) throws -> [UnsafeMutablePointer<iree_hal_executable_loader_t>] {
    var plugins: UnsafeMutablePointer<iree_hal_executable_plugin_manager_t>?
    try api.check(api.iree_hal_executable_plugin_manager_create(0, systemAllocator, &plugins))
    defer { api.iree_hal_executable_plugin_manager_release(plugins) }
    var loaders = [UnsafeMutablePointer<iree_hal_executable_loader_t>?](repeating: nil, count: 16)
    var count = 0
    try api.check(
      api.iree_hal_create_all_available_executable_loaders(
        plugins,
        loaders.count,
        &count,
        &loaders,
        systemAllocator
      )
    )
    guard count > 0 else {
      throw NativeLibraryError(
        .missingSymbols,
        library: "IREE runtime",
        message: "no loader of kernels is registered, so that no program can be loaded",
        remedy: "the runtime was built without; lib\(DistributionArchives.unified).a of IREE's"
          + " distribution has them"
      )
    }
    return loaders.prefix(count).compactMap { $0 }
  }
}
