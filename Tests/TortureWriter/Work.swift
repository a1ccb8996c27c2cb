import Discovery
import JournalEngine

/// One random command after the other, most on a journal that stays open, some on one that is
/// opened anew, as the command line does.
struct Work {
  let profiles: Profiles
  let profile: JournalName
  let by: String
  var random: SeededGenerator
  private var writer: JournalWriter<Profile>?
  private var made = 0

  /// Segments end, snapshots are made and old ones go all the time.
  static let busy = WriteOptions(segmentLimit: 8 << 10, snapshots: .every(25))

  init(profiles: Profiles, profile: JournalName, by: String, random: SeededGenerator) {
    self.profiles = profiles
    self.profile = profile
    self.by = by
    self.random = random
  }

  /// Carries out one command and reports what came of it.
  ///
  /// - Throws: what must not happen.
  mutating func step() throws {
    let writer = try opened()
    let command = self.command(writer.state)
    let key = self.key(for: command, head: writer.head)
    do {
      let receipt =
        random.chance(5)
        ? try profiles.perform(command, on: profile, by: by, id: key).receipt
        : try writer.decide(by: by, id: key) { try command.decide(on: $0) }
      Report.answer(receipt, key: key)
    } catch {
      try Report.refusal(error)
    }
  }

  private mutating func opened() throws -> JournalWriter<Profile> {
    if let writer, !random.chance(2) { return writer }
    try writer?.close()
    let opened = try JournalWriter<Profile>(
      profile, in: profiles.root, options: profiles.options)
    writer = opened
    return opened
  }

  /// Chosen by what this process knows: others may have gone on, and then it is refused.
  private mutating func command(_ state: Profile) -> ProfileCommand {
    let choice = Int.random(in: 0..<100, using: &random)
    guard let session = state.currentSession, choice >= 20 else {
      return choice < 20 || choice > 60 ? start() : set()
    }
    switch choice {
    case 20..<65: return found(session)
    case 65..<80: return .complete(session: session, .init(total: 7, notes: "done"))
    case 80..<88: return .fail(session: session, errors: ["tried, and failed"])
    default: return set()
    }
  }

  private func start() -> ProfileCommand {
    .start(session: SessionID.make(profiles.system.random), tracks: ["government"])
  }

  private mutating func set() -> ProfileCommand {
    .update(set: ["field\(Int.random(in: 0..<8, using: &random))": .string(filling())])
  }

  private mutating func found(_ session: String) -> ProfileCommand {
    let count = Int64.random(in: 0..<50, using: &random)
    return .found(
      session: session, track: "government", count: count,
      opportunities: [["title": .string(filling())]])
  }

  /// Mostly short, sometimes many pages long, so that a kill can cut a write.
  private mutating func filling() -> String {
    let length =
      random.chance(1)
      ? Int.random(in: 8_000..<80_000, using: &random)
      : Int.random(in: 0..<200, using: &random)
    return String(repeating: "x", count: length)
  }

  /// None, one of its own, or for a start one that others use at about the same time.
  private mutating func key(for command: ProfileCommand, head: Head) -> String? {
    guard random.chance(50) else { return nil }
    if case .start = command { return "shared-\(head.seq / 24)" }
    made += 1
    return "\(by)-\(made)"
  }
}
