import Apus
import ApusTestSupport
import ComplexModule
import Foundation
import Testing

/// What kernels compute: against the C library's functions, in the same process.
///
/// The C library's functions for `double` are right to 1 ulp or so, and to 0.5 ulp where they stand for
/// those of `f32`; the table in `Documentation/MathAccuracy.md` is against MPFR.
@Suite struct KernelMathTests {
  /// A function as StableHLO or CHLO writes it, and as C has it.
  struct Function: CustomTestStringConvertible, Sendable {
    var operation: String
    var reference: @Sendable (Double) -> Double
    var testDescription: String { operation }

    /// A program that computes it for a vector of any length.
    func program(_ type: String, _ shape: String = "?") -> String {
      let tensor = shape.isEmpty ? "tensor<\(type)>" : "tensor<\(shape)x\(type)>"
      let result = operation.hasPrefix("chlo") ? "\(tensor) -> \(tensor)" : tensor
      return """
        func.func @main(%a: \(tensor)) -> \(tensor) {
          %0 = \(operation) %a : \(result)
          return %0 : \(tensor)
        }
        """
    }
  }

  static let functions: [Function] = [
    Function(operation: "stablehlo.sine") { sin($0) },
    Function(operation: "stablehlo.cosine") { cos($0) },
    Function(operation: "stablehlo.tan") { tan($0) },
    Function(operation: "stablehlo.tanh") { tanh($0) },
    Function(operation: "stablehlo.exponential") { exp($0) },
    Function(operation: "stablehlo.exponential_minus_one") { expm1($0) },
    Function(operation: "stablehlo.log") { log($0) },
    Function(operation: "stablehlo.log_plus_one") { log1p($0) },
    Function(operation: "stablehlo.cbrt") { cbrt($0) },
    Function(operation: "chlo.sinh") { sinh($0) },
    Function(operation: "chlo.cosh") { cosh($0) },
    Function(operation: "chlo.asin") { asin($0) },
    Function(operation: "chlo.acos") { acos($0) },
    Function(operation: "chlo.atan") { atan($0) },
    Function(operation: "chlo.asinh") { asinh($0) },
    Function(operation: "chlo.acosh") { acosh($0) },
    Function(operation: "chlo.atanh") { atanh($0) },
    Function(operation: "chlo.erf") { erf($0) },
    Function(operation: "chlo.erfc") { erfc($0) },
    Function(operation: "chlo.lgamma") { lgamma($0) },
  ]

  /// Ordinary numbers, edges of domains, huge ones, subnormals and those that are none.
  static let inputs: [Double] =
    [
      0, -0.0, 1, -1, 0.5, -0.5, 2, 10, -10, 1e6, -1e6, 1e22, .pi, 0.99999, -0.99999, 1.00001,
      1e-5, -1e-5, 1e-30, 1e-40, -1e-40, 88.5, -87.5, -103, 1e30, -1e30, .infinity, -.infinity,
      .nan, 3, 0.1, -27, -400_000,
    ] + (1...30).map { Double($0) * 0.37 - 4 }

  private func load(
    _ text: String,
    _ mode: MathMode,
    _ change: (inout CompilerOptions) -> Void = { _ in }
  ) async throws -> Program {
    var options = CompilerOptions()
    options.math = mode
    change(&options)
    let bytecode = try await CompiledPrograms.bytecode(of: text, options: options)
    return try Program([bytecode], on: Runtime(workers: 2))
  }

  /// How many units in the last place lie between two numbers; 0 for the same special value.
  private func distance<Scalar: BinaryFloatingPoint>(_ a: Scalar, _ truth: Double) -> Double {
    let expected = Scalar(truth)
    if a.isNaN || expected.isNaN { return a.isNaN && expected.isNaN ? 0 : .infinity }
    if a == expected { return a.sign == expected.sign ? 0 : .infinity }
    guard a.isFinite, expected.isFinite else { return .infinity }
    return abs(Double(a) - truth) / Double(expected.ulp)
  }

  @Test(arguments: functions)
  func `every function is right in f32, special values too`(_ function: Function) async throws {
    for (mode, bound) in [(MathMode.accurate, 4.0), (.exact, 0.5001)] {
      let program = try await load(function.program("f32"), mode)
      let inputs = Self.inputs.map(Float.init)
      let result: Tensor<Float> = try await program.functions[0](
        Tensor(inputs, on: program.runtime)
      )
      for (x, y) in zip(inputs, try result.scalars()) {
        let error = distance(y, function.reference(Double(x)))
        #expect(error <= bound, "\(function.operation)(\(x)) = \(y) in mode \(mode)")
      }
    }
  }

