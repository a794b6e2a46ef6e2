// The loop itself is ciree_loop_run, which does what iree_runtime_call_* in IREE's own high-level API
// does for each call: clear the lists, push the arguments, invoke, take the result out. The rest sets
// it up as Apus's Runtime and ProgramLoader do, except that memory comes straight from the library's
// own libc allocator.

#include "CIREELoop.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The declarations that Scripts/check-abi proves, not another copy of them.
#include "../../../Sources/CApusIREERuntime/include/CApusIREERuntime.h"

struct loop {
  apus_iree_runtime_table api;
  apus_iree_runtime_3_9_table versioned;
  iree_allocator_t allocator;
  iree_vm_instance_t *instance;
  iree_hal_device_t *device;
  iree_vm_context_t *context;
  iree_vm_function_t function;
  iree_vm_list_t *arguments;
  iree_vm_list_t *results;
  iree_hal_buffer_view_t *a;
  iree_hal_buffer_view_t *b;
};

static const char *const names[] = {
#define CIREE_NAME(result, name, parameters) #name,
    APUS_IREE_RUNTIME_FUNCTIONS(CIREE_NAME)
};
static const char *const versioned_names[] = {APUS_IREE_RUNTIME_3_9_FUNCTIONS(CIREE_NAME)};
#undef CIREE_NAME

// Ends the enclosing function with the status unless it is OK.
#define TRY(expression)                   \
  do {                                    \
    iree_status_t status = (expression);  \
    if (status) return status;            \
  } while (0)

static iree_string_view_t view(const char *string) {
  return (iree_string_view_t){.data = string, .size = strlen(string)};
}

// MARK: Setting up

// Fills a table of functions; returns the name of one that is missing, or null.
static const char *fill(void *table, size_t size, void *library, const char *const *names) {
  void **fields = table;
  for (size_t i = 0; i < size / sizeof(void *); ++i) {
    fields[i] = dlsym(library, names[i]);
    if (!fields[i]) return names[i];
  }
  return NULL;
}

static const char *open_library(struct loop *loop, const char *path) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) return dlerror();
  const char *missing = fill(&loop->api, sizeof(loop->api), library, names);
  if (!missing) missing = fill(&loop->versioned, sizeof(loop->versioned), library, versioned_names);
  if (missing) return missing;
  loop->allocator.ctl = (iree_allocator_ctl_fn_t)dlsym(library, "iree_allocator_libc_ctl");
  return loop->allocator.ctl ? NULL : "iree_allocator_libc_ctl";
}

static iree_status_t create_device(struct loop *loop, size_t worker_count) {
  const apus_iree_runtime_table *api = &loop->api;
  iree_allocator_t allocator = loop->allocator;

  iree_hal_executable_plugin_manager_t *plugins = NULL;
  TRY(api->iree_hal_executable_plugin_manager_create(0, allocator, &plugins));
  iree_hal_executable_loader_t *loaders[16];
  size_t loader_count = 0;
  TRY(api->iree_hal_create_all_available_executable_loaders(plugins, 16, &loader_count, loaders,
                                                            allocator));
  api->iree_hal_executable_plugin_manager_release(plugins);

  iree_task_executor_options_t options;
  api->iree_task_executor_options_initialize(&options);
  iree_task_topology_t *topology = calloc(1, sizeof(*topology));
  api->iree_task_topology_initialize_from_group_count(worker_count, topology);
  iree_task_executor_t *executor = NULL;
  TRY(api->iree_task_executor_create(options, topology, allocator, &executor));
  api->iree_task_topology_deinitialize(topology);
  free(topology);

  iree_hal_allocator_t *heap = NULL;
  TRY(api->iree_hal_allocator_create_heap(view("local-task"), allocator, allocator, &heap));
  iree_hal_task_device_params_t params;
  api->iree_hal_task_device_params_initialize(&params);
  TRY(loop->versioned.iree_hal_task_device_create(view("local-task"), &params, 1, &executor, loader_count,
                                       loaders, heap, allocator, &loop->device));
  api->iree_hal_allocator_release(heap);
  api->iree_task_executor_release(executor);
  for (size_t i = 0; i < loader_count; ++i) api->iree_hal_executable_loader_release(loaders[i]);
  return NULL;
}

