import JournalEngine
import JournalTestSupport
import Testing

@Suite("Which lines count")
struct ChainRuleTests {
  @Test("A journal begins with seq 1 on 64 zeros")
  func beginning() {
    var bench = ChainBench()
    #expect(bench.chain.head == .none)
    #expect(bench.step(on: .none, seq: 2).void != nil)
    #expect(bench.step(on: bench.unknown(seq: 0)).void != nil)
    #expect(bench.chain.head == .none)
    #expect(bench.step(on: .none) == .accepted)
    #expect(bench.chain.head.seq == 1)
  }

  @Test("A line extends the chain by its prev and its seq, and by both")
  func extends() throws {
    var bench = ChainBench()
    try bench.accept(3)
    let head = bench.chain.head
    #expect(bench.step(on: head, seq: 3).void != nil)
    #expect(bench.step(on: head, seq: 5).void != nil)
    #expect(bench.step(on: bench.unknown(seq: 3)).void != nil)
    #expect(bench.chain.head == head)
    let next = bench.make(on: head)
    #expect(bench.take(next) == .accepted)
    #expect(bench.chain.head == next.head)
  }

  @Test("The time of the chain is that of the last line that counts")
  func time() throws {
    var bench = ChainBench()
    #expect(bench.chain.time == .earliest)
    try bench.accept(1)
    #expect(bench.chain.time == RawLines.time)
  }

  @Test("The lines of a group count together, with the one that ends it")
  func groups() throws {
    var bench = ChainBench()
    try bench.accept(1)
    let head = bench.chain.head
    let first = bench.make(on: head, more: true)
    let second = bench.make(on: first.head, more: true)
    let third = bench.make(on: second.head)
    #expect(bench.take(first) == .pending)
    #expect(bench.take(second) == .pending)
    #expect(bench.chain.head == head)
    #expect(bench.take(third) == .accepted)
    #expect(bench.chain.head == third.head)
    #expect(bench.chain.pending.isEmpty && bench.dropped.isEmpty)
  }

  @Test("A line that extends the head makes the group that was pending void: a lost race")
  func droppedGroup() throws {
    var bench = ChainBench()
    try bench.accept(1)
    let head = bench.chain.head
    let first = bench.make(on: head, more: true)
    let second = bench.make(on: first.head, more: true)
    bench.take(first)
    bench.take(second)
    #expect(bench.step(on: head) == .accepted)
    #expect(bench.dropped.map(\.kind) == [.lostRace, .lostRace])
    #expect(bench.dropped.map(\.seq) == [2, 3])
    #expect(Set(bench.dropped.map(\.run)).count == 1)
    // A latecomer of the group belongs to the same run.
    let late = bench.step(on: second.head).void
    #expect(late?.kind == .lostRace && late?.run == bench.dropped.first?.run)
  }

  @Test("A group may take the place of one that was pending")
  func replacedGroup() throws {
    var bench = ChainBench()
    bench.step(on: .none, more: true)
    let other = bench.make(on: .none, more: true)
    #expect(bench.take(other) == .pending)
    #expect(bench.dropped.count == 1)
    #expect(bench.chain.pending.count == 1)
    #expect(bench.step(on: other.head) == .accepted)
    #expect(bench.chain.head.seq == 2)
  }

  @Test("Lines that do not count leave a pending group as it is")
  func undisturbedGroup() throws {
    var bench = ChainBench()
    let first = bench.make(on: .none, more: true)
    bench.take(first)
    #expect(bench.chain.step(nil, hash: .zero) { _ in }.void?.kind == .torn)
    #expect(bench.step(on: bench.unknown(seq: 7)).void?.kind == .unchained)
    #expect(bench.step(on: first.head, seq: 3).void != nil)
    #expect(bench.step(on: first.head) == .accepted)
    #expect(bench.chain.head.seq == 2)
  }

  @Test("A line on the middle of a pending group does not extend it")
  func middleOfGroup() throws {
    var bench = ChainBench()
    let first = bench.make(on: .none, more: true)
    let second = bench.make(on: first.head, more: true)
    bench.take(first)
    bench.take(second)
    #expect(bench.step(on: first.head).void?.kind == .unchained)
    #expect(bench.step(on: second.head) == .accepted)
  }

  @Test("A group that is pending where the segment ends is void")
  func groupAtTheEnd() throws {
    var bench = ChainBench()
    try bench.accept(2)
    let head = bench.chain.head
    let first = bench.make(on: head, more: true)
    bench.take(first)
    var dropped: [VoidLine] = []
    bench.chain.endSegment { dropped.append($0) }
    #expect(dropped.map(\.kind) == [.lostRace])
    #expect(bench.chain.pending.isEmpty)
    #expect(bench.chain.head == head)
    #expect(bench.step(on: first.head).void?.kind == .lostRace)
    #expect(bench.step(on: head) == .accepted)
  }

  @Test("After a seal no line of the segment counts, and in the next one they do again")
  func seals() throws {
    var bench = ChainBench()
    try bench.accept(2)
    try bench.seal()
    #expect(bench.chain.isSealed)
    let head = bench.chain.head
    let late = bench.step(on: head).void
    #expect(late?.kind == .lostRace)
    #expect(bench.step(on: head, more: true).void?.kind == .lostRace)
    #expect(bench.chain.pending.isEmpty)
    bench.chain.endSegment { _ in }
    #expect(!bench.chain.isSealed)
    #expect(bench.step(on: head) == .accepted)
    #expect(bench.chain.head.seq == 4)
  }

  @Test("A seal that does not count seals nothing")
  func voidSeal() throws {
    var bench = ChainBench()
    try bench.accept(2)
    #expect(bench.step(on: bench.unknown(seq: 2), type: "journal.sealed").void != nil)
    #expect(!bench.chain.isSealed)
  }

  @Test("A seal may end a group")
  func sealAfterGroup() throws {
    var bench = ChainBench()
    let first = bench.make(on: .none, more: true)
    bench.take(first)
    #expect(bench.step(on: first.head, type: "journal.sealed") == .accepted)
    #expect(bench.chain.isSealed && bench.chain.head.seq == 2)
  }
}
