import Apus

/// A product of two matrices, which stay where they are.
struct MatmulAgainstNumPy: Benchmark {
  let name = "matmul"
  let summary = "a product of 512x512 matrices, and NumPy's, on as many threads"

  private static let size = 512
  // OpenBLAS's threads spin for a while when they have nothing to do. After that pause the cores are
  // slow at first, so a block lasts 100 ms and more.
  private static let rounds = PairedRounds(count: 30, repetitions: 50, pause: .milliseconds(60))

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let program = try await workbench.compile(PackageResources.matmul_mlir, as: "matmul")
    // What a user gets who asks for nothing is what is promised.
    let all = try await compare(program, threads: workbench.coreCount, on: workbench)
    let one = try await compare(program, threads: 1, on: workbench)
    return [
      .time(TimeComparison("512x512 matmul, all cores", against: "NumPy", all, bound: 1)),
      .time(TimeComparison("512x512 matmul, one thread", against: "NumPy", one)),
    ]
  }

  @MainActor
  private func compare(
    _ program: FilePath,
    threads: Int,
    on workbench: Workbench
  ) async throws -> PairedTimes {
    let runtime = try Runtime(workers: threads)
    let matmul = try Program(contentsOf: program, on: runtime).function("matmul")
    let shape = [Self.size, Self.size]
    let a = try Tensor((0..<Self.size * Self.size).map { Float($0 % 7) }, shape: shape, on: runtime)
    let b = try Tensor((0..<Self.size * Self.size).map { Float($0 % 5) }, shape: shape, on: runtime)
    let python = try PythonPeer(
      "matmul",
      [String(Self.size)],
      environment: ["OPENBLAS_NUM_THREADS": String(threads)],
      on: workbench
    )
    return try await Self.rounds.measure(
      apus: { count in
        try seconds {
          for _ in 0..<count { let _: Tensor<Float> = try matmul(a, b) }
        }
      },
      peer: { count in try python.seconds(count) }
    )
  }
}