static iree_status_t load(struct loop *loop, iree_const_byte_span_t bytecode, const char *function) {
  const apus_iree_runtime_table *api = &loop->api;
  iree_allocator_t allocator = loop->allocator;
  iree_vm_module_t *modules[2] = {NULL, NULL};
  TRY(loop->versioned.iree_hal_module_create(loop->instance, api->iree_hal_module_device_policy_default(), 1,
                                  &loop->device, APUS_IREE_HAL_MODULE_FLAG_NONE,
                                  api->iree_hal_module_debug_sink_null(), allocator, &modules[0]));
  TRY(loop->versioned.iree_vm_bytecode_module_create(loop->instance, bytecode, (iree_allocator_t){0},
                                          allocator, &modules[1]));
  TRY(api->iree_vm_context_create_with_modules(loop->instance,
                                               APUS_IREE_VM_CONTEXT_FLAG_CONCURRENT, 2, modules,
                                               allocator, &loop->context));
  TRY(api->iree_vm_module_lookup_function_by_name(modules[1],
                                                  APUS_IREE_VM_FUNCTION_LINKAGE_EXPORT,
                                                  view(function), &loop->function));
  api->iree_vm_module_release(modules[0]);
  api->iree_vm_module_release(modules[1]);
  return NULL;
}

static iree_status_t create_vector(struct loop *loop, const float *values, size_t count,
                                   iree_hal_buffer_view_t **out_view) {
  const apus_iree_runtime_table *api = &loop->api;
  iree_hal_buffer_params_t params = {
      .usage = APUS_IREE_HAL_BUFFER_USAGE_DEFAULT | APUS_IREE_HAL_BUFFER_USAGE_MAPPING,
      .access = APUS_IREE_HAL_MEMORY_ACCESS_ALL,
      .type = APUS_IREE_HAL_MEMORY_TYPE_DEVICE_LOCAL,
  };
  iree_device_size_t size = count * sizeof(float);
  iree_hal_buffer_t *buffer = NULL;
  TRY(api->iree_hal_allocator_allocate_buffer(api->iree_hal_device_allocator(loop->device), params,
                                              size, &buffer));
  iree_hal_buffer_mapping_t mapping = {{0}};
  TRY(api->iree_hal_buffer_map_range(buffer, APUS_IREE_HAL_MAPPING_MODE_SCOPED,
                                     APUS_IREE_HAL_MEMORY_ACCESS_DISCARD_WRITE, 0, size, &mapping));
  memcpy(mapping.contents.data, values, size);
  TRY(api->iree_hal_buffer_unmap_range(&mapping));
  iree_hal_dim_t dimension = count;
  TRY(api->iree_hal_buffer_view_create(buffer, 1, &dimension, 0x21000020 /* f32 */,
                                       APUS_IREE_HAL_ENCODING_TYPE_DENSE_ROW_MAJOR,
                                       loop->allocator, out_view));
  api->iree_hal_buffer_release(buffer);
  return NULL;
}

static iree_status_t set_up(struct loop *loop, iree_const_byte_span_t bytecode,
                            const char *function, size_t worker_count, const float *a,
                            const float *b, size_t count) {
  const apus_iree_runtime_table *api = &loop->api;
  TRY(api->iree_vm_instance_create(32, loop->allocator, &loop->instance));
  TRY(api->iree_hal_module_register_all_types(loop->instance));
  TRY(create_device(loop, worker_count));
  TRY(load(loop, bytecode, function));
  TRY(api->iree_vm_list_create((iree_vm_type_def_t){0}, 8, loop->allocator, &loop->arguments));
  TRY(api->iree_vm_list_create((iree_vm_type_def_t){0}, 8, loop->allocator, &loop->results));
  TRY(create_vector(loop, a, count, &loop->a));
  TRY(create_vector(loop, b, count, &loop->b));
  return NULL;
}

