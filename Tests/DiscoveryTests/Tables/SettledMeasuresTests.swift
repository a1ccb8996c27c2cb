import Discovery
import JournalEngine
import JournalTestSupport
import Testing

@Suite("What a snapshot keeps of the durations that it leaves to tables")
struct SettledMeasuresTests {
  private let journal: SettledJournal
  private let path: String

  init() throws {
    var random = SeededGenerator.forTest()
    var journal = SettledJournal()
    let writer = try journal.writer()
    try journal.run(40, in: writer, &random)
    try writer.compact()
    self.journal = journal
    let snapshot = try #require(journal.files.first { $0.hasSuffix(".snapshot.json") })
    path = "/root/acme/" + snapshot
  }

  /// Changes the measures in the snapshot, which is as sound as any then.
  private func rewrite(_ change: (inout JSONObject, JSONObject) -> Void) throws {
    try journal.disk.changeSnapshot(at: path) { object in
      change(&object, try #require(object["measures"]?.object))
    }
  }

  private func findings() throws -> [Finding] {
    try journal.reader().verify(as: Profile.self).findings
  }

  @Test("is held against the entries by a verification")
  func verified() throws {
    #expect(try findings().isEmpty)
    try rewrite { object, measures in
      var measures = measures
      let values = measures["middle"]?.array ?? []
      measures["middle"] = .array(values.dropLast() + [.number(JSONNumber(1 << 50))])
      object["measures"] = .object(measures)
    }
    let found = try findings()
    #expect(found.map(\.kind) == [.snapshotDiffers])
    #expect(found.map(\.file) == [path])
  }

  @Test("may be missing: then the tables tell it, and the next compaction keeps it again")
  func missing() throws {
    try rewrite { object, _ in object["measures"] = nil }
    #expect(try findings().isEmpty)
    let expected = try journal.reader().replay(Profile.self).state
    try expectSame(
      journal.reader().state(Profile.self).state, expected, sessions: journal.started)
    var (journal, random) = (self.journal, SeededGenerator.forTest())
    let writer = try journal.writer()
    try journal.run(8, in: writer, &random)
    try writer.compact()
    let newest = try #require(journal.files.last { $0.hasSuffix(".snapshot.json") })
    let bytes = try #require(journal.disk.bytes(of: "/root/acme/" + newest))
    #expect(try JSON(parsing: bytes).object?["measures"] != nil)
    #expect(try findings().isEmpty)
  }

  @Test("is no snapshot where it cannot be of these records")
  func impossible() throws {
    try rewrite { object, measures in
      var measures = measures
      measures["below"] = .number(JSONNumber(1 << 30))
      object["measures"] = .object(measures)
    }
    let replay = try journal.reader().state(Profile.self)
    #expect(replay.warnings.map(\.file) == [path])
    #expect(try findings().map(\.kind) == [.badSnapshot])
  }
}
