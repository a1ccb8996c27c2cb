internal import Glibc

/// What many small journals cost at least: a file each, all in one folder.
struct PlainFiles {
  let folder: String
  private let descriptor: Int32

  init(_ folder: String) throws {
    self.folder = folder
    descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure("open", folder) }
  }

  /// Makes a file, writes it, and syncs it and its name.
  func write(_ bytes: [UInt8], as name: String) throws {
    let file = unsafe openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemFailure("make", name) }
    defer { close(file) }
    let count = unsafe bytes.withUnsafeBytes {
      unsafe Glibc.write(file, $0.baseAddress, $0.count)
    }
    guard count == bytes.count, fdatasync(file) == 0, fsync(descriptor) == 0 else {
      throw SystemFailure("write", name)
    }
  }
}
