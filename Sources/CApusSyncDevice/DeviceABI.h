// What the device has to do with IREE 3.9.0: the two interfaces that it implements, which are tables of functions
// (`iree/hal/device.h`, `iree/hal/command_buffer.h`), the library's functions that it calls, and their types.
//
// Written by hand and proven as CApusIREERuntime.h is, by Scripts/check-abi.

#ifndef CAPUS_SYNC_DEVICE_ABI_H_
#define CAPUS_SYNC_DEVICE_ABI_H_

#include "CApusIREERuntime.h"

#ifndef APUS_IREE_NATIVE_TYPES

// iree/base

typedef struct iree_timeout_t {
  unsigned int type;
  int64_t nanos;
} iree_timeout_t;
typedef struct iree_loop_t {
  void *self;
  void *ctl;
} iree_loop_t;
typedef struct iree_fpu_state_t {
  uint64_t previous_value;
  uint64_t current_value;
} iree_fpu_state_t;
typedef uint32_t iree_cpu_processor_id_t;
typedef struct iree_event_pool_t {
  char opaque;
} iree_event_pool_t;
// Opaque; 64 bytes in 3.9.0, with room to grow.
typedef struct iree_arena_block_pool_t {
  _Alignas(16) uint64_t opaque[16];
} iree_arena_block_pool_t;

// iree/hal

typedef uint32_t iree_hal_allocator_pool_t;
typedef uint32_t iree_hal_command_buffer_mode_t;
typedef uint32_t iree_hal_command_category_t;
typedef uint32_t iree_hal_event_flags_t;
typedef uint32_t iree_hal_executable_caching_mode_t;
typedef uint32_t iree_hal_executable_export_ordinal_t;
typedef uint32_t iree_hal_execution_stage_t;
typedef uint32_t iree_hal_external_file_flags_t;
typedef uint32_t iree_hal_semaphore_compatibility_t;
typedef uint64_t iree_hal_alloca_flags_t;
typedef uint64_t iree_hal_copy_flags_t;
typedef uint64_t iree_hal_dealloca_flags_t;
typedef uint64_t iree_hal_dispatch_flags_t;
typedef uint64_t iree_hal_execute_flags_t;
typedef uint64_t iree_hal_execution_barrier_flags_t;
typedef uint64_t iree_hal_fill_flags_t;
typedef uint64_t iree_hal_host_call_flags_t;
typedef uint64_t iree_hal_memory_advise_flags_t;
typedef uint64_t iree_hal_read_flags_t;
typedef uint64_t iree_hal_semaphore_flags_t;
typedef uint64_t iree_hal_update_flags_t;
typedef uint64_t iree_hal_wait_flags_t;
typedef uint64_t iree_hal_write_flags_t;
typedef unsigned int iree_hal_wait_mode_t;

typedef struct iree_hal_channel_t iree_hal_channel_t;
typedef struct iree_hal_channel_provider_t iree_hal_channel_provider_t;
typedef struct iree_hal_device_profiling_options_t iree_hal_device_profiling_options_t;
typedef struct iree_hal_event_t iree_hal_event_t;
typedef struct iree_hal_executable_t iree_hal_executable_t;
typedef struct iree_hal_executable_cache_t iree_hal_executable_cache_t;
typedef struct iree_hal_file_t iree_hal_file_t;
typedef struct iree_hal_memory_barrier_t iree_hal_memory_barrier_t;
typedef struct iree_hal_buffer_barrier_t iree_hal_buffer_barrier_t;
typedef struct iree_hal_label_location_t iree_hal_label_location_t;
typedef struct iree_hal_semaphore_t iree_hal_semaphore_t;

typedef struct iree_hal_label_color_t {
  uint32_t value;
} iree_hal_label_color_t;
typedef union iree_hal_collective_op_t {
  uint32_t packed;
} iree_hal_collective_op_t;
typedef struct iree_hal_channel_params_t {
  uint64_t flags;
  iree_const_byte_span_t id;
  iree_string_view_t group;
  int32_t rank;
  int32_t count;
} iree_hal_channel_params_t;

typedef struct iree_hal_semaphore_list_t {
  iree_host_size_t count;
  iree_hal_semaphore_t **semaphores;
  uint64_t *payload_values;
} iree_hal_semaphore_list_t;

typedef struct iree_hal_buffer_ref_t {
  uint32_t reserved : 8;
  uint32_t buffer_slot : 24;
  iree_hal_buffer_t *buffer;
  iree_device_size_t offset;
  iree_device_size_t length;
} iree_hal_buffer_ref_t;
typedef struct iree_hal_buffer_ref_list_t {
  iree_host_size_t count;
  const iree_hal_buffer_ref_t *values;
} iree_hal_buffer_ref_list_t;
typedef struct iree_hal_buffer_binding_table_t {
  iree_host_size_t count;
  const struct iree_hal_buffer_binding_t *bindings;
} iree_hal_buffer_binding_table_t;

