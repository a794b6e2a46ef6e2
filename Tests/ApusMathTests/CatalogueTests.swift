import ApusMath
import Testing

@Suite struct CatalogueTests {
  @Test func `numbers are consecutive and never move`() {
    #expect(MathFunction.all.map(\.number) == (1...UInt16(MathFunction.all.count)).map { $0 })
    // These are in files.
    #expect(MathFunction.numbered(1)?.name == "sin")
    #expect(MathFunction.numbered(28)?.name == "pow")
    #expect(MathFunction.numbered(80)?.name == "lgamma_r")
    #expect(MathFunction.numbered(0) == nil)
    #expect(MathFunction.numbered(999) == nil)
  }

  @Test func `no name, intrinsic or operation occurs twice`() {
    for names in [
      MathFunction.all.map(\.name), MathFunction.all.compactMap(\.intrinsic),
      MathFunction.all.compactMap(\.operation),
    ] {
      #expect(Set(names).count == names.count)
    }
  }

  @Test func `functions are found by what stands for them`() {
    #expect(MathFunction.standing(forIntrinsic: "llvm.minnum")?.name == "fmin")
    #expect(MathFunction.standing(forOperation: "math.powf")?.name == "pow")
    #expect(MathFunction.standing(forIntrinsic: "llvm.erf") == nil)
    #expect(MathFunction.standing(forOperation: "math.nothing") == nil)
  }

  @Test func `a symbol of C tells the function and the type`() throws {
    let float = try #require(MathFunction.named(inC: "sinf"))
    #expect(float.function.name == "sin")
    #expect(float.type == .f32)
    let reentrant = try #require(MathFunction.named(inC: "lgammaf_r"))
    #expect(reentrant.function.name == "lgamma_r")
    #expect(MathFunction.named(inC: "erf")?.type == .f64)
    #expect(MathFunction.named(inC: "sinf128")?.type == .f128)
    #expect(MathFunction.named(inC: "sine") == nil)
    #expect(MathFunction.named(inC: "f") == nil)
  }

  @Test func `long double is what the target says it is`() throws {
    let sin = try #require(MathFunction.named("sin"))
    #expect(sin.name(for: .x86FP80, in: .glibc) == "sinl")
    #expect(sin.name(for: .f128, in: .glibc) == "sinf128")
    #expect(sin.name(for: .f128, in: .glibc, longDouble: .f128) == "sinl")
    #expect(sin.name(for: .f128, in: .musl, longDouble: .f128) == "sinl")
    // musl has nothing beside C's types.
    #expect(sin.name(for: .f128, in: .musl) == nil)
    #expect(sin.name(for: .f16, in: .glibc) == nil)
    #expect(MathFunction.named(inC: "sinl", longDouble: .f128)?.type == .f128)
  }

  @Test func `GPU libraries have their own spelling`() throws {
    let powi = try #require(MathFunction.named("powi"))
    #expect(powi.name(for: .f64, in: .ocml) == "__ocml_pown_f64")
    #expect(powi.name(for: .f32, in: .libdevice) == "__nv_powif")
    #expect(powi.name(for: .f64, in: .glibc) == nil)
    #expect(powi.name(for: .bf16, in: .ocml) == nil)
  }

  @Test func `every type of LLVM's is known by its name`() {
    for type in FloatType.allCases {
      #expect(FloatType(llvmName: type.llvmName) == type)
      #expect(!type.intrinsicSuffix.isEmpty)
    }
    #expect(FloatType(llvmName: "i32") == nil)
  }

  @Test func `bounds are given only where someone states them`() {
    #expect(MathFunction.named("sqrt")?.errorBound(.scalar) == 0.5)
    #expect(MathFunction.named("sin")?.errorBound(.vector) == 4)
    #expect(MathFunction.named("sin")?.errorBound(.scalar) == nil)
    #expect(MathFunction.named("tgamma")?.errorBound(.vector) == nil)
  }
}
