import JournalEngine
import JournalTestSupport
import Testing

@Suite("Reading on from a bookmark")
struct BookmarkTests {
  let journal: TestJournal

  init() throws { journal = try TestJournal() }

  /// The numbers that stand behind a bookmark, which goes to the end.
  private func seqs(
    from bookmark: inout Bookmark, on system: MemoryFileSystem? = nil
  ) throws -> [Int64] {
    var seqs: [Int64] = []
    try journal.reader(on: system).readOn(from: &bookmark) { entries in
      seqs += entries.map(\.seq)
      return true
    }
    return seqs
  }

  @Test("gives everything once, however much comes between the calls")
  func everythingOnce() async throws {
    try await Property.check("bookmarks", rounds: 50) { seed in
      var random = SeededGenerator(seed: seed)
      let journal = try TestJournal(seed: seed)
      let writer = try journal.writer(
        options: WriteOptions(segmentLimit: Int64(500 + random.below(2000)), snapshots: .never))
      var bookmark = Bookmark.start
      var seen: [Int64] = []
      for turn in 0..<10 {
        for number in 0..<random.below(12) { try writer.append(Tally.Event("\(turn)-\(number)")) }
        if writer.head == .none { continue }
        let limit = random.below(4)
        var batches = 0
        try journal.reader().readOn(from: &bookmark) { entries in
          seen += entries.map(\.seq)
          batches += 1
          return batches <= limit
        }
        try Violation.unless(bookmark.head.seq == seen.last ?? 0, "the bookmark is elsewhere")
      }
      if writer.head == .none { return }
      try journal.reader().readOn(from: &bookmark) { entries in
        seen += entries.map(\.seq)
        return true
      }
      try Violation.unless(seen == Array(1...writer.head.seq), "\(seen)")
    }
  }

  @Test("is not to be had behind the end, however far that is", arguments: [3, Int64.max])
  func behindTheEnd(_ seq: Int64) throws {
    let writer = try journal.writer(options: WriteOptions(snapshots: .never))
    try writer.append(Tally.Event("a"))
    let error = #expect(throws: JournalError.self) { try journal.reader().bookmark(at: seq) }
    #expect(error?.code == .notFound)
  }

  @Test("does not read what stands before it again")
  func cost() throws {
    let writer = try journal.writer(options: WriteOptions(snapshots: .never))
    for tag in 0..<500 { try writer.append(Tally.Event("\(tag)")) }
    var bookmark = Bookmark.start
    _ = try seqs(from: &bookmark)
    try writer.append(Tally.Event("new"))
    let system = MemoryFileSystem(on: journal.disk)
    #expect(try seqs(from: &bookmark, on: system) == [502])
    let read = system.reads.reduce(0) { $0 + $1.got }
    #expect(read < 5_000, "\(read) bytes were read for one entry")
  }

  @Test("hands out nothing that is not durable")
  func durable() throws {
    try journal.writer(options: WriteOptions(durability: .none)).append(Tally.Event("a"))
    #expect(journal.disk.durableBytes(of: journal.path()) != journal.bytes())
    var bookmark = Bookmark.start
    try journal.reader().readOn(from: &bookmark) { _ in
      #expect(journal.disk.durableBytes(of: journal.path()) == journal.bytes())
      return true
    }
    let system = MemoryFileSystem(on: journal.disk)
    system.failAll(.syncData, .error(.planned(.syncFailed)))
    bookmark = .start
    try journal.writer(options: WriteOptions(durability: .none)).append(Tally.Event("b"))
    let error = #expect(throws: JournalError.self) { try self.seqs(from: &bookmark, on: system) }
    #expect(error?.code == .syncFailed)
  }