typedef struct iree_hal_dispatch_config_t {
  uint32_t workgroup_size[3];
  uint32_t workgroup_count[3];
  iree_hal_buffer_ref_t workgroup_count_ref;
  uint32_t dynamic_workgroup_local_memory;
} iree_hal_dispatch_config_t;

typedef struct iree_hal_host_call_context_t {
  iree_hal_device_t *device;
  iree_hal_queue_affinity_t queue_affinity;
  iree_hal_semaphore_list_t signal_semaphore_list;
} iree_hal_host_call_context_t;
typedef iree_status_t (*iree_hal_host_call_fn_t)(
    void *user_data, const uint64_t arguments[4], iree_hal_host_call_context_t *context);
typedef struct iree_hal_host_call_t {
  iree_hal_host_call_fn_t fn;
  void *user_data;
} iree_hal_host_call_t;

typedef struct iree_hal_file_transfer_options_t {
  iree_loop_t loop;
  iree_device_size_t chunk_count;
  iree_device_size_t chunk_size;
} iree_hal_file_transfer_options_t;

typedef struct iree_hal_resource_t {
  int32_t ref_count;
  const void *vtable;
} iree_hal_resource_t;

// The body of `iree_hal_command_buffer_t`, which every implementation begins with.
typedef struct iree_hal_command_buffer_t {
  iree_hal_resource_t resource;
  iree_hal_command_buffer_mode_t mode;
  iree_hal_command_category_t allowed_categories;
  iree_hal_queue_affinity_t queue_affinity;
  uint32_t binding_capacity;
  uint32_t binding_count;
  void *validation_state;
} iree_hal_command_buffer_t;

// iree/hal/local

typedef struct iree_hal_executable_dispatch_attrs_v0_t {
  uint64_t flags;
  uint16_t local_memory_pages;
  uint8_t constant_count;
  uint8_t binding_count;
  uint32_t workgroup_size_x;
  uint32_t workgroup_size_y;
  uint16_t workgroup_size_z;
  uint16_t parameter_count;
  uint64_t reserved_1[5];
} iree_hal_executable_dispatch_attrs_v0_t;
typedef struct iree_hal_executable_dispatch_state_v0_t {
  uint32_t workgroup_size_x;
  uint32_t workgroup_size_y;
  uint16_t workgroup_size_z;
  uint16_t constant_count;
  uint32_t workgroup_count_x;
  uint32_t workgroup_count_y;
  uint16_t workgroup_count_z;
  uint8_t max_concurrency;
  uint8_t binding_count;
  const uint32_t *constants;
  void *const *binding_ptrs;
  const size_t *binding_lengths;
} iree_hal_executable_dispatch_state_v0_t;
typedef struct iree_hal_executable_workgroup_state_v0_t {
  uint32_t workgroup_id_x;
  uint32_t workgroup_id_y;
  uint16_t workgroup_id_z;
  uint16_t reserved;
  uint32_t processor_id;
  void *local_memory;
  uint32_t local_memory_size;
} iree_hal_executable_workgroup_state_v0_t;

// The beginning of `iree_hal_local_executable_t`; its environment follows.
typedef struct iree_hal_local_executable_t {
  iree_hal_resource_t resource;
  iree_allocator_t host_allocator;
  const iree_hal_executable_dispatch_attrs_v0_t *dispatch_attrs;
} iree_hal_local_executable_t;

typedef struct iree_hal_device_vtable_t iree_hal_device_vtable_t;
typedef struct iree_hal_command_buffer_vtable_t iree_hal_command_buffer_vtable_t;

#endif  // APUS_IREE_NATIVE_TYPES

// What every operation of a queue begins with.
#define APUS_QUEUE                                                       \
  iree_hal_device_t *device, iree_hal_queue_affinity_t queue_affinity,   \
      const iree_hal_semaphore_list_t wait_semaphore_list,               \
      const iree_hal_semaphore_list_t signal_semaphore_list

// What the operations of a queue that the library makes of others take, as methods and as its functions.
#define APUS_FILL_PARAMETERS                                                                      \
  (APUS_QUEUE, iree_hal_buffer_t * target_buffer, iree_device_size_t target_offset,               \
   iree_device_size_t length, const void *pattern, iree_host_size_t pattern_length,               \
   iree_hal_fill_flags_t flags)
#define APUS_UPDATE_PARAMETERS                                                                    \
  (APUS_QUEUE, const void *source_buffer, iree_host_size_t source_offset,                         \
   iree_hal_buffer_t *target_buffer, iree_device_size_t target_offset,                            \
   iree_device_size_t length, iree_hal_update_flags_t flags)
#define APUS_COPY_PARAMETERS                                                                      \
  (APUS_QUEUE, iree_hal_buffer_t * source_buffer, iree_device_size_t source_offset,               \
   iree_hal_buffer_t * target_buffer, iree_device_size_t target_offset,                           \
   iree_device_size_t length, iree_hal_copy_flags_t flags)
