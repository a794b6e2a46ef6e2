import Apus
import ApusTestSupport
import Testing

/// Programs that `apus` compiles with the newest IREE there are pins for, run by that version's own runner.
@Suite(
  .enabled(
    if: Peers.hasNewestIREE,
    "needs the newest IREE: APUS_IREE_VERSION=\(Peers.newestIREEVersion) Scripts/setup --peers"
  )
)
struct NewestIREETests {
  /// Compiles a program into a folder.
  private func compile(
    _ text: String,
    _ flags: [String] = [],
    in folder: TemporaryFolder
  ) async throws -> FilePath {
    let source = try folder.write(text, to: "program.mlir")
    let program = folder.file("program.vmfb")
    let run = try await runTool(
      Peers.apus,
      ["compile", source.string, "-o", program.string] + flags,
      environment: Peers.newestIREE
    )
    try #require(run.status == 0, "apus compile failed: \(run.error)")
    return program
  }

  private let call = RunnerCall {
    try await runTool(Peers.newestIREETool("iree-run-module"), $0)
  }

  @Test(arguments: AccuracyPromise.all)
  func `every function keeps the bound of its mode with the newest IREE`(
    promise: AccuracyPromise
  ) async throws {
    let folder = try TemporaryFolder()
    let flags = ["--math", promise.mode.rawValue]
    let program = try await compile(promise.program, flags, in: folder)
    try await promise.expectKept(by: program, in: call)
  }

  @Test(arguments: LayerTests.layers)
  func `math fused with products and reductions is right with the newest IREE`(
    _ layer: LayerTests.Layer
  ) async throws {
    let folder = try TemporaryFolder()
    let program = try await compile(layer.program, in: folder)
    let result = try await call("main", of: program, LayerTests.Layer.factors())
    let error = try layer.error(of: result.scalars())
    #expect(error <= 2)
  }

  @Test func `the exponentials of attention keep their bound with the newest IREE`() async throws {
    let folder = try TemporaryFolder()
    let program = try await compile(AttentionTests.program("f32"), in: folder)
    let inputs = AttentionTests.Inputs.steep
    let result = try await call("main", of: program, inputs.arguments { Float($0) })
    #expect(try inputs.error(of: result.scalars(as: Float.self)) <= 4)
  }

  @Test(arguments: [[], ["--no-matmul-kernels"]])
  func `a product of matrices is exact with the newest IREE`(flags: [String]) async throws {
    let (rows, columns, depth) = (521, 144, 513)
    let folder = try TemporaryFolder()
    let program = try await compile(
      """
      func.func @product(%a: tensor<\(rows)x\(depth)xf32>, %b: tensor<\(depth)x\(columns)xf32>)
          -> tensor<\(rows)x\(columns)xf32> {
        %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
          : (tensor<\(rows)x\(depth)xf32>, tensor<\(depth)x\(columns)xf32>)
          -> tensor<\(rows)x\(columns)xf32>
        return %0 : tensor<\(rows)x\(columns)xf32>
      }
      """,
      flags,
      in: folder
    )
    // Small whole numbers, whose sums of products no order rounds.
    let a = (0..<rows * depth).map { Float($0 * 37 % 23 - 11) }
    let b = (0..<depth * columns).map { Float($0 * 29 % 19 - 9) }
    let result = try await call(
      "product",
      of: program,
      [TensorData(a, shape: [rows, depth]), TensorData(b, shape: [depth, columns])]
    )
    let expected = (0..<rows).flatMap { row in
      (0..<columns).map { column in
        (0..<depth).reduce(Float(0)) { $0 + a[row * depth + $1] * b[$1 * columns + column] }
      }
    }
    #expect(try result.scalars(as: Float.self) == expected)
  }

  private static let add = """
    func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
      %0 = stablehlo.add %a, %b : tensor<4xf32>
      return %0 : tensor<4xf32>
    }
    """

  @Test func `a program of the newest IREE is described as others are`() async throws {
    let folder = try TemporaryFolder()
    let program = try await compile(Self.add, in: folder)
    let description = try VMModuleDescription(VMBytecode(contentsOf: program))
    #expect(description.bytecodeVersion.major == 17)
    #expect(description.functions.map(\.name) == ["add"])
    #expect(description.executables.map(\.entryPoints.count) == [1])
    #expect(!description.mutatesState)
  }

  @Test(.disabled(if: Peers.usesNewestIREE, "the runtime is of the newest version"))
  func `a runtime of another version names both, and what chooses the version`() async throws {
    let folder = try TemporaryFolder()
    let newest = try await compile(Self.add, in: folder)
    let error = try #require(throws: RuntimeError.self) {
      _ = try Program(contentsOf: newest, on: Runtime(workers: 1))
    }
    #expect(error.code == .incompatible)
    #expect(error.message.contains("bytecode version 17.0"))
    #expect(error.message.contains("APUS_IREE_VERSION"))
  }

  @Test func `a version there are no pins for is refused, and those there are named`() async throws
  {
    let run = try await runTool(
      Peers.apus,
      ["compile", "none.mlir", "-o", "none.vmfb"],
      environment: ["APUS_IREE_VERSION": "3.7.0"]
    )
    #expect(run.status == 1)
    #expect(
      run.error.contains(
        "APUS_IREE_VERSION is '3.7.0', and the versions supported are 3.9.0 and 3.13.0"
      ),
      "\(run.error)"
    )
  }
}
