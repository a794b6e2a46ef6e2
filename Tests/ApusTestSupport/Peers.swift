internal import ApusNativeLibrary
internal import Foundation
public import SystemPackage

/// The programs that tests run beside Apus: IREE's own tools, Python with NumPy, and `apus` itself.
public enum Peers {
  static let toolchain = ToolchainFolder(environment: ProcessInfo.processInfo.environment)

  /// The `apus` that was built with the tests.
  public static var apus: FilePath { builtProducts.appending("apus") }

  /// IREE's compiler as a tool.
  public static var ireeCompile: FilePath { toolchain.ireeCompile }

  /// A tool of IREE's runtime: `iree-run-module`.
  public static func ireeTool(_ name: String) -> FilePath { toolchain.ireeTool(name) }

  /// A Python with NumPy, `ml_dtypes` and IREE's bindings.
  public static var python: FilePath { toolchain.python }

  /// Whether the peers are installed.
  ///
  /// `APUS_REQUIRE_ALL_TESTS=1` says they are, so that a test that lacks one fails instead of being
  /// skipped.
  public static var areInstalled: Bool {
    ProcessInfo.processInfo.environment["APUS_REQUIRE_ALL_TESTS"] == "1"
      || [ireeTool("iree-run-module"), python].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0.string)
      }
  }

  /// IREE's headers, if `APUS_IREE_HEADERS` names them.
  public static var ireeHeaders: FilePath? {
    ProcessInfo.processInfo.environment["APUS_IREE_HEADERS"].map { FilePath($0) }
  }

  /// MLIR's headers, if `APUS_MLIR_HEADERS` names them.
  public static var mlirHeaders: FilePath? {
    ProcessInfo.processInfo.environment["APUS_MLIR_HEADERS"].map { FilePath($0) }
  }

  /// The tests' own environment.
  public static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// IREE's distribution, a folder or a tarball, if `APUS_IREE_DIST` names it.
  public static var distribution: FilePath? {
    let path = ProcessInfo.processInfo.environment["APUS_IREE_DIST"] ?? ""
    return path.isEmpty ? nil : FilePath(path)
  }

  /// IREE's compiler as a library.
  public static var compilerLibrary: FilePath { toolchain.compilerLibrary }

  /// IREE's runtime as a shared library.
  public static var runtimeLibrary: FilePath { toolchain.runtimeLibrary }

  /// The checkout.
  public static var packageFolder: FilePath {
    FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
  }

  private static var builtProducts: FilePath {
    // The tests are an executable in the folder of the products.
    let tests = Bundle.main.executablePath ?? CommandLine.arguments[0]
    return FilePath(tests).removingLastComponent()
  }
}
