#include "SyncDevice.h"

// A method's type is its place in the table; the compiler holds each function below to it.
struct iree_hal_command_buffer_vtable_t {
#define APUS_METHOD(result, name, parameters) result(*name) parameters;
  APUS_IREE_COMMAND_BUFFER_METHODS(APUS_METHOD)
#undef APUS_METHOD
};

typedef struct inline_command_buffer {
  iree_hal_command_buffer_t base;
  iree_allocator_t host_allocator;
} inline_command_buffer;

static void destroy(iree_hal_command_buffer_t *base) {
  apus_library.iree_allocator_free(((inline_command_buffer *)base)->host_allocator, base);
}

// MARK: Nothing to do: each command is done when the next one is recorded

static iree_status_t begin(iree_hal_command_buffer_t *base) { return NULL; }

static iree_status_t end(iree_hal_command_buffer_t *base) { return NULL; }

static iree_status_t begin_debug_group(iree_hal_command_buffer_t *base, iree_string_view_t label,
                                       iree_hal_label_color_t color,
                                       const iree_hal_label_location_t *location) {
  return NULL;
}

static iree_status_t end_debug_group(iree_hal_command_buffer_t *base) { return NULL; }

static iree_status_t execution_barrier(
    iree_hal_command_buffer_t *base, iree_hal_execution_stage_t source_stages,
    iree_hal_execution_stage_t target_stages, iree_hal_execution_barrier_flags_t flags,
    iree_host_size_t memory_barrier_count, const iree_hal_memory_barrier_t *memory_barriers,
    iree_host_size_t buffer_barrier_count, const iree_hal_buffer_barrier_t *buffer_barriers) {
  return NULL;
}

static iree_status_t signal_event(iree_hal_command_buffer_t *base, iree_hal_event_t *event,
                                  iree_hal_execution_stage_t source_stages) {
  return NULL;
}

static iree_status_t reset_event(iree_hal_command_buffer_t *base, iree_hal_event_t *event,
                                 iree_hal_execution_stage_t source_stages) {
  return NULL;
}

static iree_status_t wait_events(
    iree_hal_command_buffer_t *base, iree_host_size_t event_count, const iree_hal_event_t **events,
    iree_hal_execution_stage_t source_stages, iree_hal_execution_stage_t target_stages,
    iree_host_size_t memory_barrier_count, const iree_hal_memory_barrier_t *memory_barriers,
    iree_host_size_t buffer_barrier_count, const iree_hal_buffer_barrier_t *buffer_barriers) {
  return NULL;
}

static iree_status_t advise_buffer(iree_hal_command_buffer_t *base, iree_hal_buffer_ref_t buffer,
                                   iree_hal_memory_advise_flags_t flags, uint64_t argument0,
                                   uint64_t argument1) {
  return NULL;
}

// MARK: Transfers

static iree_status_t fill_buffer(iree_hal_command_buffer_t *base, iree_hal_buffer_ref_t target,
                                 const void *pattern, iree_host_size_t pattern_length,
                                 iree_hal_fill_flags_t flags) {
  return apus_library.iree_hal_buffer_map_fill(target.buffer, target.offset, target.length,
                                               pattern, pattern_length);
}

static iree_status_t update_buffer(iree_hal_command_buffer_t *base, const void *source,
                                   iree_host_size_t source_offset, iree_hal_buffer_ref_t target,
                                   iree_hal_update_flags_t flags) {
  return apus_library.iree_hal_buffer_map_write(
      target.buffer, target.offset, (const char *)source + source_offset, target.length);
}

static iree_status_t copy_buffer(iree_hal_command_buffer_t *base, iree_hal_buffer_ref_t source,
                                 iree_hal_buffer_ref_t target, iree_hal_copy_flags_t flags) {
  return apus_library.iree_hal_buffer_map_copy(source.buffer, source.offset, target.buffer,
                                               target.offset, target.length);
}

