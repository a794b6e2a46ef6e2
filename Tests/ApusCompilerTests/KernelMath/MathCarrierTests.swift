import ApusMath
import Testing

@testable import ApusCompiler

/// Tags, shapes, targets and helpers: the text that goes into a kernel.
@Suite struct MathCarrierTests {
  private static let carried = MathFunction.all.filter { $0.number < 64 }

  /// A tag's bits as the number they are, widened as MLIR widens constants.
  private func number(_ tag: String, _ type: FloatType) throws -> Double {
    let bits = try #require(UInt64(tag.dropFirst(2), radix: 16))
    return switch type {
    case .f64: Double(bitPattern: bits)
    case .f32: Double(Float(bitPattern: UInt32(bits)))
    case .f16: Double(Float16(bitPattern: UInt16(bits)))
    default: Double(Float(bitPattern: UInt32(bits) << 16))
    }
  }

  @Test(arguments: [FloatType.f16, .bf16, .f32, .f64])
  func `a tag names its function in every type`(_ type: FloatType) throws {
    #expect(Self.carried.count > 50)
    for function in Self.carried {
      let tag = try #require(MathCarrier.tag(of: function, type))
      let value = try number(tag, type)
      #expect(value.isNaN)
      #expect(MathCarrier.function(ofTag: value) == function, "\(function.name) \(tag)")
    }
  }

