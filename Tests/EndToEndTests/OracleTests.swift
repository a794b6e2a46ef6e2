import Apus
import ApusTestSupport
import Testing

/// Arithmetic on every element type, held bit for bit against `iree-run-module` 3.9.0.
@Suite(.enabled(if: Peers.areInstalled, "needs the peers: Scripts/setup --peers"))
struct OracleTests {
  @Test func `elementwise f32, with every kind of number`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<4x250xf32>, %b: tensor<4x250xf32>) -> tensor<4x250xf32> {
        %0 = stablehlo.multiply %a, %b : tensor<4x250xf32>
        %1 = stablehlo.tanh %0 : tensor<4x250xf32>
        %2 = stablehlo.exponential %a : tensor<4x250xf32>
        %3 = stablehlo.compare LT, %a, %b : (tensor<4x250xf32>, tensor<4x250xf32>) -> tensor<4x250xi1>
        %4 = stablehlo.select %3, %1, %2 : tensor<4x250xi1>, tensor<4x250xf32>
        return %4 : tensor<4x250xf32>
      }
      """
    )
    let special: [Float] = [
      0, -0, .infinity, -.infinity, .nan, .greatestFiniteMagnitude, .leastNormalMagnitude,
      .leastNonzeroMagnitude, 88.8, -103.9,
    ]
    let a: Tensor<Float> = try oracle.random(4, 250).typed()
    var scalars = try a.scalars()
    for (index, number) in special.enumerated() { scalars[37 * index] = number }
    try await oracle.expectSameResults(
      nil,
      try Tensor(scalars, shape: [4, 250], on: oracle.runtime),
      oracle.random(4, 250, seed: 2)
    )
  }

  @Test(arguments: [ElementType.i8, .ui8, .i16, .ui16, .i32, .ui32, .i64, .ui64])
  func `integers wrap, divide, compare and shift by their own signedness`(
    type: ElementType
  ) async throws {
    let tensor = "tensor<64x\(type)>"
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: \(tensor), %b: \(tensor)) -> (\(tensor), \(tensor), \(tensor)) {
        %one = stablehlo.constant dense<1> : \(tensor)
        %two = stablehlo.constant dense<2> : \(tensor)
        %0 = stablehlo.add %a, %b : \(tensor)
        %1 = stablehlo.multiply %0, %b : \(tensor)
        %odd = stablehlo.or %b, %one : \(tensor)
        %2 = stablehlo.divide %a, %odd : \(tensor)
        %3 = stablehlo.remainder %a, %odd : \(tensor)
        %4 = stablehlo.subtract %2, %3 : \(tensor)
        %5 = stablehlo.maximum %a, %b : \(tensor)
        %6 = stablehlo.shift_left %5, %two : \(tensor)
        return %1, %4, %6 : \(tensor), \(tensor), \(tensor)
      }
      """
    )
    let results = try await oracle.expectSameResults(
      nil,
      oracle.random(64, of: type),
      oracle.random(64, of: type, seed: 2)
    )
    // The signedness of the program is that of its results.
    #expect(results.map(\.type.description) == [tensor, tensor, tensor])
  }

  @Test(arguments: [ElementType.f16, .bf16, .f32, .f64])
  func `floating-point numbers of each width are rounded alike`(type: ElementType) async throws {
    let (tensor, square) = ("tensor<33x\(type)>", "tensor<33x33x\(type)>")
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: \(tensor), %m: \(square)) -> (\(tensor), \(tensor), tensor<33xi1>) {
        %0 = stablehlo.dot_general %m, %a, contracting_dims = [1] x [0]
            : (\(square), \(tensor)) -> \(tensor)
        %1 = stablehlo.divide %a, %0 : \(tensor)
        %2 = stablehlo.abs %a : \(tensor)
        %3 = stablehlo.sqrt %2 : \(tensor)
        %4 = stablehlo.subtract %3, %1 : \(tensor)
        %5 = stablehlo.compare GT, %4, %0 : (\(tensor), \(tensor)) -> tensor<33xi1>
        return %0, %4, %5 : \(tensor), \(tensor), tensor<33xi1>
      }
      """
    )
    let results = try await oracle.expectSameResults(
      nil,
      oracle.random(33, of: type),
      oracle.random(33, 33, of: type, seed: 2)
    )
    #expect(results.map(\.type.description) == [tensor, tensor, "tensor<33xi1>"])
  }

  @Test func `f64 is not demoted to f32`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<2xf64>) -> tensor<2xf64> {
        %0 = stablehlo.constant dense<[1.0e-12, 1.0e300]> : tensor<2xf64>
        %1 = stablehlo.add %a, %0 : tensor<2xf64>
        return %1 : tensor<2xf64>
      }
      """
    )
    let results = try await oracle.expectSameResults(
      nil,
      try Tensor<Double>([1, 1], on: oracle.runtime)
    )
    let sum = try Tensor<Double>(programValue: results[0]).scalars()
    #expect(sum == [1 + 1.0e-12, 1.0e300])
  }

  @Test func `truth values`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<7xi1>, %b: tensor<7xi1>)
          -> (tensor<7xi1>, tensor<7xi1>, tensor<7xi1>, tensor<7xi8>) {
        %0 = stablehlo.and %a, %b : tensor<7xi1>
        %1 = stablehlo.xor %a, %b : tensor<7xi1>
        %2 = stablehlo.not %a : tensor<7xi1>
        %3 = stablehlo.convert %a : (tensor<7xi1>) -> tensor<7xi8>
        return %0, %1, %2, %3 : tensor<7xi1>, tensor<7xi1>, tensor<7xi1>, tensor<7xi8>
      }
      """
    )
    let a: [Bool] = [true, true, false, false, true, false, true]
    let b: [Bool] = [true, false, true, false, false, false, true]
    let results = try await oracle.expectSameResults(
      nil,
      try Tensor(a, on: oracle.runtime),
      try Tensor(b, on: oracle.runtime)
    )
    #expect(try Tensor<Bool>(programValue: results[0]).scalars() == zip(a, b).map { $0 && $1 })
    #expect(try Tensor<Bool>(programValue: results[1]).scalars() == zip(a, b).map { $0 != $1 })
    #expect(try Tensor<Bool>(programValue: results[2]).scalars() == a.map { !$0 })
    #expect(try Tensor<Int8>(programValue: results[3]).scalars() == a.map { $0 ? 1 : 0 })
  }

  @Test(arguments: [ElementType.complexF32, .complexF64])
  func `complex numbers`(type: ElementType) async throws {
    let (tensor, real) = ("tensor<9x\(type)>", "tensor<9xf\(type.bitCount / 2)>")
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: \(tensor), %b: \(tensor)) -> (\(tensor), \(real), \(real)) {
        %0 = stablehlo.multiply %a, %b : \(tensor)
        %1 = stablehlo.subtract %0, %a : \(tensor)
        %2 = stablehlo.real %1 : (\(tensor)) -> \(real)
        %3 = stablehlo.imag %1 : (\(tensor)) -> \(real)
        return %1, %2, %3 : \(tensor), \(real), \(real)
      }
      """
    )
    try await oracle.expectSameResults(
      nil,
      oracle.random(9, of: type),
      oracle.random(9, of: type, seed: 2)
    )
  }

  @Test func `several results of different types and shapes`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<3x4xf32>)
          -> (tensor<4x3xf32>, tensor<f32>, tensor<3xi32>, tensor<3x4xi1>, tensor<12xf16>) {
        %zero = stablehlo.constant dense<0.0> : tensor<f32>
        %zeros = stablehlo.constant dense<0.0> : tensor<3x4xf32>
        %0 = stablehlo.transpose %a, dims = [1, 0] : (tensor<3x4xf32>) -> tensor<4x3xf32>
        %1 = stablehlo.reduce(%a init: %zero) applies stablehlo.add across dimensions = [0, 1]
            : (tensor<3x4xf32>, tensor<f32>) -> tensor<f32>
        %2 = stablehlo.constant dense<[3, 1, 2]> : tensor<3xi32>
        %3 = stablehlo.compare GT, %a, %zeros : (tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<3x4xi1>
        %4 = stablehlo.convert %a : (tensor<3x4xf32>) -> tensor<3x4xf16>
        %5 = stablehlo.reshape %4 : (tensor<3x4xf16>) -> tensor<12xf16>
        return %0, %1, %2, %3, %5
            : tensor<4x3xf32>, tensor<f32>, tensor<3xi32>, tensor<3x4xi1>, tensor<12xf16>
      }
      """
    )
    let results = try await oracle.expectSameResults(nil, oracle.random(3, 4))
    #expect(
      results.map(\.type.swiftDescription) == [
        "Tensor<Float>[4, 3]", "Tensor<Float>[]", "Tensor<Int32>[3]", "Tensor<Bool>[3, 4]",
        "Tensor<Float16>[12]",
      ]
    )
  }

  @Test func `scalars travel by value, next to tensors`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: i32, %b: i64, %t: tensor<3xf32>, %c: f32, %d: f64, %n: index)
          -> (i64, f64, tensor<3xf32>, i32, f32, index) {
        %0 = arith.extsi %a : i32 to i64
        %1 = arith.subi %b, %0 : i64
        %2 = arith.mulf %d, %d : f64
        %3 = tensor.from_elements %c, %c, %c : tensor<3xf32>
        %4 = stablehlo.multiply %t, %3 : tensor<3xf32>
        %5 = arith.muli %a, %a : i32
        %6 = arith.addf %c, %c : f32
        %7 = arith.addi %n, %n : index
        return %1, %2, %4, %5, %6, %7 : i64, f64, tensor<3xf32>, i32, f32, index
      }
      """
    )
    let tensor = try Tensor<Float>([1, 2, 3], on: oracle.runtime)
    let results = try await oracle.expectSameResults(
      nil,
      Int32.min + 5,
      Int64.max - 9,
      tensor,
      Float(0.1),
      0.1,
      21
    )
    #expect(try Int64(programValue: results[0]) == (.max - 9) &- Int64(Int32.min + 5))
    #expect(try Double(programValue: results[1]) == 0.1 * 0.1)
    #expect(try Tensor<Float>(programValue: results[2]).scalars() == [0.1, 0.2, 0.1 * 3])
    #expect(try Int32(programValue: results[3]) == (.min + 5) &* (.min + 5))
    #expect(try Float(programValue: results[4]) == 0.2)
    #expect(try Int64(programValue: results[5]) == 42)
  }

  @Test func `tensors without dimensions and with many`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<f32>, %b: tensor<2x1x3x1x2x3xf32>)
          -> (tensor<f32>, tensor<3x2x1x3x2x1xf32>) {
        %0 = stablehlo.sine %a : tensor<f32>
        %1 = stablehlo.broadcast_in_dim %0, dims = []
            : (tensor<f32>) -> tensor<2x1x3x1x2x3xf32>
        %2 = stablehlo.add %b, %1 : tensor<2x1x3x1x2x3xf32>
        %3 = stablehlo.transpose %2, dims = [5, 4, 3, 2, 0, 1]
            : (tensor<2x1x3x1x2x3xf32>) -> tensor<3x2x1x3x2x1xf32>
        return %0, %3 : tensor<f32>, tensor<3x2x1x3x2x1xf32>
      }
      """
    )
    try await oracle.expectSameResults(
      nil,
      try Tensor(scalar: Float(0.5), on: oracle.runtime),
      oracle.random(2, 1, 3, 1, 2, 3)
    )
  }
}

/// A result that the test did not ask for.
struct Unexpected: Error {}