static iree_status_t collective(iree_hal_command_buffer_t *base, iree_hal_channel_t *channel,
                                iree_hal_collective_op_t operation, uint32_t parameter,
                                iree_hal_buffer_ref_t send, iree_hal_buffer_ref_t receive,
                                iree_device_size_t element_count) {
  return APUS_FAILURE(APUS_IREE_STATUS_UNIMPLEMENTED, "local-sync has no collectives");
}

// MARK: Dispatches

typedef struct bindings {
  void *pointers[64];
  size_t lengths[64];
} bindings;

// The address and length of what a reference refers to. A heap buffer stays where it is, so that there is
// nothing to unmap.
static iree_status_t map(iree_hal_buffer_ref_t reference, void **pointer, size_t *length) {
  if (!reference.buffer) {
    return APUS_FAILURE(APUS_IREE_STATUS_INVALID_ARGUMENT, "a binding of a dispatch has no buffer");
  }
  iree_hal_buffer_mapping_t mapping = {{0}};
  APUS_TRY(apus_library.iree_hal_buffer_map_range(
      reference.buffer, APUS_IREE_HAL_MAPPING_MODE_PERSISTENT, APUS_IREE_HAL_MEMORY_ACCESS_ANY,
      reference.offset, reference.length, &mapping));
  *pointer = mapping.contents.data;
  *length = mapping.contents.data_length;
  return NULL;
}

static iree_status_t workgroup_count(const iree_hal_dispatch_config_t *config,
                                     iree_hal_dispatch_flags_t flags, const uint32_t **count) {
  *count = config->workgroup_count;
  if (!(flags & APUS_IREE_HAL_DISPATCH_INDIRECT_PARAMETERS)) return NULL;
  iree_hal_buffer_ref_t reference = config->workgroup_count_ref;
  reference.length = 3 * sizeof(uint32_t);
  void *pointer = NULL;
  size_t length = 0;
  APUS_TRY(map(reference, &pointer, &length));
  *count = pointer;
  return NULL;
}

static iree_status_t run_workgroups(iree_hal_local_executable_t *executable, uint32_t ordinal,
                                    const iree_hal_executable_dispatch_state_v0_t *dispatch,
                                    void *local_memory, uint32_t local_memory_size) {
  iree_hal_executable_workgroup_state_v0_t workgroup = {
      .processor_id = apus_library.iree_cpu_query_processor_id(),
      .local_memory = local_memory,
      .local_memory_size = local_memory_size,
  };
  for (uint32_t z = 0; z < dispatch->workgroup_count_z; ++z) {
    workgroup.workgroup_id_z = z;
    for (uint32_t y = 0; y < dispatch->workgroup_count_y; ++y) {
      workgroup.workgroup_id_y = y;
      for (uint32_t x = 0; x < dispatch->workgroup_count_x; ++x) {
        workgroup.workgroup_id_x = x;
        APUS_TRY(apus_library.iree_hal_local_executable_issue_call(
            executable, ordinal, dispatch, &workgroup, /*worker_id=*/0));
      }
    }
  }
  return NULL;
}

// As IREE's workers run kernels: subnormal numbers count as zero (`iree/task/worker.c`).
static iree_status_t run_as_worker(iree_hal_local_executable_t *executable, uint32_t ordinal,
                                   const iree_hal_executable_dispatch_state_v0_t *dispatch,
                                   void *local_memory, uint32_t local_memory_size) {
  iree_fpu_state_t state =
      apus_library.iree_fpu_state_push(APUS_IREE_FPU_STATE_FLAG_FLUSH_DENORMALS_TO_ZERO);
  iree_status_t status =
      run_workgroups(executable, ordinal, dispatch, local_memory, local_memory_size);
  apus_library.iree_fpu_state_pop(state);
  return status;
}

static uint32_t at_least_1(uint32_t size) { return size ? size : 1; }