ciree_loop_t *ciree_loop_create(const char *library_path, const void *bytecode,
                                size_t bytecode_size, const char *function, size_t worker_count,
                                const float *a, const float *b, size_t count, char *error,
                                size_t error_capacity) {
  struct loop *loop = calloc(1, sizeof(*loop));
  const char *problem = open_library(loop, library_path);
  if (problem) {
    snprintf(error, error_capacity, "%s", problem);
    free(loop);
    return NULL;
  }
  iree_const_byte_span_t span = {.data = bytecode, .data_length = bytecode_size};
  iree_status_t status = set_up(loop, span, function, worker_count, a, b, count);
  if (status) {
    // What there is of the loop is left behind: the benchmark ends here.
    snprintf(error, error_capacity, "IREE says %s",
             loop->api.iree_status_code_string((uintptr_t)status & 0x1F));
    return NULL;
  }
  return (ciree_loop_t *)loop;
}

void ciree_loop_destroy(ciree_loop_t *handle) {
  struct loop *loop = (struct loop *)handle;
  const apus_iree_runtime_table *api = &loop->api;
  api->iree_hal_buffer_view_release(loop->a);
  api->iree_hal_buffer_view_release(loop->b);
  api->iree_vm_list_release(loop->arguments);
  api->iree_vm_list_release(loop->results);
  api->iree_vm_context_release(loop->context);
  api->iree_hal_device_release(loop->device);
  // The instance stays, as Apus's does: the types it registered are the library's.
  free(loop);
}

// MARK: Calling

static iree_status_t push(const apus_iree_runtime_table *api, iree_vm_list_t *list,
                          iree_hal_buffer_view_t *view) {
  iree_vm_ref_t reference = api->iree_hal_buffer_view_retain_ref(view);
  return api->iree_vm_list_push_ref_move(list, &reference);
}

static iree_status_t call(struct loop *loop, iree_hal_buffer_view_t **out_result) {
  const apus_iree_runtime_table *api = &loop->api;
  api->iree_vm_list_clear(loop->arguments);
  api->iree_vm_list_clear(loop->results);
  TRY(push(api, loop->arguments, loop->a));
  TRY(push(api, loop->arguments, loop->b));
  TRY(api->iree_vm_invoke(loop->context, loop->function, APUS_IREE_VM_INVOCATION_FLAG_NONE, NULL,
                          loop->arguments, loop->results, loop->allocator));
  *out_result = api->iree_vm_list_get_buffer_view_retain(loop->results, 0);
  return *out_result ? NULL : (iree_status_t)(uintptr_t)3;  // INVALID_ARGUMENT
}

_Bool ciree_loop_run(ciree_loop_t *handle, size_t call_count) {
  struct loop *loop = (struct loop *)handle;
  for (size_t i = 0; i < call_count; ++i) {
    iree_hal_buffer_view_t *result = NULL;
    iree_status_t status = call(loop, &result);
    if (status) {
      loop->api.iree_status_free(status);
      return 0;
    }
    loop->api.iree_hal_buffer_view_release(result);
  }
  return 1;
}

_Bool ciree_loop_read(ciree_loop_t *handle, float *values, size_t count) {
  struct loop *loop = (struct loop *)handle;
  const apus_iree_runtime_table *api = &loop->api;
  iree_hal_buffer_view_t *result = NULL;
  iree_status_t status = call(loop, &result);
  if (!status && api->iree_hal_buffer_view_byte_length(result) == count * sizeof(float)) {
    iree_hal_buffer_mapping_t mapping = {{0}};
    status = api->iree_hal_buffer_map_range(
        api->iree_hal_buffer_view_buffer(result), APUS_IREE_HAL_MAPPING_MODE_SCOPED,
        APUS_IREE_HAL_MEMORY_ACCESS_READ, 0, count * sizeof(float), &mapping);
    if (!status) {
      memcpy(values, mapping.contents.data, count * sizeof(float));
      status = api->iree_hal_buffer_unmap_range(&mapping);
    }
  }
  if (result) api->iree_hal_buffer_view_release(result);
  return !status;
}
