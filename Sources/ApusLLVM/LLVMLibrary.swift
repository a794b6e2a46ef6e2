package import ApusNativeLibrary
internal import CApusLLVM
internal import Synchronization
package import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// LLVM, opened at run time: its functions, with the targets Apus links for initialised.
package final class LLVMLibrary: Sendable {
  /// The file the functions came from.
  package let path: FilePath
  /// The version, `22.1.8`.
  package let version: Version

  /// The functions.
  ///
  /// Values of LLVM are passed around by the thousand, so each has this address instead of a counted
  /// reference.
  ///
  /// Proof of safety: written before the object is shared, never freed.
  nonisolated(unsafe) let api: UnsafePointer<apus_llvm_table>
  /// What Apus adds to them, where this is the library that setup links.
  let extensions: apus_llvm_extension_table

  /// A version of LLVM.
  package struct Version: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Its numbers.
    package var major, minor, patch: UInt32

    package static func < (a: Version, b: Version) -> Bool {
      (a.major, a.minor, a.patch) < (b.major, b.minor, b.patch)
    }

    /// `22.1.8`.
    package var description: String { "\(major).\(minor).\(patch)" }
  }

  /// The oldest version that will do.
  package static let oldestVersion: UInt32 = 22

  private static let loaded = Mutex<Result<LLVMLibrary, any Error>?>(nil)

  /// The library, opened at the first call, which takes some 6 ms; Debian's takes 15.
  ///
  /// - Throws: `NativeLibraryError` if it is not there, cannot be opened or is too old. The outcome is
  ///   remembered.
  package static func shared() throws -> LLVMLibrary {
    try loaded.withLock { loaded in
      if let loaded { return try loaded.get() }
      let result = Result { try LLVMLibrary() }
      loaded = result
      return try result.get()
    }
  }

  /// Where the library would be taken from, without opening it.
  ///
  /// `APUS_LLVM` names it; else it is the one that setup links, which opens faster; else Debian's, of the
  /// package `libllvm22`.
  ///
  /// The places are those of `ToolchainFolder`, without the time that reading `toolchain.json` takes.
  package static func locate() throws(NativeLibraryError) -> FilePath {
    var environment: [String: String] = [:]
    for name in [environmentVariable, "APUS_HOME", "HOME"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    let linked = ToolchainFolder.root(environment: environment).appending("llvm-22/libLLVM.so")
    return try LibraryLocator(
      library: "LLVM",
      environmentVariable: environmentVariable,
      toolchainPath: access(linked.string, R_OK) == 0
        ? linked : FilePath("/usr/lib/\(architecture)-linux-gnu/libLLVM.so.22.1")
    ).locate(environment: environment)
  }

  private static let environmentVariable = "APUS_LLVM"
  #if arch(arm64)
    private static let architecture = "aarch64"
  #else
    private static let architecture = "x86_64"
  #endif

  private init() throws {
    let path = try Self.locate()
    let library = try DynamicLibrary("LLVM", at: path)
    let table = try library.table(apus_llvm_table.self, names: apus_llvm_symbol_names())
    var version = Version(major: 0, minor: 0, patch: 0)
    table.LLVMGetVersion(&version.major, &version.minor, &version.patch)
    guard version.major >= Self.oldestVersion else {
      throw NativeLibraryError(
        .wrongVersion,
        library: "LLVM",
        message: "the library is LLVM \(version); \(Self.oldestVersion) or newer is needed",
        tried: [path.string],
        remedy: "run 'make setup' to install LLVM \(Self.oldestVersion)"
      )
    }
    let api = UnsafeMutablePointer<apus_llvm_table>.allocate(capacity: 1)
    api.initialize(to: table)
    self.path = path
    self.version = version
    self.api = UnsafePointer(api)
    extensions = library.optionalTable(
      apus_llvm_extension_table.self,
      names: apus_llvm_extension_symbol_names()
    )
    initializeTargets()
  }

  /// The parsers of assembly are for inline assembly.
  private func initializeTargets() {
    let api = api.pointee
    api.LLVMInitializeX86TargetInfo()
    api.LLVMInitializeX86Target()
    api.LLVMInitializeX86TargetMC()
    api.LLVMInitializeX86AsmPrinter()
    api.LLVMInitializeX86AsmParser()
    api.LLVMInitializeAArch64TargetInfo()
    api.LLVMInitializeAArch64Target()
    api.LLVMInitializeAArch64TargetMC()
    api.LLVMInitializeAArch64AsmPrinter()
    api.LLVMInitializeAArch64AsmParser()
    api.LLVMInitializeAMDGPUTargetInfo()
    api.LLVMInitializeAMDGPUTarget()
    api.LLVMInitializeAMDGPUTargetMC()
    api.LLVMInitializeAMDGPUAsmPrinter()
    api.LLVMInitializeNVPTXTargetInfo()
    api.LLVMInitializeNVPTXTarget()
    api.LLVMInitializeNVPTXTargetMC()
    api.LLVMInitializeNVPTXAsmPrinter()
  }

  /// Sets options of LLVM's command line, for the whole process: `-lto-embed-bitcode`.
  ///
  /// An option that LLVM does not know ends the process.
  package func setOptions(_ options: [String]) {
    var arguments = (["apus-ld"] + options).map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.withUnsafeMutableBufferPointer { buffer in
      buffer.withMemoryRebound(to: UnsafePointer<CChar>?.self) {
        api.pointee.LLVMParseCommandLineOptions(Int32($0.count), $0.baseAddress, "")
      }
    }
  }

  /// Has `handler` called with LLVM's words before LLVM ends the process, which cannot be prevented.
  package func installFatalErrorHandler(
    _ handler: @escaping @convention(c) (UnsafePointer<CChar>?) -> Void
  ) {
    api.pointee.LLVMInstallFatalErrorHandler(handler)
  }

  /// The string that LLVM allocated, which is freed.
  func takeString(_ message: UnsafeMutablePointer<CChar>?) -> String {
    guard let message else { return "" }
    defer { api.pointee.LLVMDisposeMessage(message) }
    return String(cString: message)
  }
}
