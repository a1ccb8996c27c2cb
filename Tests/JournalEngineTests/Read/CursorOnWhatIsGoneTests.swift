import JournalEngine
import JournalTestSupport
import Testing

@Suite("A cursor on what is gone")
struct CursorOnWhatIsGoneTests {
  let journal: TestJournal

  init() throws { journal = try TestJournal() }

  private func heads(after cursor: Head) async throws -> [Int64] {
    var seqs: [Int64] = []
    for try await entry in journal.reader().entries(from: .after(cursor)) { seqs.append(entry.seq) }
    return seqs
  }

  @Test("is lost where a repair gave its entry up, and goes on where it did not")
  func givenUp() async throws {
    let writer = try journal.writer(options: WriteOptions(snapshots: .never))
    for tag in ["a", "b", "c", "d"] { try writer.append(Tally.Event(tag)) }
    let entries = try journal.entries()
    let heads = entries.map { Head(seq: $0.seq, hash: $0.hash) }
    var bytes = journal.bytes()
    let place = Int(entries[2].place.offset) + 39
    bytes[place] = bytes[place] == 0x30 ? 0x31 : 0x30
    journal.disk.put(bytes, at: journal.path())
    try #require(try JournalRepair(journal.reader()).apply() != nil)
    let error = await #expect(throws: JournalError.self) { try await self.heads(after: heads[3]) }
    #expect(error?.code == .cursorLost)
    #expect(try await self.heads(after: heads[1]) == [6])
  }

  @Test("goes on behind what was dropped where it names the last of it, and not before")
  func dropped() async throws {
    let options = WriteOptions(segmentLimit: 700, snapshots: .never)
    let writer = try journal.writer(options: options)
    for tag in 0..<12 { try writer.append(Tally.Event("\(tag)")) }
    let heads = try journal.entries().map { Head(seq: $0.seq, hash: $0.hash) }
    let done = try writer.compact(CompactionOptions(pruneBefore: .seq(9)))
    let last = try #require(done.pruned.last?.seqs.upperBound)
    #expect(try await self.heads(after: heads[Int(last) - 1]).first == last + 1)
    for seq in 1..<last {
      let error = await #expect(throws: JournalError.self) {
        try await self.heads(after: heads[Int(seq) - 1])
      }
      #expect(error?.code == .pruned)
    }
  }

  @Test("is told of damage right behind it")
  func damaged() async throws {
    var lines = RawLines()
    lines.open("j")
    let last = lines.add(tag: "a")
    lines.put(RawLines.line(seq: 5, prev: Digest.zero, durable: 4, data: "{}"))
    journal.put(lines)
    let error = await #expect(throws: JournalError.self) { try await self.heads(after: last) }
    #expect(error?.code == .damaged)
  }
}
