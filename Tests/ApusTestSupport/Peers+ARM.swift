internal import ApusNativeLibrary
internal import Foundation
internal import SystemPackage

extension Peers {
  /// Whether IREE's runner for aarch64 is installed, with what it takes to run it here.
  ///
  /// `APUS_REQUIRE_ALL_TESTS=1` says so of all peers.
  public static var runsARMPrograms: Bool {
    environment["APUS_REQUIRE_ALL_TESTS"] == "1"
      || ([toolchain.ireeRunModuleForARM] + (isARM ? [] : [emulator, librariesForARM])).allSatisfy {
        FileManager.default.fileExists(atPath: $0.string)
      }
  }

  /// Debian's C and C++ libraries for aarch64.
  private static let rootForARM: FilePath = "/usr/aarch64-linux-gnu"
  private static var librariesForARM: FilePath { rootForARM.appending("lib/libstdc++.so.6") }
  private static let emulator: FilePath = "/usr/bin/qemu-aarch64"

  private static var isARM: Bool {
    #if arch(arm64)
      true
    #else
      false
    #endif
  }

  /// Runs IREE's `iree-run-module` for aarch64; on another processor, in an emulator.
  public static func runModuleForARM(_ arguments: [String]) async throws -> ToolResult {
    let runner = toolchain.ireeRunModuleForARM
    if isARM { return try await runTool(runner, arguments) }
    return try await runTool(emulator, ["-L", rootForARM.string, runner.string] + arguments)
  }
}
