import JournalEngine
import JournalTestSupport
import Testing

@Suite("A line that does not count")
struct VoidLineTests {
  @Test("is torn where it is not well formed, and stands alone")
  func torn() throws {
    var bench = ChainBench()
    try bench.accept(1)
    let first = try #require(bench.chain.step(nil, hash: .zero) { _ in }.void)
    let second = try #require(bench.chain.step(nil, hash: .zero) { _ in }.void)
    #expect(first.kind == .torn && second.kind == .torn)
    #expect(first.run != second.run)
    #expect(first.seq == nil && !first.provesDamage)
  }

  @Test("has lost a race where its prev is the accepted hash of seq − 1")
  func lostRace() throws {
    var bench = ChainBench()
    try bench.accept(1)
    let first = bench.chain.head
    try bench.accept(3)
    let one = try #require(bench.step(on: first).void)
    let two = try #require(bench.step(on: first).void)
    #expect(one.kind == .lostRace && two.kind == .lostRace)
    #expect(one.run != two.run, "two writers, two runs")
    #expect(one.seq == 2)
    #expect(bench.step(on: .none).void?.kind == .lostRace)
  }

  @Test("has not lost a race where its prev is the accepted hash of another seq")
  func wrongNumber() throws {
    var bench = ChainBench()
    try bench.accept(2)
    let second = bench.chain.head
    try bench.accept(2)
    #expect(bench.step(on: second, seq: 4).void?.kind == .unchained)
    #expect(bench.step(on: second, seq: 2).void?.kind == .unchained)
    #expect(bench.step(on: .none, seq: 3).void?.kind == .unchained)
  }

  @Test("joins the run of the void line that it chains on, and is of its kind")
  func runs() throws {
    var bench = ChainBench()
    try bench.accept(4)
    for start in [bench.unknown(seq: 9), bench.chain.head] {
      let first = bench.make(on: start, seq: start == bench.chain.head ? 4 : nil)
      let begun = try #require(bench.take(first).void)
      let second = bench.make(on: first.head)
      let third = bench.make(on: first.head, seq: 77)
      let joined = try #require(bench.take(second).void)
      #expect(joined.kind == begun.kind && joined.run == begun.run)
      #expect(bench.take(third).void?.run == begun.run, "by its prev alone")
      #expect(bench.step(on: second.head).void?.run == begun.run)
    }
  }

  @Test("that chains on a lost race has lost it too, whatever its seq")
  func lostRaceRun() throws {
    var bench = ChainBench()
    try bench.accept(1)
    let head = bench.chain.head
    try bench.accept(1)
    let lost = bench.make(on: head)
    bench.take(lost)
    let next = try #require(bench.step(on: lost.head).void)
    #expect(next.kind == .lostRace)
  }

  @Test("begins a run where it chains on nothing")
  func unchained() throws {
    var bench = ChainBench()
    try bench.accept(2)
    let one = try #require(bench.step(on: bench.unknown(seq: 2)).void)
    let two = try #require(bench.step(on: bench.unknown(seq: 8)).void)
    #expect(one.kind == .unchained && two.kind == .unchained && one.run != two.run)
  }

  @Test("is a lost race where it is older than the 4,096 lines that are remembered")
  func old() throws {
    var bench = ChainBench()
    try bench.accept(1)
    let first = bench.chain.head
    try bench.accept(4999)
    // Remembered are 905 to 5000.
    #expect(bench.step(on: bench.unknown(seq: 905)).void?.kind == .unchained)
    #expect(bench.step(on: bench.unknown(seq: 904)).void?.kind == .lostRace)
    #expect(bench.step(on: first).void?.kind == .lostRace)
  }

  @Test("is known by its hash up to the 4,096th line back")
  func oldestAccepted() throws {
    var bench = ChainBench()
    var heads: [Head] = [.none]
    for _ in 0..<5000 {
      try bench.accept(1)
      heads.append(bench.chain.head)
    }
    // The run tells: with an accepted prev and durable below its seq it is debris; with an unknown
    // one, durable from seq − 1 on is damage.
    #expect(bench.step(on: heads[905], durable: 905).void?.provesDamage == false)
    #expect(bench.step(on: bench.unknown(seq: 905), durable: 905).void?.provesDamage == true)
    #expect(bench.step(on: bench.unknown(seq: 904), durable: 904).void?.provesDamage == false)
  }

  @Test("counts the beginning among the 4,096 lines that are remembered", arguments: [4095, 4096])
  func beginningIsForgotten(_ head: Int) throws {
    var bench = ChainBench()
    try bench.accept(head)
    let kind: VoidKind = head == 4095 ? .unchained : .lostRace
    #expect(bench.step(on: bench.unknown(seq: 0)).void?.kind == kind)
    #expect(bench.step(on: .none).void?.kind == .lostRace)
  }

  @Test("is remembered until 8,192 others have come", arguments: [8191, 8192])
  func oldestVoid(_ others: Int) throws {
    var bench = ChainBench()
    try bench.accept(1)
    let first = bench.make(on: bench.unknown(seq: 50))
    let run = try #require(bench.take(first).void).run
    for seq in 0..<others {
      bench.step(on: bench.unknown(seq: Int64(100 + seq)))
    }
    let next = try #require(bench.step(on: first.head).void)
    #expect((next.run == run) == (others == 8191))
  }

  @Test("is remembered from the last time that it came")
  func repeated() throws {
    var bench = ChainBench()
    try bench.accept(1)
    let line = bench.make(on: bench.unknown(seq: 50))
    bench.take(line)
    for seq in 0..<5000 { bench.step(on: bench.unknown(seq: Int64(100 + seq))) }
    let again = try #require(bench.take(line).void)
    for seq in 0..<5000 { bench.step(on: bench.unknown(seq: Int64(9000 + seq))) }
    #expect(bench.step(on: line.head).void?.run == again.run)
  }

  @Test("is not made one to be remembered by a blank or torn one")
  func tornIsNotRemembered() throws {
    var bench = ChainBench()
    try bench.accept(1)
    _ = bench.chain.step(nil, hash: .zero) { _ in }
    #expect(bench.step(on: Head(seq: 8, hash: .zero)).void?.kind == .unchained)
  }
}