#define APUS_DISPATCH_PARAMETERS                                                                  \
  (APUS_QUEUE, iree_hal_executable_t * executable,                                                \
   iree_hal_executable_export_ordinal_t export_ordinal,                                           \
   const iree_hal_dispatch_config_t config, iree_const_byte_span_t constants,                     \
   const iree_hal_buffer_ref_list_t bindings, iree_hal_dispatch_flags_t flags)

// The device's interface, in its order: M(result, name, (parameters)).
#define APUS_IREE_DEVICE_METHODS(M)                                                               \
  M(void, destroy, (iree_hal_device_t * device))                                                  \
  M(iree_string_view_t, id, (iree_hal_device_t * device))                                         \
  M(iree_allocator_t, host_allocator, (iree_hal_device_t * device))                               \
  M(iree_hal_allocator_t *, device_allocator, (iree_hal_device_t * device))                       \
  M(void, replace_device_allocator,                                                               \
    (iree_hal_device_t * device, iree_hal_allocator_t * new_allocator))                           \
  M(void, replace_channel_provider,                                                               \
    (iree_hal_device_t * device, iree_hal_channel_provider_t * new_provider))                     \
  M(iree_status_t, trim, (iree_hal_device_t * device))                                            \
  M(iree_status_t, query_i64,                                                                     \
    (iree_hal_device_t * device, iree_string_view_t category, iree_string_view_t key,             \
     int64_t *out_value))                                                                         \
  M(iree_status_t, create_channel,                                                                \
    (iree_hal_device_t * device, iree_hal_queue_affinity_t queue_affinity,                        \
     iree_hal_channel_params_t params, iree_hal_channel_t **out_channel))                         \
  M(iree_status_t, create_command_buffer,                                                         \
    (iree_hal_device_t * device, iree_hal_command_buffer_mode_t mode,                             \
     iree_hal_command_category_t command_categories, iree_hal_queue_affinity_t queue_affinity,    \
     iree_host_size_t binding_capacity, iree_hal_command_buffer_t **out_command_buffer))          \
  M(iree_status_t, create_event,                                                                  \
    (iree_hal_device_t * device, iree_hal_queue_affinity_t queue_affinity,                        \
     iree_hal_event_flags_t flags, iree_hal_event_t **out_event))                                 \
  M(iree_status_t, create_executable_cache,                                                       \
    (iree_hal_device_t * device, iree_string_view_t identifier, iree_loop_t loop,                 \
     iree_hal_executable_cache_t **out_executable_cache))                                         \
  M(iree_status_t, import_file,                                                                   \
    (iree_hal_device_t * device, iree_hal_queue_affinity_t queue_affinity,                        \
     iree_hal_memory_access_t access, iree_io_file_handle_t *handle,                              \
     iree_hal_external_file_flags_t flags, iree_hal_file_t **out_file))                           \
  M(iree_status_t, create_semaphore,                                                              \
    (iree_hal_device_t * device, iree_hal_queue_affinity_t queue_affinity,                        \
     uint64_t initial_value, iree_hal_semaphore_flags_t flags,                                    \
     iree_hal_semaphore_t **out_semaphore))                                                       \
  M(iree_hal_semaphore_compatibility_t, query_semaphore_compatibility,                            \
    (iree_hal_device_t * device, iree_hal_semaphore_t * semaphore))                               \
  M(iree_status_t, queue_alloca,                                                                  \
    (APUS_QUEUE, iree_hal_allocator_pool_t pool, iree_hal_buffer_params_t params,                 \
     iree_device_size_t allocation_size, iree_hal_alloca_flags_t flags,                           \
     iree_hal_buffer_t **restrict out_buffer))                                                    \
  M(iree_status_t, queue_dealloca,                                                                \
    (APUS_QUEUE, iree_hal_buffer_t * buffer, iree_hal_dealloca_flags_t flags))                    \
  M(iree_status_t, queue_fill, APUS_FILL_PARAMETERS)                                              \
  M(iree_status_t, queue_update, APUS_UPDATE_PARAMETERS)                                          \
  M(iree_status_t, queue_copy, APUS_COPY_PARAMETERS)                                              \
  M(iree_status_t, queue_read,                                                                    \
    (APUS_QUEUE, iree_hal_file_t * source_file, uint64_t source_offset,                           \
     iree_hal_buffer_t * target_buffer, iree_device_size_t target_offset,                         \
     iree_device_size_t length, iree_hal_read_flags_t flags))                                     \
  M(iree_status_t, queue_write,                                                                   \
    (APUS_QUEUE, iree_hal_buffer_t * source_buffer, iree_device_size_t source_offset,             \
     iree_hal_file_t * target_file, uint64_t target_offset, iree_device_size_t length,            \
     iree_hal_write_flags_t flags))                                                               \
  M(iree_status_t, queue_host_call,                                                               \
    (APUS_QUEUE, iree_hal_host_call_t call, const uint64_t arguments[4],                          \
     iree_hal_host_call_flags_t flags))                                                           \
  M(iree_status_t, queue_dispatch, APUS_DISPATCH_PARAMETERS)                                      \
  M(iree_status_t, queue_execute,                                                                 \
    (APUS_QUEUE, iree_hal_command_buffer_t * command_buffer,                                      \
     iree_hal_buffer_binding_table_t binding_table, iree_hal_execute_flags_t flags))              \
  M(iree_status_t, queue_flush,                                                                   \
    (iree_hal_device_t * device, iree_hal_queue_affinity_t queue_affinity))                       \
  M(iree_status_t, wait_semaphores,                                                               \
    (iree_hal_device_t * device, iree_hal_wait_mode_t wait_mode,                                  \
     const iree_hal_semaphore_list_t semaphore_list, iree_timeout_t timeout,                      \
     iree_hal_wait_flags_t flags))                                                                \
  M(iree_status_t, profiling_begin,                                                               \
    (iree_hal_device_t * device, const iree_hal_device_profiling_options_t *options))             \
  M(iree_status_t, profiling_flush, (iree_hal_device_t * device))                                 \
  M(iree_status_t, profiling_end, (iree_hal_device_t * device))

