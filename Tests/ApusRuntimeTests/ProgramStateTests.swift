import Apus
import ApusTestSupport
import Testing

/// What a program remembers from call to call.
struct ProgramStateTests {
  static let counter = """
    module @counter {
      util.global private mutable @count = dense<0> : tensor<i64>
      util.global private mutable @register = 0 : i64
      func.func @next() -> tensor<i64> {
        %0 = util.global.load @count : tensor<i64>
        %one = stablehlo.constant dense<1> : tensor<i64>
        %1 = stablehlo.add %0, %one : tensor<i64>
        util.global.store %1, @count : tensor<i64>
        return %1 : tensor<i64>
      }
      func.func @next_number() -> i64 {
        %0 = util.global.load @register : i64
        %c1 = arith.constant 1 : i64
        %1 = arith.addi %0, %c1 : i64
        util.global.store %1, @register : i64
        return %1 : i64
      }
      func.func @get() -> tensor<i64> {
        %0 = util.global.load @count : tensor<i64>
        return %0 : tensor<i64>
      }
    }
    """

  private let bytecode: VMBytecode
  private let runtime: Runtime

  init() async throws {
    bytecode = try await CompiledPrograms.bytecode(of: Self.counter)
    runtime = try Runtime(workers: 2)
  }

  private func next(_ program: Program, _ name: String = "next") async throws -> Int64 {
    let count: Tensor<Int64> = try await program.function(name)()
    return try count.scalars()[0]
  }

  @Test func `globals last from call to call`() async throws {
    let program = try Program([bytecode], on: runtime)
    for expected in 1...5 as ClosedRange<Int64> { #expect(try await next(program) == expected) }
    #expect(try await next(program, "get") == 5)
    for expected in 1...5 as ClosedRange<Int64> {
      let number: Int64 = try await program.function("next_number")()
      #expect(number == expected)
    }
  }

  @Test func `two programs of the same bytecode share no state`() async throws {
    let (a, b) = (try Program([bytecode], on: runtime), try Program([bytecode], on: runtime))
    #expect(try await [next(a), next(a), next(a)] == [1, 2, 3])
    #expect(try await next(b) == 1)
    #expect(try await next(a, "get") == 3)
    #expect(try await next(b, "get") == 1)
  }

  @Test func `a result keeps its value when the state goes on`() async throws {
    let program = try Program([bytecode], on: runtime)
    let (next, get) = (try program.function("next"), try program.function("get"))
    var results: [Tensor<Int64>] = []
    for _ in 0..<10 {
      let (counted, read): (Tensor<Int64>, Tensor<Int64>) = try await (next(), get())
      results += [counted, read]
    }
    #expect(try results.map { try $0.scalars()[0] } == (1...10).flatMap { [$0, $0] })
  }

  @Test func `a call that fails leaves the state as it was`() async throws {
    let program = try await CompiledPrograms.load(
      """
      util.global private mutable @sum = dense<0.0> : tensor<f32>
      func.func @add(%a: tensor<?xf32>) -> tensor<f32> {
        %c0 = arith.constant 0 : index
        %0 = tensor.dim %a, %c0 : tensor<?xf32>
        %1 = arith.cmpi ugt, %0, %c0 : index
        cf.assert %1, "there must be something to add"
        %2 = util.global.load @sum : tensor<f32>
        %3 = stablehlo.reduce(%a init: %2) applies stablehlo.add across dimensions = [0]
            : (tensor<?xf32>, tensor<f32>) -> tensor<f32>
        util.global.store %3, @sum : tensor<f32>
        return %3 : tensor<f32>
      }
      """,
      on: runtime
    )
    let add = try program.function("add")
    let two = try Tensor<Float>([1, 1], on: runtime)
    let first: Tensor<Float> = try await add(two)
    let error = try await runtimeError {
      let _: AnyTensor = try await add(Tensor<Float>([], on: runtime))
    }
    #expect(error.message == "there must be something to add")
    let second: Tensor<Float> = try await add(two)
    #expect(try first.scalars() + second.scalars() == [2, 4])
  }

  @Test func `state is that of the program, however its functions are found`() async throws {
    let program = try Program([bytecode], on: runtime)
    let functions = try [program.function("next"), program.function("counter.next")]
    var counts: [Int64] = []
    for function in functions + functions {
      let count: Tensor<Int64> = try await function()
      counts += try count.scalars()
    }
    #expect(counts == [1, 2, 3, 4])
  }
}
