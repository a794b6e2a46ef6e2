import Apus
import ApusTestSupport
import Foundation
import Synchronization
import Testing

/// Memory of the caller's, made a tensor without a copy.
struct ImportedTensorTests {
  private let runtime: Runtime

  init() throws { runtime = try Runtime(workers: 1) }

  /// Aligned memory that counts how often it is given back.
  ///
  /// Proof of safety: written before it is shared.
  private final class Memory: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer
    let releaseCount = Atomic(0)

    init(_ scalars: [Float]) {
      bytes = .allocate(byteCount: max(64, 4 * scalars.count), alignment: 64)
      bytes.copyBytes(from: scalars.withUnsafeBytes { [UInt8]($0) })
    }

    deinit { bytes.deallocate() }

    var scalars: UnsafeBufferPointer<Float> {
      UnsafeBufferPointer(bytes.bindMemory(to: Float.self))
    }

    var released: Int { releaseCount.load(ordering: .sequentiallyConsistent) }

    func release() { releaseCount.add(1, ordering: .sequentiallyConsistent) }

    /// Waits for the thread of an asynchronous call, which lets go a moment after the result is there.
    func waitForRelease() async throws {
      let deadline = ContinuousClock.now + .seconds(60)
      while released == 0, ContinuousClock.now < deadline {
        try await Task.sleep(for: .milliseconds(1))
      }
    }

    func tensor(shape: [Int], on runtime: Runtime) throws -> Tensor<Float> {
      try Tensor(
        unsafeNoCopy: scalars,
        shape: shape,
        on: runtime,
        release: { [self] in release() }
      )
    }
  }

  @Test func `the elements are where the caller put them, until the last user is gone`() throws {
    let memory = Memory([1, 2, 3, 4])
    do {
      var views: [Tensor<Float>] = []
      do {
        let tensor = try memory.tensor(shape: [2, 2], on: runtime)
        #expect(try tensor.withUnsafeScalars { $0.baseAddress } == memory.scalars.baseAddress)
        #expect(try tensor.scalars() == [1, 2, 3, 4])
        views.append(try tensor.reshaped(to: [4]))
      }
      #expect(memory.released == 0)
      #expect(try views[0].scalars() == [1, 2, 3, 4])
    }
    #expect(memory.released == 1)
  }

  @Test func `a call uses the memory, and keeps it no longer than it runs`() async throws {
    let program = try await CompiledPrograms.load(
      """
      func.func @double(%a: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %a, %a : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """,
      on: runtime
    )
    let memory = Memory([1, 2, 3, 4])
    let result: Tensor<Float> = try await {
      let tensor = try memory.tensor(shape: [4], on: runtime)
      return try await program.function("double")(tensor)
    }()
    try await memory.waitForRelease()
    #expect(memory.released == 1)
    #expect(try result.scalars() == [2, 4, 6, 8])
  }

  @Test func `a result that is the argument keeps the memory`() async throws {
    let program = try await CompiledPrograms.load(
      """
      func.func @same(%a: tensor<4xf32>) -> tensor<4xf32> {
        return %a : tensor<4xf32>
      }
      """,
      on: runtime
    )
    let memory = Memory([1, 2, 3, 4])
    do {
      let same = try program.function("same")
      let result: Tensor<Float> = try await same(try memory.tensor(shape: [4], on: runtime))
      #expect(memory.released == 0)
      #expect(try result.withUnsafeScalars { $0.baseAddress } == memory.scalars.baseAddress)
    }
    try await memory.waitForRelease()
    #expect(memory.released == 1)
  }

  @Test func `memory that is not aligned is refused, and given back`() throws {
    let memory = Memory([Float](repeating: 1, count: 32))
    let scalars = UnsafeBufferPointer(rebasing: memory.scalars[1...])
    let error = try runtimeError {
      _ = try Tensor(unsafeNoCopy: scalars, shape: [4], on: runtime) { memory.release() }
    }
    #expect(error.code == .outOfRange)
    let address = try #require(scalars.baseAddress)
    #expect(
      error.message
        == "memory to import must begin at a multiple of 64 bytes; this begins at"
        + " \(UnsafeRawPointer(address))"
    )
    #expect(memory.released == 1)
  }

  @Test func `memory that is too small is refused, and given back`() throws {
    let memory = Memory([Float](repeating: 1, count: 16))
    let error = try runtimeError { _ = try memory.tensor(shape: [17], on: runtime) }
    #expect(error.code == .outOfRange)
    #expect(
      error.message
        == "a tensor of shape [17] and type f32 has 68 bytes; the memory to import has 64"
    )
    #expect(memory.released == 1)
  }

  @Test(arguments: [[-1], [.max, 2]] as [[Int]])
  func `a shape that cannot be is refused, and the memory given back`(shape: [Int]) throws {
    let memory = Memory([1])
    _ = try runtimeError { _ = try memory.tensor(shape: shape, on: runtime) }
    #expect(memory.released == 1)
  }

  @Test func `no elements need no memory`() throws {
    let memory = Memory([1])
    do {
      let tensor = try Tensor<Float>(
        unsafeNoCopy: UnsafeBufferPointer(start: nil, count: 0),
        shape: [0, 3],
        on: runtime,
        release: { memory.release() }
      )
      #expect(try tensor.scalars() == [])
      #expect(tensor.shape == [0, 3])
    }
    #expect(memory.released == 1)
  }
}
