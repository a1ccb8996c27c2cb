import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("A snapshot that was made to harm")
struct HostileSnapshotTests {
  @Test("and says that its entry stands where no file ends is not believed")
  func farAway() throws {
    let journal = try TestJournal()
    let writer = try journal.writer(options: WriteOptions(snapshots: .never))
    try writer.append(Tally.Event("a"))
    for offset in [1 << 61, Int64.max - 10] {
      let snapshot = try #require(
        try Snapshot(
          of: writer.state, keys: IdempotencyKeys(), head: writer.head, time: .earliest,
          place: LinePlace(segment: 1, offset: offset, length: 5), journal: journal.name))
      #expect(throws: Snapshot.Fault.self) { try Snapshot(snapshot.encoded()) }
    }
  }
}
