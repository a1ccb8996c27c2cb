import Discovery
import JournalEngine
import JournalTestSupport
import Testing

@Suite("With a snapshot present, what is read")
struct FlatCostTests {
  private struct Reads {
    var status = 0
    var session = 0
    var sessions = 0
    var start = 0
    var complete = 0
  }

  /// The bytes that each of them reads behind so many finished sessions.
  private func reads(_ count: Int, _ random: inout SeededGenerator) throws -> Reads {
    var journal = SettledJournal()
    journal.options.tableTiers = TableTiers()
    let writer = try journal.writer()
    try journal.run(count, in: writer, &random)
    try writer.compact()
    try writer.decide { try ProfileCommand.start(session: "running").decide(on: $0) }
    func bytes(_ body: (Profiles) throws -> Void) throws -> Int {
      let files = MemoryFileSystem(on: journal.disk)
      try body(journal.profiles(files))
      return files.reads.reduce(0) { $0 + $1.got }
    }
    let name = try JournalName(SettledJournal.name)
    var reads = Reads()
    reads.status = try bytes { profiles in
      let replay = try profiles.state(of: name)
      _ = try ProfileStatus(
        name, state: replay.state, head: replay.head, now: journal.clock.now())
    }
    reads.session = try bytes { _ = try $0.state(of: name).state.session("s\(count / 2)") }
    reads.sessions = try bytes { _ = try $0.state(of: name).state.sessions(limit: 20) }
    reads.complete = try bytes {
      _ = try $0.perform(.complete(session: "running"), on: name)
    }
    reads.start = try bytes { _ = try $0.perform(.start(session: "next"), on: name) }
    return reads
  }

  @Test("is the same after 500 sessions and after 5,000, but for a few pages")
  func flat() throws {
    var random = SeededGenerator.forTest()
    let few = try reads(500, &random)
    let many = try reads(5000, &random)
    let pages = 24 * 4096
    #expect(many.status < few.status + pages)
    #expect(many.session < few.session + pages)
    #expect(many.sessions < few.sessions + pages)
    #expect(many.start < few.start + pages)
    #expect(many.complete < few.complete + pages)
  }

  @Test("is the same where each call had a key")
  func keys() throws {
    let options = WriteOptions(durability: .none, snapshots: .never)
    func bytes(_ sessions: Int) throws -> (status: Int, start: Int) {
      var journal = SettledJournal()
      journal.options = options
      let writer = try journal.writer()
      for number in 0..<sessions {
        let id = "s\(number)"
        try writer.decide(id: "start \(id)") {
          try ProfileCommand.start(session: id).decide(on: $0)
        }
        try writer.decide(id: "end \(id)") {
          try ProfileCommand.complete(session: id).decide(on: $0)
        }
      }
      try writer.compact()
      func read(_ body: (Profiles) throws -> Void) throws -> Int {
        let files = MemoryFileSystem(on: journal.disk)
        try body(journal.profiles(files))
        return files.reads.reduce(0) { $0 + $1.got }
      }
      let name = try JournalName(SettledJournal.name)
      return (
        try read { _ = try $0.state(of: name) },
        try read { _ = try $0.perform(.start(session: "next"), on: name, id: "start next") }
      )
    }
    let (few, many) = try (bytes(200), bytes(1000))
    #expect(many.status < few.status + 4096)
    #expect(many.start < few.start + 24 * 4096)
  }

  @Test("by a handle that stays open is nothing for a new session, however many tables there are")
  func looks() throws {
    var random = SeededGenerator.forTest()
    var journal = SettledJournal()
    journal.options.tableTiers.large = 6
    var writer = try journal.writer()
    for _ in 0..<30 {
      try journal.run(4, in: writer, &random)
      try writer.compact()
    }
    #expect(journal.tables.count > 10)
    let files = MemoryFileSystem(on: journal.disk)
    writer = try journal.writer(files)
    func reads(_ sessions: Int) throws -> Int {
      let before = files.reads.count
      try journal.run(sessions, in: writer, &random)
      return files.reads.dropFirst(before).count { $0.path.hasSuffix(".table") }
    }
    // Every look reads the keys of one of them.
    #expect(try reads(journal.tables.count + 1) > 0)
    #expect(try reads(20) == 0)
    try writer.compact()
    // What was made since is read, and nothing else again.
    #expect(try (1..<60).contains(reads(journal.tables.count)))
    #expect(try reads(20) == 0)
  }

  /// A journal with three tables, a state of it and the log of what is done with that.
  private func opened() throws -> (state: Profile, files: MemoryFileSystem, journal: SettledJournal)
  {
    var random = SeededGenerator.forTest()
    var journal = SettledJournal()
    journal.options.tableTiers = TableTiers()
    let writer = try journal.writer()
    for _ in 0..<3 {
      try journal.run(300, in: writer, &random)
      try writer.compact()
    }
    #expect(journal.tables.count >= 3)
    let files = MemoryFileSystem(on: journal.disk)
    let name = try JournalName(SettledJournal.name)
    let state = try journal.profiles(files).state(of: name).state
    files.forgetLog()
    return (state, files, journal)
  }

  @Test("is read with each table opened once")
  func opens() throws {
    let (state, files, _) = try opened()
    _ = try state.session("missing")
    let opened = files.log.filter { $0.kind == .openForReading }.map(\.path)
    #expect(opened.count >= 3)
    #expect(Set(opened).count == opened.count)
    #expect(files.count(.journalFolder) == 1)
  }

  @Test("for the sessions of a status is no more than holds some")
  func ofStatus() throws {
    var journal = SettledJournal()
    journal.options.tableTiers = TableTiers()
    let writer = try journal.writer()
    func run(_ ids: Range<Int>, _ end: @escaping (String) -> ProfileCommand) throws {
      for number in ids {
        try writer.decide { try ProfileCommand.start(session: "s\(number)").decide(on: $0) }
        try writer.decide { try end("s\(number)").decide(on: $0) }
      }
    }
    try run(0..<600) { .complete(session: $0) }
    try run(600..<603) { .fail(session: $0, errors: ["e"]) }
    try writer.compact()
    let files = MemoryFileSystem(on: journal.disk)
    let state = try journal.profiles(files).state(of: JournalName(SettledJournal.name)).state
    #expect(state.settledCount == 603)
    files.forgetLog()
    #expect(try state.sessions(status: .inProgress).isEmpty)
    #expect(files.log.isEmpty)
    let before = files.reads.count
    #expect(try state.sessions(status: .failed).map(\.id) == ["s602", "s601", "s600"])
    #expect(files.reads.count - before < 8)
  }

  @Test("for a status is no table")
  func status() throws {
    let (state, files, journal) = try opened()
    let now = journal.clock.now()
    let found = try Analytics(state, now: now)
    #expect(files.log.isEmpty)
    let replayed = try journal.reader().replay(Profile.self).state
    #expect(try found == Analytics(replayed, now: now))
  }
}
