import JournalEngine
import JournalTestSupport
import Testing

/// The table of "crash debris or damage", row by row, on both sides of each bound.
@Suite("Debris or damage")
struct DamageTableTests {
  /// A chain of ten lines, and the heads at each.
  private func bench() throws -> (ChainBench, [Head]) {
    var bench = ChainBench()
    var heads: [Head] = [.none]
    for _ in 0..<10 {
      try bench.accept(1)
      heads.append(bench.chain.head)
    }
    return (bench, heads)
  }

  @Test("Whatever its prev, a run that knew more durable lines than there are is damage")
  func aboveHead() throws {
    var (bench, heads) = try bench()
    #expect(bench.step(on: bench.unknown(seq: 20), durable: 10).void?.lastBeyondDoubt == nil)
    #expect(bench.step(on: bench.unknown(seq: 20), durable: 11).void?.lastBeyondDoubt == 10)
    #expect(bench.step(on: bench.unknown(seq: 11), durable: 11).void?.lastBeyondDoubt == 10)
    // A lost race which knows of lines above the head: its own first line was vouched for too.
    let lost = bench.make(on: heads[4])
    #expect(bench.take(lost).void?.provesDamage == false)
    let next = bench.make(on: lost.head, seq: 13, durable: 11)
    #expect(bench.take(next).void?.lastBeyondDoubt == 4)
  }

  @Test("A run on an unknown line that was vouched for is damage from that line on")
  func unknownVouchedFor() throws {
    var (bench, _) = try bench()
    #expect(bench.step(on: bench.unknown(seq: 5), durable: 4).void?.lastBeyondDoubt == nil)
    let line = bench.make(on: bench.unknown(seq: 5), durable: 5)
    #expect(bench.take(line).void?.lastBeyondDoubt == 4)
    #expect(bench.step(on: bench.unknown(seq: 1), durable: 1).void?.lastBeyondDoubt == 0)
  }

  @Test("A run on an unknown beginning is damage of all: the beginning was always vouched for")
  func unknownBeginning() throws {
    var (bench, _) = try bench()
    #expect(bench.step(on: bench.unknown(seq: 0), durable: 0).void?.lastBeyondDoubt == 0)
  }

  @Test("What a later line of a run vouches for counts for its first line")
  func laterLine() throws {
    var (bench, _) = try bench()
    let first = bench.make(on: bench.unknown(seq: 6), durable: 2)
    let second = bench.make(on: first.head, durable: 5)
    let third = bench.make(on: second.head, durable: 6)
    #expect(bench.take(first).void?.provesDamage == false)
    #expect(bench.take(second).void?.provesDamage == false)
    #expect(bench.take(third).void?.lastBeyondDoubt == 5)
  }

  @Test("A lost race whose own lines were vouched for was history once: damage from it on")
  func vouchedLostRace() throws {
    var (bench, heads) = try bench()
    let first = bench.make(on: heads[4], durable: 4)
    let second = bench.make(on: first.head, durable: 4)
    let third = bench.make(on: second.head, durable: 5)
    #expect(bench.take(first).void?.provesDamage == false)
    #expect(bench.take(second).void?.provesDamage == false)
    #expect(bench.take(third).void?.lastBeyondDoubt == 4)
  }

  @Test("A lost race on the beginning that was vouched for leaves nothing beyond doubt")
  func vouchedBeginning() throws {
    var (bench, _) = try bench()
    let first = bench.make(on: .none)
    bench.take(first)
    #expect(bench.step(on: first.head, durable: 1).void?.lastBeyondDoubt == 0)
  }

  @Test("A lost race too old to be remembered is judged as one")
  func oldLostRace() throws {
    var bench = ChainBench()
    try bench.accept(5000)
    let first = bench.make(on: bench.unknown(seq: 100), durable: 100)
    #expect(bench.take(first).void?.provesDamage == false)
    #expect(bench.step(on: first.head, durable: 101).void?.lastBeyondDoubt == 100)
  }

  @Test("Nothing that was not vouched for is missed: all else is debris")
  func debris() throws {
    var (bench, heads) = try bench()
    for durable in 0...4 {
      #expect(bench.step(on: heads[4], durable: Int64(durable)).void?.provesDamage == false)
      #expect(
        bench.step(on: bench.unknown(seq: 5), durable: Int64(durable)).void?.provesDamage == false)
    }
    #expect(bench.chain.step(nil, hash: .zero) { _ in }.void?.provesDamage == false)
  }

  @Test("A line after the seal is judged like any other")
  func afterSeal() throws {
    var (bench, _) = try bench()
    try bench.seal()
    let first = bench.make(on: bench.chain.head, durable: 11)
    #expect(bench.take(first).void?.provesDamage == false)
    #expect(bench.step(on: first.head, durable: 12).void?.lastBeyondDoubt == 11)
  }

  @Test("A group that never ended is judged where it stands")
  func pendingGroup() throws {
    var (bench, heads) = try bench()
    let first = bench.make(on: heads[10], durable: 10, more: true)
    let second = bench.make(on: first.head, durable: 11, more: true)
    bench.take(first)
    bench.take(second)
    try bench.accept(1)
    #expect(bench.dropped.map(\.lastBeyondDoubt) == [nil, 10])
  }

  @Test("What vouches for less than the head is compared with the head at that place")
  func headAtThatPlace() throws {
    var bench = ChainBench()
    try bench.accept(2)
    #expect(bench.step(on: bench.unknown(seq: 8), durable: 5).void?.lastBeyondDoubt == 2)
    try bench.accept(5)
    #expect(bench.step(on: bench.unknown(seq: 8), durable: 5).void?.lastBeyondDoubt == nil)
  }
}
