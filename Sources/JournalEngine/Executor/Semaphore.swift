internal import Glibc

/// A POSIX semaphore: it counts, so a signal that comes before the wait is not lost.
// Unchecked: the one pointer never changes, and sem_wait(3) and sem_post(3) are made to be called
// from any thread.
@safe package final class Semaphore: @unchecked Sendable {
  private let semaphore: UnsafeMutablePointer<sem_t>

  package init() {
    unsafe semaphore = .allocate(capacity: 1)
    unsafe sem_init(semaphore, 0, 0)
  }

  deinit {
    unsafe sem_destroy(semaphore)
    unsafe semaphore.deallocate()
  }

  package func signal() { unsafe sem_post(semaphore) }

  package func wait() {
    _ = SystemCall.retrying { Int(unsafe sem_wait(semaphore)) }
  }
}
