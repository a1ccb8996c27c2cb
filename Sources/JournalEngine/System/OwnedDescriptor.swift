internal import Glibc

/// A file descriptor with one owner, closed when the owner goes.
struct OwnedDescriptor: ~Copyable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit {
    // EINTR from close(2) leaves the descriptor closed on Linux: it is not tried again.
    _ = close(number)
  }
}
