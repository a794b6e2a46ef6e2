import ApusTestSupport
import Foundation
import SystemPackage
import Testing

@Suite struct BundleRuntimeCommandTests {
  @Test func `without a distribution, the command says how one is given`() async throws {
    let result = try await runApus("bundle-runtime", environment: ["APUS_IREE_DIST": ""])
    #expect(result.status == 2)
    #expect(
      result.error
        == "apus: error: no distribution given: use --dist, or set APUS_IREE_DIST\n"
    )
  }

  @Test func `a tarball that is none, or was cut, is damaged, and nothing is left`() async throws {
    let fixture = try DistributionFixture()
    let packed = try TemporaryFolder()
    let tarball = packed.file("dist.tar.xz")
    _ = try await runTool("/bin/tar", ["-cJf", tarball.string, "-C", fixture.path.string, "."])
    let bytes = try packed.contents(of: "dist.tar.xz")
    let output = try TemporaryFolder()
    for content in [Array("text".utf8), Array(bytes.prefix(bytes.count / 2))] {
      try packed.write(content, to: "dist.tar.xz")
      let result = try await runApus(
        "bundle-runtime",
        "--dist",
        tarball.string,
        "-o",
        output.path.string
      )
      #expect(result.status == 1)
      #expect(result.error.contains("the tarball '\(tarball)' is cut short, or is none"))
      #expect(output.names == [])
    }
  }

  @Test(.needsDistribution)
  func `IREE's distribution becomes an object with the functions Apus calls, and no other name`()
    async throws
  {
    let distribution = try #require(Peers.distribution)
    let folder = try TemporaryFolder()
    let result = try await runApus(
      "bundle-runtime",
      "--dist",
      distribution.string,
      "-o",
      folder.path.string,
      "--shared"
    )
    #expect(result.status == 0, "\(result.error)")
    let object = folder.file("lib/apus-iree-runtime.o")
    let library = folder.file("lib/libapus-iree-runtime-shared.so")
    #expect(result.output == "\(object)\n\(library)\n")
    let symbols = try await runTool(
      "/usr/lib/llvm-22/bin/llvm-nm",
      ["--defined-only", "--extern-only", "--format=just-symbols", object.string]
    )
    let names = symbols.output.split(separator: "\n").map(String.init)
    #expect(names.contains("iree_hal_sync_device_create"))
    #expect(names.contains("iree_io_parameters_module_create"))
    #expect(!names.contains("iree_runtime_session_create_with_device"))
    #expect(!names.contains { $0.hasPrefix("flatcc") })

    // The shared library is a runtime like any other, with one device more.
    try folder.write(add, to: "add.mlir")
    let run = try await runApus(
      "run",
      "add.mlir",
      "--device",
      "local-sync",
      "--input",
      "4xf32=1,2,3,4",
      "--input",
      "4xf32=10,20,30,40",
      in: folder.path,
      environment: ["APUS_IREE_RUNTIME": library.string]
    )
    #expect(run.output == "4xf32=11 22 33 44\n", "\(run.error)")
  }

  @Test(.needsDistribution)
  func `a distribution for another processor is refused`() async throws {
    let distribution = try #require(Peers.distribution)
    let folder = try TemporaryFolder()
    let result = try await runApus(
      "bundle-runtime",
      "--dist",
      distribution.string,
      "--architecture",
      "aarch64",
      "-o",
      folder.path.string
    )
    #expect(result.status == 1)
    #expect(result.error.contains("aarch64"))
  }

  private let add = """
    func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
      %sum = stablehlo.add %a, %b : tensor<4xf32>
      return %sum : tensor<4xf32>
    }
    """
}
