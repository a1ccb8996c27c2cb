import JournalEngine
import JournalTestSupport
import Testing

/// Segments that are missing, empty or there twice.
@Suite("A segment that is not what it should be")
struct MissingSegmentTests {
  private static let tags = ["a", "b", "c", "d"]

  /// One tag in each segment, each of them sealed.
  private static func journal() throws -> TestJournal {
    let journal = try TestJournal()
    let writer = try journal.writer(options: WriteOptions(segmentLimit: 1, snapshots: .never))
    for tag in tags { try writer.append(Tally.Event(tag)) }
    return journal
  }

  private func check(
    _ change: (TestJournal, [String]) -> Void, keeps count: Int, at file: Int
  ) throws {
    let journal = try Self.journal()
    let paths = journal.disk.paths
    let bytes = paths.map { journal.disk.bytes(of: $0) ?? [] }
    change(journal, paths)
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.state.tags == Array(Self.tags.prefix(count)))
    #expect(replay.damage?.file == paths[file])
    #expect { try journal.writer() } throws: { error in
      let error = error as? JournalError
      return error?.code == .damaged && error?.file == paths[file]
    }
    #expect(try journal.reader().verify().findings.contains { $0.file == paths[file] })
    // Once it is back, so is everything.
    for (path, bytes) in zip(paths, bytes) { journal.disk.put(bytes, at: path) }
    for path in journal.disk.paths where !paths.contains(path) { journal.disk.remove(path) }
    try journal.writer().append(Tally.Event("e"))
    #expect(try journal.tally().tags == Self.tags + ["e"])
  }

  @Test("First, and missing: damage, and nothing is left to be believed")
  func first() throws { try check({ $0.disk.remove($1[0]) }, keeps: 0, at: 0) }

  @Test("In the middle, and missing: damage from there on", arguments: [1, 2])
  func middle(_ index: Int) throws {
    try check({ $0.disk.remove($1[index]) }, keeps: index, at: index)
  }

  @Test("In the middle, and empty: damage from there on", arguments: [1, 2])
  func empty(_ index: Int) throws {
    try check({ $0.disk.put([], at: $1[index]) }, keeps: index, at: index)
  }

  @Test("There a second time, far behind the end: damage, for what is between is missing")
  func far() throws {
    let journal = try Self.journal()
    let next = journal.path(try journal.reader().head().seq + 1)
    journal.disk.put(journal.disk.bytes(of: journal.disk.paths[1]) ?? [], at: journal.path(99))
    let replay = try journal.reader().replay(Tally.self)
    #expect(replay.damage?.file == next && replay.state.tags == Self.tags)
    #expect(throws: JournalError.self) { try journal.writer() }
    journal.disk.remove(journal.path(99))
    try journal.writer().append(Tally.Event("e"))
  }

  @Test("There a second time, as the next: its lines count once, and the journal goes on")
  func next() throws {
    for index in Self.tags.indices {
      let journal = try Self.journal()
      let next = journal.path(try journal.reader().head().seq + 1)
      journal.disk.put(journal.disk.bytes(of: journal.disk.paths[index]) ?? [], at: next)
      #expect(try journal.tally().tags == Self.tags)
      try journal.writer().append(Tally.Event("e"))
      #expect(try journal.tally().tags == Self.tags + ["e"])
      #expect(try journal.reader().verify().isSound)
    }
  }

  @Test("Last, and missing or empty: only a head that was written down sees it")
  func last() throws {
    for isRemoved in [true, false] {
      let journal = try Self.journal()
      let head = try journal.reader().head()
      let path = journal.disk.paths[3]
      if isRemoved { journal.disk.remove(path) } else { journal.disk.put([], at: path) }
      #expect(try journal.tally().tags == Array(Self.tags.prefix(3)))
      #expect(try journal.reader().verify().isSound)
      #expect(try !journal.reader().verify(expecting: head).isSound)
      try journal.writer().append(Tally.Event("e"))
    }
  }
}
