import Discovery
import JournalEngine
import JournalTestSupport
import Testing

@Suite("After a repair, the tables of what was given up")
struct RepairedTablesTests {
  private func start(_ id: String, _ writer: JournalWriter<Profile>) throws {
    try writer.decide { try ProfileCommand.start(session: id).decide(on: $0) }
  }

  private func run(_ ids: [String], _ writer: JournalWriter<Profile>) throws {
    for id in ids {
      try start(id, writer)
      try writer.decide { try ProfileCommand.complete(session: id).decide(on: $0) }
    }
  }

  /// A journal whose tables hold sessions that a repair gave up, with nothing behind it yet.
  private func repaired() throws -> SettledJournal {
    let journal = SettledJournal()
    let writer = try journal.writer()
    try run(["a", "b", "c", "d", "e"], writer)
    try writer.compact()
    try run(["f"], writer)
    try writer.close()
    // The line of entry 8, the start of `d`, is altered: it was vouched for.
    let path = "/root/acme/00000000000000000001.ndjson"
    let bytes = try #require(journal.disk.bytes(of: path))
    var lines = bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    #expect(String(decoding: lines[7], as: UTF8.self).contains(#""subject":"d""#))
    lines[7][lines[7].count - 3] ^= 1
    journal.disk.put(Array(lines.joined(separator: [UInt8(ascii: "\n")])) + [10], at: path)
    let plan = try #require(try JournalRepair(journal.reader()).apply())
    #expect(plan.from.seq == 7)
    return journal
  }

  @Test("leave a state that rests on them with the sessions that there are, each of its status")
  func heldState() throws {
    let journal = SettledJournal()
    let writer = try journal.writer()
    try run(["a", "b", "c", "d", "e"], writer)
    try writer.compact()
    let state = try journal.reader().state(Profile.self).state
    #expect(state.settledCount == 5)
    try run(["f"], writer)
    try writer.close()
    let path = "/root/acme/00000000000000000001.ndjson"
    let bytes = try #require(journal.disk.bytes(of: path))
    var lines = bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    lines[7][lines[7].count - 3] ^= 1
    journal.disk.put(Array(lines.joined(separator: [UInt8(ascii: "\n")])) + [10], at: path)
    try #require(try JournalRepair(journal.reader()).apply() != nil)
    let later = try journal.writer()
    try later.compact()
    for path in journal.disk.paths where path.hasSuffix(".table") { journal.disk.remove(path) }
    for status in Session.Status.allCases {
      let sessions = try state.sessions(status: status)
      #expect(sessions.allSatisfy { $0.status == status && ["a", "b", "c"].contains($0.id) })
    }
    #expect(try state.sessions(status: .completed).count == 3)
    #expect(try state.sessions().map(\.id) == ["c", "b", "a"])
  }

  @Test("are never taken for those of the sessions that came instead")
  func instead() throws {
    let journal = try repaired()
    let writer = try journal.writer()
    try run(["x", "y"], writer)
    try writer.compact()
    #expect(writer.state.settledCount == 5)
    let expected = try journal.reader().replay(Profile.self).state
    for state in [writer.state, try journal.reader().state(Profile.self).state] {
      for id in ["a", "b", "c", "x", "y"] { #expect(try state.session(id)?.id == id) }
      for id in ["d", "e", "f"] { #expect(try state.session(id) == nil) }
      #expect(try state.sessions() == expected.sessions())
    }
    #expect(throws: DiscoveryError.self) { try start("x", journal.writer()) }
    // The snapshot of the other history stays until there are two of this one; its table went.
    let findings = try journal.reader().verify(as: Profile.self).findings
    #expect(findings.allSatisfy { $0.kind == .givenUp }, "\(findings)")
    #expect(journal.tables.count == 1)
  }
}
