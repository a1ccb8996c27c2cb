/// One step by which a disk came to what it is: all that a power failure can undo, and what
/// keeps it from doing so.
package enum DiskChange: Sendable, Equatable {
  case makeFolder(String)
  /// A new, empty file.
  case makeFile(String, node: Int)
  case append([UInt8], node: Int)
  /// A file loses its name to another name; the file that had that one, if any, loses it.
  case rename(String, to: String)
  case remove(String)
  /// The file's bytes and its size are durable now; its name is not.
  case syncData(node: Int)
  /// The names in this folder are durable now, and the folder's own name and the root's.
  case syncNames(String)
}

extension DiskChange: CustomStringConvertible {
  package var description: String {
    switch self {
    case .makeFolder(let path): "make folder \(path)"
    case .makeFile(let path, let node): "make file #\(node) \(path)"
    case .append(let bytes, let node): "append \(bytes.count) bytes to #\(node)"
    case .rename(let path, let new): "rename \(path) to \(new)"
    case .remove(let path): "remove \(path)"
    case .syncData(let node): "sync #\(node)"
    case .syncNames(let path): "sync the names of \(path)"
    }
  }
}
