import Foundation

/// The programs that the tests run. Our own ones stand beside the bundle of the tests.
enum Programs {
  static let daybook = built("daybook")
  static let bench = built("daybook-bench")
  static let tortureWriter = built("torture-writer")

  /// Where a tool of the system is; nil where it is not installed.
  static func tool(_ name: String) -> String? {
    ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"].map { "\($0)/\(name)" }
      .first(where: FileManager.default.isExecutableFile(atPath:))
  }

  /// Whether system calls can be traced here.
  static let canTrace: Bool = {
    guard let strace = tool("strace"), let nothing = tool("true") else { return false }
    return (try? Child.run([strace, "-o", "/dev/null", nothing]).status == .exit(0)) ?? false
  }()

  /// Whether what a system call returns can be altered, which older versions of strace cannot.
  static let canAlterAnswers: Bool = {
    guard canTrace, let nothing = tool("true") else { return false }
    return (try? Child.run(Trace.answering(0, [nothing])).status == .exit(0)) ?? false
  }()

  private static func built(_ name: String) -> String {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent(name).path
  }
}
