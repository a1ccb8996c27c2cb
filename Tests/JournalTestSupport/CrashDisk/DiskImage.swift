/// Folders and files as a disk holds them when nobody is at work: all of it durable.
package struct DiskImage: Sendable, Equatable {
  package var folders: Set<String> = []
  package var files: [String: [UInt8]] = [:]

  package init() {}

  /// Tells images apart, within one run of the program.
  package var fingerprint: Int {
    var hasher = Hasher()
    for folder in folders.sorted() { hasher.combine(folder) }
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      hasher.combine(path)
      hasher.combine(bytes.count)
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
    return hasher.finalize()
  }
}
