import Apus
import ApusTestSupport
import Foundation
import Testing

/// Workers look for work for as long as they are asked to, and otherwise sleep.
///
/// In a process of its own, whose only work that is.
struct WorkerSpinTests {
  /// How long a process runs after a call, in milliseconds: for up to a second, or until it is 50.
  private func runTime(spinningFor spin: String) async throws -> Int {
    try await ChildProcess.number(reportedBy: "WorkerSpinCall", ["APUS_SPIN_MILLISECONDS": spin])
  }

  @Test func `a second is enough to be seen, and nothing is nothing`() async throws {
    #expect(try await runTime(spinningFor: "1000") >= 50)
    #expect(try await runTime(spinningFor: "0") < 50)
  }
}

/// One call: what the process of a test runs, and nobody else.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["APUS_SPIN_MILLISECONDS"] != nil,
    "runs in a child"
  )
)
struct WorkerSpinCall {
  @Test func call() async throws {
    let text = ProcessInfo.processInfo.environment["APUS_SPIN_MILLISECONDS"]
    let spin = try #require(text.flatMap { Int($0) })
    let runtime = try Runtime(workers: 1, workerSpin: .milliseconds(spin))
    let program = try await CompiledPrograms.load(
      """
      func.func @add(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
        %sum = stablehlo.add %a, %b : tensor<4xf32>
        return %sum : tensor<4xf32>
      }
      """,
      on: runtime
    )
    let a = try Tensor<Float>([1, 2, 3, 4], on: runtime)
    let _: Tensor<Float> = try await program.function("add")(a, a)
    let start = Self.runTime()
    let end = ContinuousClock.now + .seconds(1)
    while Self.runTime() - start < 50, ContinuousClock.now < end { usleep(10_000) }
    try ChildProcess.report(Self.runTime() - start)
  }

  /// What this process has run, in milliseconds.
  private static func runTime() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
