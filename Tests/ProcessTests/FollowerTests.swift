import JournalEngine
import Testing

@Suite("Followers beside writers that are killed")
struct FollowerTests {
  @Test("Each is told every entry once and in order", .timeLimit(.minutes(2)))
  func everyEntry() async throws {
    let scratch = try Scratch()
    let journals = scratch.journals
    try journals.done("profile", "create", "p")
    let reader = try journals.reader("p")
    let opening = try reader.head()
    async let fromTheStart = Self.follow(reader, from: .first)
    async let fromACursor = Self.follow(reader, from: .after(opening))

    let seed = Seed.given()
    let log = try await offPool {
      var torture = Torture(
        journals, profile: "p", roles: [.write, .write, .write, .write], random: seed)
      return try torture.run(for: .seconds(2))
    }
    try journals.done("profile", "set", "p", "end=true", "--by", Self.last)

    let told = try await (fromTheStart, fromACursor)
    let recorded = try ReadBack(reader).entries.map { Head(seq: $0.seq, hash: $0.hash) }
    print("followers, DAYBOOK_SEED=\(seed.start): \(recorded.count) entries, \(log.kills) killed")
    #expect(told.0 == recorded)
    #expect(told.1 == Array(recorded.dropFirst(Int(opening.seq))))
    #expect(recorded.count > Int(opening.seq) + 1)
    #expect(log.acknowledgedAfterKill > 0)
  }

  private static let last = "the one who is last"

  private static func follow(
    _ reader: JournalReader, from start: EntrySequence.Start
  ) async throws -> [Head] {
    var told: [Head] = []
    for try await entry in reader.follow(from: start) {
      told.append(Head(seq: entry.seq, hash: entry.hash))
      if entry.by == last { break }
    }
    return told
  }
}
