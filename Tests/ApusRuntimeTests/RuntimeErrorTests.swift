import ApusTestSupport
import Testing

@testable import Apus
@testable import ApusRuntime

/// What becomes of IREE's statuses.
struct RuntimeErrorTests {
  private func error(_ code: RuntimeError.StatusCode, _ text: String) -> RuntimeError {
    var error = RuntimeError(code, "")
    error.parse(text)
    return error
  }

  @Test func `codes have IREE's names`() {
    let codes: [RuntimeError.StatusCode] = [
      .cancelled, .unknown, .invalidArgument, .deadlineExceeded, .notFound, .alreadyExists,
      .permissionDenied, .resourceExhausted, .failedPrecondition, .aborted, .outOfRange,
      .unimplemented, .internal, .unavailable, .dataLoss, .unauthenticated, .deferred,
      .incompatible,
    ]
    #expect(codes.map(\.rawValue) == Array(1...18))
    #expect(
      codes.map(\.description) == [
        "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
        "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
        "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED", "DEFERRED", "INCOMPATIBLE",
      ]
    )
    #expect(RuntimeError.StatusCode(rawValue: 31).description == "CODE_31")
  }

  @Test func `a status is taken apart: place, code, message`() {
    let error = error(
      .invalidArgument,
      "c/runtime/src/iree/vm/module.c:317: INVALID_ARGUMENT; no such thing; while looking for it"
    )
    #expect(error.message == "no such thing; while looking for it")
    #expect(error.sourceLocation?.file == "c/runtime/src/iree/vm/module.c")
    #expect(error.sourceLocation?.line == 317)
    #expect(error.stack == [])
    #expect(
      "\(error)"
        == "no such thing; while looking for it (INVALID_ARGUMENT)\n"
        + "  from c/runtime/src/iree/vm/module.c:317"
    )
  }

  @Test func `a status without a place, and one that says nothing`() {
    let placeless = error(.notFound, "NOT_FOUND; no file")
    #expect(placeless.message == "no file")
    #expect(placeless.sourceLocation == nil)
    #expect(error(.dataLoss, "DATA_LOSS").message == "IREE says no more than DATA_LOSS")
    #expect(error(.dataLoss, "").message == "IREE says no more than DATA_LOSS")
    let silent = error(.dataLoss, "a.c:1: DATA_LOSS")
    #expect(silent.message == "IREE says no more than DATA_LOSS")
    #expect(silent.sourceLocation?.line == 1)
  }

  @Test func `a place that is not in IREE's source is none`() {
    let error = error(.failedPrecondition, "<vm>:0: FAILED_PRECONDITION; lengths differ; ")
    #expect(error.message == "lengths differ")
    #expect(error.sourceLocation == nil)
  }

  @Test func `a message keeps the code's name and colons that are its own`() {
    let error = error(.internal, "x.c:9: INTERNAL; a: INTERNAL; b:7: c")
    #expect(error.message == "a: INTERNAL; b:7: c")
    #expect(error.sourceLocation?.file == "x.c")
    #expect(error.sourceLocation?.line == 9)
    // The code's name without a place before it.
    let other = self.error(.internal, "INTERNAL; see module.c:12: INTERNAL")
    #expect(other.message.hasSuffix("see module.c:12: INTERNAL"), "\(other.message)")
  }

  @Test func `a stack is taken apart, a frame over several lines too`() {
    let error = error(
      .resourceExhausted,
      """
      RESOURCE_EXHAUSTED; while invoking native function hal.device.queue.alloca; while calling \
      import; 
      [ 1]   native hal.device.queue.alloca:0 -
      [ 0] bytecode module.make:146 test.mlir:3:8
            at test.mlir:1:1
      """
    )
    #expect(
      error.message
        == "while invoking native function hal.device.queue.alloca; while calling import"
    )
    #expect(
      error.stack == [
        "native hal.device.queue.alloca:0 -",
        "bytecode module.make:146 test.mlir:3:8 at test.mlir:1:1",
      ]
    )
    #expect(error.description.contains("\n  at native hal.device.queue.alloca:0 -\n  at bytecode"))
  }

  @Test func `brackets that are no frame stay in the message`() {
    let error = error(.unknown, "UNKNOWN; shapes\n[2, 3]\nand [x] differ")
    #expect(error.message == "shapes\n[2, 3]\nand [x] differ")
    #expect(error.stack == [])
  }

  // MARK: Real ones

  private static let text = """
    func.func @same_length(%a: tensor<?xf32>, %b: tensor<?xf32>) -> tensor<?xf32> {
      %c0 = arith.constant 0 : index
      %0 = tensor.dim %a, %c0 : tensor<?xf32>
      %1 = tensor.dim %b, %c0 : tensor<?xf32>
      %2 = arith.cmpi eq, %0, %1 : index
      cf.assert %2, "a and b must be of one length"
      %3 = stablehlo.add %a, %b : tensor<?xf32>
      return %3 : tensor<?xf32>
    }
    func.func @make(%n: index) -> tensor<?xf32> {
      %c = arith.constant 1.0 : f32
      %0 = tensor.empty(%n) : tensor<?xf32>
      %1 = linalg.fill ins(%c : f32) outs(%0 : tensor<?xf32>) -> tensor<?xf32>
      return %1 : tensor<?xf32>
    }
    """

  @Test func `an assertion of the program that fails is its message`() async throws {
    let program = try await CompiledPrograms.load(Self.text)
    let (a, b) = (
      try Tensor<Float>([1, 2, 3], on: program.runtime),
      try Tensor<Float>([1, 2, 3, 4], on: program.runtime)
    )
    let function = try program.function("same_length")
    let error = try await runtimeError { let _: AnyTensor = try await function(a, b) }
    #expect(error.code == .failedPrecondition)
    #expect(error.message == "a and b must be of one length")
    #expect(error.function == "same_length")
    #expect(error.device == "local-task")
    #expect(error.sourceLocation == nil)
    #expect(
      "\(error)".hasSuffix(
        "same_length: a and b must be of one length (FAILED_PRECONDITION on local-task)"
      )
    )
    // And the program goes on.
    let sum: Tensor<Float> = try await function(a, a)
    #expect(try sum.scalars() == [2, 4, 6])
  }

  @Test func `an assertion that was left out does not fail`() async throws {
    var options = CompilerOptions()
    options.assertions = false
    let bytecode = try await CompiledPrograms.bytecode(of: Self.text, options: options)
    let program = try Program([bytecode], on: Runtime(workers: 1))
    let (a, b) = (
      try Tensor<Float>([1, 2, 3], on: program.runtime),
      try Tensor<Float>([1, 2, 3, 4], on: program.runtime)
    )
    let sum: Tensor<Float> = try await program.function("same_length")(a, b)
    #expect(sum.shape == [3])
  }

  @Test func `a call that fails within says where in the program`() async throws {
    let program = try await CompiledPrograms.load(Self.text)
    let make = try program.function("make")
    let error = try await runtimeError { let _: AnyTensor = try await make(1 << 50) }
    #expect(error.code == .resourceExhausted)
    #expect(
      error.message
        == "while invoking native function hal.device.queue.alloca; while calling import"
    )
    try #require(error.stack.count == 1)
    // Programs of the newest IREE name neither: its compiler writes all source maps over the first one's.
    guard !Peers.usesNewestIREE else {
      #expect(error.stack[0].hasPrefix("bytecode module@"))
      return
    }
    // The function, an offset into it, and the source: `bytecode module.make:146 test.mlir:13:8 at ...`.
    #expect(error.stack[0].hasPrefix("bytecode module.make:"))
    #expect(error.stack[0].contains(" test.mlir:13:"))
    #expect(error.description.contains("\n  at bytecode module.make:"))
  }

  @Test func `a failure to load says where in IREE`() async throws {
    let bytecode = try await CompiledPrograms.bytecode(
      of: """
        module @user {
          func.func private @library.missing() -> i32
          func.func @call() -> i32 {
            %0 = call @library.missing() : () -> i32
            return %0 : i32
          }
        }
        """,
      name: "user.mlir"
    )
    let error = try runtimeError { _ = try Program([bytecode], on: Runtime(workers: 1)) }
    #expect(error.code == .notFound)
    #expect(error.program == "user.mlir")
    #expect(error.function == nil)
    #expect(
      error.message
        == "required module 'library' not registered on the context; resolving module 'user' imports"
    )
    #expect(error.sourceLocation?.file.hasSuffix("iree/vm/context.c") == true)
  }
}
