internal import CApusIREERuntime

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The allocator that IREE is given for all its memory: the C library's.
///
/// IREE leaves the system allocator to the application. It asks for alignment itself, by allocating
/// more and rounding up, so `malloc`'s own alignment is all that is promised here. Thread-safe, as
/// `malloc` is.
///
/// Proof of safety: it points to no memory.
nonisolated(unsafe) let systemAllocator = iree_allocator_t(
  self: nil,
  ctl: { _, command, parameters, memory in controlMemory(command, parameters, memory) }
)

/// The allocator of a device's buffers: as ``systemAllocator``, but large ones are not cleared, and their memory is kept
/// for the next ones (``LargeBlocks``).
///
/// IREE asks for all memory as zeros, also for that of tensors, which kernels write from end to end: what no
/// operation has written, no program may read. Clearing it would take as long as writing it again. A buffer's
/// description lies before its elements in the same block, and does want zeros. Thread-safe, as `malloc` is.
///
/// Proof of safety: it points to no memory.
nonisolated(unsafe) let bufferAllocator = iree_allocator_t(
  self: nil,
  ctl: { _, command, parameters, memory in controlBufferMemory(command, parameters, memory) }
)

/// The memory of large buffers that were freed, of all devices.
let largeBlocks = LargeBlocks()

/// What of a buffer is cleared: where its description lies.
private let clearedByteCount = 4096

/// `iree_allocator_ctl_fn_t` for buffers.
@inline(__always)
private func controlBufferMemory(
  _ command: iree_allocator_command_t,
  _ parameters: UnsafeRawPointer?,
  _ memory: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> iree_status_t? {
  guard let memory else { return status(APUS_IREE_STATUS_UNIMPLEMENTED) }
  if command == APUS_IREE_ALLOCATOR_COMMAND_FREE {
    if let block = memory.pointee, largeBlocks.takeBack(block) {
      memory.pointee = nil
      return nil
    }
  } else if command == APUS_IREE_ALLOCATOR_COMMAND_REALLOC {
    // No buffer changes its size.
    guard memory.pointee == nil else { return status(APUS_IREE_STATUS_UNIMPLEMENTED) }
  } else if byteCount(parameters) >= LargeBlocks.leastByteCount {
    guard let block = largeBlocks.allocate(byteCount(parameters)) else {
      return status(APUS_IREE_STATUS_RESOURCE_EXHAUSTED)
    }
    memory.pointee = memset(block, 0, clearedByteCount)
    return nil
  }
  return controlMemory(command, parameters, memory, clearingAtMost: clearedByteCount)
}

/// `iree_allocator_ctl_fn_t`: allocates, resizes or frees, as `command` says, through `memory`.
///
/// Most commands free, or want memory of zeros. A switch would become a jump through a table, which
/// costs more than the rest of this.
@inline(__always)
private func controlMemory(
  _ command: iree_allocator_command_t,
  _ parameters: UnsafeRawPointer?,
  _ memory: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  clearingAtMost clearedByteCount: Int = .max
) -> iree_status_t? {
  guard let memory else { return status(APUS_IREE_STATUS_UNIMPLEMENTED) }
  if command == APUS_IREE_ALLOCATOR_COMMAND_FREE {
    free(memory.pointee)
    memory.pointee = nil
    return nil
  }
  let byteCount = byteCount(parameters)
  let allocation: UnsafeMutableRawPointer?
  if command == APUS_IREE_ALLOCATOR_COMMAND_CALLOC {
    allocation =
      byteCount <= clearedByteCount
      ? allocateZeros(byteCount) : allocate(byteCount, clearing: clearedByteCount)
  } else if command == APUS_IREE_ALLOCATOR_COMMAND_MALLOC {
    allocation = malloc(byteCount)
  } else if command == APUS_IREE_ALLOCATOR_COMMAND_REALLOC {
    allocation = realloc(memory.pointee, byteCount)
  } else {
    return status(APUS_IREE_STATUS_UNIMPLEMENTED)
  }
  guard let allocation else { return status(APUS_IREE_STATUS_RESOURCE_EXHAUSTED) }
  memory.pointee = allocation
  return nil
}

/// How much is asked for.
@inline(__always)
private func byteCount(_ parameters: UnsafeRawPointer?) -> Int {
  parameters?.assumingMemoryBound(to: iree_allocator_alloc_params_t.self).pointee.byte_length ?? 0
}

/// Memory that begins with zeros.
private func allocate(
  _ byteCount: Int,
  clearing clearedByteCount: Int
) -> UnsafeMutableRawPointer? {
  guard let memory = malloc(byteCount) else { return nil }
  return memset(memory, 0, clearedByteCount)
}

/// Memory of zeros.
///
/// glibc keeps freed blocks of up to 1032 bytes for each thread, and before 2.41 its `calloc` does not
/// look there, which makes a call of a small program 2 % slower. `aligned_alloc` does; `malloc` and
/// `memset` would be made `calloc` by the optimizer.
@inline(__always)
private func allocateZeros(_ byteCount: Int) -> UnsafeMutableRawPointer? {
  let alignment = 16
  let rounded = (byteCount + alignment - 1) & ~(alignment - 1)
  guard byteCount <= 1024, let memory = aligned_alloc(alignment, rounded) else {
    return calloc(1, byteCount)
  }
  memset(memory, 0, byteCount)
  return memory
}
