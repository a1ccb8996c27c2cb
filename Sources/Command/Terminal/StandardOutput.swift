import Glibc

/// Why results could not be written.
package enum OutputError: Error, Sendable, Equatable {
  /// Whoever was reading has seen enough, as `head` has: the program ends without a word.
  case closedPipe
  /// A signal to stop came while the write was waiting for its reader.
  case interrupted
  /// The disk is full, or whatever else `errno` says: exit status 1.
  case failed(errno: Int32)
}

extension OutputError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .closedPipe: "the output was closed by its reader"
    case .interrupted: "interrupted"
    case .failed(let code):
      unsafe "cannot write to the output: \(String(cString: strerror(code))) (errno \(code))"
    }
  }
}

/// Collects what is written to a descriptor, and passes it on in large pieces.
///
/// Nothing is flushed at the end of its life, where an error could not be reported: end with
/// `flush()`. For one task at a time.
package final class StandardOutput {
  package let descriptor: Int32
  private let capacity: Int
  private var buffer: [UInt8] = []

  /// Does not own the descriptor.
  package init(descriptor: Int32 = STDOUT_FILENO, capacity: Int = 64 * 1024) {
    self.descriptor = descriptor
    self.capacity = max(1, capacity)
  }

  package func write(_ text: String) throws(OutputError) {
    try unsafe write(text.utf8.span.bytes)
  }

  package func write(_ bytes: [UInt8]) throws(OutputError) {
    try unsafe write(bytes.span.bytes)
  }

  package func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
    try unsafe write(bytes.span.bytes)
  }

  /// Costs a copy; a system call only when the buffer is full. What is larger than the buffer
  /// is passed on without being copied.
  package func write(_ bytes: RawSpan) throws(OutputError) {
    if buffer.count + bytes.byteCount > capacity { try flush() }
    if bytes.byteCount >= capacity {
      try send(bytes)
    } else {
      unsafe bytes.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
    }
  }

  /// Passes on what has been collected. After an error it is given up, since what part of it
  /// arrived is not known to the caller.
  package func flush() throws(OutputError) {
    guard !buffer.isEmpty else { return }
    var pending: [UInt8] = []
    swap(&pending, &buffer)
    try unsafe send(pending.span.bytes)
    pending.removeAll(keepingCapacity: true)
    buffer = pending
  }

  private func send(_ bytes: RawSpan) throws(OutputError) {
    var offset = 0
    while offset < bytes.byteCount {
      let rest = bytes.extracting(offset..<bytes.byteCount)
      let (count, code) = unsafe rest.withUnsafeBytes { pointer in
        let count = unsafe Glibc.write(descriptor, pointer.baseAddress, pointer.count)
        return (count, count < 0 ? errno : 0)
      }
      if count >= 0 {
        offset += count
        continue
      }
      switch code {
      case EINTR:
        if Signals.interrupted { throw .interrupted }
      case EAGAIN:
        try waitUntilWritable()
      case EPIPE:
        throw .closedPipe
      default:
        throw .failed(errno: code)
      }
    }
  }

  /// The descriptor may have been made non-blocking by another program that shares it.
  private func waitUntilWritable() throws(OutputError) {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    if unsafe poll(&request, 1, -1) < 0 {
      let code = errno
      if code != EINTR { throw .failed(errno: code) }
      if Signals.interrupted { throw .interrupted }
    }
  }
}
