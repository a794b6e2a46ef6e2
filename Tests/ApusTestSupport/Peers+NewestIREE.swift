internal import ApusNativeLibrary
internal import Foundation
public import SystemPackage

extension Peers {
  /// The newest version of IREE that there are pins for.
  ///
  /// A process has one version's compiler in it, so `apus` compiles with it, as told by ``newestIREE``.
  public static let newestIREEVersion = ToolchainPins.current.supportedVersions.last ?? ""

  /// Whether it is the one in use, in this process too.
  public static var usesNewestIREE: Bool { ToolchainPins.current.iree == newestIREEVersion }

  /// What makes `apus` use that version.
  public static var newestIREE: [String: String] { ["APUS_IREE_VERSION": newestIREEVersion] }

  private static let newestToolchain = ToolchainFolder(
    environment: environment,
    pins: ToolchainPins.current.choosing(newestIREEVersion)
  )

  /// Whether that version's compiler and runner are installed.
  ///
  /// `APUS_REQUIRE_ALL_TESTS=1` says so of all peers.
  public static var hasNewestIREE: Bool {
    environment["APUS_REQUIRE_ALL_TESTS"] == "1"
      || [newestToolchain.compilerLibrary, newestToolchain.ireeTool("iree-run-module")].allSatisfy {
        FileManager.default.fileExists(atPath: $0.string)
      }
  }

  /// A tool of that version's runtime: `iree-run-module`.
  public static func newestIREETool(_ name: String) -> FilePath { newestToolchain.ireeTool(name) }

  /// That version's compiler as a tool.
  public static var newestIREECompile: FilePath { newestToolchain.ireeCompile }
}
