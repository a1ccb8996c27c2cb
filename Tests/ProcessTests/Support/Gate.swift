import Glibc

/// Starts programs that wait for one another, and lets all of them go at once.
final class Gate {
  private let pipe: Pipe
  private var isOpen = false

  init() throws { pipe = try Pipe() }

  deinit {
    open()
    close(pipe.reading)
  }

  /// A shell that waits for the end of its input, and becomes the program then.
  func start(_ command: [String]) throws -> Child {
    try Child(
      ["/bin/sh", "-c", #"read -r nothing; exec "$@""#, "sh"] + command,
      input: .descriptor(pipe.reading))
  }

  func open() {
    guard !isOpen else { return }
    isOpen = true
    close(pipe.writing)
  }

  /// Runs programs at the same time to their ends.
  static func race(_ commands: [[String]]) throws -> [Child.Result] {
    let gate = try Gate()
    let children = try commands.map(gate.start)
    gate.open()
    return children.map { $0.finish() }
  }
}
