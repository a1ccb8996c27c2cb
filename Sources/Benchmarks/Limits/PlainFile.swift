internal import CLinux
internal import Glibc

/// A file that bytes are written to, and nothing else done.
final class PlainFile {
  /// Where the bytes go.
  enum Room {
    /// Behind the end, with `O_APPEND`: each write makes the file longer, which the sync has to
    /// record too.
    case end
    /// The same, with 64 MiB set aside beforehand (`fallocate`, keeping the size).
    case reserved
    /// Over bytes that are there: the file never changes but for them.
    case written
  }

  private let descriptor: Int32
  private let path: String
  private let room: Room
  private var offset: Int64 = 0
  private static let written: Int64 = 16 << 20

  init(_ path: String, _ room: Room) throws {
    self.path = path
    self.room = room
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | (room == .written ? 0 : O_APPEND)
    descriptor = unsafe open(path, flags, 0o600)
    guard descriptor >= 0 else { throw SystemFailure("open", path) }
    switch room {
    case .end: break
    case .reserved:
      let error = clinux_reserve(descriptor, 0, 64 << 20)
      if error != 0 { throw SystemFailure("set space aside in", path, error) }
    case .written:
      let zeros = [UInt8](repeating: 0, count: 1 << 20)
      while offset < Self.written { try write(zeros) }
    }
    try sync()
  }

  deinit { close(descriptor) }

  func write(_ bytes: [UInt8]) throws {
    let count = unsafe bytes.withUnsafeBytes { bytes in
      room == .written
        ? unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset))
        : unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    }
    guard count == bytes.count else { throw SystemFailure("write to", path) }
    offset += Int64(count)
  }

  /// Goes back to the beginning before the end is passed.
  func rewind(for bytes: [UInt8]) {
    if room == .written, offset + Int64(bytes.count) > Self.written { offset = 0 }
  }

  func sync() throws {
    guard fdatasync(descriptor) == 0 else { throw SystemFailure("sync", path) }
  }
}
