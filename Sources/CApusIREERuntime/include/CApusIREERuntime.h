// The part of IREE's runtime C API that Apus calls, declared once.
//
// No installable package ships these headers whole (the distribution's include/ lacks
// iree/base/allocator.h), so the declarations are written by hand and proven: Scripts/check-abi compiles
// this file against IREE's own headers, with the types below left out, and compares every function,
// layout and constant.
//
// Every handle has a one-byte body, never accessed: Swift then imports each as a pointer type of its own
// and rejects a device where an allocator is wanted.
//
// Versions: IREE 3.9.0 (1a6681936a78138f7ae2b0fd9309d28dfe01ac5b), and 3.12 and later (checked at
// b48a595557e0, the newest source at hand). What is not the same in both is declared for each.

#ifndef CAPUS_IREE_RUNTIME_H_
#define CAPUS_IREE_RUNTIME_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Nullability is spelt for the table's fields alone: IREE's own declarations say nothing of it.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wnullability-completeness"

#ifndef APUS_IREE_NATIVE_TYPES

// iree/base

typedef size_t iree_host_size_t;
typedef uint64_t iree_device_size_t;

typedef struct iree_status_handle_t {
  char opaque;
} *iree_status_t;
typedef unsigned int iree_status_code_t;

typedef struct iree_string_view_t {
  const char *data;
  iree_host_size_t size;
} iree_string_view_t;

typedef struct iree_byte_span_t {
  uint8_t *data;
  iree_host_size_t data_length;
} iree_byte_span_t;

typedef struct iree_const_byte_span_t {
  const uint8_t *data;
  iree_host_size_t data_length;
} iree_const_byte_span_t;

typedef unsigned int iree_allocator_command_t;
typedef struct iree_allocator_alloc_params_t {
  iree_host_size_t byte_length;
} iree_allocator_alloc_params_t;
typedef iree_status_t (*iree_allocator_ctl_fn_t)(
    void *self, iree_allocator_command_t command, const void *params, void **inout_ptr);
typedef struct iree_allocator_t {
  void *self;
  iree_allocator_ctl_fn_t ctl;
} iree_allocator_t;


// iree/vm

typedef struct iree_vm_instance_t {
  char opaque;
} iree_vm_instance_t;
typedef struct iree_vm_module_t {
  char opaque;
} iree_vm_module_t;
typedef struct iree_vm_context_t {
  char opaque;
} iree_vm_context_t;
typedef struct iree_vm_list_t {
  char opaque;
} iree_vm_list_t;
typedef struct iree_vm_invocation_policy_t {
  char opaque;
} iree_vm_invocation_policy_t;

typedef uintptr_t iree_vm_ref_type_t;
typedef struct iree_vm_ref_t {
  void *ptr;
  iree_vm_ref_type_t type;
} iree_vm_ref_t;

typedef struct iree_vm_type_def_t {
  uintptr_t value_type_bits : 3;
  uintptr_t ref_type_bits : 61;
} iree_vm_type_def_t;

typedef unsigned int iree_vm_value_type_t;
typedef struct iree_vm_value_t {
  iree_vm_value_type_t type;
  union {
    int8_t i8;
    int16_t i16;
    int32_t i32;
    int64_t i64;
    float f32;
    double f64;
    uint8_t value_storage[8];
  };
} iree_vm_value_t;

typedef unsigned int iree_vm_function_linkage_t;
typedef struct iree_vm_function_t {
  iree_vm_module_t *module;
  uint16_t linkage;
  uint16_t ordinal;
} iree_vm_function_t;

typedef uint32_t iree_vm_context_flags_t;
typedef uint32_t iree_vm_invocation_flags_t;

// iree/task

typedef struct iree_task_executor_t {
  char opaque;
} iree_task_executor_t;
// Opaque; 4,104 bytes in 3.9.0, with room to grow.
typedef struct iree_task_topology_t {
  uint64_t opaque[4096];
} iree_task_topology_t;
typedef uint32_t iree_task_scheduling_mode_t;
typedef struct iree_task_executor_options_t {
  iree_task_scheduling_mode_t scheduling_mode;
  iree_host_size_t worker_base_index;
  int64_t worker_spin_ns;
  iree_host_size_t worker_stack_size;
  iree_host_size_t worker_local_memory_size;
} iree_task_executor_options_t;

// iree/hal

typedef struct iree_hal_allocator_t {
  char opaque;
} iree_hal_allocator_t;
typedef struct iree_hal_buffer_t {
  char opaque;
} iree_hal_buffer_t;
typedef struct iree_hal_buffer_view_t {
  char opaque;
} iree_hal_buffer_view_t;
typedef struct iree_hal_device_t {
  char opaque;
} iree_hal_device_t;
typedef struct iree_hal_executable_loader_t {
  char opaque;
} iree_hal_executable_loader_t;
typedef struct iree_hal_executable_plugin_manager_t {
  char opaque;
} iree_hal_executable_plugin_manager_t;

