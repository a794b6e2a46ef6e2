package import ApusNativeLibrary
internal import CApusIREECompiler
internal import Foundation
internal import Synchronization
package import SystemPackage

/// IREE's compiler library: its functions, initialised once in the process and never shut down, since
/// that would disable them for good.
package final class CompilerLibrary: Sendable {
  /// The file the functions came from.
  package let path: FilePath
  /// The library's own words on its version: `3.9.0rc20251125 @ 1a66819...`.
  package let revision: String

  let api: apus_iree_compiler_table
  /// MLIR's own functions.
  let mlir: apus_mlir_table

  private static let loaded = Mutex<Result<CompilerLibrary, any Error>?>(nil)

  /// The library, found, opened and initialised at the first call (some 80 ms).
  ///
  /// - Throws: `NativeLibraryError` if it is not there, cannot be opened or is of another version. The
  ///   outcome is remembered.
  package static func shared() throws -> CompilerLibrary {
    try loaded.withLock { loaded in
      if let loaded { return try loaded.get() }
      let result = Result { try CompilerLibrary() }
      loaded = result
      return try result.get()
    }
  }

  /// Where the library would be taken from, without opening it.
  package static func locate() throws(NativeLibraryError) -> FilePath {
    let environment = ProcessInfo.processInfo.environment
    try ToolchainPins.checkVersion(environment: environment)
    return try LibraryLocator(
      library: "IREE compiler",
      environmentVariable: "APUS_IREE_COMPILER",
      toolchainPath: ToolchainFolder(environment: environment).compilerLibrary
    ).locate(environment: environment)
  }

  private init() throws {
    let path = try Self.locate()
    let library = try DynamicLibrary("IREE compiler", at: path)
    let api = try library.table(
      apus_iree_compiler_table.self,
      names: apus_iree_compiler_symbol_names()
    )
    let mlir = try library.table(apus_mlir_table.self, names: apus_mlir_symbol_names())
    // The revision may be asked for only after initialisation: before, the library ends the process.
    api.ireeCompilerGlobalInitialize()
    let revision = api.ireeCompilerGetRevision().map { String(cString: $0) } ?? "unknown"
    let version = ToolchainPins.current.iree
    guard revision.hasPrefix(version) else {
      throw NativeLibraryError(
        .wrongVersion,
        library: "IREE compiler",
        message: "the library is IREE \(revision); the version in use is \(version)",
        tried: [path.string],
        remedy: "run '\(ToolchainPins.current.setupCommand)' to install the pinned version"
      )
    }
    // Making a session registers LLVM's targets, in lists that nothing protects: the first two must not be made
    // at the same time. Later ones find the targets registered.
    api.ireeCompilerSessionDestroy(api.ireeCompilerSessionCreate())
    self.path = path
    self.api = api
    self.mlir = mlir
    self.revision = revision
  }

  /// The message of an error, which is destroyed; nil for none.
  func takeMessage(of error: UnsafeMutablePointer<iree_compiler_error_t>?) -> String? {
    guard let error else { return nil }
    defer { api.ireeCompilerErrorDestroy(error) }
    return api.ireeCompilerErrorGetMessage(error).map { String(cString: $0) } ?? "no message"
  }
}
