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
var systemAllocator: iree_allocator_t {
  iree_allocator_t(
    self: nil,
    ctl: { _, command, parameters, memory in controlMemory(command, parameters, memory) }
  )
}

/// `iree_allocator_ctl_fn_t`: allocates, resizes or frees, as `command` says, through `memory`.
private func controlMemory(
  _ command: iree_allocator_command_t,
  _ parameters: UnsafeRawPointer?,
  _ memory: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> iree_status_t? {
  guard let memory else { return status(APUS_IREE_STATUS_UNIMPLEMENTED) }
  let byteCount =
    parameters?.assumingMemoryBound(to: iree_allocator_alloc_params_t.self).pointee.byte_length
    ?? 0
  let allocation: UnsafeMutableRawPointer?
  switch command {
  case UInt32(APUS_IREE_ALLOCATOR_COMMAND_MALLOC):
    allocation = malloc(byteCount)
  case UInt32(APUS_IREE_ALLOCATOR_COMMAND_CALLOC):
    allocation = calloc(1, byteCount)
  case UInt32(APUS_IREE_ALLOCATOR_COMMAND_REALLOC):
    allocation = realloc(memory.pointee, byteCount)
  case UInt32(APUS_IREE_ALLOCATOR_COMMAND_FREE):
    free(memory.pointee)
    memory.pointee = nil
    return nil
  default:
    return status(APUS_IREE_STATUS_UNIMPLEMENTED)
  }
  guard let allocation else { return status(APUS_IREE_STATUS_RESOURCE_EXHAUSTED) }
  memory.pointee = allocation
  return nil
}
