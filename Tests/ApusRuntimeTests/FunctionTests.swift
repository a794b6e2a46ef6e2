import Apus
import ApusTestSupport
import Testing

/// What a program says about its functions, and what comes of arguments that do not fit.
struct FunctionTests {
  private static let text = """
    module @sample {
      func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %a, %b : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      func.func @dynamic(%a: tensor<?x3xi32>) -> (tensor<?x3xi32>, tensor<3xi1>) {
        %zero = stablehlo.constant dense<false> : tensor<3xi1>
        %0 = stablehlo.add %a, %a : tensor<?x3xi32>
        return %0, %zero : tensor<?x3xi32>, tensor<3xi1>
      }
      func.func @named(%image: tensor<2xui8> {iree.identifier = "image"}) -> tensor<2xui8> {
        %0 = stablehlo.add %image, %image : tensor<2xui8>
        return %0 : tensor<2xui8>
      }
      func.func @abi(%x: tensor<2xf32> {iree.abi.name = "pixels"})
          -> (tensor<2xf32> {iree.abi.name = "label"}) {
        %0 = stablehlo.add %x, %x : tensor<2xf32>
        return %0 : tensor<2xf32>
      }
      func.func @scalars(%a: i32, %b: i64, %c: f32, %d: f64) -> (f64, f32, i64, i32) {
        %0 = arith.addi %a, %a : i32
        return %d, %c, %b, %0 : f64, f32, i64, i32
      }
      func.func @nothing() {
        return
      }
    }
    """

  private let program: Program

  init() async throws { program = try await CompiledPrograms.load(Self.text) }

  private func floats(_ scalars: Float...) throws -> Tensor<Float> {
    try Tensor(scalars, on: program.runtime)
  }

  // MARK: Reflection

