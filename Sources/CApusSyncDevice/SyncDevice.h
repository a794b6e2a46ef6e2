// What the device and its command buffers share.

#ifndef CAPUS_SYNC_DEVICE_INTERNAL_H_
#define CAPUS_SYNC_DEVICE_INTERNAL_H_

#include "DeviceABI.h"

// The library's functions.
typedef struct apus_sync_device_library {
#define APUS_FIELD(result, name, parameters) result(*name) parameters;
  APUS_SYNC_DEVICE_FUNCTIONS(APUS_FIELD)
#undef APUS_FIELD
} apus_sync_device_library;
extern apus_sync_device_library apus_library;

// An error of this device's.
#define APUS_FAILURE(code, text)                             \
  apus_library.iree_status_allocate((code), __FILE__, __LINE__, \
                                    (iree_string_view_t){(text), sizeof(text) - 1})

// Ends the enclosing function with the status unless it is OK.
#define APUS_TRY(expression)                     \
  do {                                           \
    iree_status_t apus_status = (expression);    \
    if (apus_status) return apus_status;         \
  } while (0)

// A command buffer that does its work while it is recorded, released as every other.
iree_status_t apus_inline_command_buffer_create(
    iree_hal_allocator_t *device_allocator, iree_hal_command_buffer_mode_t mode,
    iree_hal_command_category_t command_categories, iree_hal_queue_affinity_t queue_affinity,
    iree_allocator_t host_allocator,
    iree_hal_command_buffer_t **out_command_buffer);

#endif  // CAPUS_SYNC_DEVICE_INTERNAL_H_
