import Apus

/// A call whose arguments are arrays, as is its result: two copies in, one out.
struct ArraysAgainstPython: Benchmark {
  let name = "arrays"
  let summary = "arrays in and out, and NumPy arrays in and out with IREE's Python bindings"

  private static let rounds = PairedRounds(count: 1500, repetitions: 50)

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let program = try await workbench.compile(PackageResources.add_mlir, as: "add")
    let peer = "iree.runtime, NumPy"
    let all = try await compareOnAllCPUs(program, on: workbench)
    let one = try await compareOnOneCPU(program, on: workbench)
    return [
      .time(TimeComparison("call of add, arrays, on all CPUs", against: peer, all, bound: 0.5)),
      .time(
        TimeComparison("call of add, arrays, on one CPU", against: peer, one.calls, bound: 0.5)
      ),
      .time(
        TimeComparison("the same without IREE's own part", against: peer, one.arrays, bound: 0.5)
      ),
    ]
  }

  @MainActor
  private func compareOnAllCPUs(
    _ program: FilePath,
    on workbench: Workbench
  ) async throws -> PairedTimes {
    let runtime = try Runtime(workers: workbench.coreCount)
    let add = try Program(contentsOf: program, on: runtime).function("add")
    let python = try peer(program, runtime, on: workbench)
    return try await Self.rounds.measure(
      apus: { count in try Self.seconds(count, add) },
      peer: { count in try python.seconds(count) }
    )
  }

  /// Without what CPUs take to wake each other; also without what the same call takes in a C loop, which is IREE's
  /// part of both.
  @MainActor
  private func compareOnOneCPU(
    _ program: FilePath,
    on workbench: Workbench
  ) async throws -> (calls: PairedTimes, arrays: PairedTimes) {
    // The one CPU is for work alone, as in Python.
    let runtime = try Runtime(workers: workbench.coreCount, workerSpin: .zero)
    let add = try Program(contentsOf: program, on: runtime).function("add")
    let python = try peer(program, runtime, on: workbench)
    let loop = try CLoop(program, on: workbench)
    var loopTimes: [Double] = []
    let calls = try await OneCPU.hold(with: python) {
      try await Self.rounds.measure(
        apus: { count in
          loopTimes.append(try benchmarks.seconds { try loop.run(count) } / Double(count))
          return try Self.seconds(count, add)
        },
        peer: { count in try python.seconds(count) }
      )
    }
    var arrays = PairedTimes()
    // A single round's difference may be less than its noise.
    let own = Spread(loopTimes).median
    for (apus, python) in zip(calls.apus, calls.peer) {
      arrays.append(apus: apus - own, peer: python - own)
    }
    return (calls, arrays)
  }

  private func peer(
    _ program: FilePath,
    _ runtime: Runtime,
    on workbench: Workbench
  ) throws -> PythonPeer {
    try PythonPeer("arrays", [program.string, String(runtime.workerCount)], on: workbench)
  }

  private static func seconds(_ count: Int, _ add: Function) throws -> Double {
    try benchmarks.seconds {
      for _ in 0..<count { try sum([1, 2, 3, 4], [10, 20, 30, 40], add) }
    }
  }

  @discardableResult
  private static func sum(_ a: [Float], _ b: [Float], _ add: Function) throws -> [Float] {
    let runtime = add.program.runtime
    let sum: Tensor<Float> = try add(Tensor(a, on: runtime), Tensor(b, on: runtime))
    return try sum.scalars()
  }
}
