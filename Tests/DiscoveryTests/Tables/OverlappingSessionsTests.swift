import Discovery
import JournalEngine
import JournalTestSupport
import Testing

@Suite("Sessions of earlier programs that ran at the same time")
struct OverlappingSessionsTests {
  /// Starts and ends sessions in any order, up to three at a time.
  private func overlap(
    _ count: Int, in writer: JournalWriter<Profile>, _ journal: SettledJournal,
    _ random: inout SeededGenerator, from first: Int = 1
  ) throws {
    var next = first
    var running: [String] = []
    while next < first + count || !running.isEmpty {
      journal.clock.advance(microseconds: Int64(random.below(5)) * 300_000)
      if next < first + count, running.count < 3, running.isEmpty || (random.below(2) == 0) {
        let id = "s\(next)"
        try writer.append(
          .earlierSessionStarted(
            session: id, tracks: ["t"], params: [:],
            .init(beside: running, imported: ["started_at": .string("then \(next)")])))
        running.append(id)
        next += 1
      } else {
        let id = running.remove(at: random.below(running.count))
        if (random.below(3) == 0) {
          try writer.append(
            .sessionFailed(session: id, .init(errors: ["e"], imported: ["notes": "n"])))
        } else {
          try writer.append(
            .sessionCompleted(session: id, .init(total: 3, imported: ["extra": [1]])))
        }
      }
    }
  }

  @Test("are the same in tables and snapshots as in a replay, at any point")
  func agree() throws {
    var random = SeededGenerator.forTest()
    for _ in 0..<6 {
      let journal = SettledJournal()
      let writer = try journal.writer()
      var heads: [Int64] = []
      for round in 0..<6 {
        try overlap(8, in: writer, journal, &random, from: 1 + round * 8)
        heads.append(writer.head.seq - Int64(random.below(6)))
        if random.below(3) > 0 { try writer.compact() }
      }
      try writer.compact()
      #expect(writer.state.settledCount > 0)
      let replay = try journal.reader().replay(Profile.self)
      try expectSame(writer.state, replay.state, sessions: 48)
      try expectSame(
        journal.reader().state(Profile.self).state, replay.state, sessions: 48)
      for seq in heads {
        let live = try journal.reader().state(Profile.self, at: .seq(seq))
        let then = try journal.reader().replay(Profile.self, until: .seq(seq))
        try expectSame(live.state, then.state, sessions: 48)
        #expect(live.state.running == then.state.running)
      }
      let verification = try journal.reader().verify(as: Profile.self)
      #expect(verification.findings.isEmpty, "\(verification.findings)")
      // By the tables: whoever reads the first entry now finds it altered.
      let state = try journal.reader().state(Profile.self).state
      let path = "/root/acme/" + (try #require(journal.files.first { $0.hasSuffix(".ndjson") }))
      var bytes = try #require(journal.disk.bytes(of: path))
      bytes[60] ^= 1
      journal.disk.put(bytes, at: path)
      for number in [10, 20, 21, 22, 30] where number <= state.settledCount {
        #expect(try state.session("s\(number)") == replay.state.session("s\(number)"))
      }
      let newest = try state.sessions(limit: 20)
      #expect(try newest == replay.state.sessions(limit: 20))
    }
  }

  @Test("are all abandoned by a session that is started now")
  func abandoned() throws {
    let scratch = Scratch()
    let writer = try scratch.profileWriter()
    try writer.append(
      .earlierSessionStarted(session: "a", tracks: [], params: [:], .init(imported: ["x": 1])))
    try writer.append(
      .earlierSessionStarted(session: "b", tracks: [], params: [:], .init(beside: ["a"])))
    #expect(writer.state.running == ["a", "b"])
    #expect(writer.state.currentSession == "b")
    try scratch.perform(.start(session: "c"))
    let state = try scratch.state()
    #expect(state.running == ["c"])
    for id in ["a", "b"] {
      let session = try #require(try state.session(id))
      #expect(session.status == .failed)
      #expect(session.reason == .abandoned)
      #expect(session.supersededBy == "c")
    }
    let entries = try scratch.entries().suffix(3)
    #expect(entries.map(\.more) == [true, true, false])
  }

  @Test("leave the one before as the current one when the last ends")
  func current() throws {
    let scratch = Scratch()
    let writer = try scratch.profileWriter()
    for (id, beside) in [("a", []), ("b", ["a"]), ("c", ["b", "a"])] {
      try writer.append(
        .earlierSessionStarted(
          session: id, tracks: [], params: [:], .init(beside: beside, imported: ["x": 1])))
    }
    try writer.append(.sessionCompleted(session: "b", .init()))
    #expect(writer.state.running == ["a", "c"])
    try writer.append(.sessionCompleted(session: "c", .init()))
    #expect(writer.state.currentSession == "a")
    try writer.append(.sessionCompleted(session: "a", .init()))
    #expect(writer.state.running.isEmpty)
  }

  @Test(
    "say beside which others they were started, and nothing else will do",
    arguments: [[], ["b"], ["a", "b"]])
  func contradiction(_ beside: [String]) throws {
    let scratch = Scratch()
    let writer = try scratch.profileWriter()
    try writer.append(.sessionStarted(session: "a", tracks: [], params: [:]))
    #expect(throws: (any Error).self) {
      try writer.append(
        .earlierSessionStarted(
          session: "z", tracks: [], params: [:], .init(beside: beside, imported: ["x": 1])))
    }
    #expect(try scratch.entries().count == 2)
  }

  @Test("show the members of their files that do not follow from the others")
  func members() throws {
    let scratch = Scratch()
    let writer = try scratch.profileWriter()
    try writer.append(
      .earlierSessionStarted(
        session: "a", tracks: [], params: [:], .init(imported: ["started_at": "x", "odd": [1.50]])))
    try writer.append(
      .sessionCompleted(session: "a", .init(imported: ["completed_at": "y", "odd": 2])))
    let session = try #require(try scratch.state().session("a"))
    #expect(session.imported == ["started_at": "x", "odd": 2, "completed_at": "y"])
    #expect(session.json(profile: try JournalName("p"))["imported"] == .object(session.imported))
  }
}
