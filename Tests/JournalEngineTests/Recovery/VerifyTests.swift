import JournalEngine
import JournalTestSupport
import Testing

@Suite("Verifying a journal")
struct VerifyTests {
  private func lines() -> (RawLines, [Head]) {
    var lines = RawLines()
    var heads: [Head] = [.none]
    heads.append(lines.open("j"))
    for tag in ["a", "b", "c"] { heads.append(lines.add(tag: tag)) }
    return (lines, heads)
  }

  private func verify(_ lines: RawLines, expecting head: Head? = nil) throws -> Verification {
    let journal = try TestJournal()
    journal.put(lines)
    return try journal.reader().verify(expecting: head)
  }

  @Test("counts what counts, and finds nothing in a journal as it should be")
  func sound() throws {
    let (lines, heads) = lines()
    let found = try verify(lines)
    #expect(found.isSound && found.findings.isEmpty)
    #expect(found.entries == 4 && found.head == heads[4])
    #expect(found.bytes == Int64(lines.bytes.count))
    #expect(found.time == RawLines.time)
  }

  @Test("finds a head that was written down, wherever in the chain it stands", arguments: 0...4)
  func headFound(_ seq: Int) throws {
    let (lines, heads) = lines()
    #expect(try verify(lines, expecting: heads[seq]).isSound)
  }

  @Test("says that a head is lost: its hash is another, or the journal ends before it")
  func headLost() throws {
    let (lines, heads) = lines()
    for head in [
      Head(seq: 3, hash: heads[2].hash), Head(seq: 5, hash: heads[4].hash),
      Head(seq: 1, hash: .zero), Head(seq: .max, hash: .zero),
    ] {
      let found = try verify(lines, expecting: head)
      #expect(!found.isSound)
      #expect(found.counts[.headLost] == 1)
      #expect(found.findings.contains { $0.kind == .headLost && $0.isDamage })
    }
  }

  @Test("reports every line that does not count, with its place and kind")
  func voidLines() throws {
    var (lines, heads) = lines()
    let start = lines.bytes.count
    lines.put("torn")
    lines.put(RawLines.line(seq: 2, prev: heads[1].hash))
    lines.put(RawLines.line(seq: 9, prev: SHA256.digest(of: [1])))
    lines.add(tag: "d", more: true)
    lines.putRaw("{\"se")
    let found = try verify(lines)
    #expect(found.isSound)
    #expect(
      found.findings.map(\.kind) == [.torn, .lostRace, .unchained, .unfinishedGroup, .unfinished])
    #expect(found.findings.first?.offset == Int64(start))
    #expect(found.findings.first?.length == 4)
    #expect(found.findings.map(\.offset) == found.findings.map(\.offset).sorted())
  }

  @Test("reports damage, and what is beyond doubt")
  func damage() throws {
    var (lines, _) = lines()
    lines.put(RawLines.line(seq: 9, prev: SHA256.digest(of: [1]), durable: 6))
    let found = try verify(lines)
    #expect(!found.isSound)
    #expect(found.counts[.damage] == 1)
    #expect(found.damage?.lastBeyondDoubt == 4)
  }

  @Test("notes a time that steps back and one that lies ahead, and neither is damage")
  func times() throws {
    var (lines, _) = lines()
    lines.add(tag: "back", time: RawLines.time.advanced(byMicroseconds: -1))
    lines.add(tag: "ahead", time: RawLines.time.advanced(byMicroseconds: 3_600_000_000))
    let found = try verify(lines)
    #expect(found.isSound)
    #expect(found.findings.map(\.kind) == [.timeWentBack, .timeAhead])
    #expect(found.findings.map(\.seq) == [5, 6])
  }

  @Test("notes a journal that was begun otherwise or under another name")
  func opening() throws {
    var other = RawLines()
    other.open("k")
    #expect(try verify(other).counts == [.renamed: 1])
    var none = RawLines()
    none.add(tag: "a")
    #expect(try verify(none).counts == [.notOpened: 1])
  }
}
