import ApusTestSupport
import Foundation
import Synchronization
import Testing

@testable import Apus
@testable import ApusRuntime

/// Calls from many tasks and threads at once; `StressTests` has those that take long.
struct ConcurrencyTests {
  private static let taskCount = 8

  /// A file with a compiled program, for a process that has Swift's threads to itself: other tests
  /// block them.
  private func file(with text: String, in folder: TemporaryFolder) async throws -> String {
    let bytecode = try await CompiledPrograms.bytecode(of: text)
    return try folder.write(bytecode.bytes, to: "program.vmfb").string
  }

  /// Runs `body` in several tasks, each with its number.
  private static func inTasks(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<taskCount { group.addTask { try await body(number) } }
      try await group.waitForAll()
    }
  }

  @Test func `8 tasks that call a program with state lose no update`() async throws {
    let program = try await CompiledPrograms.load(ProgramStateTests.counter)
    let (next, number) = (try program.function("next"), try program.function("next_number"))
    let callsPerTask = 250
    let seen = Mutex<Set<Int64>>([])
    try await Self.inTasks { task in
      for _ in 0..<callsPerTask {
        // Half of them in the form that blocks.
        let count: Tensor<Int64> =
          if task.isMultiple(of: 2) {
            try await next()
          } else {
            try Tensor(programValue: next.call([])[0])
          }
        let value = try count.scalars()[0]
        seen.withLock { _ = $0.insert(value) }
        let _: Int64 = try await number()
      }
    }
    let total = Int64(Self.taskCount * callsPerTask)
    // Every call saw a count of its own, and all of them together are all there are.
    #expect(seen.withLock { $0 } == Set(1...total))
    let last: Tensor<Int64> = try await program.function("get")()
    #expect(try last.scalars() == [total])
    let lastNumber: Int64 = try await number()
    #expect(lastNumber == total + 1)
  }

  /// IREE fails for good, or crashes, when a device has 63 calls in flight.
  @Test(arguments: [slow, products])
  func `more threads than a device has room for wait their turn`(text: String) async throws {
    let folder = try TemporaryFolder()
    let path = try await file(with: text, in: folder)
    await #expect(processExitsWith: .success) { [path = path as String] in
      try await Self.callFromManyThreads(
        Program(contentsOf: FilePath(path), on: Runtime(workers: 2)).functions[0]
      )
    }
  }

  private static func callFromManyThreads(_ function: Function) async throws {
    let arguments = try function.signature.arguments.map { argument in
      guard case .tensor(let type) = argument.type else { throw Unexpected() }
      let shape = type.dimensions.map { $0 ?? 64 }
      return try AnyTensor(
        TensorData(parsing: "\(TensorType(type.elementType, shape))=100"),
        on: function.program.runtime
      )
    }
    let expected = try function.call(arguments).map(\.description)
    let rightCount = Atomic(0)
    let errors = Mutex<[String]>([])
    await withCheckedContinuation { continuation in
      let threads = DispatchGroup()
      for _ in 0..<128 {
        threads.enter()
        Thread.detachNewThread {
          defer { threads.leave() }
          do {
            for _ in 0..<4 where try function.call(arguments).map(\.description) == expected {
              rightCount.add(1, ordering: .relaxed)
            }
          } catch {
            errors.withLock { $0.append("\(error)") }
          }
        }
      }
      threads.notify(queue: .global()) { continuation.resume() }
    }
    #expect(errors.withLock { Set($0) } == [])
    #expect(rightCount.load(ordering: .relaxed) == 4 * 128)
  }

  private static let products = """
    func.func @products(%a: tensor<?x?xf32>) -> tensor<?x?xf32> {
      %0 = stablehlo.dot_general %a, %a, contracting_dims = [1] x [0]
          : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
      %1 = stablehlo.tanh %0 : tensor<?x?xf32>
      %2 = stablehlo.dot_general %1, %1, contracting_dims = [1] x [0]
          : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
      return %2 : tensor<?x?xf32>
    }
    """

  // MARK: The form that does not block

  /// A loop of additions, of which a million takes some milliseconds.
  private static let slow = """
    func.func @spin(%n: tensor<i32>, %x: tensor<f32>) -> tensor<f32> {
      %zero = stablehlo.constant dense<0> : tensor<i32>
      %one = stablehlo.constant dense<1> : tensor<i32>
      %step = stablehlo.constant dense<1.0> : tensor<f32>
      %0:2 = stablehlo.while(%i = %zero, %s = %x) : tensor<i32>, tensor<f32>
        cond {
          %1 = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %1 : tensor<i1>
        } do {
          %1 = stablehlo.add %i, %one : tensor<i32>
          %2 = stablehlo.add %s, %step : tensor<f32>
          stablehlo.return %1, %2 : tensor<i32>, tensor<f32>
        }
      return %0#1 : tensor<f32>
    }
    """

  /// A call of `spin` that takes about as long as asked for.
  private static func spinArguments(
    _ spin: Function,
    for duration: Duration
  ) async throws -> (n: Tensor<Int32>, x: Tensor<Float>) {
    let runtime = spin.program.runtime
    let x = try Tensor(scalar: Float(0), on: runtime)
    var count: Int32 = 64
    while true {
      let n = try Tensor(scalar: count, on: runtime)
      let start = ContinuousClock.now
      let _: Tensor<Float> = try await spin(n, x)
      if ContinuousClock.now - start > duration || count > 1 << 24 { return (n, x) }
      count *= 2
    }
  }

  @Test func `a call that is cancelled in the queue does not begin`() async throws {
    let program = try await CompiledPrograms.load(Self.slow)
    let spin = try program.function("spin")
    let (n, x) = try await Self.spinArguments(spin, for: .milliseconds(60))
    // More than a runtime has threads for.
    let tasks = (0..<96).map { _ in
      Task { let _: Tensor<Float> = try await spin(n, x) }
    }
    try await Task.sleep(for: .milliseconds(20))
    for task in tasks { task.cancel() }
    var (finished, cancelled) = (0, 0)
    for task in tasks {
      do {
        try await task.value
        finished += 1
      } catch is CancellationError {
        cancelled += 1
      }
    }
    // A call that has begun runs to its end.
    #expect(finished + cancelled == tasks.count)
    #expect(cancelled >= 8, "\(cancelled) were cancelled, \(finished) finished")
  }

  @Test func `each form runs where it says`() async throws {
    let program = try await CompiledPrograms.load(ProgramStateTests.counter)
    let (next, threads) = (try program.function("next"), program.runtime.invocationThreads)

    // In a synchronous function the form that blocks is the only one there is.
    func blocking(_ function: Function) throws -> Tensor<Int64> { try function() }
    let first = try blocking(next)
    #expect(try first.scalars() == [1])
    let second = try next.call([])
    #expect(second.map(\.description) == ["i64 2"])
    #expect(threads.threadCount == 0)

    // With await it is the other one.
    let third: Tensor<Int64> = try await next()
    #expect(try third.scalars() == [3])
    #expect(threads.threadCount == 1)
    let fourth: [Value] = try await next()
    #expect(fourth.map(\.description) == ["i64 4"])
  }

  @Test func `threads end with their runtime, also if a call was its last user`() async throws {
    let folder = try TemporaryFolder()
    let path = try await file(with: ProgramStateTests.counter, in: folder)
    await #expect(processExitsWith: .success) { [path = path as String] in
      try await Self.callAndForget(FilePath(path))
    }
  }

  private static func callAndForget(_ path: FilePath) async throws {
    func threadCount() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }
    func callOnce() async throws {
      let program = try Program(contentsOf: path, on: Runtime(workers: 2))
      let _: Tensor<Int64> = try await program.function("next")()
    }
    try await callOnce()
    let before = try threadCount()
    for _ in 0..<50 { try await callOnce() }
    for _ in 0..<500 where try threadCount() > before + 3 {
      try await Task.sleep(for: .milliseconds(10))
    }
    // Some of Swift's own come and go.
    #expect(try threadCount() <= before + 3)
  }
}

/// An argument that the test does not know how to make.
private struct Unexpected: Error {}
