import ApusTestSupport
import SystemPackage
import Testing

/// Programs, run with IREE's runtime linked in and with the shared library.
@Suite struct RuntimeFormTests {
  /// A program, and how it is called.
  struct Call: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var program: String
    var arguments: [String]
    /// How many results it has.
    var resultCount = 1
  }

  static let calls = [
    Call(
      testDescription: "the gate",
      program: """
        func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
          %sum = stablehlo.add %a, %b : tensor<4xf32>
          return %sum : tensor<4xf32>
        }
        """,
      arguments: ["--input=4xf32=1,2,3,4", "--input=4xf32=10,20,30,40"]
    ),
    Call(
      testDescription: "math fused with a product, of dynamic shape",
      program: """
        func.func @layer(%a: tensor<?x16xf32>, %b: tensor<16x24xf32>) -> (tensor<?x24xf32>, tensor<?x24xf32>) {
          %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
            : (tensor<?x16xf32>, tensor<16x24xf32>) -> tensor<?x24xf32>
          %1 = stablehlo.tanh %0 : tensor<?x24xf32>
          %2 = stablehlo.sine %0 : tensor<?x24xf32>
          return %1, %2 : tensor<?x24xf32>, tensor<?x24xf32>
        }
        """,
      arguments: ["--input=7x16xf32=0.3", "--input=16x24xf32=0.7"],
      resultCount: 2
    ),
    Call(
      testDescription: "a loop, whose length depends on the data, in f64",
      program: """
        func.func @root(%x: tensor<f64>) -> tensor<f64> {
          %half = stablehlo.constant dense<0.5> : tensor<f64>
          %small = stablehlo.constant dense<1.0e-12> : tensor<f64>
          %0 = stablehlo.while(%r = %x) : tensor<f64>
            cond {
              %1 = stablehlo.multiply %r, %r : tensor<f64>
              %2 = stablehlo.subtract %1, %x : tensor<f64>
              %3 = stablehlo.abs %2 : tensor<f64>
              %4 = stablehlo.compare GT, %3, %small : (tensor<f64>, tensor<f64>) -> tensor<i1>
              stablehlo.return %4 : tensor<i1>
            } do {
              %1 = stablehlo.divide %x, %r : tensor<f64>
              %2 = stablehlo.add %1, %r : tensor<f64>
              %3 = stablehlo.multiply %2, %half : tensor<f64>
              stablehlo.return %3 : tensor<f64>
            }
          return %0 : tensor<f64>
        }
        """,
      arguments: ["--input=f64=2"]
    ),
    Call(
      testDescription: "parameters",
      program: """
        util.global private @w = #flow.parameter.named<"model"::"w"> : tensor<2xf32>
        func.func @weigh(%a: tensor<2xf32>) -> tensor<2xf32> {
          %w = util.global.load @w : tensor<2xf32>
          %r = arith.mulf %a, %w : tensor<2xf32>
          return %r : tensor<2xf32>
        }
        """,
      arguments: ["--parameters=model=weights.safetensors", "--input=2xf32=1,2"]
    ),
    Call(
      testDescription: "state",
      program: """
        util.global private mutable @sum = dense<1.0> : tensor<2xf32>
        func.func @add(%a: tensor<2xf32>) -> tensor<2xf32> {
          %before = util.global.load @sum : tensor<2xf32>
          %after = arith.addf %before, %a : tensor<2xf32>
          util.global.store %after, @sum : tensor<2xf32>
          return %after : tensor<2xf32>
        }
        """,
      arguments: ["--input=2xf32=1,2"]
    ),
  ]

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(WeightsFixture.safetensors([3, 4]), to: "weights.safetensors")
  }

  /// What a call prints, and what it writes into files.
  private struct Results: Equatable {
    var printed: ToolResult
    var files: [[UInt8]]
  }

  private func results(
    of call: Call,
    _ executable: FilePath,
    _ arguments: [String],
    environment: [String: String] = [:]
  ) async throws -> Results {
    let words = arguments + call.arguments
    let run = { (more: [String]) in
      try await runTool(executable, words + more, in: folder.path, environment: environment)
    }
    let printed = try await run([])
    try #require(printed.status == 0, "\(printed.error)")
    let names = (0..<call.resultCount).map { "result\($0).npy" }
    let silent = try await run(names.map { "--output=@\($0)" })
    try #require(silent.status == 0, "\(silent.error)")
    return Results(printed: printed, files: try names.map { try folder.contents(of: $0) })
  }

  private func compile(_ call: Call) async throws {
    try folder.write(call.program, to: "program.mlir")
    let compilation = try await runTool(
      Peers.apus,
      ["compile", "program.mlir", "-o", "program.vmfb"],
      in: folder.path
    )
    try #require(compilation.status == 0, "\(compilation.error)")
  }

  private var shared: [String: String] { ["APUS_IREE_RUNTIME": Peers.runtimeLibrary.string] }
  private let run = ["run", "program.vmfb", "--quiet"]

  @Test(.needsLauncher, arguments: calls)
  func `a packaged program gives what the shared library gives, byte for byte`(
    call: Call
  ) async throws {
    try await compile(call)
    let package = try await runTool(
      Peers.apus,
      ["package", "program.vmfb", "-o", "program"],
      in: folder.path
    )
    try #require(package.status == 0, "\(package.error)")
    let expected = try await results(of: call, Peers.apus, run, environment: shared)
    #expect(try await results(of: call, folder.file("program"), []) == expected)
  }

  @Test(.needsLinkedRuntime, arguments: calls)
  func `apus gives the same with the runtime linked in, byte for byte`(call: Call) async throws {
    try await compile(call)
    let expected = try await results(
      of: call,
      Peers.apus,
      run + ["--repeat=3"],
      environment: shared
    )
    let linked = try await results(
      of: call,
      Peers.apus,
      run + ["--repeat=3"],
      environment: ["APUS_IREE_RUNTIME": ""]
    )
    #expect(linked == expected)
  }

  @Test(.needsLinkedRuntime) func `apus says which form of the runtime it has`() async throws {
    let linked = try await runApus("doctor", environment: ["APUS_IREE_RUNTIME": ""])
    #expect(linked.output.contains("linked into this program"))
    #expect(!linked.output.contains("libshortfin"))
    let other = try await runApus("doctor", environment: shared)
    #expect(!other.output.contains("linked into this program"))
    #expect(other.output.contains(Peers.runtimeLibrary.string))
  }
}