// The command buffer's interface, in its order.
#define APUS_IREE_COMMAND_BUFFER_METHODS(M)                                                       \
  M(void, destroy, (iree_hal_command_buffer_t * command_buffer))                                  \
  M(iree_status_t, begin, (iree_hal_command_buffer_t * command_buffer))                           \
  M(iree_status_t, end, (iree_hal_command_buffer_t * command_buffer))                             \
  M(iree_status_t, begin_debug_group,                                                             \
    (iree_hal_command_buffer_t * command_buffer, iree_string_view_t label,                        \
     iree_hal_label_color_t label_color, const iree_hal_label_location_t *location))              \
  M(iree_status_t, end_debug_group, (iree_hal_command_buffer_t * command_buffer))                 \
  M(iree_status_t, execution_barrier,                                                             \
    (iree_hal_command_buffer_t * command_buffer, iree_hal_execution_stage_t source_stage_mask,    \
     iree_hal_execution_stage_t target_stage_mask, iree_hal_execution_barrier_flags_t flags,      \
     iree_host_size_t memory_barrier_count, const iree_hal_memory_barrier_t *memory_barriers,     \
     iree_host_size_t buffer_barrier_count, const iree_hal_buffer_barrier_t *buffer_barriers))    \
  M(iree_status_t, signal_event,                                                                  \
    (iree_hal_command_buffer_t * command_buffer, iree_hal_event_t * event,                        \
     iree_hal_execution_stage_t source_stage_mask))                                               \
  M(iree_status_t, reset_event,                                                                   \
    (iree_hal_command_buffer_t * command_buffer, iree_hal_event_t * event,                        \
     iree_hal_execution_stage_t source_stage_mask))                                               \
  M(iree_status_t, wait_events,                                                                   \
    (iree_hal_command_buffer_t * command_buffer, iree_host_size_t event_count,                    \
     const iree_hal_event_t **events, iree_hal_execution_stage_t source_stage_mask,               \
     iree_hal_execution_stage_t target_stage_mask, iree_host_size_t memory_barrier_count,         \
     const iree_hal_memory_barrier_t *memory_barriers, iree_host_size_t buffer_barrier_count,     \
     const iree_hal_buffer_barrier_t *buffer_barriers))                                           \
  M(iree_status_t, advise_buffer,                                                                 \
    (iree_hal_command_buffer_t * command_buffer, iree_hal_buffer_ref_t buffer_ref,                \
     iree_hal_memory_advise_flags_t flags, uint64_t argument0, uint64_t argument1))               \
  M(iree_status_t, fill_buffer,                                                                   \
    (iree_hal_command_buffer_t * command_buffer, iree_hal_buffer_ref_t target_ref,                \
     const void *pattern, iree_host_size_t pattern_length, iree_hal_fill_flags_t flags))          \
  M(iree_status_t, update_buffer,                                                                 \
    (iree_hal_command_buffer_t * command_buffer, const void *source_buffer,                       \
     iree_host_size_t source_offset, iree_hal_buffer_ref_t target_ref,                            \
     iree_hal_update_flags_t flags))                                                              \
  M(iree_status_t, copy_buffer,                                                                   \
    (iree_hal_command_buffer_t * command_buffer, iree_hal_buffer_ref_t source_ref,                \
     iree_hal_buffer_ref_t target_ref, iree_hal_copy_flags_t flags))                              \
  M(iree_status_t, collective,                                                                    \
    (iree_hal_command_buffer_t * command_buffer, iree_hal_channel_t * channel,                    \
     iree_hal_collective_op_t op, uint32_t parameter, iree_hal_buffer_ref_t send_ref,             \
     iree_hal_buffer_ref_t receive_ref, iree_device_size_t element_count))                        \
  M(iree_status_t, dispatch,                                                                      \
    (iree_hal_command_buffer_t * command_buffer, iree_hal_executable_t * executable,              \
     iree_hal_executable_export_ordinal_t export_ordinal,                                         \
     const iree_hal_dispatch_config_t config, iree_const_byte_span_t constants,                   \
     iree_hal_buffer_ref_list_t bindings, iree_hal_dispatch_flags_t flags))

