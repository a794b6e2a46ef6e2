import ApusMath
import Testing

@testable import ApusLinker

@Suite struct VectorFunctionTests {
  private let sin = MathFunction.named("sin")

  @Test(arguments: [
    ("x86-64", "", []), ("x86-64", "+sse4.1", ["_ZGVbN2v_sin_sse4"]),
    // AVX2 without FMA is code for a lesser processor in libmvec.
    ("x86-64", "+avx2", ["_ZGVbN2v_sin_sse4"]),
    ("x86-64-v3", "", ["_ZGVdN4v_sin_avx2", "_ZGVbN2v_sin_sse4"]),
    ("haswell", "-fma", ["_ZGVbN2v_sin_sse4"]),
    ("x86-64-v4", "", ["_ZGVeN8v_sin_skx", "_ZGVdN4v_sin_avx2", "_ZGVbN2v_sin_sse4"]),
    ("nobody-knows", "+avx2,+fma", ["_ZGVdN4v_sin_avx2", "_ZGVbN2v_sin_sse4"]),
    ("nobody-knows", "", []),
  ])
  func `a function gets what its processor can run`(
    cpu: String,
    features: String,
    implementations: [String]
  ) throws {
    let target = CodeTarget(cpu: cpu, features: features)
    let functions = target.vectorFunctions(for: try #require(sin), .f64)
    #expect(functions.map(\.implementation) == implementations)
  }

  @Test func `a scalar call is told of its vector forms`() throws {
    let haswell = Operations.haswell
    #expect(
      haswell.vectorVariants(of: "sin")?.attribute
        == "_ZGVdN4v_sin(_ZGVdN4v_sin),_ZGVbN2v_sin(_ZGVbN2v_sin)"
    )
    #expect(
      haswell.vectorVariants(of: "powf", usesImplementations: true)?.attribute
        == "_ZGVdN8vv_powf(_ZGVdN8vv_powf_avx2),_ZGVbN4vv_powf(_ZGVbN4vv_powf_sse4)"
    )
    for name in ["floor", "sinl", "sincos", "tgamma", "main"] {
      #expect(haswell.vectorVariants(of: name) == nil, "\(name)")
    }
    #expect(Operations.baseline.vectorVariants(of: "sin") == nil)
  }

  @Test func `vector intrinsics say function, type and width`() throws {
    let sine = try #require(MathFunction.vector(intrinsic: "llvm.sin.v4f64"))
    #expect((sine.function.name, sine.type, sine.count) == ("sin", .f64, 4))
    let power = try #require(
      MathFunction.vector(intrinsic: "llvm.experimental.constrained.pow.v16f32")
    )
    #expect((power.function.name, power.type, power.count) == ("pow", .f32, 16))
    for name in ["llvm.sin.f64", "llvm.sin.nxv2f64", "llvm.ctpop.v4i32", "sin.v4f64", ""] {
      #expect(MathFunction.vector(intrinsic: name) == nil, "\(name)")
    }
  }
}
