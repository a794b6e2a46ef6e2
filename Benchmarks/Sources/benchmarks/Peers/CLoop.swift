import Apus
import CIREELoop

/// The same calls, made by C over the same library: the `CIREELoop` target, owned.
final class CLoop: CallLoop {
  private let handle: UnsafeMutablePointer<ciree_loop_t>
  /// The program's bytes, which must outlive the loop.
  private let bytecode: UnsafeMutableRawBufferPointer

  init(_ program: FilePath, on workbench: Workbench) throws {
    let bytes = try VMBytecode(contentsOf: program).bytes
    let start = UnsafeMutableRawPointer.allocate(byteCount: bytes.count, alignment: 64)
    bytecode = UnsafeMutableRawBufferPointer(start: start, count: bytes.count)
    bytecode.copyBytes(from: bytes)
    var error = [CChar](repeating: 0, count: 1024)
    let handle = ciree_loop_create(
      workbench.runtimeLibrary.string,
      start,
      bytecode.count,
      "add",
      workbench.coreCount,
      Self.a,
      Self.b,
      Self.a.count,
      &error,
      error.count
    )
    guard let handle else {
      bytecode.deallocate()
      let text = error.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw BenchmarkError("the C loop: \(String(decoding: text, as: UTF8.self))")
    }
    self.handle = handle
    var sum = [Float](repeating: 0, count: Self.sum.count)
    guard ciree_loop_read(handle, &sum, sum.count), sum == Self.sum else {
      throw BenchmarkError("the C loop computes \(sum)")
    }
  }

  deinit {
    ciree_loop_destroy(handle)
    bytecode.deallocate()
  }

  func run(_ count: Int) throws {
    guard ciree_loop_run(handle, count) else { throw BenchmarkError("a call from C failed") }
  }
}
