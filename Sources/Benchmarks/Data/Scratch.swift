internal import Glibc

/// The folder of all that is written; it goes when the measurements are done.
struct Scratch {
  let path: String

  /// - Parameter space: how many bytes have to be free on that disk.
  init(in root: String, space: Int64) throws {
    var disk = statvfs()
    guard unsafe statvfs(root, &disk) == 0 else { throw SystemFailure("examine the disk of", root) }
    let free = Double(disk.f_bavail) * Double(disk.f_frsize)
    guard free >= Double(space) else {
      throw TooFull(
        description: "\(root) has \(Unit.bytes.text(free)) free, and up to "
          + "\(Unit.bytes.text(Double(space))) are needed: give another --root")
    }
    path = "\(root)/daybook-bench-\(getpid())"
    try Folder.make(path)
  }

  func remove() {
    Folder.remove(path)
    if let memory = Self.memory(for: path) { Folder.remove(memory) }
  }

  /// Where data may be made in memory; nil where there is no such place.
  static func memory(for path: String) -> String? {
    guard let name = path.split(separator: "/").last, unsafe access("/dev/shm", W_OK) == 0 else {
      return nil
    }
    return "/dev/shm/\(name)"
  }

  private struct TooFull: Error, CustomStringConvertible {
    let description: String
  }
}
