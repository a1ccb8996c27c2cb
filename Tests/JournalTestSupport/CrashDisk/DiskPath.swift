/// Paths of a disk in memory.
enum DiskPath {
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// The folders that a path goes through, the outermost first.
  static func folders(above path: String) -> [String] {
    let folder = folder(of: path)
    return folder.isEmpty ? [] : folders(above: folder) + [folder]
  }
}
