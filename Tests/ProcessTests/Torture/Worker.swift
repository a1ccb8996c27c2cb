import Glibc

/// A `torture-writer` that runs, and what it has said.
final class Worker {
  /// See `TortureWriter`.
  enum Role: String {
    case write, compact, read, follow

    var writes: Bool { self == .write || self == .compact }
  }

  private let child: Child
  private let isLimited: Bool
  private var unfinished: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// - Parameter limit: the size in bytes at which the kernel cuts a write short, and ends the
  ///   process with the next.
  init(
    _ role: Role, seed: UInt64, name: String, profile: String, root: String, limit: Int?
  ) throws {
    isLimited = limit != nil
    let command = [
      Programs.tortureWriter, role.rawValue, root, profile, String(seed), name,
    ]
    let limiting = limit.map { ["/bin/sh", "-c", #"ulimit -f \#($0 / 512); exec "$@""#, "sh"] }
    child = try Child((limiting ?? []) + command, error: .descriptor(STDERR_FILENO))
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
    let ending = child.wait()
    if ending != .signal(SIGKILL), !isLimited || ending != .signal(SIGXFSZ) {
      rest.append(.broken("it ended by itself: \(ending)"))
    }
    child.closePipes()
    return rest
  }
}
