import Apus
import ApusTestSupport
import Foundation
import Testing

/// Calls at the same time.
@Suite struct ConcurrencyTests {
  /// How long the programs are hammered; `APUS_SOAK_SECONDS=60` for the long run.
  private static let duration = Duration.seconds(
    ProcessInfo.processInfo.environment["APUS_SOAK_SECONDS"].flatMap(Int.init) ?? 2
  )

  private static let affine = """
    func.func @affine(%x: tensor<256xf32>, %a: tensor<f32>) -> tensor<256xf32> {
      %0 = stablehlo.broadcast_in_dim %a, dims = [] : (tensor<f32>) -> tensor<256xf32>
      %1 = stablehlo.multiply %x, %0 : tensor<256xf32>
      %2 = stablehlo.add %1, %0 : tensor<256xf32>
      return %2 : tensor<256xf32>
    }
    """

  private static let counter = """
    module @counter {
      util.global private mutable @count = dense<0> : tensor<i32>
      func.func @next() -> tensor<i32> {
        %0 = util.global.load @count : tensor<i32>
        %one = stablehlo.constant dense<1> : tensor<i32>
        %1 = stablehlo.add %0, %one : tensor<i32>
        util.global.store %1, @count : tensor<i32>
        return %1 : tensor<i32>
      }
    }
    """

  @Test(arguments: TestedDevice.allCases)
  func `8 tasks share a program, and every result is right`(device: TestedDevice) async throws {
    let runtime = try device.runtime()
    let program = try await CompiledPrograms.load(Self.affine, on: runtime)
    let affine = try program.function("affine")
    let calls = try await withThrowingTaskGroup(of: Int.self) { group in
      for task in 1...8 {
        group.addTask {
          let x = (0..<256).map { Float($0 * task) }
          let input = try Tensor(x, on: runtime)
          var calls = 0
          let end = ContinuousClock.now + Self.duration
          while ContinuousClock.now < end {
            let a = Float(calls % 17)
            let result: Tensor<Float> = try await affine(input, Tensor(scalar: a, on: runtime))
            let scalars = try result.scalars()
            guard scalars == x.map({ $0 * a + a }) else {
              Issue.record("task \(task), call \(calls): \(scalars)")
              return calls
            }
            calls += 1
          }
          return calls
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(calls >= 8)
  }

  /// IREE's interpreter of kernels has a state for each worker, and the threads that call share one.
  private static let rows = """
    func.func @rows(%x: tensor<256x64xf32>, %y: tensor<64xf32>) -> tensor<256x64xf32> {
      %0 = stablehlo.broadcast_in_dim %y, dims = [1] : (tensor<64xf32>) -> tensor<256x64xf32>
      %1 = stablehlo.add %x, %0 : tensor<256x64xf32>
      return %1 : tensor<256x64xf32>
    }
    """

  @Test func `interpreted kernels, on the threads that call`() async throws {
    let folder = try TemporaryFolder()
    let source = try folder.write(Self.rows, to: "rows.mlir")
    let compiled = folder.file("rows.vmfb")
    let compilation = try await runTool(
      Peers.ireeCompile,
      [
        source.string, "-o", compiled.string, "--iree-hal-target-device=local",
        "--iree-hal-local-target-device-backends=vmvx",
      ]
    )
    try #require(compilation.status == 0, "\(compilation.error)")
    let runtime = try Runtime(device: "local-sync")
    let rows = try Program(contentsOf: compiled, on: runtime).function("rows")
    let x = (0..<256 * 64).map { Float($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 1...24 {
        group.addTask {
          let input = try Tensor(x, shape: [256, 64], on: runtime)
          let y = try Tensor(repeating: Float(task), shape: [64], on: runtime)
          for _ in 0..<100 {
            let result: Tensor<Float> = try await rows(input, y)
            try #require(try result.scalars() == x.map { $0 + Float(task) })
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test(arguments: TestedDevice.allCases)
  func `calls of a program with state lose no update`(device: TestedDevice) async throws {
    let program = try await CompiledPrograms.load(Self.counter, on: device.runtime())
    let next = try program.function("next")
    let seen = try await withThrowingTaskGroup(of: [Int32].self) { group in
      for _ in 0..<8 {
        group.addTask {
          var seen: [Int32] = []
          for _ in 0..<250 {
            let count: Tensor<Int32> = try await next()
            seen.append(try count.scalars()[0])
          }
          return seen
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    // Every number was given out exactly once.
    #expect(seen.sorted() == Array(1...2000))
  }

  @Test func `programs are loaded and dropped from many tasks`() async throws {
    let bytecode = try await CompiledPrograms.bytecode(of: Self.affine)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for turn in 0..<20 {
            let runtime =
              try turn.isMultiple(of: 2) ? Runtime(workers: 1) : TestedDevice.sync.runtime()
            let program = try Program([bytecode], on: runtime)
            let result: Tensor<Float> = try await program.function("affine")(
              Tensor<Float>(repeating: 1, shape: [256], on: runtime),
              Tensor<Float>(scalar: 2, on: runtime)
            )
            #expect(try result.scalars() == [Float](repeating: 4, count: 256))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `devices come and go beside calls on another one`() async throws {
    let runtime = try Runtime(workers: 1)
    let affine = try await CompiledPrograms.load(Self.affine, on: runtime).function("affine")
    let x = try Tensor<Float>(repeating: 1, shape: [256], on: runtime)
    let a = try Tensor<Float>(scalar: 2, on: runtime)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for _ in 0..<1000 {
          let result: Tensor<Float> = try await affine(x, a)
          try #require(try result.scalars() == [Float](repeating: 4, count: 256))
        }
      }
      group.addTask {
        for _ in 0..<1000 { _ = try Runtime(workers: 1) }
      }
      try await group.waitForAll()
    }
  }
}
