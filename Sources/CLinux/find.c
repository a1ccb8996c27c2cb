#define _GNU_SOURCE
#include "CLinux.h"

#include <string.h>

int64_t clinux_find(const void *bytes, size_t count, const void *wanted, size_t wanted_count) {
  const char *found = memmem(bytes, count, wanted, wanted_count);
  return found == NULL ? -1 : found - (const char *)bytes;
}
