#define _GNU_SOURCE

#include "CAffinity.h"

#if defined(__linux__)

#include <sched.h>

bool caffinity_get(uint8_t *cpus, size_t byte_count) {
  return sched_getaffinity(0, byte_count, (cpu_set_t *)cpus) == 0;
}

bool caffinity_set(int32_t thread, const uint8_t *cpus, size_t byte_count) {
  return sched_setaffinity(thread, byte_count, (const cpu_set_t *)cpus) == 0;
}

#endif
