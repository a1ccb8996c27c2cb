// What Glibc's module map leaves out.
#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>

/// Writes the magic number of the file system behind a descriptor (statfs(2), `f_type`).
/// Returns 0, or the error number.
int clinux_file_system_type(int descriptor, uint64_t *type);

/// Sets space aside for a range of a file without changing its size (fallocate(2)).
/// Returns 0, or the error number.
int clinux_reserve(int descriptor, int64_t offset, int64_t length);

/// Sends a range of a file to the disk without waiting until it is there, and makes nothing durable
/// (sync_file_range(2)). Returns 0, or the error number.
int clinux_start_writing(int descriptor, int64_t offset, int64_t length);

/// Gives a file of a folder another name (renameat2(2)); where it is not to replace, a taken name
/// is EEXIST. Returns 0, or the error number.
int clinux_rename(int folder, const char *from, const char *to, int replacing);

/// Reads the next entries of an open folder (getdents64(2)). Returns how many bytes they take, 0 at
/// the end, or a negative error number.
int64_t clinux_entries(int folder, void *buffer, size_t size);

/// Where bytes first hold some other bytes (memmem(3)); -1 where they do not.
int64_t clinux_find(const void *bytes, size_t count, const void *wanted, size_t wanted_count);

/// On how many processors this process may run (sched_getaffinity(2)); at least 1.
int clinux_processors(void);

#endif
