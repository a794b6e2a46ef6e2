import ApusTestSupport
import SystemPackage
import Testing

@testable import ApusPackaging

@Suite struct PackageCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
        %sum = stablehlo.add %a, %b : tensor<4xf32>
        return %sum : tensor<4xf32>
      }
      """,
      to: "add.mlir"
    )
    try folder.write(
      """
      util.global private @w = #flow.parameter.named<"model"::"w"> : tensor<2xf32>
      func.func @weigh(%a: tensor<2xf32>) -> tensor<2xf32> {
        %w = util.global.load @w : tensor<2xf32>
        %r = arith.mulf %a, %w : tensor<2xf32>
        return %r : tensor<2xf32>
      }
      """,
      to: "weigh.mlir"
    )
    try folder.write(WeightsFixture.safetensors([3, 4]), to: "weights.safetensors")
  }

  private func apus(
    _ arguments: String...,
    environment: [String: String] = [:]
  ) async throws -> ToolResult {
    try await runTool(Peers.apus, arguments, in: folder.path, environment: environment)
  }

  private func start(_ name: String, _ arguments: String...) async throws -> ToolResult {
    try await runTool(folder.file(name), arguments, in: folder.path)
  }

  /// Changes an executable, from another process.
  ///
  /// A child that another test is just starting would inherit the tests' own descriptor, and what is open for
  /// writing cannot be started.
  private func overwrite(_ name: String, with bytes: [UInt8]) async throws {
    try folder.write(bytes, to: "contents")
    let copy = try await runTool("/bin/cp", ["contents", name], in: folder.path)
    try #require(copy.status == 0, "\(copy.error)")
  }

  private let vectors = ["--input", "4xf32=1,2,3,4", "--input", "4xf32=10,20,30,40"]

  @Test func `without a launcher, the command that makes it is named`() async throws {
    let result = try await apus(
      "package",
      "add.mlir",
      "-o",
      "add",
      environment: ["APUS_LAUNCHER": "/no/launcher"]
    )
    #expect(result.status == 1)
    #expect(
      result.error.hasPrefix(
        """
        apus: error: the launcher of packaged programs was not found
          tried /no/launcher (from APUS_LAUNCHER): No such file or directory
          run 'make launcher
        """
      ),
      "\(result.error)"
    )
    #expect(result.error.contains(/IREE_DIST=iree-dist-3\.\d+\.0-linux-/))
    #expect(!folder.names.contains("add"))
  }

  @Test func `a file that is no launcher is refused`() async throws {
    try folder.write("#!/bin/sh\n", to: "launcher")
    let result = try await apus("package", "add.mlir", "-o", "add", "--launcher", "launcher")
    #expect(result.status == 1)
    #expect(result.error.contains("'launcher' is no launcher"))
    let other = try await apus("package", "add.mlir", "-o", "add", "--launcher", "/bin/true")
    #expect(other.status == 1)
    #expect(other.error.contains("'/bin/true' was linked without IREE's runtime"), "\(other.error)")
  }

  @Test(
    arguments: [
      ["--embed-parameters"], ["--parameters", "model=weights.safetensors"],
    ]
  )
  func `parameters are either embedded or given later`(options: [String]) async throws {
    let arguments = ["package", "weigh.mlir", "-o", "weigh"] + options
    let result = try await runTool(Peers.apus, arguments, in: folder.path)
    #expect(result.status == 2)
    #expect(result.error.contains("--embed-parameters"))
  }

  @Test(.needsLauncher)
  func `a packaged program computes, and needs no library`() async throws {
    let packaged = try await apus("package", "add.mlir", "-o", "add")
    #expect(packaged.status == 0, "\(packaged.error)")
    let result = try await runTool(folder.file("add"), vectors, in: folder.path)
    #expect(result == ToolResult(status: 0, output: "4xf32=11 22 33 44\n", error: ""))
    let sync = try await runTool(
      folder.file("add"),
      vectors + ["--device=local-sync", "--output", "@sum.npy"],
      in: folder.path
    )
    #expect(sync.status == 0, "\(sync.error)")
    #expect(try folder.contents(of: "sum.npy").count == 144)
    let libraries = try await runTool("/usr/bin/ldd", [folder.file("add").string])
    #expect(
      libraries.error.contains("not a dynamic executable") || !libraries.output.contains("swift")
    )
    #expect(try folder.contents(of: "add").count < 20_000_000)
  }

  @Test(.needsLauncher)
  func `a packaged program runs where there is no other file`() async throws {
    try folder.makeFolder("root")
    _ = try await apus("package", "add.mlir", "-o", "root/add")
    let change = ["/usr/sbin/chroot", folder.file("root").string, "/add"] + vectors
    let enter = ["/usr/bin/unshare", "--map-root-user"]
    let command = try await runTool("/usr/bin/id", ["-u"]).output == "0\n" ? change : enter + change
    let result = try await runTool(FilePath(command[0]), Array(command.dropFirst()))
    #expect(result == ToolResult(status: 0, output: "4xf32=11 22 33 44\n", error: ""))
  }

  @Test(.needsLauncher)
  func `usage and failures have the program's name and the tool's exit statuses`() async throws {
    _ = try await apus("package", "add.mlir", "-o", "add")
    let few = try await start("add", "--input", "4xf32=1")
    #expect(few.status == 1)
    #expect(few.error.hasPrefix("add: error: add takes 2 arguments, and 1 were given with --input"))
    let unknown = try await start("add", "--inptu")
    #expect(unknown.status == 2)
    #expect(unknown.error == "add: error: '--inptu' is not known; --help lists what is\n")
    let help = try await start("add", "--help")
    #expect(help.status == 0)
    #expect(help.output.contains("func add(input0: Tensor<Float>[4], input1: Tensor<Float>[4])"))
    let function = try await start("add", "--function", "sub")
    #expect(function.error.contains("there is no function 'sub'; the program has: add"))
  }

  @Test(.needsLauncher)
  func `parameters come from the executable, or are asked for by name`() async throws {
    let without = try await apus("package", "weigh.mlir", "-o", "weigh")
    #expect(without.status == 0)
    #expect(without.error == "apus: 'weigh' is to be started with --parameters model=FILE\n")
    let lacking = try await start("weigh", "--input", "2xf32=1,2")
    #expect(lacking.status == 1)
    #expect(lacking.error.contains("needs parameters of the scope 'model', such as 'w'"))
    #expect(lacking.error.contains("start it with --parameters model=FILE"))
    let given = try await start(
      "weigh",
      "--input",
      "2xf32=1,2",
      "--parameters",
      "model=weights.safetensors"
    )
    #expect(given.output == "2xf32=3 8\n", "\(given.error)")

    let with = try await apus(
      "package",
      "weigh.mlir",
      "-o",
      "whole",
      "--parameters",
      "model=weights.safetensors",
      "--embed-parameters"
    )
    #expect(with.error == "")
    #expect(try await start("whole", "--input", "2xf32=1,2").output == "2xf32=3 8\n")
    #expect(try await start("whole", "--check").output == "2 files, none damaged\n")
  }

  @Test(.needsLauncher)
  func `a package that was cut or damaged says so`() async throws {
    _ = try await apus("package", "add.mlir", "-o", "add")
    let bytes = try folder.contents(of: "add")
    for count in [10, 200, 4000] {
      try await overwrite("add", with: Array(bytes.dropLast(count)))
      let result = try await runTool(folder.file("add"), vectors)
      #expect(result.status == 1)
      #expect(result.error.contains("what is embedded in it was cut short"), "\(result.error)")
    }
    var damaged = bytes
    damaged[bytes.count - 1000] ^= 1
    try await overwrite("add", with: damaged)
    let result = try await runTool(folder.file("add"), vectors)
    #expect(result.status == 1)
    #expect(result.error.contains("'add.mlir', which is embedded in it, was damaged"))
    let twice = try await apus("package", "add.mlir", "-o", "b", "--launcher", "add")
    #expect(twice.status == 1)
  }
}