typedef iree_device_size_t iree_hal_dim_t;
typedef uint32_t iree_hal_element_type_t;
typedef uint32_t iree_hal_encoding_type_t;
typedef uint32_t iree_hal_memory_type_t;
typedef uint16_t iree_hal_memory_access_t;
typedef uint32_t iree_hal_buffer_usage_t;
typedef uint32_t iree_hal_mapping_mode_t;
typedef uint64_t iree_hal_queue_affinity_t;

typedef struct iree_hal_buffer_params_t {
  iree_hal_buffer_usage_t usage;
  iree_hal_memory_access_t access;
  iree_hal_memory_type_t type;
  iree_hal_queue_affinity_t queue_affinity;
  iree_device_size_t min_alignment;
} iree_hal_buffer_params_t;

typedef unsigned int iree_hal_external_buffer_type_t;
typedef uint32_t iree_hal_external_buffer_flags_t;
typedef struct iree_hal_external_buffer_t {
  iree_hal_external_buffer_type_t type;
  iree_hal_external_buffer_flags_t flags;
  iree_device_size_t size;
  union {
    struct {
      void *ptr;
    } host_allocation;
    struct {
      uint64_t ptr;
    } device_allocation;
  } handle;
} iree_hal_external_buffer_t;

typedef struct iree_hal_buffer_release_callback_t {
  void (*fn)(void *user_data, iree_hal_buffer_t *buffer);
  void *user_data;
} iree_hal_buffer_release_callback_t;

typedef struct iree_hal_buffer_mapping_impl_t {
  iree_device_size_t byte_offset;
  iree_hal_memory_access_t allowed_access;
  uint32_t is_persistent;
  uint64_t reserved;
} iree_hal_buffer_mapping_impl_t;
typedef struct iree_hal_buffer_mapping_t {
  iree_byte_span_t contents;
  struct iree_hal_buffer_t *buffer;
  iree_hal_buffer_mapping_impl_t impl;
} iree_hal_buffer_mapping_t;

// Opaque; 16 bytes in 3.9.0, 24 in 3.12, with room to grow.
typedef struct iree_hal_task_device_params_t {
  uint64_t opaque[8];
} iree_hal_task_device_params_t;
typedef struct iree_hal_sync_device_params_t {
  iree_host_size_t arena_block_size;
} iree_hal_sync_device_params_t;

// iree/async and what goes with it, since 3.12

typedef struct iree_async_proactor_pool_t {
  char opaque;
} iree_async_proactor_pool_t;
// Only passed on, from the function that makes it to the one that takes it.
typedef struct iree_async_proactor_pool_options_t {
  uint64_t opaque[10];
} iree_async_proactor_pool_options_t;
typedef struct iree_async_frontier_tracker_t {
  char opaque;
} iree_async_frontier_tracker_t;
typedef struct iree_async_frontier_tracker_options_t {
  uint32_t axis_table_capacity;
  uint8_t session_epoch;
  uint8_t machine_index;
} iree_async_frontier_tracker_options_t;
typedef struct iree_hal_device_group_t {
  char opaque;
} iree_hal_device_group_t;
typedef struct iree_hal_device_create_params_t {
  const void *next;
  iree_async_proactor_pool_t *proactor_pool;
} iree_hal_device_create_params_t;
typedef unsigned int iree_vm_bytecode_module_flags_t;

typedef uint32_t iree_hal_module_flags_t;
typedef struct iree_hal_module_device_policy_t {
  void *fn;
  void *user_data;
} iree_hal_module_device_policy_t;
typedef struct iree_hal_module_debug_sink_t {
  void *release_fn;
  void *release_user_data;
  void *buffer_view_trace_fn;
  void *buffer_view_trace_user_data;
} iree_hal_module_debug_sink_t;

// iree/io

typedef struct iree_io_file_handle_t {
  char opaque;
} iree_io_file_handle_t;
typedef struct iree_io_parameter_index_t {
  char opaque;
} iree_io_parameter_index_t;
typedef struct iree_io_parameter_provider_t {
  char opaque;
} iree_io_parameter_provider_t;

typedef uint32_t iree_io_file_access_t;
typedef struct iree_io_file_handle_primitive_t {
  unsigned int type;
  union {
    iree_byte_span_t host_allocation;
    int fd;
  } value;
} iree_io_file_handle_primitive_t;
typedef struct iree_io_file_handle_release_callback_t {
  void (*fn)(void *user_data, iree_io_file_handle_primitive_t handle_primitive);
  void *user_data;
} iree_io_file_handle_release_callback_t;