  @Test(arguments: functions)
  func `every function is right in f64, special values too`(_ function: Function) async throws {
    for mode in [MathMode.accurate, .exact] {
      let program = try await load(function.program("f64"), mode)
      let inputs = Self.inputs + [0x1p-1030, -0x1p-1030, 709.5, -745, 1e300]
      let result: Tensor<Double> = try await program.functions[0](
        Tensor(inputs, on: program.runtime)
      )
      for (x, y) in zip(inputs, try result.scalars()) {
        // The C library's own error comes on top.
        let error = distance(y, function.reference(x))
        #expect(error <= 6, "\(function.operation)(\(x)) = \(y) in mode \(mode)")
      }
    }
  }

  @Test(arguments: functions)
  func `the half precisions are rounded once`(_ function: Function) async throws {
    let inputs = Self.inputs.map(Float16.init)
    let half = try await load(function.program("f16"), .accurate)
    let result: Tensor<Float16> = try await half.functions[0](Tensor(inputs, on: half.runtime))
    for (x, y) in zip(inputs, try result.scalars()) {
      let error = distance(y, function.reference(Double(x)))
      #expect(error <= 0.501, "\(function.operation)(\(x)) = \(y)")
    }
    let brain = try await load(function.program("bf16"), .accurate)
    let values = Self.inputs.map { BFloat16(Float($0)) }
    let rounded: Tensor<BFloat16> = try await brain.functions[0](Tensor(values, on: brain.runtime))
    for (x, y) in zip(values, try rounded.scalars()) {
      let truth = function.reference(Double(Float(x)))
      let expected = Float(BFloat16(Float(truth)))
      let same = Float(y) == expected || (Float(y).isNaN && expected.isNaN)
      let isNear = abs(Float(y) - Float(truth)) <= abs(Float(truth)) / 255
      #expect(same || isNear, "\(function.operation)(\(x)) = \(y)")
    }
  }