// The functions of the library that the device calls: F(result, name, (parameters)). Four of its methods are
// the library's own.
#define APUS_SYNC_DEVICE_FUNCTIONS(F)                                                             \
  F(iree_status_t, iree_status_allocate,                                                          \
    (iree_status_code_t code, const char *file, uint32_t line, iree_string_view_t message))       \
  F(iree_status_t, iree_status_clone, (iree_status_t status))                                     \
  F(void, iree_status_free, (iree_status_t status))                                               \
  F(iree_status_t, iree_allocator_malloc,                                                         \
    (iree_allocator_t allocator, iree_host_size_t byte_length, void **out_pointer))               \
  F(void, iree_allocator_free, (iree_allocator_t allocator, void *pointer))                       \
  F(bool, iree_string_view_match_pattern, (iree_string_view_t value, iree_string_view_t pattern)) \
  F(iree_status_t, iree_loop_inline_ctl,                                                          \
    (void *self, uint32_t command, const void *params, void **inout_pointer))                     \
  F(iree_fpu_state_t, iree_fpu_state_push, (uint32_t flags))                                      \
  F(void, iree_fpu_state_pop, (iree_fpu_state_t state))                                           \
  F(iree_cpu_processor_id_t, iree_cpu_query_processor_id, (void))                                 \
  F(iree_status_t, iree_cpu_lookup_data_by_key, (iree_string_view_t key, int64_t *out_value))     \
  F(iree_status_t, iree_event_pool_allocate,                                                      \
    (iree_host_size_t available_capacity, iree_allocator_t host_allocator,                        \
     iree_event_pool_t **out_event_pool))                                                         \
  F(void, iree_event_pool_free, (iree_event_pool_t * event_pool))                                 \
  F(void, iree_arena_block_pool_initialize,                                                       \
    (iree_host_size_t total_block_size, iree_allocator_t block_allocator,                         \
     iree_arena_block_pool_t *out_block_pool))                                                    \
  F(void, iree_arena_block_pool_deinitialize, (iree_arena_block_pool_t * block_pool))             \
  F(void, iree_arena_block_pool_trim, (iree_arena_block_pool_t * block_pool))                     \
                                                                                                  \
  F(void, iree_hal_allocator_retain, (iree_hal_allocator_t * allocator))                          \
  F(void, iree_hal_allocator_release, (iree_hal_allocator_t * allocator))                         \
  F(iree_status_t, iree_hal_allocator_trim, (iree_hal_allocator_t * allocator))                   \
  F(iree_status_t, iree_hal_allocator_allocate_buffer,                                            \
    (iree_hal_allocator_t * allocator, iree_hal_buffer_params_t params,                           \
     iree_device_size_t allocation_size, iree_hal_buffer_t **out_buffer))                         \
  F(iree_status_t, iree_hal_buffer_map_range,                                                     \
    (iree_hal_buffer_t * buffer, iree_hal_mapping_mode_t mode, iree_hal_memory_access_t access,   \
     iree_device_size_t byte_offset, iree_device_size_t byte_length,                              \
     iree_hal_buffer_mapping_t *out_mapping))                                                     \
  F(iree_status_t, iree_hal_buffer_map_fill,                                                      \
    (iree_hal_buffer_t * buffer, iree_device_size_t byte_offset, iree_device_size_t byte_length,  \
     const void *pattern, iree_host_size_t pattern_length))                                       \
  F(iree_status_t, iree_hal_buffer_map_write,                                                     \
    (iree_hal_buffer_t * target_buffer, iree_device_size_t target_offset,                         \
     const void *source_buffer, iree_device_size_t data_length))                                  \
  F(iree_status_t, iree_hal_buffer_map_copy,                                                      \
    (iree_hal_buffer_t * source_buffer, iree_device_size_t source_offset,                         \
     iree_hal_buffer_t * target_buffer, iree_device_size_t target_offset,                         \
     iree_device_size_t data_length))                                                             \
  F(iree_status_t, iree_hal_file_from_handle,                                                     \
    (iree_hal_allocator_t * device_allocator, iree_hal_queue_affinity_t queue_affinity,           \
     iree_hal_memory_access_t access, iree_io_file_handle_t *handle,                              \
     iree_allocator_t host_allocator, iree_hal_file_t **out_file))                                \
  F(void, iree_hal_channel_provider_retain, (iree_hal_channel_provider_t * provider))             \
  F(void, iree_hal_channel_provider_release, (iree_hal_channel_provider_t * provider))            \
                                                                                                  \
  F(iree_status_t, iree_hal_task_semaphore_create,                                                \
    (iree_event_pool_t * event_pool, uint64_t initial_value, iree_allocator_t host_allocator,     \
     iree_hal_semaphore_t **out_semaphore))                                                       \
  F(iree_status_t, iree_hal_task_semaphore_multi_wait,                                            \
    (iree_hal_wait_mode_t wait_mode, const iree_hal_semaphore_list_t semaphore_list,              \
     iree_timeout_t timeout, iree_hal_wait_flags_t flags, iree_event_pool_t *event_pool,          \
     iree_arena_block_pool_t *block_pool))                                                        \
  F(iree_status_t, iree_hal_semaphore_list_signal, (iree_hal_semaphore_list_t semaphore_list))    \
  F(void, iree_hal_semaphore_list_fail,                                                           \
    (iree_hal_semaphore_list_t semaphore_list, iree_status_t status))                             \
  F(iree_status_t, iree_hal_task_event_create,                                                    \
    (iree_hal_queue_affinity_t queue_affinity, iree_hal_event_flags_t flags,                      \
     iree_allocator_t host_allocator, iree_hal_event_t **out_event))                              \
                                                                                                  \
  F(void, iree_hal_executable_loader_retain, (iree_hal_executable_loader_t * loader))             \
  F(void, iree_hal_executable_loader_release, (iree_hal_executable_loader_t * loader))            \
  F(bool, iree_hal_query_any_executable_loader_support,                                           \
    (iree_host_size_t loader_count, iree_hal_executable_loader_t **loaders,                       \
     iree_hal_executable_caching_mode_t caching_mode, iree_string_view_t executable_format))      \
  F(iree_status_t, iree_hal_local_executable_cache_create,                                        \
    (iree_string_view_t identifier, iree_host_size_t worker_capacity,                             \
     iree_host_size_t loader_count, iree_hal_executable_loader_t **loaders,                       \
     iree_allocator_t host_allocator, iree_hal_executable_cache_t **out_executable_cache))        \
  F(iree_hal_local_executable_t *, iree_hal_local_executable_cast,                                \
    (iree_hal_executable_t * executable))                                                         \
  F(iree_status_t, iree_hal_local_executable_issue_call,                                          \
    (iree_hal_local_executable_t * executable, iree_host_size_t ordinal,                          \
     const iree_hal_executable_dispatch_state_v0_t *dispatch_state,                               \
     const iree_hal_executable_workgroup_state_v0_t *workgroup_state, uint32_t worker_id))        \
                                                                                                  \
  F(iree_host_size_t, iree_hal_command_buffer_validation_state_size,                              \
    (iree_hal_command_buffer_mode_t mode, iree_host_size_t binding_capacity))                     \
  F(void, iree_hal_command_buffer_initialize,                                                     \
    (iree_hal_allocator_t * device_allocator, iree_hal_command_buffer_mode_t mode,                \
     iree_hal_command_category_t command_categories, iree_hal_queue_affinity_t queue_affinity,    \
     iree_host_size_t binding_capacity, void *validation_state,                                   \
     const iree_hal_command_buffer_vtable_t *vtable, iree_hal_command_buffer_t *command_buffer))  \
  F(void, iree_hal_command_buffer_release, (iree_hal_command_buffer_t * command_buffer))          \
  F(iree_status_t, iree_hal_deferred_command_buffer_create,                                       \
    (iree_hal_allocator_t * device_allocator, iree_hal_command_buffer_mode_t mode,                \
     iree_hal_command_category_t command_categories, iree_hal_queue_affinity_t queue_affinity,    \
     iree_host_size_t binding_capacity, iree_arena_block_pool_t *block_pool,                      \
     iree_allocator_t host_allocator, iree_hal_command_buffer_t **out_command_buffer))            \
  F(bool, iree_hal_deferred_command_buffer_isa, (iree_hal_command_buffer_t * command_buffer))     \
  F(iree_status_t, iree_hal_deferred_command_buffer_apply,                                        \
    (iree_hal_command_buffer_t * command_buffer,                                                  \
     iree_hal_command_buffer_t * target_command_buffer,                                           \
     iree_hal_buffer_binding_table_t binding_table))                                              \
                                                                                                  \
  F(iree_status_t, iree_hal_device_queue_emulated_fill, APUS_FILL_PARAMETERS)                     \
  F(iree_status_t, iree_hal_device_queue_emulated_update, APUS_UPDATE_PARAMETERS)                 \
  F(iree_status_t, iree_hal_device_queue_emulated_copy, APUS_COPY_PARAMETERS)                     \
  F(iree_status_t, iree_hal_device_queue_emulated_dispatch, APUS_DISPATCH_PARAMETERS)             \
  F(iree_status_t, iree_hal_device_queue_read_streaming,                                          \
    (APUS_QUEUE, iree_hal_file_t * source_file, uint64_t source_offset,                           \
     iree_hal_buffer_t * target_buffer, iree_device_size_t target_offset,                         \
     iree_device_size_t length, iree_hal_read_flags_t flags,                                      \
     iree_hal_file_transfer_options_t options))                                                   \
  F(iree_status_t, iree_hal_device_queue_write_streaming,                                         \
    (APUS_QUEUE, iree_hal_buffer_t * source_buffer, iree_device_size_t source_offset,             \
     iree_hal_file_t * target_file, uint64_t target_offset, iree_device_size_t length,            \
     iree_hal_write_flags_t flags, iree_hal_file_transfer_options_t options))