typedef unsigned int iree_io_parameter_index_entry_storage_type_t;
typedef struct iree_io_parameter_index_entry_t {
  iree_string_view_t key;
  iree_const_byte_span_t metadata;
  uint64_t length;
  iree_io_parameter_index_entry_storage_type_t type;
  union {
    struct {
      uint8_t pattern_length;
      uint8_t pattern[16];
    } splat;
    struct {
      iree_io_file_handle_t *handle;
      uint64_t offset;
    } file;
  } storage;
} iree_io_parameter_index_entry_t;

#endif  // APUS_IREE_NATIVE_TYPES

// The functions: F(result, name, (parameters)).
#define APUS_IREE_RUNTIME_FUNCTIONS(F)                                                            \
  F(void, iree_allocator_free, (iree_allocator_t allocator, void *pointer))                       \
  F(bool, iree_status_to_string,                                                                  \
    (iree_status_t status, const iree_allocator_t *allocator, char **out_buffer,                  \
     iree_host_size_t *out_length))                                                               \
  F(void, iree_status_free, (iree_status_t status))                                               \
  F(const char *, iree_status_code_string, (iree_status_code_t code))                             \
                                                                                                  \
  F(iree_status_t, iree_vm_instance_create,                                                       \
    (iree_host_size_t type_capacity, iree_allocator_t allocator,                                  \
     iree_vm_instance_t **out_instance))                                                          \
  F(iree_status_t, iree_hal_module_register_all_types, (iree_vm_instance_t * instance))           \
                                                                                                  \
  F(iree_status_t, iree_hal_executable_plugin_manager_create,                                     \
    (iree_host_size_t capacity, iree_allocator_t allocator,                                       \
     iree_hal_executable_plugin_manager_t **out_manager))                                         \
  F(void, iree_hal_executable_plugin_manager_release,                                             \
    (iree_hal_executable_plugin_manager_t * manager))                                             \
  F(iree_status_t, iree_hal_create_all_available_executable_loaders,                              \
    (iree_hal_executable_plugin_manager_t * manager, iree_host_size_t capacity,                   \
     iree_host_size_t *out_count, iree_hal_executable_loader_t **loaders,                         \
     iree_allocator_t allocator))                                                                 \
  F(void, iree_hal_executable_loader_release, (iree_hal_executable_loader_t * loader))            \
                                                                                                  \
  F(void, iree_task_executor_options_initialize, (iree_task_executor_options_t * out_options))    \
  F(void, iree_task_topology_initialize_from_group_count,                                         \
    (iree_host_size_t group_count, iree_task_topology_t *out_topology))                           \
  F(iree_status_t, iree_task_topology_initialize_from_logical_cpu_set,                            \
    (iree_host_size_t cpu_count, const uint32_t *cpu_ids, iree_task_topology_t *out_topology))    \
  F(iree_host_size_t, iree_task_topology_group_count, (const iree_task_topology_t *topology))     \
  F(void, iree_task_topology_deinitialize, (iree_task_topology_t * topology))                     \
  F(iree_status_t, iree_task_executor_create,                                                     \
    (iree_task_executor_options_t options, const iree_task_topology_t *topology,                  \
     iree_allocator_t allocator, iree_task_executor_t **out_executor))                            \
  F(void, iree_task_executor_release, (iree_task_executor_t * executor))                          \
                                                                                                  \
  F(iree_status_t, iree_hal_allocator_create_heap,                                                \
    (iree_string_view_t identifier, iree_allocator_t data_allocator,                              \
     iree_allocator_t host_allocator, iree_hal_allocator_t **out_allocator))                      \
  F(void, iree_hal_allocator_release, (iree_hal_allocator_t * allocator))                         \
  F(iree_status_t, iree_hal_allocator_allocate_buffer,                                            \
    (iree_hal_allocator_t * allocator, iree_hal_buffer_params_t params,                           \
     iree_device_size_t byte_count, iree_hal_buffer_t **out_buffer))                              \
  F(iree_status_t, iree_hal_allocator_import_buffer,                                              \
    (iree_hal_allocator_t * allocator, iree_hal_buffer_params_t params,                           \
     iree_hal_external_buffer_t *external_buffer,                                                 \
     iree_hal_buffer_release_callback_t release_callback, iree_hal_buffer_t **out_buffer))        \
  F(void, iree_hal_task_device_params_initialize, (iree_hal_task_device_params_t * out_params))   \
  F(iree_hal_allocator_t *, iree_hal_device_allocator, (iree_hal_device_t * device))              \
  F(void, iree_hal_device_release, (iree_hal_device_t * device))                                  \
  F(iree_status_t, iree_hal_device_query_i64,                                                     \
    (iree_hal_device_t * device, iree_string_view_t category, iree_string_view_t key,             \
     int64_t *out_value))                                                                         \
                                                                                                  \
  F(iree_hal_module_device_policy_t, iree_hal_module_device_policy_default, (void))               \
  F(iree_hal_module_debug_sink_t, iree_hal_module_debug_sink_null, (void))                        \
  F(void, iree_vm_module_release, (iree_vm_module_t * module))                                    \
  F(iree_status_t, iree_vm_module_lookup_function_by_name,                                        \
    (const iree_vm_module_t *module, iree_vm_function_linkage_t linkage,                          \
     iree_string_view_t name, iree_vm_function_t *out_function))                                  \
  F(iree_status_t, iree_vm_context_create_with_modules,                                           \
    (iree_vm_instance_t * instance, iree_vm_context_flags_t flags,                                \
     iree_host_size_t module_count, iree_vm_module_t **modules, iree_allocator_t allocator,       \
     iree_vm_context_t **out_context))                                                            \
  F(void, iree_vm_context_release, (iree_vm_context_t * context))                                 \
  F(iree_status_t, iree_vm_invoke,                                                                \
    (iree_vm_context_t * context, iree_vm_function_t function, iree_vm_invocation_flags_t flags,  \
     const iree_vm_invocation_policy_t *policy, const iree_vm_list_t *inputs,                     \
     iree_vm_list_t *outputs, iree_allocator_t allocator))                                        \
                                                                                                  \
  F(iree_status_t, iree_vm_list_create,                                                           \
    (iree_vm_type_def_t element_type, iree_host_size_t initial_capacity,                          \
     iree_allocator_t allocator, iree_vm_list_t **out_list))                                      \
  F(void, iree_vm_list_release, (iree_vm_list_t * list))                                          \
  F(void, iree_vm_list_clear, (iree_vm_list_t * list))                                            \
  F(iree_host_size_t, iree_vm_list_size, (const iree_vm_list_t *list))                            \
  F(iree_status_t, iree_vm_list_push_ref_move, (iree_vm_list_t * list, iree_vm_ref_t * value))    \
  F(iree_status_t, iree_vm_list_push_value,                                                       \
    (iree_vm_list_t * list, const iree_vm_value_t *value))                                        \
  F(iree_status_t, iree_vm_list_get_value,                                                        \
    (const iree_vm_list_t *list, iree_host_size_t index, iree_vm_value_t *out_value))             \
  F(iree_hal_buffer_view_t *, iree_vm_list_get_buffer_view_retain,                                \
    (const iree_vm_list_t *list, iree_host_size_t index))                                         \
                                                                                                  \
  F(iree_vm_ref_t, iree_hal_buffer_view_retain_ref, (iree_hal_buffer_view_t * view))              \
  F(iree_vm_ref_t, iree_hal_buffer_view_move_ref, (iree_hal_buffer_view_t * view))                \
  F(iree_status_t, iree_hal_buffer_view_create,                                                   \
    (iree_hal_buffer_t * buffer, iree_host_size_t rank, const iree_hal_dim_t *dimensions,         \
     iree_hal_element_type_t element_type, iree_hal_encoding_type_t encoding,                     \
     iree_allocator_t allocator, iree_hal_buffer_view_t **out_view))                              \
  F(void, iree_hal_buffer_view_release, (iree_hal_buffer_view_t * view))                          \
  F(iree_hal_buffer_t *, iree_hal_buffer_view_buffer, (const iree_hal_buffer_view_t *view))       \
  F(iree_host_size_t, iree_hal_buffer_view_shape_rank, (const iree_hal_buffer_view_t *view))      \
  F(const iree_hal_dim_t *, iree_hal_buffer_view_shape_dims,                                      \
    (const iree_hal_buffer_view_t *view))                                                         \
  F(iree_hal_element_type_t, iree_hal_buffer_view_element_type,                                   \
    (const iree_hal_buffer_view_t *view))                                                         \
  F(iree_device_size_t, iree_hal_buffer_view_byte_length, (const iree_hal_buffer_view_t *view))   \
  F(void, iree_hal_buffer_release, (iree_hal_buffer_t * buffer))                                  \
  F(iree_status_t, iree_hal_buffer_map_range,                                                     \
    (iree_hal_buffer_t * buffer, iree_hal_mapping_mode_t mode, iree_hal_memory_access_t access,   \
     iree_device_size_t byte_offset, iree_device_size_t byte_length,                              \
     iree_hal_buffer_mapping_t *out_mapping))                                                     \
  F(iree_status_t, iree_hal_buffer_unmap_range, (iree_hal_buffer_mapping_t * mapping))            \
                                                                                                  \
  F(iree_status_t, iree_io_file_handle_wrap_host_allocation,                                      \
    (iree_io_file_access_t access, iree_byte_span_t contents,                                     \
     iree_io_file_handle_release_callback_t release_callback, iree_allocator_t allocator,         \
     iree_io_file_handle_t **out_handle))                                                         \
  F(void, iree_io_file_handle_release, (iree_io_file_handle_t * handle))                          \
  F(iree_status_t, iree_io_parameter_index_create,                                                \
    (iree_allocator_t allocator, iree_io_parameter_index_t **out_index))                          \
  F(void, iree_io_parameter_index_release, (iree_io_parameter_index_t * index))                   \
  F(iree_host_size_t, iree_io_parameter_index_count, (iree_io_parameter_index_t * index))         \
  F(iree_status_t, iree_io_parameter_index_get,                                                   \
    (iree_io_parameter_index_t * index, iree_host_size_t ordinal,                                 \
     const iree_io_parameter_index_entry_t **out_entry))                                          \
  F(iree_status_t, iree_io_parse_safetensors_index,                                               \
    (iree_io_file_handle_t * file, iree_io_parameter_index_t * index,                             \
     iree_allocator_t allocator))                                                                 \
  F(iree_status_t, iree_io_parse_irpa_index,                                                      \
    (iree_io_file_handle_t * file, iree_io_parameter_index_t * index,                             \
     iree_allocator_t allocator))                                                                 \
  F(iree_status_t, iree_io_parse_gguf_index,                                                      \
    (iree_io_file_handle_t * file, iree_io_parameter_index_t * index,                             \
     iree_allocator_t allocator))                                                                 \
  F(iree_status_t, iree_io_parameter_index_provider_create,                                       \
    (iree_string_view_t scope, iree_io_parameter_index_t * index,                                 \
     iree_host_size_t max_concurrent_operations, iree_allocator_t allocator,                      \
     iree_io_parameter_provider_t **out_provider))                                                \
  F(void, iree_io_parameter_provider_release, (iree_io_parameter_provider_t * provider))          \
  F(iree_status_t, iree_io_parameters_module_create,                                              \
    (iree_vm_instance_t * instance, iree_host_size_t provider_count,                              \
     iree_io_parameter_provider_t *const *providers, iree_allocator_t allocator,                  \
     iree_vm_module_t **out_module))

