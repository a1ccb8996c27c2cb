import JournalEngine
import JournalTestSupport
import Testing

/// What a flipped bit, a cut and garbage come to, at every place.
@Suite("Bytes that are not what was written")
struct TamperTests {
  let journal: TestJournal
  /// The journal as it was written, segment by segment.
  let written: [(segment: Int64, bytes: [UInt8])]
  let head: Head

  init() throws {
    journal = try TestJournal()
    let writer = try journal.writer(options: WriteOptions(segmentLimit: 800, snapshots: .never))
    for tag in 0..<6 { try writer.append(Tally.Event("\(tag)")) }
    let segments: [Int64] = try journal.entries().map(\.place.segment)
    let journal = journal
    written = Set(segments).sorted().map { ($0, journal.bytes($0)) }
    head = writer.head
  }

  private func put(_ bytes: [UInt8], _ segment: Int64) {
    journal.disk.put(bytes, at: journal.path(segment))
  }

  @Test("are found by verify and by opening for writing, but in lines nobody vouched for yet")
  func flips() throws {
    try #require(written.count > 1)
    let entries = try journal.entries()
    // The highest number that a line vouches for, and the line that does.
    let vouched = entries.map(\.durable).max() ?? 0
    let voucher = try #require(entries.last { $0.durable == vouched })
    for (segment, bytes) in written {
      for index in bytes.indices {
        var bad = bytes
        bad[index] ^= 1 << (index % 8)
        put(bad, segment)
        let place = entries.last {
          $0.place.segment == segment && $0.place.offset <= Int64(index)
        }
        let seq = place?.seq ?? 0
        // With a head that was written down, wherever it is.
        let checked = try journal.reader().verify(expecting: head)
        #expect(!checked.isSound, "\(segment) \(index)")
        // A newline that is lost takes the next line with it, and with that its voucher.
        let isNewline = bytes[index] == UInt8(ascii: "\n")
        if seq <= vouched, !(isNewline && seq + 1 >= voucher.seq) {
          #expect(try !journal.reader().verify().isSound, "\(segment) \(index)")
          #expect(throws: JournalError.self, "\(segment) \(index)") { try journal.writer() }
        }
      }
      put(bytes, segment)
    }
  }

  @Test("are debris where the end was cut off or filled with zeros or garbage, at every byte")
  func cuts() throws {
    let (segment, bytes) = try #require(written.last)
    let tails: [[UInt8]] = [
      [], [UInt8](repeating: 0, count: 700), Array("\n".utf8), Array("garbage\n\u{0}\n".utf8),
      (0..<400).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) },
    ]
    let entries = try journal.entries()
    // What no later line vouches for may be lost: a power failure before the sync.
    let vouched = entries.map(\.durable).max() ?? 0
    let kept = try #require(entries.last { $0.seq == vouched })
    let start = kept.place.segment == segment ? Int(kept.place.offset) + kept.place.length + 1 : 0
    for cut in start...bytes.count {
      for tail in tails {
        let left = Array(bytes[..<cut]) + tail
        put(left, segment)
        let writer = try journal.writer(options: WriteOptions(snapshots: .never))
        #expect(writer.head.seq >= vouched)
        let tags = writer.state.tags
        try writer.append(Tally.Event("next"))
        // A line that lacks its newline only is whole once the next write brings one.
        let isWhole = cut == bytes.count - 1 && (tail.isEmpty || tail.first == 10)
        let now = try journal.tally().tags
        #expect(now == tags + ["next"] || isWhole && now == tags + ["5", "next"])
        #expect(journal.bytes(segment).starts(with: left))
        #expect(try journal.reader().verify(as: Tally.self).isSound)
        for path in journal.disk.paths
        where !written.contains(where: { journal.path($0.segment) == path }) {
          journal.disk.remove(path)
        }
      }
    }
  }

  @Test("are found with a head that was written down, a tail that was cut off included")
  func cutTail() throws {
    let (segment, bytes) = try #require(written.last)
    for cut in 0..<bytes.count {
      put(Array(bytes[..<cut]), segment)
      #expect(try !journal.reader().verify(expecting: head).isSound)
    }
  }
}
