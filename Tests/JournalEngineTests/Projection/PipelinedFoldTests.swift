import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("A fold on a thread of its own")
struct PipelinedFoldTests {
  /// Takes a journal's lines into both.
  private struct Both: LineVisitor {
    let pipelined: PipelinedFold<Tally>
    var plain: FoldedState<Tally>
    var looks: [Int64: [String]] = [:]

    mutating func accepted(_ line: AcceptedLine) -> Bool {
      pipelined.take(line)
      plain.take(line.entry)
      if looks[line.fields.seq] != nil { looks[line.fields.seq] = pipelined.result.state.tags }
      return true
    }
  }

  private func fold(_ journal: TestJournal, alone: Int, lookingAt looks: [Int64] = []) throws
    -> Both
  {
    var both = Both(
      pipelined: PipelinedFold(FoldedState(path: "j"), alone: alone),
      plain: FoldedState(path: "j"))
    for seq in looks { both.looks[seq] = [] }
    try journal.reader().walk().advance(&both)
    return both
  }

  @Test("gives the state that folding on the spot gives", arguments: [0, 1, 700, 5000])
  func same(_ alone: Int) throws {
    let journal = try TestJournal()
    let writer = try journal.writer(options: WriteOptions(snapshots: .never))
    for start in stride(from: 0, to: 3000, by: 500) {
      try writer.decide { _ in (start..<start + 500).map { Tally.Event("\($0)") } }
    }
    let both = try fold(journal, alone: alone, lookingAt: [1, 2, 900, 2999])
    let result = both.pipelined.result
    #expect(result.failure == nil)
    #expect(result.head == both.plain.head)
    #expect(result.time == both.plain.time)
    #expect(result.state.tags == both.plain.state.tags)
    #expect(result.state.tags.count == 3000)
    for (seq, tags) in both.looks { #expect(tags.count == Int(seq) - 1, "at \(seq)") }
  }

  @Test("stops at the entry that folding on the spot stops at", arguments: [0, 600])
  func failure(_ alone: Int) throws {
    let journal = try TestJournal()
    let recorder = try journal.writer(Recorder.self, options: WriteOptions(snapshots: .never))
    let good = RecordedEvent(type: Tally.type, data: ["tag": "a"])
    try recorder.decide { _ in Array(repeating: good, count: 1200) }
    try recorder.append(RecordedEvent(type: Tally.type, data: ["tag": .number(JSONNumber(1))]))
    try recorder.decide { _ in Array(repeating: good, count: 1200) }
    let both = try fold(journal, alone: alone)
    let result = both.pipelined.result
    #expect(result.failure?.seq == 1202)
    #expect(result.failure?.message == both.plain.failure?.message)
    #expect(result.head == both.plain.head)
    #expect(both.pipelined.failure?.seq == 1202)
  }

  @Test("can be left before its end")
  func left() throws {
    let journal = try TestJournal()
    let writer = try journal.writer(options: WriteOptions(snapshots: .never))
    try writer.decide { _ in (0..<4000).map { Tally.Event("\($0)") } }
    for _ in 0..<20 { _ = try fold(journal, alone: 0) }
  }
}
