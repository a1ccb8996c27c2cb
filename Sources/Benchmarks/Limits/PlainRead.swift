internal import Glibc
internal import JournalEngine

/// Reading files and nothing else, a mebibyte at a time into the same memory.
struct PlainRead {
  private var buffer = [UInt8](repeating: 0, count: 1 << 20)

  /// Reads files to their ends.
  mutating func read(_ paths: [String]) throws {
    for path in paths { try unsafe each(path) { _ in } }
  }

  /// SHA-256 over all of a file's bytes.
  mutating func hash(_ path: String) throws {
    var hash = SHA256()
    try unsafe each(path) { bytes in unsafe hash.update(bytes) }
    keep(hash.finish())
  }

  private mutating func each(_ path: String, _ body: (UnsafeRawBufferPointer) -> Void) throws {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure("open", path) }
    defer { close(descriptor) }
    try unsafe buffer.withUnsafeMutableBytes { bytes in
      while true {
        let count = unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
        guard count >= 0 else { throw SystemFailure("read", path) }
        if count == 0 { return }
        unsafe body(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      }
    }
  }

  /// The first bytes of a file.
  static func beginning(_ path: String, limit: Int) throws -> [UInt8] {
    var found: [UInt8] = []
    var reading = PlainRead()
    try unsafe reading.each(path) { bytes in
      if found.count < limit { unsafe found.append(contentsOf: bytes) }
    }
    return found
  }
}
