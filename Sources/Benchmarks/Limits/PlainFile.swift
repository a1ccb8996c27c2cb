internal import CLinux
internal import Glibc

/// A file that lines are appended to, and nothing else done.
final class PlainFile {
  private let descriptor: Int32
  private let path: String

  /// - Parameter reserved: bytes that are set aside at once, without changing the file's size.
  init(_ path: String, reserved: Int64 = 0) throws {
    self.path = path
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemFailure("open", path) }
    if reserved > 0 {
      let error = clinux_reserve(descriptor, 0, reserved)
      if error != 0 { throw SystemFailure("set space aside in", path, error) }
    }
    try sync()
  }

  deinit { close(descriptor) }

  func append(_ bytes: [UInt8]) throws {
    let count = unsafe bytes.withUnsafeBytes {
      unsafe write(descriptor, $0.baseAddress, $0.count)
    }
    guard count == bytes.count else { throw SystemFailure("append to", path) }
  }

  func sync() throws {
    guard fdatasync(descriptor) == 0 else { throw SystemFailure("sync", path) }
  }
}
