#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int clinux_rename(int folder, const char *from, const char *to, int replacing) {
  if (replacing) return renameat(folder, from, folder, to) == 0 ? 0 : errno;
  if (renameat2(folder, from, folder, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // A file system that does not know the flag: a second name is never put over another.
  if (linkat(folder, from, folder, to, 0) != 0) return errno;
  return unlinkat(folder, from, 0) == 0 ? 0 : errno;
}
