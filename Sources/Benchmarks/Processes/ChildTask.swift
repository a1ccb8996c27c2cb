internal import JournalEngine

/// What this program does in processes of its own: for an honest peak of memory, or to be several.
///
/// A task writes numbers, separated by blanks.
enum ChildTask: String {
  /// ROOT NAME SESSIONS SEED SNAPSHOT KEYS: writes a journal of finished sessions.
  case make
  /// ROOT NAME SESSIONS SEED: makes the events of such a journal, and writes none. Events.
  case events
  /// ROOT NAME: replays it. Seconds, peak memory, memory of the state.
  case replay
  /// ROOT NAME: verifies it. Entries.
  case verify
  /// ROOT NAME SESSIONS SEED: records sessions one after the other. Bytes written, bytes of the
  /// journal.
  case life
  /// ROOT NAME SESSION START SECONDS: appends as fast as it can. Appended, gave up.
  case append
  /// ROOT NAME START SECONDS: reads the state as fast as it can. How long each took.
  case read

  static let option = "--task"

  /// Starts a process for it.
  func start(_ arguments: String...) throws -> Answer {
    Answer(
      child: try Child([Programs.own, Self.option, rawValue] + arguments, output: .captured))
  }

  struct Answer {
    let child: Child

    /// What it said, once it has ended well.
    func numbers() throws -> [Double] {
      String(decoding: try child.succeed().output, as: UTF8.self)
        .split(whereSeparator: { $0 == " " || $0 == "\n" }).compactMap { Double($0) }
    }
  }

  /// Carries out a task in this process.
  static func run(_ arguments: [String]) throws {
    var words = arguments[...]
    guard let name = words.popFirst(), let task = ChildTask(rawValue: name),
      let root = words.popFirst(), let journal = words.popFirst()
    else { throw Options.Wrong(message: "no such task") }
    let found = try task.run(root, JournalName(journal), Array(words))
    Output.write(found.map { "\($0)" }.joined(separator: " ") + "\n")
  }

  private func run(
    _ root: String, _ journal: JournalName, _ words: [String]
  ) throws -> [Double] {
    func word<T: LosslessStringConvertible>(_ index: Int, _ other: T) -> T {
      words.indices.contains(index) ? T(words[index]) ?? other : other
    }
    switch self {
    case .make:
      try JournalData.make(
        journal, in: root, sessions: word(0, 0), seed: word(1, 0),
        snapshot: words.contains("snapshot"), keys: words.contains("keys"))
      return []
    case .events: return [Double(JournalData.events(sessions: word(0, 0), seed: word(1, 0)))]
    case .replay: return try Replaying.run(journal, in: root)
    case .verify: return [Double(try JournalReader(journal, in: root).verify().entries)]
    case .life:
      return try Life.run(
        journal, in: root, sessions: word(0, 0), seed: word(1, 0))
    case .append:
      return try Contest.append(
        journal, in: root, session: word(0, ""), start: word(1, 0), seconds: word(2, 0))
    case .read: return try Contest.read(journal, in: root, start: word(0, 0), seconds: word(1, 0))
    }
  }
}
