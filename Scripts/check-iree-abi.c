// Compiled, never run: proves that the hand-written declarations of IREE's C API are IREE's own.
// Scripts/check-abi gives the include paths.

#define APUS_IREE_NATIVE_TYPES

#include "iree/base/api.h"
#include "iree/compiler/embedding_api.h"
#include "iree/hal/api.h"
#include "iree/hal/drivers/local_sync/sync_device.h"
#include "iree/hal/drivers/local_task/task_device.h"
#include "iree/hal/local/executable_loader.h"
#include "iree/hal/local/executable_plugin_manager.h"
#include "iree/hal/local/loaders/registration/init.h"
#include "iree/io/file_handle.h"
#include "iree/io/formats/gguf/gguf_parser.h"
#include "iree/io/formats/irpa/irpa_parser.h"
#include "iree/io/formats/safetensors/safetensors_parser.h"
#include "iree/io/parameter_index.h"
#include "iree/io/parameter_index_provider.h"
#include "iree/modules/hal/module.h"
#include "iree/modules/io/parameters/module.h"
#include "iree/task/api.h"
#include "iree/vm/api.h"
#include "iree/vm/bytecode/module.h"

#ifdef APUS_IREE_SINCE_3_12
#include "iree/async/frontier_tracker.h"
#include "iree/async/util/proactor_pool.h"
#else
#include "iree/base/internal/arena.h"
#include "iree/base/internal/cpu.h"
#include "iree/base/internal/event_pool.h"
#include "iree/base/internal/fpu_state.h"
#include "iree/base/loop_inline.h"
#include "iree/hal/drivers/local_task/task_event.h"
#include "iree/hal/drivers/local_task/task_semaphore.h"
#include "iree/hal/local/local_executable.h"
#include "iree/hal/local/local_executable_cache.h"
#include "iree/hal/utils/deferred_command_buffer.h"
#include "iree/hal/utils/file_registry.h"
#include "iree/hal/utils/file_transfer.h"
#include "iree/hal/utils/queue_emulation.h"
#endif

#include "CApusIREECompiler.h"
#include "CApusIREERuntime.h"
#include "DeviceABI.h"

#define APUS_CHECK_FUNCTION(result, name, parameters)                                    \
  _Static_assert(__builtin_types_compatible_p(result(*) parameters, __typeof__(&name)), \
                 "signature of " #name);
APUS_IREE_COMPILER_FUNCTIONS(APUS_CHECK_FUNCTION)
APUS_IREE_RUNTIME_FUNCTIONS(APUS_CHECK_FUNCTION)
APUS_IREE_RUNTIME_OPTIONAL_FUNCTIONS(APUS_CHECK_FUNCTION)
#ifdef APUS_IREE_SINCE_3_12
APUS_IREE_RUNTIME_3_12_FUNCTIONS(APUS_CHECK_FUNCTION)
APUS_IREE_RUNTIME_3_12_OPTIONAL_FUNCTIONS(APUS_CHECK_FUNCTION)
#else
APUS_IREE_RUNTIME_3_9_FUNCTIONS(APUS_CHECK_FUNCTION)
APUS_IREE_RUNTIME_3_9_OPTIONAL_FUNCTIONS(APUS_CHECK_FUNCTION)
APUS_SYNC_DEVICE_FUNCTIONS(APUS_CHECK_FUNCTION)
#endif

#define APUS_CHECK_LAYOUT(type, size) _Static_assert(sizeof(type) == (size), "size of " #type);
#define APUS_CHECK_OFFSET(type, field, offset) \
  _Static_assert(offsetof(type, field) == (offset), "offset of " #type "." #field);
APUS_IREE_RUNTIME_LAYOUTS(APUS_CHECK_LAYOUT, APUS_CHECK_OFFSET)
#ifdef APUS_IREE_SINCE_3_12
APUS_IREE_RUNTIME_3_12_LAYOUTS(APUS_CHECK_LAYOUT, APUS_CHECK_OFFSET)
#else
APUS_SYNC_DEVICE_LAYOUTS(APUS_CHECK_LAYOUT, APUS_CHECK_OFFSET)
#endif

// Apus declares these as opaque memory of these sizes.
_Static_assert(sizeof(iree_task_topology_t) <= 32768, "size of iree_task_topology_t");
_Static_assert(sizeof(iree_hal_task_device_params_t) <= 64,
               "size of iree_hal_task_device_params_t");
#ifndef APUS_IREE_SINCE_3_12
_Static_assert(sizeof(iree_arena_block_pool_t) <= 128 && _Alignof(iree_arena_block_pool_t) <= 16,
               "size of iree_arena_block_pool_t");

// The interfaces that the device for the calling thread implements: every method's type and place, and that
// there are no others.
#define APUS_CHECK_METHOD(result, name, parameters)                                     \
  _Static_assert(__builtin_types_compatible_p(result(*) parameters,                     \
                                              __typeof__(((APUS_VTABLE *)0)->name)),    \
                 "signature of the method " #name);                                     \
  _Static_assert(offsetof(APUS_VTABLE, name) == offsetof(struct APUS_COPY, name),       \
                 "place of the method " #name);
#define APUS_METHOD(result, name, parameters) result(*name) parameters;
#define APUS_VTABLE iree_hal_device_vtable_t
#define APUS_COPY apus_device_methods
struct apus_device_methods {
  APUS_IREE_DEVICE_METHODS(APUS_METHOD)
};
APUS_IREE_DEVICE_METHODS(APUS_CHECK_METHOD)
_Static_assert(sizeof(APUS_VTABLE) == sizeof(struct APUS_COPY), "methods of devices");
#undef APUS_VTABLE
#undef APUS_COPY
#define APUS_VTABLE iree_hal_command_buffer_vtable_t
#define APUS_COPY apus_command_buffer_methods
struct apus_command_buffer_methods {
  APUS_IREE_COMMAND_BUFFER_METHODS(APUS_METHOD)
};
APUS_IREE_COMMAND_BUFFER_METHODS(APUS_CHECK_METHOD)
_Static_assert(sizeof(APUS_VTABLE) == sizeof(struct APUS_COPY), "methods of command buffers");
#endif

#define APUS_CHECK_CONSTANT(apus_name, iree_name, value) \
  _Static_assert((unsigned long long)(iree_name) == (value), "value of " #iree_name);
APUS_IREE_COMPILER_CONSTANTS(APUS_CHECK_CONSTANT)
APUS_IREE_RUNTIME_CONSTANTS(APUS_CHECK_CONSTANT)
#ifndef APUS_IREE_SINCE_3_12
APUS_SYNC_DEVICE_CONSTANTS(APUS_CHECK_CONSTANT)
#endif