// The functions that not every form of the runtime has: F(result, name, (parameters)). The pinned shared
// library has no local-sync device.
#define APUS_IREE_RUNTIME_OPTIONAL_FUNCTIONS(F) \
  F(void, iree_hal_sync_device_params_initialize, (iree_hal_sync_device_params_t * out_params))

// The functions whose parameters are not the same in all versions, and those that came with them; a runtime
// of 3.9 has the first two lists, one of 3.12 or later the other two.
#define APUS_IREE_RUNTIME_3_9_FUNCTIONS(F) \
  F(iree_status_t, iree_hal_task_device_create, \
    (iree_string_view_t identifier, const iree_hal_task_device_params_t *params, \
     iree_host_size_t queue_count, iree_task_executor_t *const *queue_executors, \
     iree_host_size_t loader_count, iree_hal_executable_loader_t **loaders, \
     iree_hal_allocator_t *device_allocator, iree_allocator_t host_allocator, \
     iree_hal_device_t **out_device)) \
  F(iree_status_t, iree_hal_module_create, \
    (iree_vm_instance_t * instance, iree_hal_module_device_policy_t policy, \
     iree_host_size_t device_count, iree_hal_device_t **devices, iree_hal_module_flags_t flags, \
     iree_hal_module_debug_sink_t debug_sink, iree_allocator_t allocator, \
     iree_vm_module_t **out_module)) \
  F(iree_status_t, iree_vm_bytecode_module_create, \
    (iree_vm_instance_t * instance, iree_const_byte_span_t archive, \
     iree_allocator_t archive_allocator, iree_allocator_t allocator, \
     iree_vm_module_t **out_module))

