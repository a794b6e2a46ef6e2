#define _GNU_SOURCE

#include "CApusAffinity.h"

#if defined(__linux__)

#include <sched.h>

// As many as Linux can be built for.
#define CPU_LIMIT 8192

size_t capus_affinity_cpus(uint32_t *cpus, size_t capacity) {
  cpu_set_t sets[CPU_LIMIT / CPU_SETSIZE];
  CPU_ZERO_S(sizeof(sets), sets);
  if (sched_getaffinity(0, sizeof(sets), sets) != 0) return 0;
  size_t count = 0;
  for (uint32_t cpu = 0; cpu < CPU_LIMIT; ++cpu) {
    if (!CPU_ISSET_S(cpu, sizeof(sets), sets)) continue;
    if (count < capacity) cpus[count] = cpu;
    ++count;
  }
  return count;
}

#else

size_t capus_affinity_cpus(uint32_t *cpus, size_t capacity) {
  (void)cpus;
  (void)capacity;
  return 0;
}

#endif
