// IREE's local-sync device, which runs kernels on the thread that calls, for the runtime of 3.9.0 whose shared
// library was built without it.
//
// The library exports what such a device is made of: memory, loaders of executables, semaphores, command buffers
// to be done later. Here is the rest: the device itself, and the command buffer that does its work while it is
// recorded.

#ifndef CAPUS_SYNC_DEVICE_H_
#define CAPUS_SYNC_DEVICE_H_

#include "CApusIREERuntime.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wnullability-completeness"

/// The number of the library's functions that the device calls.
size_t apus_sync_device_function_count(void);

/// Their names.
const char *_Nonnull const *_Nonnull apus_sync_device_function_names(void);

/// Says where they are, in the order of the names: once, before the first device is made.
void apus_sync_device_set_functions(const void *_Nullable const *_Nonnull addresses);

/// What `iree_hal_sync_device_params_initialize` does.
void apus_sync_device_params_initialize(iree_hal_sync_device_params_t *out_params);

/// Makes a device, as `iree_hal_sync_device_create` does. It retains loaders and allocator, is the caller's to
/// release, and thread-safe.
iree_status_t apus_sync_device_create(
    iree_string_view_t identifier, const iree_hal_sync_device_params_t *params,
    iree_host_size_t loader_count, iree_hal_executable_loader_t **loaders,
    iree_hal_allocator_t *device_allocator, iree_allocator_t host_allocator,
    iree_hal_device_t **out_device);

#pragma clang diagnostic pop

#endif  // CAPUS_SYNC_DEVICE_H_