  @Test("goes on behind a repair that gave nothing up of what was read, and is lost otherwise")
  func repaired() throws {
    let writer = try journal.writer(options: WriteOptions(snapshots: .never))
    for tag in ["a", "b", "c"] { try writer.append(Tally.Event(tag)) }
    let entries = try journal.entries()
    var early = Bookmark.start
    try journal.reader().readOn(from: &early) { _ in false }
    var kept = try journal.reader().bookmark(at: 2)
    var bytes = journal.bytes()
    let place = Int(entries[2].place.offset) + 39
    bytes[place] = bytes[place] == 0x30 ? 0x31 : 0x30
    journal.disk.put(bytes, at: journal.path())
    try #require(try JournalRepair(journal.reader()).apply() != nil)
    #expect(try seqs(from: &kept) == [5])
    let error = #expect(throws: JournalError.self) { try self.seqs(from: &early) }
    #expect(error?.code == .cursorLost)
  }

  @Test("says that what stands behind it was dropped")
  func pruned() throws {
    let options = WriteOptions(segmentLimit: 700, snapshots: .never)
    let writer = try journal.writer(options: options)
    for tag in 0..<12 { try writer.append(Tally.Event("\(tag)")) }
    var early = try journal.reader().bookmark(at: 1)
    let done = try writer.compact(CompactionOptions(pruneBefore: .seq(9)))
    let last = try #require(done.pruned.last?.seqs.upperBound)
    let error = #expect(throws: JournalError.self) { try self.seqs(from: &early) }
    #expect(error?.code == .pruned)
    for seq in 1..<last {
      let error = #expect(throws: JournalError.self) {
        try self.journal.reader().bookmark(at: seq)
      }
      #expect(error?.code == .pruned)
    }
    var exact = try journal.reader().bookmark(at: last)
    #expect(try seqs(from: &exact).first == last + 1)
    var start = Bookmark.start
    #expect(try seqs(from: &start).first == last + 1)
  }

  @Test("can be set on a number, or on the newest entry")
  func set() throws {
    let writer = try journal.writer(options: WriteOptions(snapshots: .never))
    for tag in ["a", "b", "c"] { try writer.append(Tally.Event(tag)) }
    for seq in 0...4 {
      var bookmark = try journal.reader().bookmark(at: Int64(seq))
      #expect(try seqs(from: &bookmark) == Array(1...4).filter { $0 > seq })
    }
    let error = #expect(throws: JournalError.self) { try self.journal.reader().bookmark(at: 5) }
    #expect(error?.code == .notFound)
    var head = try journal.reader().bookmarkAtHead()
    #expect(head.head == writer.head)
    #expect(try seqs(from: &head) == [])
    try writer.append(Tally.Event("d"))
    #expect(try seqs(from: &head) == [5])
  }

  @Test("is told damage after all that is beyond doubt")
  func damaged() throws {
    var lines = RawLines()
    lines.open("j")
    lines.add(tag: "a")
    lines.put(RawLines.line(seq: 5, prev: Digest.zero, durable: 4, data: "{}"))
    journal.put(lines)
    var bookmark = Bookmark.start
    var seen: [Int64] = []
    let error = #expect(throws: JournalError.self) {
      try self.journal.reader().readOn(from: &bookmark) { entries in
        seen += entries.map(\.seq)
        return true
      }
    }
    #expect(error?.code == .damaged)
    #expect(seen == [1, 2])
  }

  @Test("Reading on from a place sees no damage in a snapshot that is made meanwhile")
  func snapshotMeanwhile() throws {
    for kind in [Operation.Kind.journalFolder, .names, .openForReading, .read] {
      let journal = try TestJournal()
      let writer = try journal.writer()
      let entries = try writer.append(Tally.Event("a")).entries
      let place = try #require(entries.last?.place)
      let start = LineStart(seq: 2, segment: place.segment, offset: place.offset)
      let system = MemoryFileSystem(on: journal.disk)
      // The second read, the walk's, ends where the file ended when it was opened.
      system.fail(.read, call: 2, .short(place.length + 1))
      var isDone = false
      system.onOperation = { operation in
        guard operation.kind == kind, !isDone else { return }
        isDone = true
        do {
          try writer.append(Tally.Event("b"))
          try writer.compact()
        } catch { Issue.record(error) }
      }
      var seqs: [Int64] = []
      let isWhole = try journal.reader(on: system).forEach(from: start) { entry in
        seqs.append(entry.seq)
        return true
      }
      #expect(isWhole && seqs.starts(with: [2]), "before \(kind)")
    }
  }
}
