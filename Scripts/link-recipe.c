// A program in C that does what a packaged one does, with IREE's runtime linked in: loads a compiled program,
// adds two vectors, prints the sum. With a third argument it calls as often and prints the median of the times. Scripts/link-recipe links it in many ways; Scripts/measure-static compares with it.
//
// usage: gate FILE.vmfb [local-task|local-sync [CALLS]]

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

#include "CApusIREERuntime.h"

// The functions themselves, not weak references to them: what any program in C has.
#define DECLARE(result, name, parameters) result name parameters;
APUS_IREE_RUNTIME_FUNCTIONS(DECLARE)
APUS_IREE_RUNTIME_OPTIONAL_FUNCTIONS(DECLARE)
APUS_IREE_RUNTIME_3_9_FUNCTIONS(DECLARE)
APUS_IREE_RUNTIME_3_9_OPTIONAL_FUNCTIONS(DECLARE)

static iree_status_t control(void *self, iree_allocator_command_t command, const void *params,
                             void **inout) {
  size_t size = params ? ((const iree_allocator_alloc_params_t *)params)->byte_length : 0;
  switch (command) {
    case APUS_IREE_ALLOCATOR_COMMAND_MALLOC: *inout = malloc(size); break;
    case APUS_IREE_ALLOCATOR_COMMAND_CALLOC: *inout = calloc(1, size); break;
    case APUS_IREE_ALLOCATOR_COMMAND_REALLOC: *inout = realloc(*inout, size); break;
    default: free(*inout); *inout = NULL; return NULL;
  }
  return *inout ? NULL : (iree_status_t)(uintptr_t)APUS_IREE_STATUS_RESOURCE_EXHAUSTED;
}
static const iree_allocator_t allocator = {NULL, control};

static void check(iree_status_t status, const char *what) {
  if (!status) return;
  char *text = NULL;
  size_t size = 0;
  iree_status_to_string(status, &allocator, &text, &size);
  fprintf(stderr, "%s: %.*s\n", what, (int)size, text ? text : "");
  exit(1);
}
#define CHECK(call) check(call, #call)

static iree_string_view_t view(const char *text) {
  return (iree_string_view_t){text, strlen(text)};
}

static iree_hal_buffer_view_t *vector(iree_hal_device_t *device, const float *numbers) {
  iree_hal_buffer_params_t params = {
      .usage = APUS_IREE_HAL_BUFFER_USAGE_DEFAULT | APUS_IREE_HAL_BUFFER_USAGE_MAPPING,
      .access = APUS_IREE_HAL_MEMORY_ACCESS_ALL,
      .type = APUS_IREE_HAL_MEMORY_TYPE_DEVICE_LOCAL};
  iree_hal_buffer_t *buffer;
  CHECK(iree_hal_allocator_allocate_buffer(iree_hal_device_allocator(device), params, 16, &buffer));
  iree_hal_buffer_mapping_t mapping = {0};
  CHECK(iree_hal_buffer_map_range(buffer, APUS_IREE_HAL_MAPPING_MODE_SCOPED,
                                  APUS_IREE_HAL_MEMORY_ACCESS_DISCARD_WRITE, 0, 16, &mapping));
  memcpy(mapping.contents.data, numbers, 16);
  CHECK(iree_hal_buffer_unmap_range(&mapping));
  iree_hal_dim_t dimension = 4;
  iree_hal_buffer_view_t *result;
  CHECK(iree_hal_buffer_view_create(buffer, 1, &dimension, 0x21000020,
                                    APUS_IREE_HAL_ENCODING_TYPE_DENSE_ROW_MAJOR, allocator, &result));
  iree_hal_buffer_release(buffer);
  return result;
}

static iree_hal_device_t *open_device(const char *name) {
  iree_hal_executable_plugin_manager_t *plugins;
  CHECK(iree_hal_executable_plugin_manager_create(0, allocator, &plugins));
  iree_hal_executable_loader_t *loaders[16];
  size_t loader_count = 0;
  CHECK(iree_hal_create_all_available_executable_loaders(plugins, 16, &loader_count, loaders,
                                                         allocator));
  iree_hal_allocator_t *heap;
  CHECK(iree_hal_allocator_create_heap(view(name), allocator, allocator, &heap));
  iree_hal_device_t *device;
  if (!strcmp(name, "local-sync")) {
    iree_hal_sync_device_params_t params;
    iree_hal_sync_device_params_initialize(&params);
    CHECK(iree_hal_sync_device_create(view(name), &params, loader_count, loaders, heap, allocator,
                                      &device));
    return device;
  }
  iree_task_executor_options_t options;
  iree_task_executor_options_initialize(&options);
  static iree_task_topology_t topology;
  iree_task_topology_initialize_from_group_count(2, &topology);
  iree_task_executor_t *executor;
  CHECK(iree_task_executor_create(options, &topology, allocator, &executor));
  iree_hal_task_device_params_t params;
  iree_hal_task_device_params_initialize(&params);
  CHECK(iree_hal_task_device_create(view(name), &params, 1, &executor, loader_count, loaders, heap,
                                    allocator, &device));
  return device;
}

