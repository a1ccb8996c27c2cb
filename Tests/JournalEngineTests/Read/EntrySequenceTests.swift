import JournalEngine
import JournalTestSupport
import Testing

@Suite("Entries as a sequence")
struct EntrySequenceTests {
  private func journal(_ tags: [String]) throws -> (TestJournal, RawLines) {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    for tag in tags { lines.add(tag: tag) }
    journal.put(lines)
    return (journal, lines)
  }

  private func seqs(_ sequence: EntrySequence) async throws -> [Int64] {
    var seqs: [Int64] = []
    for try await entry in sequence { seqs.append(entry.seq) }
    return seqs
  }

  @Test("are all of them, in order, and then it ends")
  func all() async throws {
    let (journal, _) = try journal((1...700).map { "\($0)" })
    #expect(try await seqs(journal.reader().entries()) == Array(1...701))
    #expect(try await seqs(journal.reader().entries(from: .now)) == [])
  }

  @Test("go on after a cursor")
  func cursor() async throws {
    let (journal, lines) = try journal((1...700).map { "\($0)" })
    let entries = try journal.entries()
    for seq in [1, 255, 256, 257, 512, 700] {
      let head = Head(seq: Int64(seq), hash: entries[seq - 1].hash)
      let expected = Array(Int64(seq) + 1...701)
      #expect(try await seqs(journal.reader().entries(from: .after(head))) == expected)
    }
    #expect(try await seqs(journal.reader().entries(from: .after(lines.head))) == [])
    #expect(try await seqs(journal.reader().entries(from: .after(.none))).count == 701)
  }

  @Test("go on after a cursor also where one entry fills a batch")
  func largeEntries() async throws {
    let (journal, _) = try journal((1...4).map { String(repeating: "\($0)", count: 300_000) })
    let entries = try journal.entries()
    for entry in entries {
      let cursor = Head(seq: entry.seq, hash: entry.hash)
      let expected = entries.map(\.seq).filter { $0 > entry.seq }
      #expect(try await seqs(journal.reader().entries(from: .after(cursor))) == expected)
    }
  }

  @Test(
    "say that a cursor is lost: its hash is another, or its entry is not there",
    arguments: [0, 1, 3, 4, 9])
  func lostCursor(_ seq: Int64) async throws {
    let (journal, _) = try journal(["a", "b"])
    let cursor = Head(seq: seq, hash: SHA256.digest(of: [7]))
    let error = await #expect(throws: JournalError.self) {
      try await seqs(journal.reader().entries(from: .after(cursor)))
    }
    #expect(error?.code == .cursorLost)
  }

  @Test("end with an error where there is damage or no journal")
  func errors() async throws {
    let (damaged, lines) = try journal(["a"])
    var more = lines
    more.put(RawLines.line(seq: 9, prev: SHA256.digest(of: [1]), durable: 8))
    damaged.put(more)
    let error = await #expect(throws: JournalError.self) {
      try await seqs(damaged.reader().entries())
    }
    #expect(error?.code == .damaged)
    let missing = try TestJournal()
    let other = await #expect(throws: JournalError.self) {
      try await seqs(missing.reader().entries())
    }
    #expect(other?.code == .notFound)
  }

  @Test("come in batches of constant size, however long the journal")
  func batches() async throws {
    let (journal, _) = try journal((1...2000).map { "\($0)" })
    let system = MemoryFileSystem(on: journal.disk)
    var iterator = journal.reader(on: system).entries().makeAsyncIterator()
    _ = try await iterator.next()
    let first = system.count(.read)
    while try await iterator.next() != nil {}
    // All of it is looked through for repairs at first; the entries come in many batches.
    #expect(system.count(.read) > first + 4)
    #expect(journal.bytes().count > 390_000)
  }

  @Test("of a group are handed out together")
  func groups() async throws {
    let journal = try TestJournal()
    var lines = RawLines()
    lines.open("j")
    for index in 0..<600 { lines.add(tag: "\(index)", more: index < 599) }
    journal.put(lines)
    #expect(try await seqs(journal.reader().entries()) == Array(1...601))
  }
}
