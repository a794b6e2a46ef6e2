// sched_getaffinity and sched_setaffinity, which Swift's Glibc does not show: they are GNU's.

#ifndef CAFFINITY_H_
#define CAFFINITY_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Stores the CPUs that the calling thread may run on, a bit each. False, with errno, if it fails.
bool caffinity_get(uint8_t *cpus, size_t byte_count);

// Lets a thread, of any process, run on these CPUs only. False, with errno, if it fails.
bool caffinity_set(int32_t thread, const uint8_t *cpus, size_t byte_count);

#endif  // CAFFINITY_H_