static iree_status_t dispatch(iree_hal_command_buffer_t *base, iree_hal_executable_t *handle,
                              iree_hal_executable_export_ordinal_t ordinal,
                              const iree_hal_dispatch_config_t config,
                              iree_const_byte_span_t constants,
                              iree_hal_buffer_ref_list_t references,
                              iree_hal_dispatch_flags_t flags) {
  inline_command_buffer *commands = (inline_command_buffer *)base;
  if (flags & APUS_IREE_HAL_DISPATCH_OTHER_ARGUMENTS) {
    return APUS_FAILURE(APUS_IREE_STATUS_UNIMPLEMENTED,
                        "local-sync takes a dispatch's arguments from its bindings and constants alone");
  }
  iree_hal_local_executable_t *executable = apus_library.iree_hal_local_executable_cast(handle);
  iree_hal_executable_dispatch_attrs_v0_t attributes = {0};
  if (executable->dispatch_attrs) attributes = executable->dispatch_attrs[ordinal];
  if (constants.data_length != attributes.constant_count * sizeof(uint32_t)) {
    return APUS_FAILURE(APUS_IREE_STATUS_INVALID_ARGUMENT,
                        "a dispatch has another number of constants than its kernel");
  }
  if (references.count != attributes.binding_count ||
      references.count > APUS_IREE_HAL_EXECUTABLE_MAX_BINDING_COUNT) {
    return APUS_FAILURE(APUS_IREE_STATUS_INVALID_ARGUMENT,
                        "a dispatch has another number of bindings than its kernel");
  }
  bindings mapped;
  for (iree_host_size_t i = 0; i < references.count; ++i) {
    APUS_TRY(map(references.values[i], &mapped.pointers[i], &mapped.lengths[i]));
  }
  const uint32_t *count;
  APUS_TRY(workgroup_count(&config, flags, &count));
  const iree_hal_executable_dispatch_state_v0_t state = {
      .workgroup_size_x = at_least_1(config.workgroup_size[0]),
      .workgroup_size_y = at_least_1(config.workgroup_size[1]),
      .workgroup_size_z = at_least_1(config.workgroup_size[2]),
      .workgroup_count_x = count[0],
      .workgroup_count_y = count[1],
      .workgroup_count_z = count[2],
      .max_concurrency = 1,
      .constant_count = attributes.constant_count,
      .constants = (const uint32_t *)constants.data,
      .binding_count = references.count,
      .binding_ptrs = mapped.pointers,
      .binding_lengths = mapped.lengths,
  };

  const size_t local_memory_size =
      (size_t)attributes.local_memory_pages *
          APUS_IREE_HAL_EXECUTABLE_WORKGROUP_LOCAL_MEMORY_PAGE_SIZE +
      config.dynamic_workgroup_local_memory;
  void *local_memory = NULL;
  if (local_memory_size > 0) {
    APUS_TRY(apus_library.iree_allocator_malloc(commands->host_allocator, local_memory_size,
                                                &local_memory));
  }
  iree_status_t status =
      run_as_worker(executable, ordinal, &state, local_memory, local_memory_size);
  if (local_memory) apus_library.iree_allocator_free(commands->host_allocator, local_memory);
  return status;
}

static const iree_hal_command_buffer_vtable_t vtable = {
#define APUS_METHOD(result, name, parameters) .name = name,
    APUS_IREE_COMMAND_BUFFER_METHODS(APUS_METHOD)
#undef APUS_METHOD
};

iree_status_t apus_inline_command_buffer_create(
    iree_hal_allocator_t *device_allocator, iree_hal_command_buffer_mode_t mode,
    iree_hal_command_category_t command_categories, iree_hal_queue_affinity_t queue_affinity,
    iree_allocator_t host_allocator,
    iree_hal_command_buffer_t **out_command_buffer) {
  *out_command_buffer = NULL;
  inline_command_buffer *commands = NULL;
  APUS_TRY(apus_library.iree_allocator_malloc(
      host_allocator,
      sizeof(*commands) + apus_library.iree_hal_command_buffer_validation_state_size(mode, 0),
      (void **)&commands));
  commands->host_allocator = host_allocator;
  apus_library.iree_hal_command_buffer_initialize(
      device_allocator, mode, command_categories, queue_affinity, /*binding_capacity=*/0,
      /*validation_state=*/commands + 1, &vtable, &commands->base);
  *out_command_buffer = &commands->base;
  return NULL;
}
