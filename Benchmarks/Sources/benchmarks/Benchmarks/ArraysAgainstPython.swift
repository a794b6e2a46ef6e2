import Apus

/// A call whose arguments are arrays, as is its result: two copies in, one out.
struct ArraysAgainstPython: Benchmark {
  let name = "arrays"
  let summary = "arrays in and out, and NumPy arrays in and out with IREE's Python bindings"

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let program = try await workbench.compile(PackageResources.add_mlir, as: "add")
    // The one CPU is for work alone, as in Python.
    let runtime = try Runtime(workers: workbench.coreCount, workerSpin: .zero)
    let add = try Program(contentsOf: program, on: runtime).function("add")
    let python = try PythonPeer(
      "arrays",
      [program.string, String(runtime.workerCount)],
      on: workbench
    )
    let times = try await OneCPU.hold(with: python) {
      try await PairedRounds(count: 1500, repetitions: 50).measure(
        apus: { count in
          try seconds { for _ in 0..<count { try Self.sum([1, 2, 3, 4], [10, 20, 30, 40], add) } }
        },
        peer: { count in try python.seconds(count) }
      )
    }
    return [
      .time(
        TimeComparison(
          "call of add, arrays, on one CPU",
          against: "iree.runtime, NumPy",
          times,
          bound: 0.5
        )
      )
    ]
  }

  @discardableResult
  private static func sum(_ a: [Float], _ b: [Float], _ add: Function) throws -> [Float] {
    let runtime = add.program.runtime
    let sum: Tensor<Float> = try add(Tensor(a, on: runtime), Tensor(b, on: runtime))
    return try sum.scalars()
  }
}
