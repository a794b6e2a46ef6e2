// The CPUs that a process may run on, which C libraries tell in GNU's extensions, and Swift does not show.

#ifndef CAPUS_AFFINITY_H_
#define CAPUS_AFFINITY_H_

#include <stddef.h>
#include <stdint.h>

// Stores the numbers of the CPUs that the calling thread may run on, in order, as many as there is room for.
//
// Returns how many there are; 0 where that cannot be known.
size_t capus_affinity_cpus(uint32_t *cpus, size_t capacity);

#endif  // CAPUS_AFFINITY_H_
