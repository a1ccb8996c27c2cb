// Tells the thread sanitizer of what it cannot see. Swift's Mutex is an atomic word, inlined and so
// instrumented as long as nobody waits; but its waiting and waking stand in libswiftSynchronization,
// which is not instrumented, and use the kernel's futexes. So a lock that was waited for looks like
// none. These two stand before the library's and call them.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

void __tsan_acquire(void *address);
void __tsan_release(void *address);

SWIFT void lock_slow(uint32_t thread, SELF handle) __asm__(LOCK);
SWIFT void unlock_slow(SELF handle) __asm__(UNLOCK);

SWIFT void lock_slow(uint32_t thread, SELF handle) {
  SWIFT void (*original)(uint32_t, SELF) = dlsym(RTLD_NEXT, LOCK);
  original(thread, handle);
  __tsan_acquire(handle);
}

SWIFT void unlock_slow(SELF handle) {
  SWIFT void (*original)(SELF) = dlsym(RTLD_NEXT, UNLOCK);
  __tsan_release(handle);
  original(handle);
}

// A continuation that is resumed before its task awaits: which of the two came first is decided by an
// atomic word in libswift_Concurrency, which is not instrumented, while the resumption itself is
// compiled into whoever calls it. So the task seems to go on with what the other still reads.
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void) {
  return "race:sScc6resume9returning\n";
}
