import Apus

/// Loading a small program from a file, ready to be called.
struct ProgramLoading: Benchmark {
  let name = "loading"
  let summary = "loading a program, and the same with IREE's Python bindings"

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let path = try await workbench.compile(PackageResources.add_mlir, as: "add")
    let runtime = try Runtime()
    let python = try PythonPeer(
      "program",
      [path.string, String(runtime.workerCount)],
      on: workbench
    )
    let times = try await PairedRounds(count: 150, repetitions: 10).measure(
      apus: { count in
        try seconds {
          for _ in 0..<count {
            _ = try Program(contentsOf: path, on: runtime).function("add")
          }
        }
      },
      peer: { count in try python.seconds(count) }
    )
    return [.time(TimeComparison("load of add.vmfb, 10 kB", against: "iree.runtime", times))]
  }
}
