internal import Glibc

/// Folders of the benchmark's own.
enum Folder {
  static func make(_ path: String) throws {
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw SystemFailure("make the folder", path)
    }
  }

  /// Takes it away with all that is in it.
  static func remove(_ path: String) {
    let ended = try? Child(["rm", "-rf", "--", path], output: .dropped).finish()
    if ended?.status != 0 { Output.complain("\(path) could not be removed") }
  }

  /// The names in it, in order.
  static func names(_ path: String) throws -> [String] {
    guard let folder = unsafe opendir(path) else { throw SystemFailure("list", path) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The size of all files of it that end so.
  static func size(_ path: String, ending suffix: String = "") throws -> Double {
    try names(path).filter { $0.hasSuffix(suffix) }.reduce(0.0) { sum, name in
      var status = stat()
      guard unsafe lstat(path + "/" + name, &status) == 0 else { return sum }
      return sum + Double(status.st_size)
    }
  }
}

/// A system call that failed.
struct SystemFailure: Error, CustomStringConvertible {
  let description: String

  init(_ action: String, _ path: String, _ number: Int32 = errno) {
    description = "cannot \(action) \(path): \(unsafe String(cString: strerror(number)))"
  }
}
