import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("A filter of keys")
struct KeyFilterTests {
  /// Adds so many records in tables of some size, in the tables' order.
  private func filter(
    _ hashes: [UInt64], _ random: inout SeededGenerator
  ) -> KeyFilter {
    var filter = KeyFilter()
    var first = 0
    while first < hashes.count {
      let end = min(hashes.count, first + 1 + random.below(9000))
      // One that was merged begins with records that are in already.
      let base = first == 0 ? 0 : max(0, first - random.below(500))
      let keys = (base..<end).map { TableKey(hash: hashes[$0], row: UInt32($0 - base)) }
      filter.add(keys.sorted(), from: base, to: end)
      first = end
    }
    return filter
  }

  @Test("finds each key where its record is, and hardly any that none has")
  func finds() async throws {
    try await Property.check("filter", rounds: 1) { seed in
      var random = SeededGenerator(seed: seed)
      let hashes = (0..<20_000 + random.below(20_000)).map { _ in random.next() }
      let filter = filter(hashes, &random)
      #expect(filter.end == hashes.count)
      for (number, hash) in hashes.enumerated() {
        #expect(filter.records(with: hash).contains { $0.contains(number) }, "\(number)")
      }
      let taken = (0..<10_000).count { _ in !filter.records(with: random.next()).isEmpty }
      #expect(taken < 100)
    }
  }

  @Test("tells in which part of the records a key can be")
  func parts() throws {
    var random = SeededGenerator(seed: 11)
    let hashes = (0..<100_000).map { _ in random.next() }
    let filter = filter(hashes, &random)
    #expect(filter.records(with: hashes[0]).first == 0..<4096)
    #expect(filter.records(with: hashes[4095]).first == 0..<4096)
    #expect(filter.records(with: hashes[4096]).contains(4096..<12_288))
    #expect(filter.records(with: hashes[99_999]).last == 61_440..<100_000)
  }

  @Test("of no record holds nothing")
  func empty() {
    #expect(KeyFilter().records(with: 7).isEmpty)
    #expect(KeyFilter().end == 0)
  }
}
