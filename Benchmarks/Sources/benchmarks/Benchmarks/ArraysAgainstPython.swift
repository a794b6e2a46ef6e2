import Apus

/// A call whose arguments are arrays, as is its result: two copies in, one out.
struct ArraysAgainstPython: Benchmark {
  let name = "arrays"
  let summary = "arrays in and out, and NumPy arrays in and out with IREE's Python bindings"

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let program = try await workbench.compile(PackageResources.add_mlir, as: "add")
    // As users have it, and then without what CPUs take to wake each other.
    let onAll = try await compare(program, workerSpin: nil, on: workbench) { try await $1() }
    // The one CPU is for work alone, as in Python. There half of Python's time is IREE's own, and so common.
    let onOne = try await compare(program, workerSpin: .zero, on: workbench) { python, measure in
      try await OneCPU.hold(with: python) { try await measure() }
    }
    let peer = "iree.runtime, NumPy"
    return [
      .time(TimeComparison("call of add, arrays, on all CPUs", against: peer, onAll, bound: 0.5)),
      .time(TimeComparison("call of add, arrays, on one CPU", against: peer, onOne, bound: 0.5)),
    ]
  }

  @MainActor
  private func compare(
    _ program: FilePath,
    workerSpin: Duration?,
    on workbench: Workbench,
    _ hold:
      @MainActor (
        PythonPeer, @MainActor () async throws -> PairedTimes
      ) async throws -> PairedTimes
  ) async throws -> PairedTimes {
    let runtime = try Runtime(workers: workbench.coreCount, workerSpin: workerSpin)
    let add = try Program(contentsOf: program, on: runtime).function("add")
    let python = try PythonPeer(
      "arrays",
      [program.string, String(runtime.workerCount)],
      on: workbench
    )
    return try await hold(python) {
      try await PairedRounds(count: 1500, repetitions: 50).measure(
        apus: { count in
          try seconds { for _ in 0..<count { try Self.sum([1, 2, 3, 4], [10, 20, 30, 40], add) } }
        },
        peer: { count in try python.seconds(count) }
      )
    }
  }

  @discardableResult
  private static func sum(_ a: [Float], _ b: [Float], _ add: Function) throws -> [Float] {
    let runtime = add.program.runtime
    let sum: Tensor<Float> = try add(Tensor(a, on: runtime), Tensor(b, on: runtime))
    return try sum.scalars()
  }
}
