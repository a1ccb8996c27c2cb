import Discovery
import JournalEngine
import Testing

@Suite("The digest of a state")
struct DigestTests {
  /// Two roots on which the same is done have the same states; the random parts differ.
  private func digest(_ commands: [ProfileCommand], seed: UInt64 = 1) throws -> Digest {
    let scratch = Scratch(random: SeededRandom(seed: seed))
    for command in commands { try scratch.perform(command) }
    return try scratch.state().digest
  }

  static let history: [ProfileCommand] = [
    .create(fields: ["name": "Acme", "size": 3], origin: .init(source: "990")),
    .start(session: "s1", tracks: ["t"], params: ["max": 5]),
    .found(session: "s1", track: "t", count: 2),
    .complete(session: "s1", .init(total: 2, notes: "ok")),
    .start(session: "s2"),
  ]

  @Test("is equal for equal histories, whatever nonces and hashes their lines have")
  func equal() throws {
    #expect(try digest(Self.history, seed: 1) == digest(Self.history, seed: 2))
  }

  @Test("does not depend on the order in which fields are written")
  func order() throws {
    #expect(
      try digest([.create(fields: ["a": 1, "b": ["x": 1, "y": 2]])])
        == digest([.create(fields: ["b": ["y": 2, "x": 1], "a": 1])]))
  }

  static let changes: [(String, Int, ProfileCommand)] = [
    ("a value", 0, .create(fields: ["name": "Acme", "size": 4], origin: .init(source: "990"))),
    ("a type", 0, .create(fields: ["name": "Acme", "size": "3"], origin: .init(source: "990"))),
    ("a source", 0, .create(fields: ["name": "Acme", "size": 3], origin: .init(source: "web"))),
    ("a track", 1, .start(session: "s1", tracks: ["u"], params: ["max": 5])),
    ("a parameter", 1, .start(session: "s1", tracks: ["t"], params: ["max": 6])),
    ("what was found", 2, .found(session: "s1", track: "t", count: 3)),
    ("a total", 3, .complete(session: "s1", .init(total: 3, notes: "ok"))),
    ("a note", 3, .complete(session: "s1", .init(total: 2, notes: "okay"))),
    (
      "counts that are given as they were found", 3,
      .complete(session: "s1", .init(opportunitiesFound: [.init("t", 2)], total: 2, notes: "ok"))
    ),
    ("an end", 3, .fail(session: "s1", errors: ["e"])),
    ("an id", 4, .start(session: "s3")),
  ]

  @Test("differs where anything of the state does", arguments: changes)
  func different(what: String, place: Int, command: ProfileCommand) throws {
    var history = Self.history
    history[place] = command
    #expect(try digest(history) != digest(Self.history), "\(what)")
  }

  @Test("changes with every entry that counts, and each prefix has its own")
  func prefixes() throws {
    let scratch = Scratch()
    for command in Self.history { try scratch.perform(command) }
    let digests = try (2...6).map { try scratch.replay(at: .seq($0)).state.digest }
    #expect(Set(digests).count == 5)
    #expect(digests.last == (try scratch.state().digest))
  }

  @Test("is the SHA-256 of the state's canonical JSON")
  func definition() throws {
    let scratch = Scratch()
    try scratch.perform(.create(fields: ["a": 1]))
    let state = try scratch.state()
    #expect(try state.digest == Digest(of: state.json.canonicalBytes()))
    let entry = try #require(try scratch.entries().last)
    #expect(
      try String(decoding: state.json.canonicalBytes(), as: UTF8.self) == """
        {"created_at":"\(entry.time)","current_session":null,"declared":true,"fields":{"a":1},\
        "imports":[],"provenance":{"a":{"by":"tester","confidence":null,"seq":2,"source":null,\
        "time":"\(entry.time)"}},"sessions":[],"status":"active","updated_at":"\(entry.time)"}
        """)
  }
}
