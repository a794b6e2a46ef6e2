// A function of a compiled program, called from C over IREE's runtime library: what a call from Swift
// is compared with.
//
// The device, the context and the calls are set up as Apus sets them up, with nothing of Apus's code.

#ifndef CIREELOOP_H_
#define CIREELOOP_H_

#include <stddef.h>
#include <stdint.h>

typedef struct ciree_loop_t {
  char opaque;
} ciree_loop_t;

// Opens the library and loads a program whose function takes two tensors of `count` floats and gives
// one. `bytecode` must be aligned to 64 and outlive the loop.
//
// Returns NULL after writing why to `error`, a buffer of `error_capacity`.
ciree_loop_t *_Nullable ciree_loop_create(
    const char *_Nonnull library_path, const void *_Nonnull bytecode, size_t bytecode_size,
    const char *_Nonnull function, size_t worker_count, const float *_Nonnull a,
    const float *_Nonnull b, size_t count, char *_Nonnull error, size_t error_capacity);

void ciree_loop_destroy(ciree_loop_t *_Nonnull loop);

// Calls the function `call_count` times with the same two tensors; each result is released.
//
// Returns false if a call failed.
_Bool ciree_loop_run(ciree_loop_t *_Nonnull loop, size_t call_count);

// Calls the function once and copies its result to `result`.
_Bool ciree_loop_read(ciree_loop_t *_Nonnull loop, float *_Nonnull result, size_t count);

#endif  // CIREELOOP_H_