#define APUS_IREE_RUNTIME_3_9_OPTIONAL_FUNCTIONS(F) \
  F(iree_status_t, iree_hal_sync_device_create, \
    (iree_string_view_t identifier, const iree_hal_sync_device_params_t *params, \
     iree_host_size_t loader_count, iree_hal_executable_loader_t **loaders, \
     iree_hal_allocator_t *device_allocator, iree_allocator_t host_allocator, \
     iree_hal_device_t **out_device))

#define APUS_IREE_RUNTIME_3_12_FUNCTIONS(F) \
  F(iree_status_t, iree_hal_task_device_create, \
    (iree_string_view_t identifier, const iree_hal_task_device_params_t *params, \
     iree_host_size_t queue_count, iree_task_executor_t *const *queue_executors, \
     iree_host_size_t loader_count, iree_hal_executable_loader_t **loaders, \
     iree_hal_allocator_t *device_allocator, const iree_hal_device_create_params_t *create_params, \
     iree_allocator_t host_allocator, iree_hal_device_t **out_device)) \
  F(iree_status_t, iree_hal_module_create, \
    (iree_vm_instance_t * instance, iree_hal_module_device_policy_t policy, \
     iree_hal_device_group_t *device_group, iree_hal_module_flags_t flags, \
     iree_hal_module_debug_sink_t debug_sink, iree_allocator_t allocator, \
     iree_vm_module_t **out_module)) \
  F(iree_status_t, iree_vm_bytecode_module_create, \
    (iree_vm_instance_t * instance, iree_vm_bytecode_module_flags_t flags, \
     iree_const_byte_span_t archive, iree_allocator_t archive_allocator, \
     iree_allocator_t allocator, iree_vm_module_t **out_module)) \
  APUS_IREE_RUNTIME_3_12_ADDED_FUNCTIONS(F)

