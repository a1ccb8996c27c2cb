#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>

int clinux_reserve(int descriptor, int64_t offset, int64_t length) {
  while (fallocate(descriptor, FALLOC_FL_KEEP_SIZE, offset, length) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}
