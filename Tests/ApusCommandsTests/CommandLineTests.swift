import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@Suite struct CommandLineTests {
  @Test(arguments: ["compile", "run", "inspect", "bench", "doctor"])
  func `help has examples that begin with the command`(_ command: String) async throws {
    let result = try await runApus(command, "--help")
    #expect(result.status == 0)
    #expect(result.error.isEmpty)
    #expect(result.output.contains("EXAMPLES"))
    #expect(result.output.contains("  apus \(command) "))
  }

  @Test(arguments: [["frobnicate"], ["run"], ["compile", "a.mlir"], ["run", "a.vmfb", "--nope"]])
  func `wrong usage is status 2, told on standard error`(_ arguments: [String]) async throws {
    let result = try await runTool(Peers.apus, arguments)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.error.contains("Usage: apus"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are made for the shells`(_ shell: String) async throws {
    let result = try await runApus("--generate-completion-script", shell)
    #expect(result.status == 0)
    for command in ["compile", "run", "inspect", "bench", "doctor"] {
      #expect(result.output.contains(command))
    }
    #expect(!result.output.contains("compile-worker"))
  }

  @Test func `the version is told`() async throws {
    #expect(try await runApus("--version").output == "apus 0.1.0\n")
  }
}