  @Test func `a program lists its modules and functions`() {
    #expect(program.moduleNames == ["sample"])
    #expect(
      program.functions.map(\.name) == ["add", "dynamic", "named", "abi", "scalars", "nothing"]
    )
  }

  @Test func `signatures read like Swift`() {
    let expected = [
      "func add(input0: Tensor<Float>[4], input1: Tensor<Float>[4]) -> Tensor<Float>[4]",
      "func dynamic(input0: Tensor<Int32>[?, 3]) -> (Tensor<Int32>[?, 3], Tensor<Bool>[3])",
      "func named(image: Tensor<UInt8>[2]) -> Tensor<UInt8>[2]",
      "func abi(pixels: Tensor<Float>[2]) -> Tensor<Float>[2]",
      "func scalars(input0: Int32, input1: Int64, input2: Float, input3: Double)"
        + " -> (Double, Float, Int64, Int32)",
      "func nothing()",
    ]
    for (function, text) in zip(program.functions, expected) {
      #expect(function.description == text)
    }
  }

  @Test func `a signature names types and dimensions`() throws {
    let signature = try program.function("dynamic").signature
    #expect(signature.arguments.map(\.name) == ["input0"])
    #expect(signature.arguments[0].type == .tensor(TensorType(.i32, [nil, 3])))
    #expect(signature.results.map(\.name) == ["output0", "output1"])
    #expect(
      signature.results.map(\.type) == [
        .tensor(TensorType(.i32, [nil, 3])), .tensor(TensorType(.bool, [3])),
      ]
    )
    #expect(
      try program.function("scalars").signature.arguments.map(\.type)
        == [.scalar(.i32), .scalar(.i64), .scalar(.f32), .scalar(.f64)]
    )
    #expect(try program.function("abi").signature.results.map(\.name) == ["label"])
  }

  @Test func `a function is found by its name, and by its module's and its own`() throws {
    #expect(try program.function("sample.add").signature == program.function("add").signature)
  }

  @Test(arguments: [
    "sub", "", "Add", "add ", "sample", "sample.", "other.add", "__init", "add$async",
  ])
  func `an unknown function is refused, and those there are listed`(name: String) throws {
    let error = try runtimeError { _ = try program.function(name) }
    #expect(error.code == .notFound)
    #expect(
      "\(error)"
        == "test.mlir: there is no function '\(name)'; the program has: add, dynamic, named, abi,"
        + " scalars, nothing (NOT_FOUND)"
    )
  }

  @Test func `a program without functions says so`() async throws {
    let program = try await CompiledPrograms.load(
      """
      module @empty {
        util.global private @x = 1 : i32
      }
      """
    )
    #expect(program.functions.isEmpty)
    let error = try runtimeError { _ = try program.function("main") }
    #expect(error.message == "there is no function 'main'; the program has none")
  }

  @Test func `a name that two modules share must be told apart`() async throws {
    let modules = try await ["left", "right"].asyncMap { name in
      try await CompiledPrograms.bytecode(
        of: """
          module @\(name) {
            func.func @value() -> i32 {
              %0 = arith.constant \(name == "left" ? 1 : 2) : i32
              return %0 : i32
            }
          }
          """,
        name: "\(name).mlir"
      )
    }
    let program = try Program(modules, on: program.runtime)
    let error = try runtimeError { _ = try program.function("value") }
    #expect(error.code == .invalidArgument)
    #expect(
      "\(error)"
        == "left.mlir, right.mlir: 'value' names several functions: left.value, right.value"
        + " (INVALID_ARGUMENT)"
    )
    let right: Int32 = try await program.function("right.value")()
    #expect(right == 2)
  }

  // MARK: Arguments

  @Test func `arguments that fit are taken`() async throws {
    let sum: Tensor<Float> = try await program.function("add")(
      floats(1, 2, 3, 4),
      floats(10, 20, 30, 40)
    )
    #expect(try sum.scalars() == [11, 22, 33, 44])
    let nothing: [Value] = try await program.function("nothing")()
    #expect(nothing.isEmpty)
  }

  @Test(arguments: [0, 1, 2, 5])
  func `any size will do where the dimension is open`(rows: Int) async throws {
    let argument = try Tensor<Int32>(repeating: 2, shape: [rows, 3], on: program.runtime)
    let (sum, zero): (Tensor<Int32>, Tensor<Bool>) = try await program.function("dynamic")(argument)
    #expect(sum.shape == [rows, 3])
    #expect(try sum.scalars() == [Int32](repeating: 4, count: 3 * rows))
    #expect(try zero.scalars() == [false, false, false])
  }

  private func expectRefused(
    _ name: String,
    _ arguments: [any ProgramArgument],
    _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let function = try program.function(name)
    let error = try runtimeError(sourceLocation) { _ = try function.call(arguments) }
    #expect(error.code == .invalidArgument, sourceLocation: sourceLocation)
    #expect(error.message == message, sourceLocation: sourceLocation)
    #expect(error.function == name, sourceLocation: sourceLocation)
    #expect(error.device == "local-task", sourceLocation: sourceLocation)
    #expect(error.sourceLocation == nil, sourceLocation: sourceLocation)
    #expect(error.stack == [], sourceLocation: sourceLocation)
  }

  @Test func `too few and too many arguments are refused`() throws {
    let a = try floats(1, 2, 3, 4)
    let signature =
      "func add(input0: Tensor<Float>[4], input1: Tensor<Float>[4]) -> Tensor<Float>[4]"
    try expectRefused("add", [a], "expected 2 arguments, got 1; it is \(signature)")
    try expectRefused("add", [a, a, a], "expected 2 arguments, got 3; it is \(signature)")
    try expectRefused("nothing", [a], "expected 0 arguments, got 1; it is func nothing()")
  }

  @Test func `a tensor of another type, rank or dimension is refused`() throws {
    let a = try floats(1, 2, 3, 4)
    let runtime = program.runtime
    let expected = "expected Tensor<Float>[4], got"
    try expectRefused(
      "add",
      [a, try Tensor<Int32>([1, 2, 3, 4], on: runtime)],
      "argument 1 (input1): \(expected) Tensor<Int32>[4]"
    )
    try expectRefused(
      "add",
      [try Tensor<Double>([1, 2, 3, 4], on: runtime), a],
      "argument 0 (input0): \(expected) Tensor<Double>[4]"
    )
    try expectRefused(
      "add",
      [a, try a.reshaped(to: [2, 2])],
      "argument 1 (input1): \(expected) Tensor<Float>[2, 2]"
    )
    try expectRefused(
      "add",
      [a, try floats(1)],
      "argument 1 (input1): \(expected) Tensor<Float>[1]"
    )
    try expectRefused(
      "add",
      [a, try Tensor(scalar: Float(1), on: runtime)],
      "argument 1 (input1): \(expected) Tensor<Float>[]"
    )
    try expectRefused(
      "dynamic",
      [try Tensor<Int32>([1, 2, 3, 4], shape: [2, 2], on: runtime)],
      "argument 0 (input0): expected Tensor<Int32>[?, 3], got Tensor<Int32>[2, 2]"
    )
    try expectRefused(
      "named",
      [try Tensor<Int16>([1, 2], on: runtime)],
      "argument 0 (image): expected Tensor<UInt8>[2], got Tensor<Int16>[2]"
    )
  }

  @Test func `an integer tensor may be of the other signedness where it has none itself`()
    async throws
  {
    let signless = try Tensor<Int8>([1, -1], on: program.runtime)
    let sum: Tensor<UInt8> = try await program.function("named")(signless)
    #expect(try sum.scalars() == [2, 254])
    try expectRefused(
      "dynamic",
      [try Tensor<Float>([1, 2, 3], shape: [1, 3], on: program.runtime)],
      "argument 0 (input0): expected Tensor<Int32>[?, 3], got Tensor<Float>[1, 3]"
    )
    let unsigned = try Tensor<UInt32>([1, 2, 3], shape: [1, 3], on: program.runtime)
    let (twice, _): (Tensor<Int32>, Tensor<Bool>) = try await program.function("dynamic")(unsigned)
    #expect(try twice.scalars() == [2, 4, 6])
  }

  @Test func `a number is no tensor, and a tensor no number`() throws {
    let a = try floats(1, 2, 3, 4)
    try expectRefused(
      "add",
      [a, Float(1)],
      "argument 1 (input1): expected Tensor<Float>[4], got Float"
    )
    try expectRefused(
      "scalars",
      [try Tensor(scalar: Int32(1), on: program.runtime), 1, Float(1), 1.0],
      "argument 0 (input0): expected Int32, got Tensor<Int32>[]"
    )
  }

  @Test func `numbers are taken by their kind`() async throws {
    let scalars = try program.function("scalars")
    let (d, c, b, a): (Double, Float, Int64, Int32) = try await scalars(
      Int32(7),
      Int64.max,
      Float(0.5),
      0.1
    )
    #expect(d == 0.1)
    #expect(c == 0.5)
    #expect(b == .max)
    #expect(a == 14)
    // An Int serves for either width.
    let results: [Value] = try await scalars(-3, -4, Float(0), 0.0)
    #expect(try Int32(programValue: results[3]) == -6)
    #expect(try Int64(programValue: results[2]) == -4)
  }

  @Test func `numbers of another kind are refused, also where they would fit`() throws {
    let good: [any ProgramArgument] = [Int32(1), Int64(2), Float(3), 4.0]
    func expect(_ index: Int, _ argument: any ProgramArgument, _ message: String) throws {
      var arguments = good
      arguments[index] = argument
      try expectRefused("scalars", arguments, "argument \(index) (input\(index)): \(message)")
    }
    try expect(0, Float(1), "expected Int32, got Float")
    try expect(1, Int32(1), "expected Int64, got Int32")
    try expect(1, 1.0, "expected Int64, got Double")
    try expect(2, 1.0, "expected Float, got Double")
    try expect(2, 1, "expected Float, got Int64")
    try expect(3, Float(1), "expected Double, got Float")
    try expect(3, 1, "expected Double, got Int64")
  }

  @Test(arguments: [Int(Int32.max) + 1, Int(Int32.min) - 1, .max, .min])
  func `an Int that is too large for i32 is refused`(number: Int) throws {
    try expectRefused(
      "scalars",
      [number, 1, Float(1), 1.0],
      "argument 0 (input0): expected Int32, got \(number), which does not fit"
    )
  }

  @Test func `a tensor of another runtime is refused`() throws {
    let other = try Runtime(workers: 1)
    let tensor = try Tensor<Float>([1, 2, 3, 4], on: other)
    try expectRefused(
      "add",
      [try floats(1, 2, 3, 4), tensor],
      "argument 1 is a tensor of another runtime's device; copy it to this one's"
    )
  }

  // MARK: Results

  @Test func `results of another type than asked for are refused`() async throws {
    let add = try program.function("add")
    let a = try floats(1, 2, 3, 4)
    let tensor = try await runtimeError { let _: Tensor<Int32> = try await add(a, a) }
    #expect(tensor.code == .invalidArgument)
    #expect(tensor.message == "the tensor's elements are Float (f32), not Int32 (i32)")
    let number = try await runtimeError { let _: Int32 = try await add(a, a) }
    #expect(number.message == "the result is Tensor<Float>[4], not Int32")
    let scalars = try program.function("scalars")
    let mixed = try await runtimeError {
      let _: (Double, Double, Int64, Int32) = try await scalars(1, 1, Float(1), 1.0)
    }
    #expect(mixed.message == "the result is Float, not Double")
    let none = try await runtimeError {
      let _: (Tensor<Float>, Float, Int64, Int32) = try await scalars(1, 1, Float(1), 1.0)
    }
    #expect(none.message == "the result is Double, not a tensor")
  }

  @Test func `another number of results than asked for is refused`() async throws {
    let a = try floats(1, 2, 3, 4)
    let two = try await runtimeError {
      let _: (Tensor<Float>, Tensor<Float>) = try await program.function("add")(a, a)
    }
    #expect(two.message == "the function has 1 results, and 2 were asked for")
    let one = try await runtimeError {
      let _: Double = try await program.function("scalars")(1, 1, Float(1), 1.0)
    }
    #expect(one.message == "the function has 4 results, and 1 were asked for")
    let three = try await runtimeError {
      let _: (Double, Float, Int64) = try await program.function("scalars")(1, 1, Float(1), 1.0)
    }
    #expect(three.message == "the function has 4 results, and 3 were asked for")
    let nothing = try await runtimeError {
      let _: Double = try await program.function("nothing")()
    }
    #expect(nothing.message == "the function has 0 results, and 1 were asked for")
  }

  @Test func `results of a type not known before come as values`() async throws {
    let values: [Value] = try await program.function("scalars")(1, 2, Float(3), 4.0)
    #expect(values.map(\.description) == ["f64=4.0", "f32=3.0", "i64=2", "i32=2"])
    #expect(values.map(\.type.description) == ["f64", "f32", "i64", "i32"])
    let tensor: AnyTensor = try await program.function("abi")(floats(1, 2))
    #expect(tensor.elementType == .f32)
    #expect(try tensor.data().text == "2xf32=2 4")
  }

  @Test func `a result with an impossible shape is refused`() async throws {
    let program = try await CompiledPrograms.load(
      """
      func.func @make(%n: index) -> tensor<?xf32> {
        %c = arith.constant 1.0 : f32
        %0 = tensor.empty(%n) : tensor<?xf32>
        %1 = linalg.fill ins(%c : f32) outs(%0 : tensor<?xf32>) -> tensor<?xf32>
        return %1 : tensor<?xf32>
      }
      """
    )
    let make = try program.function("make")
    let two: Tensor<Float> = try await make(2)
    #expect(try two.scalars() == [1, 1])
    let error = try await runtimeError { let _: Tensor<Float> = try await make(1 << 62) }
    #expect(error.code == .outOfRange)
    #expect(error.message == "result 0 has the shape [4611686018427387904], which is impossible")
  }
}

extension Sequence {
  /// `map` with a transformation that suspends.
  fileprivate func asyncMap<Result>(
    _ transform: (Element) async throws -> Result
  ) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