  @Test func `what is no tag is not taken for one`() {
    let numbers: [Double] = [
      .nan, -.nan, .signalingNaN, .infinity, 0, -0.0, 1, .leastNonzeroMagnitude,
      Double(bitPattern: 0x7FF8_0000_0000_0001), -Double(bitPattern: 0x7FF8_2000_0000_0000),
    ]
    for number in numbers { #expect(MathCarrier.function(ofTag: number) == nil, "\(number)") }
    // Two results, or a number of more than six bits.
    #expect(MathFunction.named("sincos").flatMap { MathCarrier.tag(of: $0, .f32) } == nil)
  }

  @Test func `shapes are read and written`() throws {
    let vector = try #require(FloatShape("vector<16xf32>"))
    #expect(vector.element == .f32 && vector.laneCount == 16 && !vector.isScalar)
    #expect(vector.of(.f64).text == "vector<16xf64>")
    #expect(vector.text(of: "i1") == "vector<16xi1>")
    let scalar = try #require(FloatShape("bf16"))
    #expect(scalar.element == .bf16 && scalar.laneCount == 1 && scalar.isScalar)
    let tensor = try #require(FloatShape("tensor<4x?xf64, #iree_encoding.testing<[]>>"))
    #expect(tensor.element == .f64 && tensor.laneCount == nil)
    #expect(tensor.of(.f16).text == "tensor<4x?xf16, #iree_encoding.testing<[]>>")
    #expect(FloatShape("tensor<f32>")?.of(.f64).text == "tensor<f64>")
    for other in [
      "i32", "vector<4xi32>", "index", "!llvm.ptr", "complex<f32>", "tensor<2xcomplex<f32>>",
      "tensor<complex<f64>>", "f8E4M3FN", "",
    ] {
      #expect(FloatShape(other) == nil, "\(other)")
    }
  }

  private func target(
    _ features: String,
    _ mode: MathMode = .accurate,
    format: String = "embedded-elf-x86_64"
  ) -> KernelMathTarget {
    KernelMathTarget(
      targetAttribute: #"<"llvm-cpu", "\#(format)", {cpu = "x", cpu_features = "\#(features)"}>"#,
      mode: mode
    )
  }

  @Test func `the width of vectors follows from the processor's features`() {
    #expect(target("").vectorISAs == [])
    #expect(target("+sse,+sse2,-avx2").vectorISAs == [])
    // A processor named by its level lists only the last of each family.
    #expect(target("+sse4.2").vectorISAs == [.sse])
    #expect(target("+avx2,+fma,-avx512f").vectorISAs == [.avx2, .sse])
    #expect(target("+avx512f,+avx512dq").vectorISAs == [.avx512, .avx2, .sse])
    #expect(target("+avx2,+fma", .exact).vectorISAs == [])
    let arm = target("+neon", format: "embedded-elf-arm_64")
    #expect(arm.architecture == "aarch64" && arm.vectorISAs == [] && arm.hasMathLibrary)
    #expect(!target("", format: "embedded-elf-riscv_64").hasMathLibrary)
  }

  private func calls(
    _ name: String,
    _ type: FloatType,
    _ count: Int,
    on target: KernelMathTarget
  ) throws -> [String] {
    let function = try #require(MathFunction.named(name))
    let helper = MathHelper(function: function, type: type, count: count, isVector: count > 1)
    return try #require(helper.parts(on: target)).map { "\($0.symbol)@\($0.offset)+\($0.used)" }
  }

  @Test func `a vector of any width is cut into those there are functions for`() throws {
    let avx2 = target("+avx2,+fma")
    #expect(try calls("sin", .f32, 8, on: avx2) == ["_ZGVdN8v_sinf_avx2@0+8"])
    #expect(
      try calls("sin", .f32, 16, on: avx2)
        == ["_ZGVdN8v_sinf_avx2@0+8", "_ZGVdN8v_sinf_avx2@8+8"]
    )
    // Three values left over go through a vector of four, one by itself.
    #expect(
      try calls("pow", .f32, 15, on: avx2)
        == ["_ZGVdN8vv_powf_avx2@0+8", "_ZGVbN4vv_powf_sse4@8+4", "_ZGVbN4vv_powf_sse4@12+3"]
    )
    #expect(
      try calls("sin", .f64, 5, on: avx2) == ["_ZGVdN4v_sin_avx2@0+4", "sin@4+1"]
    )
    #expect(try calls("sin", .f64, 1, on: avx2) == ["sin@0+1"])
    #expect(try calls("fmod", .f64, 2, on: avx2) == ["fmod@0+1", "fmod@1+1"])
    #expect(try calls("erf", .f32, 2, on: target("")) == ["erff@0+1", "erff@1+1"])
  }

  @Test func `exact functions have more digits where musl's are off by more than 1 ulp`() throws {
    let x86 = target("+sse4.2", .exact)
    #expect(try calls("sin", .f64, 2, on: x86) == ["sin@0+1", "sin@1+1"])
    #expect(try calls("tanh", .f64, 1, on: x86) == ["tanhl@0+1"])
    #expect(try calls("tanh", .f64, 1, on: target("", format: "x")) == ["tanh@0+1"])
  }

  @Test(arguments: ["sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erfc", "atan2"])
  func `those are formulas where numbers are multiplied and added in one instruction`(
    name: String
  ) throws {
    let shape = try #require(FloatShape("vector<4xf64>"))
    let function = try #require(MathFunction.named(name))
    func formula(_ target: KernelMathTarget) -> ExactFormula? {
      ExactFormula(function, shape, target)
    }
    let avx2 = try #require(formula(target("+avx2,+fma", .exact)))
    #expect(avx2.symbol == "apus.\(name).formula.v4f64")
    #expect(formula(target("+neon", .exact, format: "embedded-elf-arm_64")) == avx2)
    #expect(formula(target("+sse4.2", .exact)) == nil)
    #expect(formula(target("+avx2,+fma")) == nil)
    let text = avx2.definition()
    #expect(!text.contains("llvm.call"))
    #expect(!text.contains("f32"))
  }

  @Test(
    arguments: ["+avx2,+fma", "+sse4.2"],
    [MathMode.accurate, .exact]
  )
  func `the logarithm of the gamma function is a formula on any processor, in any mode`(
    features: String,
    mode: MathMode
  ) throws {
    let function = try #require(MathFunction.named("lgamma"))
    let shape = try #require(FloatShape("vector<2xf64>"))
    let formula = try #require(ExactFormula(function, shape, target(features, mode)))
    #expect(formula.symbol == "apus.lgamma.formula.v2f64")
    let text = formula.definition()
    #expect(!text.contains("llvm.call"))
    // Without the instruction, it would be a call for each number.
    #expect(text.contains("llvm.intr.fma") == features.contains("fma"))
  }

  /// Functions of an architecture that a library computes, of those that are vectors somewhere.
  @Test(arguments: [
    ("+neon", "embedded-elf-arm_64", FloatType.f32, ["tan", "erfc", "exp10", "hypot"]),
    ("+neon", "embedded-elf-arm_64", .f64, ["tan", "erf", "erfc", "exp10", "hypot"]),
    (
      "+avx2,+fma", "embedded-elf-x86_64", .f32,
      ["tan", "log", "log2", "log10", "log1p", "erfc", "exp10", "hypot"]
    ),
    (
      "+avx2,+fma", "embedded-elf-x86_64", .f64,
      ["sin", "cos", "tan", "exp2", "log2", "log10", "erf", "erfc", "exp10", "hypot"]
    ),
    (
      "+avx512f,+avx512dq,+avx2,+fma", "embedded-elf-x86_64", .f32,
      ["tan", "log2", "log10", "erfc", "exp10", "hypot"]
    ),
    (
      "+avx512f,+avx512dq,+avx2,+fma", "embedded-elf-x86_64", .f64,
      ["tan", "log2", "log10", "erf", "erfc", "exp10", "hypot"]
    ),
  ])
  func `a kernel computes what no library does in less time`(
    features: String,
    format: String,
    type: FloatType,
    expected: [String]
  ) throws {
    let shape = try #require(FloatShape("vector<4x\(type.intrinsicSuffix)>"))
    let processor = target(features, format: format)
    let left = Self.carried.filter {
      $0.vectorFunction(for: type, .avx2) != nil && MathFormula($0, shape, processor) == nil
    }
    #expect(Set(left.map(\.name)) == Set(expected))
  }

  @Test(arguments: [("exp", FloatType.f32), ("exp", .f64), ("asin", .f64)])
  func `for AVX-512 a formula has fewer products, and as many that are added to something`(
    name: String,
    type: FloatType
  ) throws {
    let function = try #require(MathFunction.named(name))
    let shape = try #require(FloatShape("vector<8x\(type.intrinsicSuffix)>"))
    func counts(_ features: String) throws -> (products: Int, sums: Int) {
      let formula = try #require(MathFormula(function, shape, target(features)))
      let text = formula.definition(library: name)
      func count(_ operation: String) -> Int { text.split(separator: operation).count - 1 }
      return (count("llvm.fmul"), count("llvm.intr.fma"))
    }
    let wide = try counts("+avx512f,+avx512dq,+avx2,+fma")
    let narrow = try counts("+avx2,+fma")
    #expect(wide.products < narrow.products)
    #expect(wide.sums == narrow.sums)
  }
}
