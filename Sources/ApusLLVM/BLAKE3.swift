internal import CApusLLVM

/// A cryptographic hash of bytes, as LLVM has it.
package struct BLAKE3 {
  private var state = llvm_blake3_hasher()
  private let library: LLVMLibrary

  /// The hash of nothing, so far.
  package init(_ library: LLVMLibrary) {
    self.library = library
    library.api.pointee.llvm_blake3_hasher_init(&state)
  }

  /// Adds bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    library.api.pointee.llvm_blake3_hasher_update(&state, start, bytes.count)
  }

  /// Adds a text and its length, so that one text after another is not the same as both in one.
  package mutating func update(_ text: String) {
    var count = UInt64(text.utf8.count).littleEndian
    withUnsafeBytes(of: &count) { update($0) }
    Array(text.utf8).withUnsafeBytes { update($0) }
  }

  /// The hash of what was added, 32 bytes.
  package func digest() -> [UInt8] {
    var state = state
    return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      library.api.pointee.llvm_blake3_hasher_finalize(&state, buffer.baseAddress, 32)
      count = 32
    }
  }
}