// The layouts relied upon: L(type, size) and O(type, field, offset).
#define APUS_SYNC_DEVICE_LAYOUTS(L, O)                            \
  L(iree_timeout_t, 16)                                           \
  O(iree_timeout_t, nanos, 8)                                     \
  L(iree_loop_t, 16)                                              \
  O(iree_loop_t, ctl, 8)                                          \
  L(iree_fpu_state_t, 16)                                         \
  L(iree_hal_label_color_t, 4)                                    \
  L(iree_hal_collective_op_t, 4)                                  \
  L(iree_hal_channel_params_t, 48)                                \
  L(iree_hal_semaphore_list_t, 24)                                \
  O(iree_hal_semaphore_list_t, semaphores, 8)                     \
  O(iree_hal_semaphore_list_t, payload_values, 16)                \
  L(iree_hal_buffer_ref_t, 32)                                    \
  O(iree_hal_buffer_ref_t, buffer, 8)                             \
  O(iree_hal_buffer_ref_t, offset, 16)                            \
  O(iree_hal_buffer_ref_t, length, 24)                            \
  L(iree_hal_buffer_ref_list_t, 16)                               \
  O(iree_hal_buffer_ref_list_t, values, 8)                        \
  L(iree_hal_buffer_binding_table_t, 16)                          \
  L(iree_hal_dispatch_config_t, 64)                               \
  O(iree_hal_dispatch_config_t, workgroup_count, 12)              \
  O(iree_hal_dispatch_config_t, workgroup_count_ref, 24)          \
  O(iree_hal_dispatch_config_t, dynamic_workgroup_local_memory, 56) \
  L(iree_hal_host_call_context_t, 40)                             \
  O(iree_hal_host_call_context_t, queue_affinity, 8)              \
  O(iree_hal_host_call_context_t, signal_semaphore_list, 16)      \
  L(iree_hal_host_call_t, 16)                                     \
  O(iree_hal_host_call_t, user_data, 8)                           \
  L(iree_hal_file_transfer_options_t, 32)                         \
  O(iree_hal_file_transfer_options_t, chunk_count, 16)            \
  O(iree_hal_file_transfer_options_t, chunk_size, 24)             \
  L(iree_hal_resource_t, 16)                                      \
  O(iree_hal_resource_t, vtable, 8)                               \
  L(iree_hal_command_buffer_t, 48)                                \
  O(iree_hal_command_buffer_t, mode, 16)                          \
  O(iree_hal_command_buffer_t, allowed_categories, 20)            \
  L(iree_hal_executable_dispatch_attrs_v0_t, 64)                  \
  O(iree_hal_executable_dispatch_attrs_v0_t, local_memory_pages, 8) \
  O(iree_hal_executable_dispatch_attrs_v0_t, constant_count, 10)  \
  O(iree_hal_executable_dispatch_attrs_v0_t, binding_count, 11)   \
  L(iree_hal_executable_dispatch_state_v0_t, 48)                  \
  O(iree_hal_executable_dispatch_state_v0_t, workgroup_size_z, 8) \
  O(iree_hal_executable_dispatch_state_v0_t, constant_count, 10)  \
  O(iree_hal_executable_dispatch_state_v0_t, workgroup_count_x, 12) \
  O(iree_hal_executable_dispatch_state_v0_t, workgroup_count_z, 20) \
  O(iree_hal_executable_dispatch_state_v0_t, max_concurrency, 22) \
  O(iree_hal_executable_dispatch_state_v0_t, binding_count, 23)   \
  O(iree_hal_executable_dispatch_state_v0_t, constants, 24)       \
  O(iree_hal_executable_dispatch_state_v0_t, binding_ptrs, 32)    \
  O(iree_hal_executable_dispatch_state_v0_t, binding_lengths, 40) \
  L(iree_hal_executable_workgroup_state_v0_t, 32)                 \
  O(iree_hal_executable_workgroup_state_v0_t, workgroup_id_z, 8)  \
  O(iree_hal_executable_workgroup_state_v0_t, processor_id, 12)   \
  O(iree_hal_executable_workgroup_state_v0_t, local_memory, 16)   \
  O(iree_hal_executable_workgroup_state_v0_t, local_memory_size, 24) \
  O(iree_hal_local_executable_t, dispatch_attrs, 32)

