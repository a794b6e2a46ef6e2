import Apus

/// What it costs a task to await a call instead of blocking its thread.
struct AsynchronousCall: Benchmark {
  let name = "async"
  let summary = "an awaited call, and a blocking one"

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let program = try await workbench.compile(PackageResources.add_mlir, as: "add")
    let runtime = try Runtime()
    let add = try Program(contentsOf: program, on: runtime).function("add")
    let a = try Tensor<Float>([1, 2, 3, 4], on: runtime)
    let times = try await PairedRounds(count: 150, repetitions: 100).measure(
      apus: { count in try await Self.awaitCalls(count, of: add, with: a) },
      peer: { count in
        try seconds { for _ in 0..<count { let _: Tensor<Float> = try add(a, a) } }
      }
    )
    return [.time(TimeComparison("awaited call of add, tensors", against: "blocking call", times))]
  }

  /// Runs on a thread of Swift's pool, as a server's tasks do.
  nonisolated private static func awaitCalls(
    _ count: Int,
    of add: Function,
    with a: Tensor<Float>
  ) async throws -> Double {
    let start = ContinuousClock.now
    for _ in 0..<count { let _: Tensor<Float> = try await add(a, a) }
    return (ContinuousClock.now - start) / .seconds(1)
  }
}
