import Apus
import ApusTestSupport
import Testing

/// Programs that loop, remember, and are made of several parts, held bit for bit against
/// `iree-run-module` 3.9.0.
@Suite(.enabled(if: Peers.areInstalled, "needs the peers: Scripts/setup --peers"))
struct OracleStateTests {
  @Test func `a while loop whose length depends on the data`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%n: tensor<i64>) -> (tensor<i64>, tensor<i64>) {
        %zero = stablehlo.constant dense<0> : tensor<i64>
        %one = stablehlo.constant dense<1> : tensor<i64>
        %two = stablehlo.constant dense<2> : tensor<i64>
        %three = stablehlo.constant dense<3> : tensor<i64>
        %0:3 = stablehlo.while(%i = %n, %steps = %zero, %peak = %n)
            : tensor<i64>, tensor<i64>, tensor<i64>
          cond {
            %1 = stablehlo.compare GT, %i, %one : (tensor<i64>, tensor<i64>) -> tensor<i1>
            stablehlo.return %1 : tensor<i1>
          } do {
            %1 = stablehlo.remainder %i, %two : tensor<i64>
            %2 = stablehlo.compare EQ, %1, %zero : (tensor<i64>, tensor<i64>) -> tensor<i1>
            %3 = stablehlo.divide %i, %two : tensor<i64>
            %4 = stablehlo.multiply %i, %three : tensor<i64>
            %5 = stablehlo.add %4, %one : tensor<i64>
            %6 = stablehlo.select %2, %3, %5 : tensor<i1>, tensor<i64>
            %7 = stablehlo.add %steps, %one : tensor<i64>
            %8 = stablehlo.maximum %peak, %6 : tensor<i64>
            stablehlo.return %6, %7, %8 : tensor<i64>, tensor<i64>, tensor<i64>
          }
        return %0#1, %0#2 : tensor<i64>, tensor<i64>
      }
      """
    )
    let results = try await oracle.expectSameResults(
      nil,
      try Tensor(scalar: Int64(27), on: oracle.runtime)
    )
    #expect(try results.map { try Tensor<Int64>(programValue: $0).scalars() } == [[111], [9232]])
  }

  @Test func `a branch that depends on the data`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%p: tensor<i1>, %a: tensor<4xf32>) -> tensor<4xf32> {
        %0 = "stablehlo.if"(%p) ({
          %1 = stablehlo.add %a, %a : tensor<4xf32>
          stablehlo.return %1 : tensor<4xf32>
        }, {
          %1 = stablehlo.multiply %a, %a : tensor<4xf32>
          stablehlo.return %1 : tensor<4xf32>
        }) : (tensor<i1>) -> tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """
    )
    for (p, expected) in [(true, [2, 4, 6, 8]), (false, [1, 4, 9, 16])] as [(Bool, [Float])] {
      let results = try await oracle.expectSameResults(
        nil,
        try Tensor(scalar: p, on: oracle.runtime),
        try Tensor<Float>([1, 2, 3, 4], on: oracle.runtime)
      )
      #expect(try Tensor<Float>(programValue: results[0]).scalars() == expected)
    }
  }

  @Test func `states that go from call to call, without leaving the device`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @step(%x: tensor<2x5xf32>, %h: tensor<2x8xf32>, %c: tensor<2x8xf32>,
                      %w: tensor<13x32xf32>)
          -> (tensor<2x8xf32>, tensor<2x8xf32>) {
        %0 = stablehlo.concatenate %x, %h, dim = 1
            : (tensor<2x5xf32>, tensor<2x8xf32>) -> tensor<2x13xf32>
        %1 = stablehlo.dot_general %0, %w, contracting_dims = [1] x [0]
            : (tensor<2x13xf32>, tensor<13x32xf32>) -> tensor<2x32xf32>
        %2 = stablehlo.slice %1 [0:2, 0:8] : (tensor<2x32xf32>) -> tensor<2x8xf32>
        %3 = stablehlo.slice %1 [0:2, 8:16] : (tensor<2x32xf32>) -> tensor<2x8xf32>
        %4 = stablehlo.slice %1 [0:2, 16:24] : (tensor<2x32xf32>) -> tensor<2x8xf32>
        %5 = stablehlo.slice %1 [0:2, 24:32] : (tensor<2x32xf32>) -> tensor<2x8xf32>
        %i = stablehlo.logistic %2 : tensor<2x8xf32>
        %f = stablehlo.logistic %3 : tensor<2x8xf32>
        %g = stablehlo.tanh %4 : tensor<2x8xf32>
        %o = stablehlo.logistic %5 : tensor<2x8xf32>
        %6 = stablehlo.multiply %f, %c : tensor<2x8xf32>
        %7 = stablehlo.multiply %i, %g : tensor<2x8xf32>
        %8 = stablehlo.add %6, %7 : tensor<2x8xf32>
        %9 = stablehlo.tanh %8 : tensor<2x8xf32>
        %10 = stablehlo.multiply %o, %9 : tensor<2x8xf32>
        return %10, %8 : tensor<2x8xf32>, tensor<2x8xf32>
      }
      """
    )
    let step = try oracle.program.function("step")
    let weights: Tensor<Float> = try oracle.random(13, 32, seed: 9).typed()
    var state = [
      try oracle.random(2, 8, seed: 7).programValue, try oracle.random(2, 8, seed: 8).programValue,
    ]
    // On the device all the time, which the reference is not: it reads and writes files.
    var device = state
    for number in UInt64(0)..<6 {
      let x = try oracle.random(2, 5, seed: number)
      state = try await oracle.expectSameResults("step", x, state[0], state[1], weights)
      device = try step.call([x, device[0], device[1], weights])
    }
    #expect(try device.map { try $0.bytes() } == state.map { try $0.bytes() })
  }

  @Test func `globals keep what a call left in them`() async throws {
    let oracle = try await OracleProgram(
      """
      util.global private mutable @sum = dense<[10, 20, 30]> : tensor<3xi32>
      func.func @add(%a: tensor<3xi32>) -> tensor<3xi32> {
        %0 = util.global.load @sum : tensor<3xi32>
        %1 = stablehlo.add %0, %a : tensor<3xi32>
        util.global.store %1, @sum : tensor<3xi32>
        return %1 : tensor<3xi32>
      }
      func.func @read() -> tensor<3xi32> {
        %0 = util.global.load @sum : tensor<3xi32>
        return %0 : tensor<3xi32>
      }
      """
    )
    let a = try Tensor<Int32>([1, 2, 3], on: oracle.runtime)
    // The tool knows the first call only: every run of it is a new program.
    try await oracle.expectSameResults("read")
    try await oracle.expectSameResults("add", a)
    let (add, read) = (try oracle.program.function("add"), try oracle.program.function("read"))
    var results: [Tensor<Int32>] = []
    for _ in 0..<9 { results.append(try await add(a)) }
    let sum: Tensor<Int32> = try await read()
    #expect(try sum.scalars() == [20, 40, 60])
    // Results are values: later calls do not reach them.
    #expect(try results.map { try $0.scalars()[0] } == Array(12...20))
  }

  @Test func `a module calls a function of the module before it`() async throws {
    let oracle = try await OracleProgram(
      """
      module @geometry {
        func.func @norm(%a: tensor<?xf32>) -> tensor<f32> {
          %zero = stablehlo.constant dense<0.0> : tensor<f32>
          %0 = stablehlo.multiply %a, %a : tensor<?xf32>
          %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [0]
              : (tensor<?xf32>, tensor<f32>) -> tensor<f32>
          %2 = stablehlo.sqrt %1 : tensor<f32>
          return %2 : tensor<f32>
        }
      }
      """,
      """
      module @main {
        func.func private @geometry.norm(%a: tensor<?xf32>) -> tensor<f32>
        func.func @normalized(%a: tensor<?xf32>) -> tensor<?xf32> {
          %0 = call @geometry.norm(%a) : (tensor<?xf32>) -> tensor<f32>
          %c0 = arith.constant 0 : index
          %n = tensor.dim %a, %c0 : tensor<?xf32>
          %1 = tensor.from_elements %n : tensor<1xindex>
          %2 = stablehlo.dynamic_broadcast_in_dim %0, %1, dims = []
              : (tensor<f32>, tensor<1xindex>) -> tensor<?xf32>
          %3 = stablehlo.divide %a, %2 : tensor<?xf32>
          return %3 : tensor<?xf32>
        }
      }
      """
    )
    #expect(oracle.program.moduleNames == ["geometry", "main"])
    #expect(oracle.program.functions.map(\.name) == ["norm", "normalized"])
    let results = try await oracle.expectSameResults(
      "normalized",
      try Tensor<Float>([3, 4], on: oracle.runtime)
    )
    #expect(try Tensor<Float>(programValue: results[0]).scalars() == [0.6, 0.8])
  }

  @Test func `a program that was never in StableHLO`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<5x7xf32>, %b: tensor<7x3xf32>, %n: i32) -> (tensor<5x3xf32>, i32) {
        %zero = arith.constant 0.0 : f32
        %0 = tensor.empty() : tensor<5x3xf32>
        %1 = linalg.fill ins(%zero : f32) outs(%0 : tensor<5x3xf32>) -> tensor<5x3xf32>
        %2 = linalg.matmul ins(%a, %b : tensor<5x7xf32>, tensor<7x3xf32>)
            outs(%1 : tensor<5x3xf32>) -> tensor<5x3xf32>
        %c0 = arith.constant 0 : i32
        %c1 = arith.constant 1 : i32
        %3 = scf.for %i = %c0 to %n step %c1 iter_args(%s = %c0) -> i32 : i32 {
          %4 = arith.muli %i, %i : i32
          %5 = arith.addi %s, %4 : i32
          scf.yield %5 : i32
        }
        return %2, %3 : tensor<5x3xf32>, i32
      }
      """
    )
    let results = try await oracle.expectSameResults(
      nil,
      oracle.random(5, 7),
      oracle.random(7, 3, seed: 2),
      5
    )
    #expect(try Int32(programValue: results[1]) == 30)
  }

  @Test func `a program from TOSA`() async throws {
    let oracle = try await OracleProgram(
      """
      func.func @main(%a: tensor<2x6xf32>) -> tensor<2x6xf32> {
        %0 = tosa.sigmoid %a : (tensor<2x6xf32>) -> tensor<2x6xf32>
        %1 = tosa.abs %0 : (tensor<2x6xf32>) -> tensor<2x6xf32>
        return %1 : tensor<2x6xf32>
      }
      """
    )
    try await oracle.expectSameResults(nil, oracle.random(2, 6))
  }
}
