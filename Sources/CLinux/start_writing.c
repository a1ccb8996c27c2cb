#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>

int clinux_start_writing(int descriptor, int64_t offset, int64_t length) {
  if (sync_file_range(descriptor, offset, length, SYNC_FILE_RANGE_WRITE) == 0) return 0;
  return errno;
}
