import Discovery
import JournalEngine
import Testing

@Suite("Idempotency keys")
struct IdempotencyTests {
  let scratch = Scratch()
  let acme: JournalName

  init() throws { acme = try JournalName("acme") }

  private func perform(_ command: ProfileCommand, id: String) throws -> Profiles.Outcome {
    try scratch.profiles.perform(command, on: acme, by: "tester", id: id)
  }

  @Test("A start that is repeated with its key gives the first one's session and adds nothing")
  func start() throws {
    let first = try perform(.start(session: "s1"), id: "k")
    let before = try scratch.tree()
    let again = try perform(.start(session: "s2"), id: "k")
    #expect(again.receipt.isRepeated)
    #expect(again.receipt.subject == "s1")
    #expect(again.receipt.seqs == first.receipt.seqs)
    #expect(try again.state.session("s2") == nil)
    #expect(try scratch.tree() == before)
  }

  @Test("A start over a running session is repeated as a whole")
  func startOver() throws {
    _ = try perform(.start(session: "s1"), id: "k1")
    let over = try perform(.start(session: "s2"), id: "k2")
    #expect(over.receipt.seqs == 3...4)
    let before = try scratch.tree()
    let again = try perform(.start(session: "s3"), id: "k2")
    #expect(again.receipt.seqs == 3...4)
    #expect(again.receipt.subject == "s2")
    // The first start's key still stands, although its session has ended since.
    #expect(try perform(.start(session: "s4"), id: "k1").receipt.subject == "s1")
    #expect(try scratch.tree() == before)
  }

  @Test("A completion that is repeated is no conflict, and without the key it is one")
  func complete() throws {
    _ = try perform(.start(session: "s1"), id: "k1")
    _ = try perform(.complete(session: "s1", .init(total: 3)), id: "k2")
    let again = try perform(.complete(session: "s1", .init(total: 3)), id: "k2")
    #expect(again.receipt.isRepeated)
    #expect(try again.state.session("s1")?.totalOpportunities == 3)
    #expect(try refusal { try scratch.perform(.complete(session: "s1")) } == .conflict)
    #expect(try scratch.entries().count == 3)
  }

  @Test("A refusal uses no key up")
  func refused() throws {
    _ = try perform(.start(session: "s1"), id: "k1")
    #expect(throws: DiscoveryError.self) { try perform(.complete(session: "s0"), id: "k2") }
    #expect(!(try perform(.complete(session: "s1"), id: "k2").receipt.isRepeated))
  }

  static let others: [ProfileCommand] = [
    .create(fields: [:]), .update(set: ["a": 1]), .archive(), .restore(), .delete(),
    .start(session: "s3"), .found(session: "s1", track: "t", count: 1),
    .fail(session: "s1", errors: ["e"]), .complete(session: "s2"),
  ]

  @Test("Another command, or another session, under a used key is a conflict", arguments: others)
  func reuse(command: ProfileCommand) throws {
    _ = try perform(.start(session: "s1"), id: "k1")
    _ = try perform(.complete(session: "s1"), id: "k2")
    _ = try perform(.start(session: "s2"), id: "k3")
    let before = try scratch.tree()
    let error = try #require(throws: DiscoveryError.self) { try perform(command, id: "k2") }
    #expect(error.code == .conflict)
    #expect(error.message == "the key k2 stands on entry 3, a session.completed of s1")
    #expect(try scratch.tree() == before)
  }

  @Test("Every command can be repeated with its key, whatever its own effect forbids")
  func everyCommand() throws {
    let commands: [ProfileCommand] = [
      .create(fields: [:]), .update(set: ["a": 1]), .start(session: "s1"),
      .found(session: "s1", track: "t", count: 1), .fail(session: "s1", errors: ["e"]),
      .archive(), .restore(), .delete(),
    ]
    for (index, command) in commands.enumerated() {
      _ = try perform(command, id: "k\(index)")
      let before = try scratch.tree()
      #expect(try perform(command, id: "k\(index)").receipt.isRepeated)
      #expect(try scratch.tree() == before)
    }
  }

  @Test("A writer that stays open and one that opens anew know the same keys")
  func reopening() throws {
    let open = try JournalWriter<Profile>(acme, in: scratch.root, system: scratch.system)
    _ = try perform(.start(session: "s1"), id: "k1")
    let known = try open.decide(id: "k1") { try ProfileCommand.start(session: "s2").decide(on: $0) }
    #expect(known.isRepeated)
    try open.decide(id: "k2") { try ProfileCommand.complete(session: "s1").decide(on: $0) }
    try open.close()
    #expect(try perform(.complete(session: "s1"), id: "k2").receipt.isRepeated)
  }

  @Test("Keys are of one journal: another has its own")
  func otherJournal() throws {
    _ = try perform(.start(session: "s1"), id: "k")
    let other = try scratch.profiles.perform(
      .start(session: "s2"), on: try JournalName("other"), id: "k")
    #expect(!other.receipt.isRepeated)
  }
}
