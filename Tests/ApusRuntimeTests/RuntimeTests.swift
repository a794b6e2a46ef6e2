import Apus
import Testing

struct RuntimeTests {
  @Test func `a runtime has the workers it was asked for`() throws {
    let runtime = try Runtime(workers: 3)
    #expect(runtime.workerCount == 3)
    #expect(runtime.device == "local-task")
    #expect(try (1...64).contains(Runtime().workerCount))
  }

  @Test(arguments: ["local-task", "local-task://"])
  func `the device has names`(name: String) throws {
    #expect(try Runtime(device: name, workers: 1).device == name)
  }

  @Test(arguments: ["hip", "vulkan://0", "", "local", "LOCAL-TASK"])
  func `a device without a driver is refused, and the one there is named`(name: String) throws {
    let error = try runtimeError { _ = try Runtime(device: name, workers: 1) }
    #expect(error.code == .notFound)
    #expect(
      "\(error)"
        == "no driver for the device '\(name)'; this runtime has: local-task (NOT_FOUND on \(name))"
    )
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
}
