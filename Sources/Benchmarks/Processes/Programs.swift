internal import Glibc

/// The programs that are run.
enum Programs {
  static let own = link("/proc/self/exe") ?? "daybook-bench"

  /// The command line, which stands beside this program.
  static var daybook: String {
    get throws {
      let folder = own.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      let path = folder.joined(separator: "/") + "/daybook"
      guard isProgram(path) else { throw Missing(description: "\(path) is not there: build it") }
      return path
    }
  }

  /// A tool of the system; nil where it is not installed.
  static func tool(_ name: String) -> String? {
    ["/usr/bin/", "/bin/", "/usr/local/bin/"].map { $0 + name }.first(where: isProgram)
  }

  /// This process's number, which no two processes share at a time.
  static var number: Int32 { getpid() }

  private static func isProgram(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }

  private static func link(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return -1 }
      return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  private struct Missing: Error, CustomStringConvertible {
    let description: String
  }
}
