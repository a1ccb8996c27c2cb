#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <sched.h>
#include <unistd.h>

int clinux_processors(void) {
  // The set must have room for every processor that the kernel knows.
  for (size_t room = CPU_SETSIZE; room <= 1 << 20; room *= 2) {
    cpu_set_t *set = CPU_ALLOC(room);
    if (set == NULL) break;
    const size_t size = CPU_ALLOC_SIZE(room);
    const int failed = sched_getaffinity(0, size, set) != 0;
    const int count = failed ? 0 : CPU_COUNT_S(size, set);
    CPU_FREE(set);
    if (!failed) return count > 0 ? count : 1;
    if (errno != EINVAL) break;
  }
  const long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}