// Those of them that earlier versions lack, under whatever parameters.
#define APUS_IREE_RUNTIME_3_12_ADDED_FUNCTIONS(F) \
  F(iree_async_proactor_pool_options_t, iree_async_proactor_pool_options_default, (void)) \
  F(iree_status_t, iree_async_proactor_pool_create, \
    (iree_host_size_t node_count, const uint32_t *node_ids, \
     iree_async_proactor_pool_options_t options, iree_allocator_t allocator, \
     iree_async_proactor_pool_t **out_pool)) \
  F(void, iree_async_proactor_pool_release, (iree_async_proactor_pool_t * pool)) \
  F(iree_status_t, iree_async_frontier_tracker_create, \
    (iree_async_frontier_tracker_options_t options, iree_allocator_t allocator, \
     iree_async_frontier_tracker_t **out_tracker)) \
  F(void, iree_async_frontier_tracker_release, (iree_async_frontier_tracker_t * tracker)) \
  F(iree_status_t, iree_hal_device_group_create_from_device, \
    (iree_hal_device_t * device, iree_async_frontier_tracker_t * frontier_tracker, \
     iree_allocator_t host_allocator, iree_hal_device_group_t **out_group)) \
  F(void, iree_hal_device_group_release, (iree_hal_device_group_t * group))

#define APUS_IREE_RUNTIME_3_12_OPTIONAL_FUNCTIONS(F) \
  F(iree_status_t, iree_hal_sync_device_create, \
    (iree_string_view_t identifier, const iree_hal_sync_device_params_t *params, \
     const iree_hal_device_create_params_t *create_params, iree_host_size_t loader_count, \
     iree_hal_executable_loader_t **loaders, iree_hal_allocator_t *device_allocator, \
     iree_allocator_t host_allocator, iree_hal_device_t **out_device))

// The layouts relied upon: L(type, size) and O(type, field, offset).
#define APUS_IREE_RUNTIME_LAYOUTS(L, O)                     \
  L(iree_string_view_t, 16)                                 \
  O(iree_string_view_t, data, 0)                            \
  O(iree_string_view_t, size, 8)                            \
  L(iree_byte_span_t, 16)                                   \
  O(iree_byte_span_t, data_length, 8)                       \
  L(iree_const_byte_span_t, 16)                             \
  O(iree_const_byte_span_t, data_length, 8)                 \
  L(iree_allocator_t, 16)                                   \
  O(iree_allocator_t, ctl, 8)                               \
  L(iree_allocator_alloc_params_t, 8)                       \
  L(iree_vm_ref_t, 16)                                      \
  O(iree_vm_ref_t, type, 8)                                 \
  L(iree_vm_type_def_t, 8)                                  \
  L(iree_vm_value_t, 16)                                    \
  O(iree_vm_value_t, i64, 8)                                \
  O(iree_vm_value_t, f64, 8)                                \
  L(iree_vm_function_t, 16)                                 \
  O(iree_vm_function_t, linkage, 8)                         \
  O(iree_vm_function_t, ordinal, 10)                        \
  L(iree_task_executor_options_t, 40)                       \
  O(iree_task_executor_options_t, worker_spin_ns, 16)       \
  O(iree_task_executor_options_t, worker_stack_size, 24)    \
  L(iree_hal_buffer_params_t, 32)                           \
  O(iree_hal_buffer_params_t, access, 4)                    \
  O(iree_hal_buffer_params_t, type, 8)                      \
  O(iree_hal_buffer_params_t, queue_affinity, 16)           \
  O(iree_hal_buffer_params_t, min_alignment, 24)            \
  L(iree_hal_external_buffer_t, 24)                         \
  O(iree_hal_external_buffer_t, size, 8)                    \
  O(iree_hal_external_buffer_t, handle, 16)                 \
  L(iree_hal_buffer_release_callback_t, 16)                 \
  O(iree_hal_buffer_release_callback_t, user_data, 8)       \
  L(iree_hal_buffer_mapping_t, 48)                          \
  O(iree_hal_buffer_mapping_t, contents, 0)                 \
  O(iree_hal_buffer_mapping_t, buffer, 16)                  \
  L(iree_hal_sync_device_params_t, 8)                       \
  L(iree_hal_module_device_policy_t, 16)                    \
  L(iree_hal_module_debug_sink_t, 32)                       \
  L(iree_io_file_handle_primitive_t, 24)                    \
  L(iree_io_file_handle_release_callback_t, 16)             \
  L(iree_io_parameter_index_entry_t, 72)                    \
  O(iree_io_parameter_index_entry_t, key, 0)                \
  O(iree_io_parameter_index_entry_t, length, 32)            \
  O(iree_io_parameter_index_entry_t, type, 40)              \
  O(iree_io_parameter_index_entry_t, storage, 48)