  @Test func `vectors of every length are whole`() async throws {
    for count in [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31] {
      let program = try await load(Self.functions[0].program("f64", "\(count)"), .accurate)
      let inputs = (0..<count).map { Double($0) + 0.25 }
      let result: Tensor<Double> = try await program.functions[0](
        Tensor(inputs, on: program.runtime)
      )
      for (x, y) in zip(inputs, try result.scalars()) { #expect(distance(y, sin(x)) <= 4) }
    }
    let scalar = try await load(Self.functions[0].program("f64", ""), .accurate)
    let result: Tensor<Double> = try await scalar.functions[0](
      Tensor([1e6], shape: [], on: scalar.runtime)
    )
    #expect(try distance(result.scalars()[0], sin(1e6)) <= 4)
  }

  @Test func `a processor without vectors of its own computes the same functions`() async throws {
    for cpu in ["generic", "nehalem"] {
      let program = try await load(Self.functions[2].program("f32"), .accurate) {
        $0.targetCPU = cpu
      }
      let inputs = Self.inputs.map(Float.init)
      let result: Tensor<Float> = try await program.functions[0](
        Tensor(inputs, on: program.runtime)
      )
      for (x, y) in zip(inputs, try result.scalars()) {
        #expect(distance(y, tan(Double(x))) <= 4, "\(cpu): tan(\(x)) = \(y)")
      }
    }
  }

  @Test func `two arguments, powers and remainders`() async throws {
    let program = try await load(
      """
      func.func @main(%a: tensor<?xf64>, %b: tensor<?xf64>)
          -> (tensor<?xf64>, tensor<?xf64>, tensor<?xf64>) {
        %0 = stablehlo.power %a, %b : tensor<?xf64>
        %1 = stablehlo.atan2 %a, %b : tensor<?xf64>
        %2 = stablehlo.remainder %a, %b : tensor<?xf64>
        return %0, %1, %2 : tensor<?xf64>, tensor<?xf64>, tensor<?xf64>
      }
      """,
      .accurate
    )
    let numbers: [Double] = [0, -0.0, 1, -1, 0.5, -2, 3, 1e5, -1e300, .infinity, -.infinity, .nan]
    let pairs = numbers.flatMap { a in numbers.map { (a, $0) } }
    let results: (Tensor<Double>, Tensor<Double>, Tensor<Double>) = try await program.functions[0](
      Tensor(pairs.map(\.0), on: program.runtime),
      Tensor(pairs.map(\.1), on: program.runtime)
    )
    let references: [(Double, Double) -> Double] = [
      { pow($0, $1) }, { atan2($0, $1) }, { fmod($0, $1) },
    ]
    for (result, reference) in zip([results.0, results.1, results.2], references) {
      for (pair, y) in zip(pairs, try result.scalars()) {
        #expect(distance(y, reference(pair.0, pair.1)) <= 4, "\(pair) \(y)")
      }
    }
  }

  @Test func `constants are as right as arguments`() async throws {
    let text = """
      func.func @main() -> (tensor<4xf32>, tensor<3xf64>, tensor<4xf32>) {
        %a = stablehlo.constant dense<[1.0e6, 1.0, 1.0e8, 2.0]> : tensor<4xf32>
        %b = stablehlo.constant dense<1.0e22> : tensor<3xf64>
        %c = stablehlo.constant dense<0.5> : tensor<4xf32>
        %d = stablehlo.add %c, %c : tensor<4xf32>
        %0 = stablehlo.sine %a : tensor<4xf32>
        %1 = stablehlo.tan %b : tensor<3xf64>
        %2 = chlo.erf %d : tensor<4xf32> -> tensor<4xf32>
        return %0, %1, %2 : tensor<4xf32>, tensor<3xf64>, tensor<4xf32>
      }
      """
    let program = try await load(text, .accurate)
    let results: (Tensor<Float>, Tensor<Double>, Tensor<Float>) = try await program.functions[0]()
    for (x, y) in zip([1e6, 1, 1e8, 2], try results.0.scalars()) {
      #expect(distance(y, sin(x)) <= 4)
    }
    for y in try results.1.scalars() { #expect(distance(y, tan(1e22)) <= 4) }
    for y in try results.2.scalars() { #expect(distance(y, erf(1)) <= 4) }
  }

  @Test func `complex numbers, constants of 128 bits too`() async throws {
    let type = "tensor<2xcomplex<f64>>"
    let program = try await load(
      """
      func.func @main(%a: \(type)) -> (\(type), \(type)) {
        %c = stablehlo.constant dense<[(1.0, -2.0), (0.5, 0.25)]> : \(type)
        %0 = stablehlo.multiply %a, %c : \(type)
        %1 = stablehlo.tan %0 : \(type)
        return %0, %1 : \(type), \(type)
      }
      """,
      .accurate
    )
    let one = Complex<Double>(1, 0)
    let results: (Tensor<Complex<Double>>, Tensor<Complex<Double>>) = try await program.functions[
      0
    ](
      Tensor([one, one], on: program.runtime)
    )
    let expected = [Complex<Double>(1, -2), Complex(0.5, 0.25)]
    #expect(try results.0.scalars() == expected)
    for (z, y) in zip(expected, try results.1.scalars()) {
      let difference = y - Complex.tan(z)
      #expect(difference.length <= 16 * .ulpOfOne * y.length, "tan(\(z)) = \(y)")
    }
  }

  @Test func `hyperbolic functions and powers of complex numbers keep their digits near 0`()
    async throws
  {
    let type = "tensor<5xcomplex<f32>>"
    let program = try await load(
      """
      func.func @main(%a: \(type), %b: \(type)) -> (\(type), \(type), \(type), \(type), \(type)) {
        %0 = chlo.sinh %a : \(type) -> \(type)
        %1 = chlo.cosh %a : \(type) -> \(type)
        %2 = stablehlo.tanh %a : \(type)
        %3 = stablehlo.power %a, %b : \(type)
        %4 = chlo.asinh %a : \(type) -> \(type)
        return %0, %1, %2, %3, %4 : \(type), \(type), \(type), \(type), \(type)
      }
      """,
      .accurate
    )
    let numbers: [(Double, Double)] = [
      (-0.0210586, 0.00384218), (-0.044, 0.08), (1.5, -2), (1e-3, 1e-4), (3, 0.25),
    ]
    let a = numbers.map { Complex<Float>(Float($0.0), Float($0.1)) }
    let b = numbers.reversed().map { Complex<Float>(Float($0.0), Float($0.1)) }
    let values = try program.functions[0].call([
      Tensor(a, on: program.runtime), Tensor(b, on: program.runtime),
    ])
    let results = try values.map { try Tensor<Complex<Float>>(programValue: $0).scalars() }
    func wide(_ z: Complex<Float>) -> Complex<Double> {
      Complex(Double(z.real), Double(z.imaginary))
    }
    for (index, z) in a.map(wide).enumerated() {
      let truths = [
        Complex.sinh(z), Complex.cosh(z), Complex.tanh(z), Complex.pow(z, wide(b[index])),
        Complex.asinh(z),
      ]
      for (number, truth) in truths.enumerated() {
        let difference = wide(results[number][index]) - truth
        let bound = 16 * Double(Float.ulpOfOne) * truth.length
        #expect(difference.length <= bound, "function \(number) of \(z)")
      }
    }
  }

  @Test
  func
    `functions of complex numbers are right for large imaginary parts, and with IREE's math are not`()
    async throws
  {
    let type = "tensor<3xcomplex<f32>>"
    let text = """
      func.func @main(%a: \(type)) -> (\(type), \(type)) {
        %0 = stablehlo.exponential_minus_one %a : \(type)
        %1 = stablehlo.logistic %a : \(type)
        return %0, %1 : \(type), \(type)
      }
      """
    let numbers = [Complex<Float>(1, 20_000), Complex(0.5, 1), Complex(-2, 90_000)]
    var worst: [MathMode: Double] = [:]
    for mode in [MathMode.accurate, .exact, .iree] {
      let program = try await load(text, mode)
      let results: (Tensor<Complex<Float>>, Tensor<Complex<Float>>) =
        try await program.functions[0](Tensor(numbers, on: program.runtime))
      let pairs = try zip(results.0.scalars(), results.1.scalars())
      worst[mode] = zip(numbers, pairs).map { number, results in
        let z = Complex(Double(number.real), Double(number.imaginary))
        let truths = [Complex.expMinusOne(z), 1 / (1 + Complex.exp(-z))]
        return zip(truths, [results.0, results.1]).map { truth, result in
          let wide = Complex(Double(result.real), Double(result.imaginary))
          return (wide - truth).length / truth.length / Double(Float.ulpOfOne)
        }.max() ?? 0
      }.max()
    }
    #expect(try #require(worst[.accurate]) <= 16)
    #expect(try #require(worst[.exact]) <= 16)
    #expect(try #require(worst[.iree]) > 1000)
  }

  /// A rotary embedding's cosines and sines, the angles computed in `f32` in the program.
  @Test func `rotary positions to a million are right, and with IREE's math are not`()
    async throws
  {
    let angles = "tensor<?x8xf32>"
    let text = """
      func.func @main(%position: tensor<?xf32>, %frequency: tensor<8xf32>) -> (\(angles), \(angles)) {
        %zero = arith.constant 0 : index
        %count = tensor.dim %position, %zero : tensor<?xf32>
        %empty = tensor.empty(%count) : \(angles)
        %angle = linalg.generic {
          indexing_maps = [affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
          iterator_types = ["parallel", "parallel"]
        } ins(%position, %frequency : tensor<?xf32>, tensor<8xf32>) outs(%empty : \(angles)) {
        ^bb0(%p: f32, %f: f32, %o: f32):
          %product = arith.mulf %p, %f : f32
          linalg.yield %product : f32
        } -> \(angles)
        %0 = stablehlo.cosine %angle : \(angles)
        %1 = stablehlo.sine %angle : \(angles)
        return %0, %1 : \(angles), \(angles)
      }
      """
    let positions = stride(from: Float(1), through: 1_000_000, by: 4_999).map { $0 }
    let frequencies = (0..<8).map { Float(pow(10_000, -Double($0) / 8)) }
    let truth = positions.flatMap { position in frequencies.map { Double(position * $0) } }
    var worst: [MathMode: Double] = [:]
    for mode in [MathMode.accurate, .iree] {
      let program = try await load(text, mode)
      let (cosines, sines): (Tensor<Float>, Tensor<Float>) = try await program.functions[0](
        Tensor(positions, on: program.runtime),
        Tensor(frequencies, on: program.runtime)
      )
      let cosineErrors = zip(truth, try cosines.scalars()).map { abs(Double($1) - cos($0)) }
      let sineErrors = zip(truth, try sines.scalars()).map { abs(Double($1) - sin($0)) }
      worst[mode] = (cosineErrors + sineErrors).max()
    }
    #expect(try #require(worst[.accurate]) < 1e-6)
    #expect(try #require(worst[.iree]) > 1e-3)
  }
}
