import Apus
import ApusTestSupport
import Foundation
import Testing

/// No path leaks: resident memory stays flat over loops that would show a few bytes a turn.
///
/// Each loop runs in a process of its own, since others test at the same time in this one.
@Suite(.serialized) struct MemoryTests {
  /// Runs a loop in a child (this test executable, told by an environment variable) and returns how
  /// much its memory grew from the first tenth of the loop to the end, in bytes.
  private func growth(_ loop: String, on device: TestedDevice = .task) async throws -> Int {
    try await ChildProcess.number(
      reportedBy: "MemoryLoops",
      ["APUS_MEMORY_LOOP": loop, "APUS_MEMORY_DEVICE": device.rawValue]
    )
  }

  @Test(arguments: TestedDevice.allCases)
  func `100,000 calls`(device: TestedDevice) async throws {
    #expect(try await growth("calls", on: device) < 1 << 20)
  }

  @Test func `100,000 calls that fail before they reach IREE`() async throws {
    #expect(try await growth("rejected") < 1 << 20)
  }

  @Test(arguments: TestedDevice.allCases)
  func `10,000 calls that fail inside IREE`(device: TestedDevice) async throws {
    #expect(try await growth("failing", on: device) < 1 << 20)
  }

  @Test(arguments: TestedDevice.allCases)
  func `1,000 programs loaded and dropped`(device: TestedDevice) async throws {
    #expect(try await growth("programs", on: device) < 2 << 20)
  }

  /// To touch a page for the first time is a fault.
  ///
  /// Each call has 1,024 where the C library gives blocks back to the system: as it is told to here, and does by itself
  /// for some states of the heap.
  @Test func `results of 4 MB are written where others were`() async throws {
    let faults = try await ChildProcess.number(
      reportedBy: "MemoryLoops",
      [
        "APUS_MEMORY_LOOP": "large", "APUS_MEMORY_DEVICE": TestedDevice.task.rawValue,
        "MALLOC_MMAP_THRESHOLD_": "131072",
      ]
    )
    #expect(faults < 50 * 100)
  }

  @Test func `memory of 64 MB is given back with the device`() async throws {
    #expect(try await growth("dropped") < 8 << 20)
  }

  @Test(arguments: TestedDevice.allCases)
  func `200 devices opened and closed`(device: TestedDevice) async throws {
    #expect(try await growth("devices", on: device) < 2 << 20)
  }
}

/// The loops, for the children.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["APUS_MEMORY_LOOP"] != nil, "for children"))
struct MemoryLoops {
  private static let program = """
    func.func @sum(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
      %0 = stablehlo.add %x, %y : tensor<?xf32>
      return %0 : tensor<?xf32>
    }
    func.func @check(%n: i32) -> i32 {
      %zero = arith.constant 0 : i32
      %isZero = arith.cmpi eq, %n, %zero : i32
      cf.assert %isZero, "not zero"
      return %n : i32
    }
    """

  @Test func loop() async throws {
    let environment = ProcessInfo.processInfo.environment
    let loop = try #require(environment["APUS_MEMORY_LOOP"])
    let device = try #require(environment["APUS_MEMORY_DEVICE"].flatMap(TestedDevice.init))
    try ChildProcess.report(try await run(loop, on: device))
  }

  private func run(_ loop: String, on device: TestedDevice) async throws -> Int {
    let bytecode = try await CompiledPrograms.bytecode(of: Self.program)
    let runtime = try device.runtime()
    let sum = try Program([bytecode], on: runtime).function("sum")
    let four = try Tensor<Float>([1, 2, 3, 4], on: runtime)
    let check = try sum.program.function("check")
    switch loop {
    case "calls":
      return try measure(100_000) { _ in _ = try sum.call([four, four]) }
    case "rejected":
      return try measure(100_000) { turn in
        #expect(throws: RuntimeError.self) {
          try sum.call(turn.isMultiple(of: 2) ? [four] : [four, Float(1)])
        }
      }
    case "failing":
      return try measure(10_000) { _ in
        let error = #expect(throws: RuntimeError.self) { try check.call([Int32(1)]) }
        #expect(error?.message.contains("not zero") == true)
      }
    case "large":
      let ones = try Tensor<Float>(repeating: 1, shape: [1 << 20], on: runtime)
      for _ in 0..<10 { _ = try sum.call([ones, ones]) }
      let before = faultCount()
      for _ in 0..<100 { _ = try sum.call([ones, ones]) }
      return faultCount() - before
    case "dropped":
      return try measure(20) { _ in
        let runtime = try device.runtime()
        _ = try Tensor<Float>(repeating: 1, shape: [16 << 20], on: runtime)
      }
    case "programs":
      return try measure(1_000) { _ in
        let sum = try Program([bytecode], on: runtime).function("sum")
        _ = try sum.call([four, four])
      }
    default:
      return try measure(200) { _ in
        let runtime = try device.runtime()
        let four = try Tensor<Float>([1, 2, 3, 4], on: runtime)
        _ = try Program([bytecode], on: runtime).function("sum").call([four, four])
      }
    }
  }

  /// The growth of resident memory over the last nine tenths of the turns, in bytes.
  private func measure(_ turns: Int, _ body: (Int) throws -> Void) throws -> Int {
    for turn in 0..<turns / 10 { try body(turn) }
    let before = try residentBytes()
    for turn in turns / 10..<turns { try body(turn) }
    return try residentBytes() - before
  }

  private func faultCount() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_minflt
  }

  private func residentBytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
    return try #require(Int(line.split(separator: " ")[1])) * 1024
  }
}
