internal import Glibc

/// Where paths lead, links followed.
enum RealPath {
  /// The path without links; nil where nothing stands there.
  static func of(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// The same of as much of the path as is there.
  static func ofExisting(_ path: String) -> String? {
    var rest = path[...]
    while true {
      if let real = of(rest.isEmpty ? "." : String(rest)) { return real }
      while rest.count > 1, rest.last == "/" { rest.removeLast() }
      guard rest != "/", !rest.isEmpty else { return nil }
      let slash = rest.lastIndex(of: "/")
      rest = slash.map { $0 == rest.startIndex ? rest[...$0] : rest[..<$0] } ?? ""
    }
  }
}
