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
    let one = try await compareOnOneCPU(program, python: "local-task", on: workbench)
    let inline = try await compareOnOneCPU(program, python: "local-sync", on: workbench)
    return [
      .time(TimeComparison("call of add, arrays, on all CPUs", against: peer, all, bound: 0.5)),
      .time(TimeComparison("call of add, arrays, on one CPU", against: peer, one, bound: 0.5)),
      .time(
        TimeComparison("the same, local-sync for both", against: peer, inline, bound: 0.5)
      ),
    ]
  }

  @MainActor
  private func compareOnAllCPUs(
    _ program: FilePath,
    on workbench: Workbench
  ) async throws -> PairedTimes {
    let runtime = try Runtime(workers: workbench.coreCount)
    let python = try peer(program, "local-task", workers: runtime.workerCount, on: workbench)
    return try await compare(program, on: runtime, with: python)
  }

  /// Apus with the device that it takes where a process may use one CPU, Python with one that is named.
  @MainActor
  private func compareOnOneCPU(
    _ program: FilePath,
    python device: String,
    on workbench: Workbench
  ) async throws -> PairedTimes {
    let python = try peer(program, device, workers: 1, on: workbench)
    return try await OneCPU.hold(with: python) {
      let runtime = try Runtime()
      return try await compare(program, on: runtime, with: python)
    }
  }

  @MainActor
  private func compare(
    _ program: FilePath,
    on runtime: Runtime,
    with python: PythonPeer
  ) async throws -> PairedTimes {
    let add = try Program(contentsOf: program, on: runtime).function("add")
    return try await Self.rounds.measure(
      apus: { count in try Self.seconds(count, add) },
      peer: { count in try python.seconds(count) }
    )
  }

  private func peer(
    _ program: FilePath,
    _ device: String,
    workers: Int,
    on workbench: Workbench
  ) throws -> PythonPeer {
    try PythonPeer("arrays", [program.string, device, String(workers)], on: workbench)
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