// The constants relied upon: C(Apus's name, IREE's name, value).
#define APUS_SYNC_DEVICE_CONSTANTS(C)                                                             \
  C(APUS_IREE_STATUS_INVALID_ARGUMENT, IREE_STATUS_INVALID_ARGUMENT, 3)                           \
  C(APUS_IREE_STATUS_NOT_FOUND, IREE_STATUS_NOT_FOUND, 5)                                         \
  C(APUS_IREE_STATUS_DEFERRED, IREE_STATUS_DEFERRED, 17)                                          \
  C(APUS_IREE_TIMEOUT_ABSOLUTE, IREE_TIMEOUT_ABSOLUTE, 0)                                         \
  C(APUS_IREE_TIME_INFINITE_FUTURE, IREE_TIME_INFINITE_FUTURE, INT64_MAX)                         \
  C(APUS_IREE_FPU_STATE_FLAG_FLUSH_DENORMALS_TO_ZERO,                                             \
    IREE_FPU_STATE_FLAG_FLUSH_DENORMALS_TO_ZERO, 1)                                               \
  C(APUS_IREE_HAL_WAIT_MODE_ALL, IREE_HAL_WAIT_MODE_ALL, 0)                                       \
  C(APUS_IREE_HAL_WAIT_FLAG_DEFAULT, IREE_HAL_WAIT_FLAG_DEFAULT, 0)                               \
  C(APUS_IREE_HAL_COMMAND_BUFFER_MODE_ONE_SHOT, IREE_HAL_COMMAND_BUFFER_MODE_ONE_SHOT, 1)         \
  C(APUS_IREE_HAL_COMMAND_BUFFER_MODE_ALLOW_INLINE_EXECUTION,                                     \
    IREE_HAL_COMMAND_BUFFER_MODE_ALLOW_INLINE_EXECUTION, 16)                                      \
  C(APUS_IREE_HAL_COMMAND_BUFFER_MODE_UNVALIDATED, IREE_HAL_COMMAND_BUFFER_MODE_UNVALIDATED, 32)  \
  C(APUS_IREE_HAL_DISPATCH_INDIRECT_PARAMETERS,                                                   \
    IREE_HAL_DISPATCH_FLAG_DYNAMIC_INDIRECT_PARAMETERS                                            \
        | IREE_HAL_DISPATCH_FLAG_STATIC_INDIRECT_PARAMETERS, 3)                                   \
  C(APUS_IREE_HAL_DISPATCH_OTHER_ARGUMENTS,                                                       \
    IREE_HAL_DISPATCH_FLAG_CUSTOM_DIRECT_ARGUMENTS                                                \
        | IREE_HAL_DISPATCH_FLAG_DYNAMIC_INDIRECT_ARGUMENTS                                       \
        | IREE_HAL_DISPATCH_FLAG_STATIC_INDIRECT_ARGUMENTS, 28)                                   \
  C(APUS_IREE_HAL_HOST_CALL_FLAG_NON_BLOCKING, IREE_HAL_HOST_CALL_FLAG_NON_BLOCKING, 1)           \
  C(APUS_IREE_HAL_SEMAPHORE_COMPATIBILITY_HOST_ONLY,                                              \
    IREE_HAL_SEMAPHORE_COMPATIBILITY_HOST_ONLY, 5)                                                \
  C(APUS_IREE_HAL_MAPPING_MODE_PERSISTENT, IREE_HAL_MAPPING_MODE_PERSISTENT, 2)                   \
  C(APUS_IREE_HAL_MEMORY_ACCESS_ANY, IREE_HAL_MEMORY_ACCESS_ANY, 32)                              \
  C(APUS_IREE_HAL_EXECUTABLE_WORKGROUP_LOCAL_MEMORY_PAGE_SIZE,                                    \
    IREE_HAL_EXECUTABLE_WORKGROUP_LOCAL_MEMORY_PAGE_SIZE, 4096)                                   \
  C(APUS_IREE_HAL_EXECUTABLE_MAX_BINDING_COUNT, IREE_HAL_EXECUTABLE_MAX_BINDING_COUNT, 64)

#ifndef APUS_IREE_NATIVE_TYPES

#define APUS_CONSTANT(apus_name, iree_name, value) static const int64_t apus_name = value;
APUS_SYNC_DEVICE_CONSTANTS(APUS_CONSTANT)
#undef APUS_CONSTANT

#endif  // APUS_IREE_NATIVE_TYPES

#endif  // CAPUS_SYNC_DEVICE_ABI_H_
