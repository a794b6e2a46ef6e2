import Apus
import ApusTestSupport
import Testing

/// Kernels compiled for aarch64 on whatever this machine is, run by IREE's own runner for aarch64.
@Suite(
  .enabled(
    if: Peers.runsARMPrograms,
    "needs IREE's runner for aarch64 and an emulator: Scripts/setup --peers"
  )
)
struct CrossCompilationTests {
  private static let triple = "aarch64-linux-gnu"

  private let runner = RunnerCall { try await Peers.runModuleForARM($0) }

  private func call(
    _ function: String,
    of bytecode: VMBytecode,
    _ arguments: [TensorData]
  ) async throws -> TensorData {
    let folder = try TemporaryFolder()
    let program = try folder.write(bytecode.bytes, to: "program.vmfb")
    return try await runner(function, of: program, arguments)
  }

  @Test(arguments: AccuracyPromise.all)
  func `every function keeps the bound of its mode on aarch64, subnormals included`(
    promise: AccuracyPromise
  ) async throws {
    let bytecode = try await promise.bytecode(targetTriple: Self.triple)
    #expect(try VMModuleDescription(bytecode).executables.map(\.machine) == ["aarch64"])
    let folder = try TemporaryFolder()
    let program = try folder.write(bytecode.bytes, to: "program.vmfb")
    try await promise.expectKept(by: program, in: runner)
  }

  @Test(arguments: [MathMode.accurate, .exact])
  func `the exponentials of attention keep the bound of their mode on aarch64`(_ mode: MathMode)
    async throws
  {
    var options = CompilerOptions()
    options.math = mode
    options.targetTriple = Self.triple
    let bytecode = try await CompiledPrograms.bytecode(
      of: AttentionTests.program("f32"),
      options: options
    )
    let inputs = AttentionTests.Inputs.steep
    let result = try await call("main", of: bytecode, inputs.arguments { Float($0) })
    let error = try inputs.error(of: result.scalars(as: Float.self))
    #expect(error <= (mode == .exact ? 1 : 4))
  }

  @Test(arguments: LayerTests.layers, [MathMode.accurate, .exact])
  func `math fused with products and reductions is right on aarch64 too`(
    _ layer: LayerTests.Layer,
    _ mode: MathMode
  ) async throws {
    var options = CompilerOptions()
    options.math = mode
    options.targetTriple = Self.triple
    let bytecode = try await CompiledPrograms.bytecode(of: layer.program, options: options)
    let result = try await call("main", of: bytecode, LayerTests.Layer.factors())
    // Kernels for aarch64 add a row's numbers one after another: that alone is 2.6 ulp off here.
    let error = try layer.error(of: result.scalars())
    #expect(error <= 3)
  }
}
