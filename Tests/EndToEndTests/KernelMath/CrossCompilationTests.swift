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

  /// Calls a function in IREE's runner, on workers, which treat subnormal numbers as zero outside of kernels.
  private func call(
    _ function: String,
    of bytecode: VMBytecode,
    _ arguments: [TensorData]
  ) async throws -> TensorData {
    let folder = try TemporaryFolder()
    try folder.write(bytecode.bytes, to: "program.vmfb")
    var flags = [
      "--device=local-task", "--module=\(folder.file("program.vmfb"))", "--function=\(function)",
      "--output=@\(folder.file("output.npy"))",
    ]
    for (index, argument) in arguments.enumerated() {
      let file = folder.file("input\(index).npy")
      try argument.write(toNPY: file)
      flags.append("--input=@\(file)")
    }
    let run = try await Peers.runModuleForARM(flags)
    try #require(run.status == 0, "iree-run-module failed: \(run.error)")
    return try TensorData(contentsOfNPY: folder.file("output.npy"))
  }

  /// `exact` has these within 1 ulp in x86's `long double` only.
  private static let computedInDouble = [
    "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erfc", "atan2",
  ]

  private static let promises = AccuracyPromise.all.map { promise in
    guard promise.type == .f64 else { return promise }
    var promise = promise
    promise.exceptions = .init(uniqueKeysWithValues: computedInDouble.map { ($0, 4) })
    return promise
  }

  @Test(arguments: promises)
  func `every function keeps the bound of its mode on aarch64, subnormals included`(
    promise: AccuracyPromise
  ) async throws {
    let bytecode = try await promise.bytecode(targetTriple: Self.triple)
    #expect(try VMModuleDescription(bytecode).executables.map(\.machine) == ["aarch64"])
    try await promise.expectKept { function, calls in
      let columns = (0..<function.parameterCount).map { index in calls.map { $0[index] } }
      if promise.type == .f32 {
        let arguments = try columns.map {
          try TensorData($0.map { Float($0) }, shape: [calls.count])
        }
        let result = try await call(function.symbol, of: bytecode, arguments)
        return try result.scalars(as: Float.self).map { Double($0) }
      }
      let result = try await call(
        function.symbol,
        of: bytecode,
        columns.map { try TensorData($0, shape: [calls.count]) }
      )
      return try result.scalars(as: Double.self)
    }
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
