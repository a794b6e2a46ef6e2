internal import ApusNativeLibrary
internal import Foundation
package import SystemPackage

/// The libraries that kernels' math functions come from, for an architecture.
struct KernelMathLibraries: Sendable {
  /// musl's functions for single values; nil if none is made for the architecture.
  let scalar: FilePath?
  /// glibc's functions for vectors; nil where there are none.
  let vector: FilePath?

  /// The architectures that setup builds musl's functions for.
  static let architectures: Set<String> = ["x86_64", "aarch64"]

  init(architecture: String) {
    let toolchain = ToolchainFolder(environment: ProcessInfo.processInfo.environment)
    scalar =
      Self.architectures.contains(architecture)
      ? toolchain.mathLibrary(architecture: architecture) : nil
    vector = architecture == "x86_64" ? toolchain.vectorMathLibrary : nil
  }

  /// The libraries that are installed.
  var present: [FilePath] {
    [scalar, vector].compactMap { $0 }.filter {
      FileManager.default.fileExists(atPath: $0.string)
    }
  }

  /// What is wrong with the library a use needs, and what to do; nil if it is there.
  func problem(of use: KernelMathUse) -> String? {
    let isVector = use.library == .libmvec
    guard let path = isVector ? vector : scalar else { return "there is no such library" }
    guard !FileManager.default.fileExists(atPath: path.string) else { return nil }
    let remedy = isVector ? "install libc6-dev" : "run 'make setup'"
    return "its library '\(path)' is not installed; \(remedy), or compile with --math iree"
  }
}

extension CompilerOptions {
  /// The libraries whose functions kernels are linked with.
  ///
  /// Those that are not installed are left out: a kernel that needs one is refused.
  package var mathLibraries: [FilePath] {
    guard math != .iree else { return [] }
    let architecture = targetTriple.map { String($0.prefix { $0 != "-" }) } ?? hostArchitecture
    return KernelMathLibraries(architecture: architecture).present
  }
}
