#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

int64_t clinux_entries(int folder, void *buffer, size_t size) {
  long count;
  do {
    count = syscall(SYS_getdents64, folder, buffer, size);
  } while (count < 0 && errno == EINTR);
  return count < 0 ? -errno : count;
}
