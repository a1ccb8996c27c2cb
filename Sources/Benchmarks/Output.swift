internal import Glibc

/// Standard output and error, unbuffered.
enum Output {
  static func write(_ text: String) { put(text, to: STDOUT_FILENO) }

  static func complain(_ text: String) { put(text + "\n", to: STDERR_FILENO) }

  private static func put(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno != EINTR { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
