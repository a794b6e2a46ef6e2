import Apus

/// A call of a function that does next to nothing, so that the call itself is what takes the time.
///
/// Two devices of the same kind differ by some percent for as long as they live, depending on where
/// their threads and memory happen to lie. So devices are made anew again and again, in changing
/// order, and the C loop is also compared with another of its kind: that ratio would be 1 without
/// noise.
struct CallAgainstC: Benchmark {
  let name = "call"
  let summary = "a call from Swift, and the same call in a C loop over the same library"

  private static let rounds = PairedRounds(count: 80, repetitions: 50)
  private static let deviceSets = 30

  func measure(on workbench: Workbench) async throws -> [Finding] {
    let program = try await workbench.compile(PackageResources.add_mlir, as: "add")
    var times = PairedTimes()
    var control = PairedTimes()
    for set in 0..<Self.deviceSets {
      let position = set % 3
      var loops = try (0..<3).map { place -> any CallLoop in
        place == position
          ? try SwiftLoop(program, on: workbench) : try CLoop(program, on: workbench)
      }
      let apus = loops.remove(at: position)
      if set.isMultiple(of: 2) { loops.reverse() }
      try await OneCPU.hold {
        times.append(try await Self.compare(apus, with: loops[0]))
        control.append(try await Self.compare(loops[1], with: loops[0]))
      }
    }
    return [
      .time(
        TimeComparison("call of add, tensors, on one CPU", against: "C loop", times, bound: 1.05)
      ),
      .time(TimeComparison("C loop, to show the noise", against: "C loop", control)),
    ]
  }

  @MainActor
  private static func compare(
    _ loop: any CallLoop,
    with peer: any CallLoop
  ) async throws -> PairedTimes {
    try await rounds.measure(
      apus: { count in try seconds { try loop.run(count) } },
      peer: { count in try seconds { try peer.run(count) } }
    )
  }
}

/// A program on a device of its own, whose function `add` is called with the same two vectors.
protocol CallLoop {
  /// Calls the function the number of times given.
  func run(_ count: Int) throws
}

extension CallLoop {
  static var a: [Float] { [1, 2, 3, 4] }
  static var b: [Float] { [10, 20, 30, 40] }
  static var sum: [Float] { [11, 22, 33, 44] }
}

/// The calls as a user of Apus writes them.
private struct SwiftLoop: CallLoop {
  private let add: Function
  private let a: Tensor<Float>
  private let b: Tensor<Float>

  init(_ program: FilePath, on workbench: Workbench) throws {
    // The one CPU is for work alone, as in C.
    let runtime = try Runtime(workers: workbench.coreCount, workerSpin: .zero)
    add = try Program(contentsOf: program, on: runtime).function("add")
    a = try Tensor(Self.a, on: runtime)
    b = try Tensor(Self.b, on: runtime)
    let sum: Tensor<Float> = try add(a, b)
    guard try sum.scalars() == Self.sum else { throw BenchmarkError("Apus computes \(sum)") }
  }

  func run(_ count: Int) throws {
    for _ in 0..<count {
      let _: Tensor<Float> = try add(a, b)
    }
  }
}
