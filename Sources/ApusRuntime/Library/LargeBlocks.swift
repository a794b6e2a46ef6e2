internal import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Memory of large buffers, kept when it is freed for the next buffer of about its size.
///
/// The C library gives large blocks back to the system, which clears every page of the next one when it is
/// touched first: 4 MB take 70 µs or more, a quarter of what a kernel takes to fill them. Thread-safe.
final class LargeBlocks: Sendable {
  /// Smaller blocks are the C library's business.
  static let leastByteCount = 256 << 10
  /// What is kept at most; the oldest is given back first.
  private static let mostKeptByteCount = 256 << 20
  /// Blocks are whole pages, so that most other addresses are told from theirs at a glance.
  private static let pageByteCount = 4096
  /// What Linux calls a huge page, on x86-64 and AArch64.
  private static let hugePageByteCount = 2 << 20

  private struct Block {
    var address: UInt
    var byteCount: Int
  }

  private struct State {
    /// The sizes of the blocks in use, by their addresses.
    var used: [UInt: Int] = [:]
    /// The oldest first.
    var kept: [Block] = []
    var keptByteCount = 0

    /// The smallest kept block that is large enough, and not a quarter too large; of those, the one that was freed last,
    /// of which most is still in a cache.
    mutating func takeKept(_ byteCount: Int) -> Block? {
      let fitting = kept.indices.reversed().filter {
        (byteCount...byteCount + byteCount / 4).contains(kept[$0].byteCount)
      }
      guard let best = fitting.min(by: { kept[$0].byteCount < kept[$1].byteCount }) else {
        return nil
      }
      keptByteCount -= kept[best].byteCount
      return kept.remove(at: best)
    }
  }

  private let state = Mutex(State())

  /// A block whose contents are not defined; nil if there is no memory.
  func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let (count, overflow) = byteCount.addingReportingOverflow(Self.pageByteCount - 1)
    guard !overflow else { return nil }
    let rounded = count & ~(Self.pageByteCount - 1)
    let address = state.withLock { state in
      let block = state.takeKept(rounded)
      if let block { state.used[block.address] = block.byteCount }
      return block?.address
    }
    if let address { return UnsafeMutableRawPointer(bitPattern: address) }
    guard let start = Self.newBlock(rounded) else { return nil }
    let ofStart = UInt(bitPattern: start)
    state.withLock { $0.used[ofStart] = rounded }
    return start
  }

  /// Memory from the system, in huge pages if it is as large as one and the system has them for those who ask.
  private static func newBlock(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    guard byteCount >= hugePageByteCount else { return aligned_alloc(pageByteCount, byteCount) }
    let start = aligned_alloc(hugePageByteCount, byteCount)
    #if os(Linux)
      // Where it fails, pages are small.
      if let start { _ = madvise(start, byteCount, MADV_HUGEPAGE) }
    #endif
    return start
  }

  /// Takes a block back, if it is one of these.
  ///
  /// - Returns: whether it is.
  @inline(__always)
  func takeBack(_ start: UnsafeMutableRawPointer) -> Bool {
    let address = UInt(bitPattern: start)
    return address & UInt(Self.pageByteCount - 1) == 0 && takeBack(page: address)
  }

  private func takeBack(page address: UInt) -> Bool {
    var surplus: [Block] = []
    let isOne = state.withLock { state in
      guard let byteCount = state.used.removeValue(forKey: address) else { return false }
      state.kept.append(Block(address: address, byteCount: byteCount))
      state.keptByteCount += byteCount
      while state.keptByteCount > Self.mostKeptByteCount {
        let oldest = state.kept.removeFirst()
        state.keptByteCount -= oldest.byteCount
        surplus.append(oldest)
      }
      return true
    }
    Self.giveBack(surplus)
    return isOne
  }

  /// Gives all that is kept back to the system.
  func removeAll() {
    let blocks = state.withLock { state in
      defer { (state.kept, state.keptByteCount) = ([], 0) }
      return state.kept
    }
    Self.giveBack(blocks)
  }

  private static func giveBack(_ blocks: [Block]) {
    for block in blocks { free(UnsafeMutableRawPointer(bitPattern: block.address)) }
  }
}