// The layouts relied upon that came with 3.12.
#define APUS_IREE_RUNTIME_3_12_LAYOUTS(L, O)                 \
  L(iree_async_proactor_pool_options_t, 80)            \
  L(iree_async_frontier_tracker_options_t, 8)                \
  O(iree_async_frontier_tracker_options_t, session_epoch, 4) \
  O(iree_async_frontier_tracker_options_t, machine_index, 5) \
  L(iree_hal_device_create_params_t, 16)                     \
  O(iree_hal_device_create_params_t, proactor_pool, 8)

// The constants relied upon: C(Apus's name, IREE's name, value).
#define APUS_IREE_RUNTIME_CONSTANTS(C)                                                            \
  C(APUS_IREE_STATUS_RESOURCE_EXHAUSTED, IREE_STATUS_RESOURCE_EXHAUSTED, 8)                       \
  C(APUS_IREE_STATUS_UNIMPLEMENTED, IREE_STATUS_UNIMPLEMENTED, 12)                                \
  C(APUS_IREE_ALLOCATOR_COMMAND_MALLOC, IREE_ALLOCATOR_COMMAND_MALLOC, 0)                         \
  C(APUS_IREE_ALLOCATOR_COMMAND_CALLOC, IREE_ALLOCATOR_COMMAND_CALLOC, 1)                         \
  C(APUS_IREE_ALLOCATOR_COMMAND_REALLOC, IREE_ALLOCATOR_COMMAND_REALLOC, 2)                       \
  C(APUS_IREE_ALLOCATOR_COMMAND_FREE, IREE_ALLOCATOR_COMMAND_FREE, 3)                             \
  C(APUS_IREE_VM_VALUE_TYPE_NONE, IREE_VM_VALUE_TYPE_NONE, 0)                                     \
  C(APUS_IREE_VM_VALUE_TYPE_I32, IREE_VM_VALUE_TYPE_I32, 3)                                       \
  C(APUS_IREE_VM_VALUE_TYPE_I64, IREE_VM_VALUE_TYPE_I64, 4)                                       \
  C(APUS_IREE_VM_VALUE_TYPE_F32, IREE_VM_VALUE_TYPE_F32, 5)                                       \
  C(APUS_IREE_VM_VALUE_TYPE_F64, IREE_VM_VALUE_TYPE_F64, 6)                                       \
  C(APUS_IREE_VM_FUNCTION_LINKAGE_EXPORT, IREE_VM_FUNCTION_LINKAGE_EXPORT, 2)                     \
  C(APUS_IREE_VM_CONTEXT_FLAG_CONCURRENT, IREE_VM_CONTEXT_FLAG_CONCURRENT, 2)                     \
  C(APUS_IREE_VM_INVOCATION_FLAG_NONE, IREE_VM_INVOCATION_FLAG_NONE, 0)                           \
  C(APUS_IREE_HAL_MODULE_FLAG_NONE, IREE_HAL_MODULE_FLAG_NONE, 0)                                 \
  C(APUS_IREE_HAL_MEMORY_TYPE_DEVICE_LOCAL, IREE_HAL_MEMORY_TYPE_DEVICE_LOCAL, 0x30)              \
  C(APUS_IREE_HAL_MEMORY_ACCESS_READ, IREE_HAL_MEMORY_ACCESS_READ, 1)                             \
  C(APUS_IREE_HAL_MEMORY_ACCESS_DISCARD_WRITE, IREE_HAL_MEMORY_ACCESS_DISCARD_WRITE, 6)           \
  C(APUS_IREE_HAL_MEMORY_ACCESS_ALL, IREE_HAL_MEMORY_ACCESS_ALL, 7)                               \
  C(APUS_IREE_HAL_BUFFER_USAGE_DEFAULT, IREE_HAL_BUFFER_USAGE_DEFAULT, 0xC03)                     \
  C(APUS_IREE_HAL_BUFFER_USAGE_MAPPING, IREE_HAL_BUFFER_USAGE_MAPPING, 0x9000000)                 \
  C(APUS_IREE_HAL_MAPPING_MODE_SCOPED, IREE_HAL_MAPPING_MODE_SCOPED, 1)                           \
  C(APUS_IREE_HAL_ENCODING_TYPE_DENSE_ROW_MAJOR, IREE_HAL_ENCODING_TYPE_DENSE_ROW_MAJOR, 1)       \
  C(APUS_IREE_HAL_EXTERNAL_BUFFER_TYPE_HOST_ALLOCATION,                                           \
    IREE_HAL_EXTERNAL_BUFFER_TYPE_HOST_ALLOCATION, 1)                                             \
  C(APUS_IREE_IO_FILE_ACCESS_READ, IREE_IO_FILE_ACCESS_READ, 1)                                   \
  C(APUS_IREE_IO_PARAMETER_STORAGE_FILE, IREE_IO_PARAMETER_INDEX_ENTRY_STORAGE_TYPE_FILE, 1)

