#include "SyncDevice.h"

#include <string.h>

#include "CApusSyncDevice.h"

#define APUS_LAYOUT(type, size) _Static_assert(sizeof(type) == size, #type);
#define APUS_OFFSET(type, field, offset) \
  _Static_assert(offsetof(type, field) == offset, #type "." #field);
APUS_SYNC_DEVICE_LAYOUTS(APUS_LAYOUT, APUS_OFFSET)

apus_sync_device_library apus_library;

static const char *const function_names[] = {
#define APUS_NAME(result, name, parameters) #name,
    APUS_SYNC_DEVICE_FUNCTIONS(APUS_NAME)
#undef APUS_NAME
};
_Static_assert(sizeof(function_names) == sizeof(apus_library), "one pointer a function");

size_t apus_sync_device_function_count(void) {
  return sizeof(function_names) / sizeof(*function_names);
}

const char *const *apus_sync_device_function_names(void) { return function_names; }

void apus_sync_device_set_functions(const void *const *addresses) {
  memcpy(&apus_library, addresses, sizeof(apus_library));
}

void apus_sync_device_params_initialize(iree_hal_sync_device_params_t *out_params) {
  out_params->arena_block_size = 32 * 1024;
}

struct iree_hal_device_vtable_t {
#define APUS_METHOD(result, name, parameters) result(*name) parameters;
  APUS_IREE_DEVICE_METHODS(APUS_METHOD)
#undef APUS_METHOD
};

typedef struct sync_device {
  iree_hal_resource_t resource;
  iree_allocator_t host_allocator;
  iree_hal_allocator_t *device_allocator;
  iree_hal_channel_provider_t *channel_provider;
  // What threads sleep on that wait for a semaphore.
  iree_event_pool_t *event_pool;
  // What deferred command buffers are recorded in.
  iree_arena_block_pool_t block_pool;
  iree_string_view_t identifier;
  iree_host_size_t loader_count;
  iree_hal_executable_loader_t *loaders[];
} sync_device;

static sync_device *cast(iree_hal_device_t *device) { return (sync_device *)device; }

// MARK: What the device is

static void destroy(iree_hal_device_t *base) {
  sync_device *device = cast(base);
  for (iree_host_size_t i = 0; i < device->loader_count; ++i) {
    apus_library.iree_hal_executable_loader_release(device->loaders[i]);
  }
  apus_library.iree_hal_allocator_release(device->device_allocator);
  apus_library.iree_hal_channel_provider_release(device->channel_provider);
  apus_library.iree_arena_block_pool_deinitialize(&device->block_pool);
  apus_library.iree_event_pool_free(device->event_pool);
  apus_library.iree_allocator_free(device->host_allocator, device);
}

static iree_string_view_t id(iree_hal_device_t *base) { return cast(base)->identifier; }

static iree_allocator_t host_allocator(iree_hal_device_t *base) {
  return cast(base)->host_allocator;
}

static iree_hal_allocator_t *device_allocator(iree_hal_device_t *base) {
  return cast(base)->device_allocator;
}

static void replace_device_allocator(iree_hal_device_t *base, iree_hal_allocator_t *allocator) {
  apus_library.iree_hal_allocator_retain(allocator);
  apus_library.iree_hal_allocator_release(cast(base)->device_allocator);
  cast(base)->device_allocator = allocator;
}

static void replace_channel_provider(iree_hal_device_t *base,
                                     iree_hal_channel_provider_t *provider) {
  apus_library.iree_hal_channel_provider_retain(provider);
  apus_library.iree_hal_channel_provider_release(cast(base)->channel_provider);
  cast(base)->channel_provider = provider;
}

static iree_status_t trim(iree_hal_device_t *base) {
  apus_library.iree_arena_block_pool_trim(&cast(base)->block_pool);
  return apus_library.iree_hal_allocator_trim(cast(base)->device_allocator);
}

static bool equals(iree_string_view_t view, const char *text) {
  return view.size == strlen(text) && memcmp(view.data, text, view.size) == 0;
}

static iree_status_t query_i64(iree_hal_device_t *base, iree_string_view_t category,
                               iree_string_view_t key, int64_t *out_value) {
  sync_device *device = cast(base);
  *out_value = 0;
  if (equals(category, "hal.device.id")) {
    *out_value = apus_library.iree_string_view_match_pattern(device->identifier, key);
    return NULL;
  }
  if (equals(category, "hal.executable.format")) {
    *out_value = apus_library.iree_hal_query_any_executable_loader_support(
        device->loader_count, device->loaders, /*caching_mode=*/0, key);
    return NULL;
  }
  if ((equals(category, "hal.device") || equals(category, "hal.dispatch")) &&
      equals(key, "concurrency")) {
    *out_value = 1;
    return NULL;
  }
  if (equals(category, "hal.cpu")) {
    return apus_library.iree_cpu_lookup_data_by_key(key, out_value);
  }
  return APUS_FAILURE(APUS_IREE_STATUS_NOT_FOUND, "local-sync does not know what was asked of it");
}

// MARK: What it makes

static iree_status_t create_channel(iree_hal_device_t *base, iree_hal_queue_affinity_t affinity,
                                    iree_hal_channel_params_t params,
                                    iree_hal_channel_t **out_channel) {
  *out_channel = NULL;
  return APUS_FAILURE(APUS_IREE_STATUS_UNIMPLEMENTED, "local-sync has no collectives");
}

static iree_status_t create_command_buffer(iree_hal_device_t *base,
                                           iree_hal_command_buffer_mode_t mode,
                                           iree_hal_command_category_t categories,
                                           iree_hal_queue_affinity_t affinity,
                                           iree_host_size_t binding_capacity,
                                           iree_hal_command_buffer_t **out_command_buffer) {
  sync_device *device = cast(base);
  // What a binding is, is known when a command buffer is submitted.
  if ((mode & APUS_IREE_HAL_COMMAND_BUFFER_MODE_ALLOW_INLINE_EXECUTION) && binding_capacity == 0) {
    return apus_inline_command_buffer_create(device->device_allocator, mode, categories, affinity,
                                             device->host_allocator, out_command_buffer);
  }
  return apus_library.iree_hal_deferred_command_buffer_create(
      device->device_allocator, mode, categories, affinity, binding_capacity, &device->block_pool,
      device->host_allocator, out_command_buffer);
}

static iree_status_t create_event(iree_hal_device_t *base, iree_hal_queue_affinity_t affinity,
                                  iree_hal_event_flags_t flags, iree_hal_event_t **out_event) {
  return apus_library.iree_hal_task_event_create(affinity, flags, cast(base)->host_allocator,
                                                 out_event);
}

static iree_status_t create_executable_cache(iree_hal_device_t *base, iree_string_view_t identifier,
                                             iree_loop_t loop,
                                             iree_hal_executable_cache_t **out_cache) {
  sync_device *device = cast(base);
  return apus_library.iree_hal_local_executable_cache_create(
      identifier, /*worker_capacity=*/1, device->loader_count, device->loaders,
      device->host_allocator, out_cache);
}

static iree_status_t import_file(iree_hal_device_t *base, iree_hal_queue_affinity_t affinity,
                                 iree_hal_memory_access_t access, iree_io_file_handle_t *handle,
                                 iree_hal_external_file_flags_t flags, iree_hal_file_t **out_file) {
  return apus_library.iree_hal_file_from_handle(cast(base)->device_allocator, affinity, access,
                                                handle, cast(base)->host_allocator, out_file);
}

static iree_status_t create_semaphore(iree_hal_device_t *base, iree_hal_queue_affinity_t affinity,
                                      uint64_t initial_value, iree_hal_semaphore_flags_t flags,
                                      iree_hal_semaphore_t **out_semaphore) {
  return apus_library.iree_hal_task_semaphore_create(
      cast(base)->event_pool, initial_value, cast(base)->host_allocator, out_semaphore);
}

static iree_hal_semaphore_compatibility_t query_semaphore_compatibility(
    iree_hal_device_t *base, iree_hal_semaphore_t *semaphore) {
  return APUS_IREE_HAL_SEMAPHORE_COMPATIBILITY_HOST_ONLY;
}

// MARK: The queue: every operation waits, works and signals before it returns

static iree_status_t wait_semaphores(iree_hal_device_t *base, iree_hal_wait_mode_t mode,
                                     const iree_hal_semaphore_list_t semaphores,
                                     iree_timeout_t timeout, iree_hal_wait_flags_t flags) {
  return apus_library.iree_hal_task_semaphore_multi_wait(
      mode, semaphores, timeout, flags, cast(base)->event_pool, &cast(base)->block_pool);
}

static iree_status_t wait_for_all(iree_hal_device_t *base, iree_hal_semaphore_list_t semaphores) {
  const iree_timeout_t infinite = {APUS_IREE_TIMEOUT_ABSOLUTE, APUS_IREE_TIME_INFINITE_FUTURE};
  return wait_semaphores(base, APUS_IREE_HAL_WAIT_MODE_ALL, semaphores, infinite,
                         APUS_IREE_HAL_WAIT_FLAG_DEFAULT);
}

// Signals that an operation is done, or has failed, so that nobody waits for it in vain.
static iree_status_t finish(iree_status_t status, iree_hal_semaphore_list_t semaphores) {
  if (!status) return apus_library.iree_hal_semaphore_list_signal(semaphores);
  if (semaphores.count > 0) {
    apus_library.iree_hal_semaphore_list_fail(semaphores, apus_library.iree_status_clone(status));
  }
  return status;
}

#define APUS_WAITS_AND_SIGNALS                                                \
  iree_hal_device_t *base, iree_hal_queue_affinity_t affinity,                \
      const iree_hal_semaphore_list_t waits, const iree_hal_semaphore_list_t signals

static iree_status_t queue_alloca(APUS_WAITS_AND_SIGNALS, iree_hal_allocator_pool_t pool,
                                  iree_hal_buffer_params_t params, iree_device_size_t size,
                                  iree_hal_alloca_flags_t flags,
                                  iree_hal_buffer_t **restrict out_buffer) {
  *out_buffer = NULL;
  iree_status_t status = wait_for_all(base, waits);
  if (!status) {
    status = apus_library.iree_hal_allocator_allocate_buffer(cast(base)->device_allocator, params,
                                                             size, out_buffer);
  }
  return finish(status, signals);
}

static iree_status_t queue_dealloca(APUS_WAITS_AND_SIGNALS, iree_hal_buffer_t *buffer,
                                    iree_hal_dealloca_flags_t flags) {
  // Memory is given back with the last reference to it.
  return finish(wait_for_all(base, waits), signals);
}

// A loop that does what it is given at once, which is what `iree_loop_inline` makes.
static iree_hal_file_transfer_options_t transfer_options(iree_status_t *loop_status) {
  return (iree_hal_file_transfer_options_t){
      .loop = {.self = loop_status, .ctl = (void *)apus_library.iree_loop_inline_ctl}};
}

static iree_status_t queue_read(APUS_WAITS_AND_SIGNALS, iree_hal_file_t *source,
                                uint64_t source_offset, iree_hal_buffer_t *target,
                                iree_device_size_t target_offset, iree_device_size_t length,
                                iree_hal_read_flags_t flags) {
  iree_status_t loop_status = NULL;
  APUS_TRY(apus_library.iree_hal_device_queue_read_streaming(
      base, affinity, waits, signals, source, source_offset, target, target_offset, length, flags,
      transfer_options(&loop_status)));
  return loop_status;
}

static iree_status_t queue_write(APUS_WAITS_AND_SIGNALS, iree_hal_buffer_t *source,
                                 iree_device_size_t source_offset, iree_hal_file_t *target,
                                 uint64_t target_offset, iree_device_size_t length,
                                 iree_hal_write_flags_t flags) {
  iree_status_t loop_status = NULL;
  APUS_TRY(apus_library.iree_hal_device_queue_write_streaming(
      base, affinity, waits, signals, source, source_offset, target, target_offset, length, flags,
      transfer_options(&loop_status)));
  return loop_status;
}

static iree_status_t queue_host_call(APUS_WAITS_AND_SIGNALS, iree_hal_host_call_t call,
                                     const uint64_t arguments[4],
                                     iree_hal_host_call_flags_t flags) {
  iree_status_t status = wait_for_all(base, waits);
  if (status) return finish(status, signals);
  const bool is_waited_for = !(flags & APUS_IREE_HAL_HOST_CALL_FLAG_NON_BLOCKING);
  if (!is_waited_for) APUS_TRY(finish(NULL, signals));
  iree_hal_host_call_context_t context = {.device = base, .queue_affinity = affinity};
  if (is_waited_for) context.signal_semaphore_list = signals;
  status = call.fn(call.user_data, arguments, &context);
  const bool signals_later = ((uintptr_t)status & 0x1F) == APUS_IREE_STATUS_DEFERRED;
  if (!is_waited_for || signals_later) {
    apus_library.iree_status_free(status);
    return NULL;
  }
  if (!status) return finish(NULL, signals);
  // What a call fails with, those see who wait for it.
  apus_library.iree_hal_semaphore_list_fail(signals, status);
  return NULL;
}

static iree_status_t run_deferred(iree_hal_device_t *base, iree_hal_command_buffer_t *deferred,
                                  iree_hal_buffer_binding_table_t bindings) {
  const iree_hal_command_buffer_mode_t mode =
      deferred->mode | APUS_IREE_HAL_COMMAND_BUFFER_MODE_ONE_SHOT |
      APUS_IREE_HAL_COMMAND_BUFFER_MODE_ALLOW_INLINE_EXECUTION |
      // What was recorded has been validated, but for bindings that were not known then.
      (bindings.count == 0 ? APUS_IREE_HAL_COMMAND_BUFFER_MODE_UNVALIDATED : 0);
  iree_hal_command_buffer_t *commands = NULL;
  APUS_TRY(apus_inline_command_buffer_create(
      cast(base)->device_allocator, mode, deferred->allowed_categories,
      /*queue_affinity=*/UINT64_MAX, cast(base)->host_allocator, &commands));
  iree_status_t status =
      apus_library.iree_hal_deferred_command_buffer_apply(deferred, commands, bindings);
  apus_library.iree_hal_command_buffer_release(commands);
  return status;
}

static iree_status_t queue_execute(APUS_WAITS_AND_SIGNALS,
                                   iree_hal_command_buffer_t *command_buffer,
                                   iree_hal_buffer_binding_table_t bindings,
                                   iree_hal_execute_flags_t flags) {
  iree_status_t status = wait_for_all(base, waits);
  if (!status && command_buffer &&
      apus_library.iree_hal_deferred_command_buffer_isa(command_buffer)) {
    status = run_deferred(base, command_buffer, bindings);
  }
  return finish(status, signals);
}

static iree_status_t queue_flush(iree_hal_device_t *base, iree_hal_queue_affinity_t affinity) {
  return NULL;
}

// MARK: Profiling, of which there is none

static iree_status_t profiling_begin(iree_hal_device_t *base,
                                     const iree_hal_device_profiling_options_t *options) {
  return NULL;
}

static iree_status_t profiling_flush(iree_hal_device_t *base) { return NULL; }

static iree_status_t profiling_end(iree_hal_device_t *base) { return NULL; }

// MARK: Operations that the library makes of others

static iree_status_t queue_fill(APUS_WAITS_AND_SIGNALS, iree_hal_buffer_t *target,
                                iree_device_size_t target_offset, iree_device_size_t length,
                                const void *pattern, iree_host_size_t pattern_length,
                                iree_hal_fill_flags_t flags) {
  return apus_library.iree_hal_device_queue_emulated_fill(base, affinity, waits, signals, target,
                                                          target_offset, length, pattern,
                                                          pattern_length, flags);
}

static iree_status_t queue_update(APUS_WAITS_AND_SIGNALS, const void *source,
                                  iree_host_size_t source_offset, iree_hal_buffer_t *target,
                                  iree_device_size_t target_offset, iree_device_size_t length,
                                  iree_hal_update_flags_t flags) {
  return apus_library.iree_hal_device_queue_emulated_update(base, affinity, waits, signals, source,
                                                            source_offset, target, target_offset,
                                                            length, flags);
}

static iree_status_t queue_copy(APUS_WAITS_AND_SIGNALS, iree_hal_buffer_t *source,
                                iree_device_size_t source_offset, iree_hal_buffer_t *target,
                                iree_device_size_t target_offset, iree_device_size_t length,
                                iree_hal_copy_flags_t flags) {
  return apus_library.iree_hal_device_queue_emulated_copy(base, affinity, waits, signals, source,
                                                          source_offset, target, target_offset,
                                                          length, flags);
}

static iree_status_t queue_dispatch(APUS_WAITS_AND_SIGNALS, iree_hal_executable_t *executable,
                                    iree_hal_executable_export_ordinal_t ordinal,
                                    const iree_hal_dispatch_config_t config,
                                    iree_const_byte_span_t constants,
                                    const iree_hal_buffer_ref_list_t bindings,
                                    iree_hal_dispatch_flags_t flags) {
  return apus_library.iree_hal_device_queue_emulated_dispatch(
      base, affinity, waits, signals, executable, ordinal, config, constants, bindings, flags);
}

// MARK: Making

static const iree_hal_device_vtable_t vtable = {
#define APUS_METHOD(result, name, parameters) .name = name,
    APUS_IREE_DEVICE_METHODS(APUS_METHOD)
#undef APUS_METHOD
};

iree_status_t apus_sync_device_create(iree_string_view_t identifier,
                                      const iree_hal_sync_device_params_t *params,
                                      iree_host_size_t loader_count,
                                      iree_hal_executable_loader_t **loaders,
                                      iree_hal_allocator_t *allocator, iree_allocator_t host,
                                      iree_hal_device_t **out_device) {
  *out_device = NULL;
  const size_t size = sizeof(sync_device) + loader_count * sizeof(*loaders);
  sync_device *device = NULL;
  APUS_TRY(apus_library.iree_allocator_malloc(host, size + identifier.size, (void **)&device));
  memset(device, 0, size);
  iree_status_t status =
      apus_library.iree_event_pool_allocate(/*available_capacity=*/4, host, &device->event_pool);
  if (status) {
    apus_library.iree_allocator_free(host, device);
    return status;
  }
  device->resource = (iree_hal_resource_t){.ref_count = 1, .vtable = &vtable};
  device->host_allocator = host;
  device->device_allocator = allocator;
  apus_library.iree_hal_allocator_retain(allocator);
  apus_library.iree_arena_block_pool_initialize(params->arena_block_size, host,
                                                &device->block_pool);
  char *name = (char *)device + size;
  memcpy(name, identifier.data, identifier.size);
  device->identifier = (iree_string_view_t){name, identifier.size};
  device->loader_count = loader_count;
  for (iree_host_size_t i = 0; i < loader_count; ++i) {
    device->loaders[i] = loaders[i];
    apus_library.iree_hal_executable_loader_retain(loaders[i]);
  }
  *out_device = (iree_hal_device_t *)device;
  return NULL;
}
