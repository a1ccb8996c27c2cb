import Discovery
import Foundation
import JournalEngine
import Synchronization

@testable import Command

/// The program in a world of its own: an empty root, a clock that goes on by a second with each
/// call, chance that counts up, and no terminal. Everything it writes can be compared whole.
final class World {
  /// What one call left.
  struct Outcome: Equatable, CustomStringConvertible {
    var status: ExitStatus
    var output: String
    var errors: String

    init(_ status: ExitStatus = .done, _ output: String = "", errors: String = "") {
      self.status = status
      self.output = output
      self.errors = errors
    }

    var description: String { "exit \(status.rawValue)\n\(output)--- errors\n\(errors)" }
  }

  let base: String
  let root: String
  let clock = SteppingClock()
  private let system: JournalSystem
  private let terminal: TerminalSystem

  init(columns: Int? = nil) {
    let folder = FileManager.default.temporaryDirectory
    base = folder.appendingPathComponent("daybook-\(UUID().uuidString)").path
    root = base + "/root"
    try? FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
    system = JournalSystem(clock: clock, random: CountingRandom())
    terminal = TerminalSystem(
      isTerminal: { $0 == STDOUT_FILENO && columns != nil }, columns: { _ in columns },
      variable: { _ in nil })
  }

  deinit { try? FileManager.default.removeItem(atPath: base) }

  /// Runs one command line a second later. In what it wrote, the root is `ROOT` and the hash of
  /// a journal's line `<JOURNAL SEQ>`.
  func run(_ arguments: String...) throws -> Outcome {
    try run(arguments)
  }

  func run(_ arguments: [String]) throws -> Outcome {
    clock.advance(seconds: 1)
    return try call(["--journals", root, "--by", "tester"] + arguments)
  }

  /// Runs exactly these words, now.
  func call(_ arguments: [String]) throws -> Outcome {
    let path = base + "/output"
    let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    let errors = Mutex("")
    let program = Program(
      system: system, terminal: terminal, output: StandardOutput(descriptor: descriptor),
      writeError: { text in errors.withLock { $0 += text } })
    let status = program.run(arguments)
    let output = try String(contentsOfFile: path, encoding: .utf8)
    return Outcome(status, try plain(output), errors: try plain(errors.withLock { $0 }))
  }

  /// The value of a call that must go well.
  @discardableResult
  func done(_ arguments: String...) throws -> String {
    let outcome = try run(arguments)
    guard outcome.status == .done, outcome.errors.isEmpty else { throw Unexpected(outcome) }
    return outcome.output
  }

  struct Unexpected: Error, CustomStringConvertible {
    let description: String
    init(_ outcome: Outcome) { description = outcome.description }
  }

  private func plain(_ text: String) throws -> String {
    var text = text.replacingOccurrences(of: root, with: "ROOT")
    for (name, hashes) in try hashes() {
      for (index, hash) in hashes.enumerated() {
        text = text.replacingOccurrences(of: hash, with: "<\(name) \(index + 1)>")
      }
    }
    return text
  }

  /// The SHA-256 of every line of every journal, made without the engine's reader.
  func hashes() throws -> [String: [String]] {
    var hashes: [String: [String]] = [:]
    for (path, bytes) in try tree() where path.hasSuffix(".ndjson") {
      let name = String(path.prefix { $0 != "/" })
      let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
      hashes[name] = lines.map { Digest(of: Array($0)).description }
    }
    return hashes
  }
}

/// Counts from 1: the first session is `session_000000000001`.
final class CountingRandom: RandomSource {
  private let count = Mutex<UInt64>(0)

  func next() -> UInt64 {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

/// A clock that stands still until a test moves it. A pause takes no time.
final class SteppingClock: WallClock {
  private let moment = Mutex(Timestamp("2025-10-01T12:00:00.000000Z") ?? .earliest)

  func now() -> Timestamp { moment.withLock { $0 } }
  func elapsed() -> Duration { .microseconds(now().microseconds) }
  func pause(_ duration: Duration) {}

  func advance(seconds: Int64 = 0, microseconds: Int64 = 0) {
    moment.withLock { $0 = $0.advanced(byMicroseconds: seconds * 1_000_000 + microseconds) }
  }
}