#ifndef APUS_IREE_NATIVE_TYPES

enum {
#define APUS_CONSTANT(apus_name, iree_name, value) apus_name = value,
  APUS_IREE_RUNTIME_CONSTANTS(APUS_CONSTANT)
#undef APUS_CONSTANT
};

#define APUS_FIELD(result, name, parameters) result(*_Nonnull name) parameters;
#define APUS_OPTIONAL_FIELD(result, name, parameters) result(*_Nullable name) parameters;

/// One pointer a function, all filled or the table is not handed out.
typedef struct apus_iree_runtime_table {
  APUS_IREE_RUNTIME_FUNCTIONS(APUS_FIELD)
} apus_iree_runtime_table;

/// One pointer a function, null for those that the runtime does not have.
typedef struct apus_iree_runtime_optional_table {
  APUS_IREE_RUNTIME_OPTIONAL_FUNCTIONS(APUS_OPTIONAL_FIELD)
} apus_iree_runtime_optional_table;

/// As `apus_iree_runtime_table`, with the parameters of 3.9.
typedef struct apus_iree_runtime_3_9_table {
  APUS_IREE_RUNTIME_3_9_FUNCTIONS(APUS_FIELD)
} apus_iree_runtime_3_9_table;

/// As `apus_iree_runtime_optional_table`, with the parameters of 3.9.
typedef struct apus_iree_runtime_3_9_optional_table {
  APUS_IREE_RUNTIME_3_9_OPTIONAL_FUNCTIONS(APUS_OPTIONAL_FIELD)
} apus_iree_runtime_3_9_optional_table;

/// As `apus_iree_runtime_table`, with the parameters of 3.12.
typedef struct apus_iree_runtime_3_12_table {
  APUS_IREE_RUNTIME_3_12_FUNCTIONS(APUS_FIELD)
} apus_iree_runtime_3_12_table;

/// As `apus_iree_runtime_optional_table`, with the parameters of 3.12.
typedef struct apus_iree_runtime_3_12_optional_table {
  APUS_IREE_RUNTIME_3_12_OPTIONAL_FUNCTIONS(APUS_OPTIONAL_FIELD)
} apus_iree_runtime_3_12_optional_table;

#undef APUS_FIELD
#undef APUS_OPTIONAL_FIELD

/// The names of a table's functions, and their addresses where they are linked into the same image as this,
/// null where they are not; both in the order of the table's fields.
typedef struct apus_iree_runtime_symbols {
  const char *_Nonnull const *_Nonnull names;
  const void *_Nullable const *_Nonnull linked_addresses;
} apus_iree_runtime_symbols;

apus_iree_runtime_symbols apus_iree_runtime_table_symbols(void);
apus_iree_runtime_symbols apus_iree_runtime_optional_table_symbols(void);
apus_iree_runtime_symbols apus_iree_runtime_3_9_table_symbols(void);
apus_iree_runtime_symbols apus_iree_runtime_3_9_optional_table_symbols(void);
apus_iree_runtime_symbols apus_iree_runtime_3_12_table_symbols(void);
apus_iree_runtime_symbols apus_iree_runtime_3_12_optional_table_symbols(void);

/// A function that came with 3.10, and one that came with 3.12: a runtime does not say its version, so they
/// tell it.
#define APUS_IREE_RUNTIME_SINCE_3_10 "iree_vm_list_get_ref_move"
#define APUS_IREE_RUNTIME_SINCE_3_12 "iree_async_proactor_pool_create"

/// Whether what is linked into the same image is of 3.10 or later.
bool apus_iree_runtime_linked_is_since_3_10(void);

#endif  // APUS_IREE_NATIVE_TYPES

#pragma clang diagnostic pop

#endif  // CAPUS_IREE_RUNTIME_H_
