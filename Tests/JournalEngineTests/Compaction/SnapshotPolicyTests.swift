import Testing

@testable import JournalEngine

@Suite("When a snapshot is due")
struct SnapshotPolicyTests {
  @Test("depends on how the journal has grown beside the last one, whatever size that says")
  func sizes() {
    let policy = SnapshotPolicy.every(10)
    for (isWhole, least) in [(true, Int64(2000)), (false, 10_000)] {
      #expect(policy.isDue(entries: 10, bytes: least, size: 1000, isWhole: isWhole))
      #expect(!policy.isDue(entries: 10, bytes: least - 1, size: 1000, isWhole: isWhole))
      #expect(!policy.isDue(entries: 9, bytes: least, size: 1000, isWhole: isWhole))
      #expect(!policy.isDue(entries: 10, bytes: .max, size: .max, isWhole: isWhole))
    }
  }
}
