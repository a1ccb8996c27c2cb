import Glibc

/// A `torture-writer` that runs, and what it has said.
final class WriterProcess {
  let slot: Int
  private let child: Child
  private var unfinished: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(slot: Int, seed: UInt64, name: String, profile: String, root: String) throws {
    self.slot = slot
    child = try Child(
      [Programs.tortureWriter, root, profile, String(seed), name],
      error: .descriptor(STDERR_FILENO))
  }

  /// What to wait on.
  var descriptor: Int32 { child.output }

  /// Reads what is there; blocks where nothing is.
  ///
  /// - Returns: the answers, or nil at the end.
  func read() -> [Answer]? {
    let count = Glibc.read(child.output, &buffer, buffer.count)
    guard count > 0 else { return nil }
    unfinished += buffer[..<count]
    guard let end = unfinished.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    let text = String(decoding: unfinished[..<end], as: UTF8.self)
    unfinished.removeSubrange(...end)
    return text.split(separator: "\n").map(Answer.init)
  }

  /// Kills it wherever it is, and reads what it had said before.
  func kill() -> [Answer] {
    child.send(SIGKILL)
    var rest: [Answer] = []
    while let answers = read() { rest += answers }
    if child.wait() != .signal(SIGKILL) { rest.append(.broken("it ended by itself")) }
    child.closePipes()
    return rest
  }
}