static int compare(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return (difference > 0) - (difference < 0);
}

int main(int count, char **arguments) {
  if (count < 2) return 2;
  int file = open(arguments[1], O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status)) return 2;
  void *bytes = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, file, 0);

  iree_vm_instance_t *instance;
  CHECK(iree_vm_instance_create(32, allocator, &instance));
  CHECK(iree_hal_module_register_all_types(instance));
  iree_hal_device_t *device = open_device(count > 2 ? arguments[2] : "local-task");
  // The loading of parameters is what a link loses most easily.
  iree_vm_module_t *modules[3];
  CHECK(iree_io_parameters_module_create(instance, 0, NULL, allocator, &modules[0]));
  CHECK(iree_hal_module_create(instance, iree_hal_module_device_policy_default(), 1, &device,
                               APUS_IREE_HAL_MODULE_FLAG_NONE, iree_hal_module_debug_sink_null(),
                               allocator, &modules[1]));
  iree_const_byte_span_t archive = {bytes, (size_t)status.st_size};
  CHECK(iree_vm_bytecode_module_create(instance, archive, (iree_allocator_t){0}, allocator,
                                       &modules[2]));
  iree_vm_context_t *context;
  CHECK(iree_vm_context_create_with_modules(instance, APUS_IREE_VM_CONTEXT_FLAG_CONCURRENT, 3,
                                            modules, allocator, &context));
  iree_vm_function_t function;
  CHECK(iree_vm_module_lookup_function_by_name(modules[2], APUS_IREE_VM_FUNCTION_LINKAGE_EXPORT,
                                               view("add"), &function));

  iree_hal_buffer_view_t *a = vector(device, (float[]){1, 2, 3, 4});
  iree_hal_buffer_view_t *b = vector(device, (float[]){10, 20, 30, 40});
  iree_vm_list_t *inputs, *outputs;
  CHECK(iree_vm_list_create((iree_vm_type_def_t){0}, 8, allocator, &inputs));
  CHECK(iree_vm_list_create((iree_vm_type_def_t){0}, 8, allocator, &outputs));
  long calls = count > 3 ? atol(arguments[3]) : 1;
  double *times = malloc(sizeof(double) * calls);
  struct timespec begin, end;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (long call = 0; call < calls; ++call) {
    iree_vm_list_clear(inputs);
    iree_vm_list_clear(outputs);
    iree_vm_ref_t first = iree_hal_buffer_view_retain_ref(a);
    iree_vm_ref_t second = iree_hal_buffer_view_retain_ref(b);
    CHECK(iree_vm_list_push_ref_move(inputs, &first));
    CHECK(iree_vm_list_push_ref_move(inputs, &second));
    CHECK(iree_vm_invoke(context, function, APUS_IREE_VM_INVOCATION_FLAG_NONE, NULL, inputs, outputs,
                         allocator));
    // The result, as anyone takes it who goes on with it.
    iree_hal_buffer_view_t *result = iree_vm_list_get_buffer_view_retain(outputs, 0);
    if (iree_hal_buffer_view_shape_rank(result) != 1 || iree_hal_buffer_view_shape_dims(result)[0] != 4 ||
        iree_hal_buffer_view_element_type(result) != 0x21000020 ||
        iree_hal_buffer_view_byte_length(result) != 16)
      return 1;
    iree_hal_buffer_view_release(result);
    clock_gettime(CLOCK_MONOTONIC, &end);
    times[call] = (end.tv_sec - begin.tv_sec) * 1e6 + (end.tv_nsec - begin.tv_nsec) / 1e3;
    begin = end;
  }
  if (calls > 1) {
    qsort(times, calls, sizeof(double), compare);
    printf("%.3f µs a call\n", times[calls / 2]);
  }
  iree_hal_buffer_view_t *sum = iree_vm_list_get_buffer_view_retain(outputs, 0);
  iree_hal_buffer_mapping_t mapping = {0};
  CHECK(iree_hal_buffer_map_range(iree_hal_buffer_view_buffer(sum), APUS_IREE_HAL_MAPPING_MODE_SCOPED,
                                  APUS_IREE_HAL_MEMORY_ACCESS_READ, 0, 16, &mapping));
  const float *numbers = (const float *)mapping.contents.data;
  printf("4xf32=%g %g %g %g\n", numbers[0], numbers[1], numbers[2], numbers[3]);
  return 0;
}
