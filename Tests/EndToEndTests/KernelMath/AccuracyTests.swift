import Apus
import ApusTestSupport
import Testing

/// The math of compiled kernels, held against MPFR at a few hundred arguments a function.
///
/// `make accuracy` tries far more, in every type and through StableHLO.
@Suite(.enabled(if: Peers.areInstalled, "needs the peers: Scripts/setup --peers"))
struct AccuracyTests {
  @Test(arguments: AccuracyPromise.all)
  func `every function keeps the bound of its mode, special values and subnormals included`(
    promise: AccuracyPromise
  ) async throws {
    let program = try Program([await promise.bytecode()], on: Runtime(workers: 2))
    try await promise.expectKept { function, calls in
      try function.results(of: program, calls, in: promise.type)
    }
  }

  /// Published constants: a truth that is wrong would pass anything.
  @Test func `the truth is true`() async throws {
    let known: [(function: String, arguments: [Double], value: Double)] = [
      ("sin", [1e22], -0.8522008497671888),
      ("erf_inv", [0.5], 0.4769362762044699),
      ("bessel_i1e", [1], 0.20791041534970844),
      ("digamma", [1], -0.5772156649015329),
      ("lgamma", [0.5], 0.5723649429247001),
      ("zeta", [2, 1], 1.6449340668482264),
      ("polygamma", [3, 0.5], 97.40909103400244),
      ("powi", [3, -2], 1.0 / 9),
      ("fmod", [-6, 3], -0.0),
      ("atan2", [-0.0, -1], -.pi),
      ("rsqrt", [-0.0], -.infinity),
    ]
    let values = try await ExactMath.shared.values(of: known.map { ($0.function, [$0.arguments]) })
    for (known, values) in zip(known, values) {
      #expect(values[0].deviation(of: known.value, in: .f64) <= 0.75, "\(known.function)")
    }
  }

  @Test(arguments: [ElementType.f32, .f64])
  func `a special number in a vector changes none of its neighbours`(
    type: ElementType
  ) async throws {
    let functions = KernelMathFunction.all.filter { $0.parameterCount == 1 }
    let text = functions.map { $0.program(in: type, count: 64) }
    let program = try Program(
      [
        await CompiledPrograms.bytecode(
          of: "#map = affine_map<(d0) -> (d0)>\n" + text.joined(),
          name: "kernel-math-neighbours-\(type).mlir"
        )
      ],
      on: Runtime(workers: 2)
    )
    let ordinary = (0..<64).map { [0.3 + 0.01 * Double($0)] }
    for function in functions {
      let expected = try function.results(of: program, ordinary, in: type)
      for (index, special) in [Double.nan, .infinity, -1e22, 1e30, 0].enumerated() {
        for lane in [index, 17 + index, 63 - index] {
          var calls = ordinary
          calls[lane] = [special]
          var results = try function.results(of: program, calls, in: type)
          results[lane] = expected[lane]
          let isSame = zip(results, expected).allSatisfy { $0.bitPattern == $1.bitPattern }
          #expect(isSame, "\(function.operation) with \(special) in lane \(lane)")
        }
      }
    }
  }
}
