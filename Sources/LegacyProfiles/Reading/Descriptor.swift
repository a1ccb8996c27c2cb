internal import Glibc

/// A file or folder that is open for reading, closed when nobody holds it any more.
final class Descriptor {
  enum Kind {
    case file, folder, link, other
  }

  let number: Int32

  init(_ name: String, in folder: Int32, _ flags: Int32) throws(SourceError) {
    number = unsafe openat(folder, name, flags | O_CLOEXEC)
    guard number >= 0 else { throw SourceError(errno) }
  }

  deinit { close(number) }

  /// All bytes, of which there were so many a moment ago.
  func bytes(_ expected: Int, limit: Int) throws(SourceError) -> [UInt8] {
    // One more, so that the end is seen where it was.
    var bytes = [UInt8](repeating: 0, count: expected + 1)
    var filled = 0
    while true {
      if filled == bytes.count {
        guard filled <= limit else {
          throw SourceError("it grew beyond \(limit) bytes while it was read", isTooLong: true)
        }
        bytes.append(contentsOf: repeatElement(0, count: filled))
      }
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe read(number, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw SourceError(errno) }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// The names in a folder, in no order, and what they are, where the file system says so at once.
  func names() throws(SourceError) -> [(name: [UInt8], kind: Kind?)] {
    // closedir(3) closes the descriptor that it was given.
    let copy = unsafe openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { throw SourceError(errno) }
    guard let stream = unsafe fdopendir(copy) else {
      let error = SourceError(errno)
      close(copy)
      throw error
    }
    defer { unsafe closedir(stream) }
    var names: [(name: [UInt8], kind: Kind?)] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw SourceError(errno) }
        return names
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      let kind: Kind? =
        switch unsafe Int(entry.pointee.d_type) {
        case Int(DT_REG): .file
        case Int(DT_DIR): .folder
        case Int(DT_LNK): .link
        case Int(DT_UNKNOWN): nil
        default: .other
        }
      names.append((name, kind))
    }
  }

  func kind(of name: String) throws(SourceError) -> Kind {
    var status = stat()
    guard unsafe fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw SourceError(errno)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .other
    }
  }
}

extension [UInt8] {
  static func < (a: [UInt8], b: [UInt8]) -> Bool { a.lexicographicallyPrecedes(b) }
}
