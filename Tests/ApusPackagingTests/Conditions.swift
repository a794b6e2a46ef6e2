import Apus
import ApusPackaging
import ApusTestSupport
import SystemPackage
import Testing

extension Trait where Self == ConditionTrait {
  /// For a test that reads IREE's distribution.
  static var needsDistribution: Self {
    .enabled(
      if: Peers.distribution != nil,
      "needs IREE's distribution: set APUS_IREE_DIST to its folder or tarball"
    )
  }

  /// For a test that starts a packaged program.
  static var needsLauncher: Self {
    .enabled(
      if: (try? ProgramPackager.locateLauncher(environment: Peers.environment)) != nil,
      "needs the launcher of packaged programs: make launcher IREE_DIST=..."
    )
  }

  /// For a test whose `apus` has the runtime in it.
  static var needsLinkedRuntime: Self {
    .enabled(
      if: ToolchainReport().parts.contains {
        $0.name == "IREE runtime" && $0.path == "linked into this program"
      },
      "needs a runtime that is linked in: make test-static"
    )
  }
}
