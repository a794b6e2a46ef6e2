import Apus
import ApusTestSupport
import Testing

struct RuntimeTests {
  @Test func `a runtime has the workers it was asked for`() throws {
    let runtime = try Runtime(workers: 3)
    #expect(runtime.workerCount == 3)
    #expect(runtime.device == "local-task")
    #expect(try (1...64).contains(Runtime(device: "local-task").workerCount))
  }

  @Test(arguments: ["local-task", "local-task://"])
  func `the device has names`(name: String) throws {
    #expect(try Runtime(device: name, workers: 1).device == name)
  }

  @Test(arguments: ["hip", "vulkan://0", "", "local", "LOCAL-TASK"])
  func `a device without a driver is refused, and the one there is named`(name: String) throws {
    let error = try runtimeError { _ = try Runtime(device: name, workers: 1) }
    #expect(error.code == .notFound)
    let drivers = try Runtime.drivers().joined(separator: ", ")
    #expect(
      "\(error)"
        == "no driver for the device '\(name)'; this runtime has: \(drivers) (NOT_FOUND on \(name))"
    )
  }

  /// IREE's own device, or where it was built without, Apus's.
  @Test func `every runtime has both drivers`() throws {
    #expect(try Runtime.drivers() == ["local-task", "local-sync"])
  }

  @Test func `kernels run on the thread that calls, without workers`() async throws {
    let runtime = try Runtime(device: "local-sync")
    #expect(runtime.workerCount == 0)
    let program = try await CompiledPrograms.load(
      """
      func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
        %sum = stablehlo.add %a, %b : tensor<4xf32>
        return %sum : tensor<4xf32>
      }
      """,
      on: runtime
    )
    let add = try program.function("add")
    let a = try Tensor<Float>([1, 2, 3, 4], on: runtime)
    let sums = try await withThrowingTaskGroup { group in
      for _ in 0..<8 {
        group.addTask {
          var sum = a
          for _ in 0..<500 { sum = try add(sum, a) }
          return try sum.scalars()
        }
      }
      return try await group.reduce(into: [[Float]]()) { $0.append($1) }
    }
    #expect(sums == .init(repeating: [501, 1002, 1503, 2004], count: 8))
    let spinning = try runtimeError {
      _ = try Runtime(device: "local-sync", workerSpin: .microseconds(1))
    }
    #expect(spinning.code == .invalidArgument)
    let error = try runtimeError { _ = try Runtime(device: "local-sync", workers: 1) }
    #expect(error.code == .invalidArgument)
  }

  @Test func `the report says where the runtime is`() throws {
    let part = try #require(ToolchainReport().parts.first { $0.name == "IREE runtime" })
    #expect(part.state == .found)
    let path = try #require(part.path)
    #expect(path == "linked into this program" || path.hasSuffix(".so"))
  }

  @Test(arguments: ["local-task://1", "local-task:x"])
  func `a device that the driver does not have is refused`(name: String) throws {
    let error = try runtimeError { _ = try Runtime(device: name, workers: 1) }
    #expect(error.code == .invalidArgument)
    #expect(
      error.message
        == "the device URI '\(name)' names a device that local-task does not have; write local-task"
    )
  }

  @Test(arguments: [0, -1, 65, .max] as [Int])
  func `a number of workers that cannot be is refused`(workers: Int) throws {
    let error = try runtimeError { _ = try Runtime(workers: workers) }
    #expect(error.code == .invalidArgument)
    #expect(error.message == "\(workers) workers were asked for; expected 1 to 64")
  }

  @Test func `a hundred runtimes, one after the other and all at once`() throws {
    var runtimes: [Runtime] = []
    for _ in 0..<100 { runtimes.append(try Runtime(workers: 1)) }
    let tensors = try runtimes.map { try Tensor<Int8>([1, 2], on: $0) }
    runtimes = []
    #expect(try tensors.allSatisfy { try $0.scalars() == [1, 2] })
  }

  @Test(arguments: [Duration.nanoseconds(-1), .seconds(2)])
  func `a time to spin that cannot be is refused`(spin: Duration) throws {
    let error = try runtimeError { _ = try Runtime(workers: 1, workerSpin: spin) }
    #expect(error.code == .invalidArgument)
    #expect(error.message == "workers are to spin for \(spin); expected 0 to 1.0 seconds")
  }
}
