internal import Foundation
public import SystemPackage

extension Peers {
  /// The `apus-ld` that was built with the tests.
  public static var linker: FilePath { apus.removingLastComponent().appending("apus-ld") }

  /// musl's math functions for an architecture, `x86_64` or `aarch64`, as setup builds them.
  public static func muslMath(_ architecture: String) -> FilePath {
    toolchain.mathLibrary(architecture: architecture)
  }

  /// AMD's math library for GPUs, as bitcode; nil if the compiler's copy is not installed.
  public static var ocml: FilePath? {
    let file = toolchain.compilerLibrary.removingLastComponent()
      .appending("iree_platform_libs/rocm/ocml.bc")
    return FileManager.default.fileExists(atPath: file.string) ? file : nil
  }
}
