#include "CLinux.h"

#include <errno.h>
#include <sys/vfs.h>

int clinux_file_system_type(int descriptor, uint64_t *type) {
  struct statfs info;
  while (fstatfs(descriptor, &info) != 0) {
    if (errno != EINTR) return errno;
  }
  *type = (uint64_t)(unsigned long)info.f_type & 0xffffffffu;
  return 0;
}
