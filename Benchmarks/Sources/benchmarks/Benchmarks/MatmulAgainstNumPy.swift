import Apus

/// A product of two matrices, which stay where they are: against NumPy's, and against the kernels that IREE makes.
struct MatmulAgainstNumPy: Benchmark {
  let name = "matmul"
  let summary = "a product of 512x512 matrices, NumPy's on as many threads, and IREE's own kernels'"

  private static let size = 512
  // OpenBLAS's threads spin for a tenth of a second when they have nothing to do, where Apus is to compute. After the
  // pause the cores are slow at first, so a block lasts a quarter of a second.
  private static let rounds = PairedRounds(
    count: 30,
    repetitions: 150,
    pause: .milliseconds(200)
  )
  private static let roundsOfOneThread = PairedRounds(count: 30, repetitions: 50)
  // IREE takes half a second for one product of f64.
  private static let fewRounds = PairedRounds(count: 5, repetitions: 1)

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let cores = workbench.coreCount
    // What a user gets who asks for nothing is what is promised.
    let all = try await compareWithNumPy(Float.self, "f32", threads: cores, on: workbench)
    let one = try await compareWithNumPy(Float.self, "f32", threads: 1, on: workbench)
    let double = try await compareWithNumPy(Double.self, "f64", threads: 1, on: workbench)
    let iree = try await compareWithIREE(Float.self, "f32", Self.roundsOfOneThread, on: workbench)
    var findings: [Finding] = [
      .time(TimeComparison("512x512 matmul, all cores", against: "NumPy", all, bound: 1)),
      .time(TimeComparison("512x512 matmul, one thread", against: "NumPy", one)),
      .time(TimeComparison("512x512 matmul, f64, one thread", against: "NumPy", double)),
      .time(TimeComparison("512x512 matmul, one thread", against: "IREE's kernels", iree)),
    ]
    // For a processor with AVX-512, IREE alone does not compile it.
    do {
      let double = try await compareWithIREE(Double.self, "f64", Self.fewRounds, on: workbench)
      let subject = "512x512 matmul, f64, one thread"
      findings.append(.time(TimeComparison(subject, against: "IREE's kernels", double)))
    } catch let error as CompilerError
      where error.diagnostics.contains(where: { $0.message.contains("large vector sizes") })
    {}
    return findings
  }

  /// Multiplies two matrices so many times.
  @MainActor
  private func product<Scalar: TensorScalar & BinaryFloatingPoint>(
    _ scalar: Scalar.Type,
    _ element: String,
    threads: Int,
    matmulKernels: Bool = true,
    on workbench: Workbench
  ) async throws -> PairedRounds.Block {
    let text = String(decoding: PackageResources.matmul_mlir, as: UTF8.self)
      .replacing("f32", with: element)
    var options = workbench.compilerOptions
    options.matmulKernels = matmulKernels
    let file = try await workbench.compile(
      Array(text.utf8),
      as: "matmul-\(element)\(matmulKernels ? "" : "-iree")",
      options: options
    )
    let runtime = try Runtime(workers: threads)
    let matmul = try Program(contentsOf: file, on: runtime).function("matmul")
    func matrix(_ period: Int) throws -> Tensor<Scalar> {
      try Tensor(
        (0..<Self.size * Self.size).map { Scalar($0 % period) },
        shape: [Self.size, Self.size],
        on: runtime
      )
    }
    let (a, b) = (try matrix(7), try matrix(5))
    return { count in
      try seconds {
        for _ in 0..<count { let _: Tensor<Scalar> = try matmul(a, b) }
      }
    }
  }

  @MainActor
  private func compareWithNumPy<Scalar: TensorScalar & BinaryFloatingPoint>(
    _ scalar: Scalar.Type,
    _ element: String,
    threads: Int,
    on workbench: Workbench
  ) async throws -> PairedTimes {
    let apus = try await product(scalar, element, threads: threads, on: workbench)
    let python = try PythonPeer(
      "matmul",
      [String(Self.size), element],
      environment: ["OPENBLAS_NUM_THREADS": String(threads)],
      on: workbench
    )
    let rounds = threads == 1 ? Self.roundsOfOneThread : Self.rounds
    return try await rounds.measure(apus: apus, peer: { try python.seconds($0) })
  }

  @MainActor
  private func compareWithIREE<Scalar: TensorScalar & BinaryFloatingPoint>(
    _ scalar: Scalar.Type,
    _ element: String,
    _ rounds: PairedRounds,
    on workbench: Workbench
  ) async throws -> PairedTimes {
    let apus = try await product(scalar, element, threads: 1, on: workbench)
    let iree = try await product(
      scalar,
      element,
      threads: 1,
      matmulKernels: false,
      on: workbench
    )
    return try await rounds.measure(apus: apus, peer: iree)
  }
}
