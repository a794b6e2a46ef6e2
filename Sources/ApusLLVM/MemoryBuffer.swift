internal import CApusLLVM

/// Bytes that LLVM made: an object, bitcode.
///
/// Never written to. Thread-safe.
package final class MemoryBuffer: Sendable {
  /// Proof of safety: owned by this object, which nobody writes to and which frees it at its end.
  nonisolated(unsafe) private let handle: LLVMMemoryBufferRef
  private let library: LLVMLibrary

  init(consuming handle: LLVMMemoryBufferRef, _ library: LLVMLibrary) {
    self.handle = handle
    self.library = library
  }

  deinit { library.api.pointee.LLVMDisposeMemoryBuffer(handle) }

  /// How many bytes there are.
  package var count: Int { library.api.pointee.LLVMGetBufferSize(handle) }

  /// The bytes, for callers that keep the object alive as long as the pointer is used.
  package var unsafeEscapingBytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: library.api.pointee.LLVMGetBufferStart(handle), count: count)
  }
}
