import Foundation
import JournalEngine
import JournalTestSupport
import Testing

@testable import Discovery

@Suite("Sessions that finished")
struct SettledSessionsTests {
  @Test("are the same in tables as in a replay, at any point, whoever compacted how often")
  func agree() throws {
    var random = SeededGenerator.forTest()
    for _ in 0..<6 {
      var journal = SettledJournal()
      let writers = try [journal.writer(), journal.writer()]
      var heads: [Int64] = []
      for _ in 0..<12 {
        let writer = random.pick(writers)
        try journal.run(1 + random.below(12), in: writer, &random)
        if random.below(3) > 0 { try writer.compact() }
        heads.append(writer.head.seq)
      }
      for writer in writers {
        try writer.refresh()
        try writer.compact()
        let replay = try journal.reader().replay(Profile.self)
        try expectSame(writer.state, replay.state, sessions: journal.started)
      }
      #expect(writers[0].state.settledCount > 0)
      for seq in heads {
        let live = try journal.reader().state(Profile.self, at: .seq(seq))
        let replay = try journal.reader().replay(Profile.self, until: .seq(seq))
        try expectSame(live.state, replay.state, sessions: journal.started)
      }
      let verification = try journal.reader().verify(as: Profile.self)
      #expect(verification.findings.isEmpty, "\(verification.findings)")
    }
  }

  @Test("stand in few tables, and in no snapshot")
  func few() throws {
    var random = SeededGenerator.forTest()
    var journal = SettledJournal()
    let writer = try journal.writer()
    for _ in 0..<60 {
      try journal.run(4, in: writer, &random)
      try writer.compact()
    }
    #expect(journal.started == 240)
    #expect(journal.tables.count < 16)
    for file in journal.files where file.hasSuffix(".snapshot.json") {
      let bytes = try #require(journal.disk.bytes(of: "/root/acme/" + file))
      let sessions = String(decoding: bytes, as: UTF8.self).components(separatedBy: "session_id")
      #expect(sessions.count <= 5)
    }
  }

  @Test("cannot be started again")
  func twice() throws {
    var random = SeededGenerator.forTest()
    var journal = SettledJournal()
    let writer = try journal.writer()
    try journal.run(20, in: writer, &random)
    try writer.compact()
    for id in ["s1", "s7", "s19"] {
      #expect(throws: DiscoveryError.self) {
        try writer.decide { try ProfileCommand.start(session: id).decide(on: $0) }
      }
      #expect(
        try refusal {
          try writer.decide { try ProfileCommand.complete(session: id).decide(on: $0) }
        } == .conflict)
    }
  }

  @Test("come back whole when history is dropped")
  func pruned() throws {
    var random = SeededGenerator.forTest()
    var journal = SettledJournal()
    journal.options.segmentLimit = 4000
    let writer = try journal.writer()
    let other = try journal.writer()
    try journal.run(40, in: writer, &random)
    try writer.compact()
    try other.refresh()
    let before = try journal.reader().replay(Profile.self).state
    let compaction = try writer.compact(CompactionOptions(pruneBefore: .head))
    #expect(!compaction.pruned.isEmpty)
    #expect(writer.state.settledCount == 0)
    for state in [
      writer.state, other.state, try journal.reader().state(Profile.self).state,
      try journal.writer().state,
    ] {
      try expectSame(state, before, sessions: journal.started)
    }
    try journal.run(10, in: other, &random)
    try other.compact()
    #expect(journal.tables.isEmpty)
    let verification = try journal.reader().verify(as: Profile.self)
    #expect(!verification.findings.contains { $0.isDamage }, "\(verification.findings)")
  }

  @Test("are found by a writer whose tables another one has merged")
  func merged() throws {
    var random = SeededGenerator.forTest()
    var journal = SettledJournal()
    let (first, second) = try (journal.writer(), journal.writer())
    try journal.run(4, in: first, &random)
    try first.compact()
    let old = first.state
    for _ in 0..<30 {
      try journal.run(4, in: second, &random)
      try second.compact()
    }
    try first.refresh()
    let replay = try journal.reader().replay(Profile.self)
    try expectSame(first.state, replay.state, sessions: journal.started)
    #expect(try old.session("s1") == replay.state.session("s1"))
    #expect(try old.session("s50") == nil)
  }

  @Test("are found in the merged tables by each of two who look for the old ones at once")
  func mergedForTwo() throws {
    var random = SeededGenerator.forTest()
    var journal = SettledJournal()
    // One merges nothing, and the other one the same tables.
    journal.options.tableTiers.run = 1000
    let first = try journal.writer()
    for _ in 0..<2 {
      try journal.run(4, in: first, &random)
      try first.compact()
    }
    journal.options.tableTiers.run = 3
    let second = try journal.writer()
    try journal.run(4, in: first, &random)
    try first.compact()
    let old = first.state
    let tables = journal.tables
    for number in 0..<2 {
      try second.decide {
        try ProfileCommand.update(set: ["n": .number(JSONNumber(number))]).decide(on: $0)
      }
      try second.compact(CompactionOptions(keep: 1))
    }
    try #require(journal.tables.count == 1 && !tables.contains(journal.tables[0]))
    var looks = 0
    let numbers = try old.settled.read(Profile.self) { records in
      looks += 1
      if looks == 1 {
        // Meanwhile the other one finds the new tables.
        #expect(try old.session("s1") != nil)
        throw JournalError(.tableUnusable, "it was merged", hint: "look anew")
      }
      return try records.numbers(of: "s1")
    } replayed: { _ in
      Issue.record("the journal is read from its first line")
      return []
    }
    #expect(numbers == [0])
    #expect(looks == 2)
  }
}
