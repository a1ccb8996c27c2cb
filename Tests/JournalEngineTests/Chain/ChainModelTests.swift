import JournalTestSupport
import Testing

@testable import JournalEngine

/// The chain against the plain reference, decision by decision, on random streams.
@Suite("The chain agrees with a plain reading of the rules")
struct ChainModelTests {
  @Test("on short streams of all kinds of lines")
  func short() async throws {
    try await Property.check("chain model, short", rounds: 60) { seed in
      try Self.run(seed: seed, lines: 400, honest: 3)
    }
  }

  @Test("on streams that are mostly in order")
  func orderly() async throws {
    try await Property.check("chain model, orderly", rounds: 20) { seed in
      try Self.run(seed: seed, lines: 2000, honest: 30)
    }
  }

  @Test("on streams that are longer than what is remembered")
  func long() async throws {
    try await Property.check("chain model, long", rounds: 1) { seed in
      try Self.run(seed: seed, lines: 15_000, honest: 0, prologue: 4090)
    }
  }

  /// - Parameter honest: how many lines extend the chain for each that does anything else.
  private static func run(seed: UInt64, lines: Int, honest: Int, prologue: Int = 0) throws {
    var random = SeededGenerator(seed: seed)
    var chain = ChainState()
    var reference = ReferenceChain()
    var past: [ReferenceChain.Line] = []
    for index in 0..<lines {
      if random.once(in: 400) {
        var dropped: [ReferenceChain.Void] = []
        chain.endSegment { dropped.append(Self.void($0)) }
        try Violation.unless(dropped == reference.endSegment(), "the segment's end at \(index)")
      }
      let line =
        index < prologue
        ? next(after: reference, &random)
        : random.once(in: honest + 1)
          ? anything(after: reference, past, &random) : next(after: reference, &random)
      if let line { past.append(line) }
      var dropped: [ReferenceChain.Void] = []
      let decision = chain.step(line.map(Self.scanned), hash: line?.hash ?? .zero) {
        dropped.append(Self.void($0))
      }
      let expected = reference.step(line)
      try Violation.unless(
        dropped == expected.dropped && Self.decision(decision) == expected.decision,
        "line \(index), \(String(describing: line)): \(decision), not \(expected)")
      try Violation.unless(
        chain.head == Head(seq: reference.head.seq, hash: reference.head.hash)
          && chain.pending.count == reference.pending.count, "the head after line \(index)")
    }
  }

  /// A line that extends the chain, mostly.
  private static func next(
    after chain: ReferenceChain, _ random: inout SeededGenerator
  ) -> ReferenceChain.Line {
    let (seq, hash) = chain.pending.last.map { ($0.seq, $0.hash) } ?? chain.head
    let isSeal = random.once(in: 300)
    return ReferenceChain.Line(
      seq: seq + 1, hash: digest(&random), prev: hash,
      durable: Int64.random(in: 0...seq, using: &random),
      more: !isSeal && random.once(in: 5), isSeal: isSeal)
  }

  /// A line that may do anything.
  private static func anything(
    after chain: ReferenceChain, _ past: [ReferenceChain.Line], _ random: inout SeededGenerator
  ) -> ReferenceChain.Line? {
    let near = past.isEmpty ? nil : past[past.count - 1 - random.below(min(past.count, 12))]
    let far = past.isEmpty ? nil : random.pick(past)
    let known = chain.accepted[random.below(chain.accepted.count)]
    var line = next(after: chain, &random)
    switch random.below(9) {
    case 0: return nil
    case 1: (line.seq, line.prev) = (chain.head.seq + 1, chain.head.hash)
    case 2: (line.seq, line.prev) = (known.seq + 1, known.hash)
    case 3: line.prev = digest(&random)
    case 4: (line.seq, line.prev) = (near?.seq ?? 1, near?.hash ?? .zero)
    case 5: (line.seq, line.prev) = ((near?.seq ?? 0) + 1, near?.hash ?? .zero)
    case 6: (line.seq, line.prev) = ((far?.seq ?? 0) + 1, far?.hash ?? .zero)
    case 7: line.seq = Int64(1 + random.below(Int(chain.head.seq) + 20))
    default: return near ?? line  // the very same line again
    }
    if random.once(in: 4) { line.seq = max(1, line.seq + Int64(random.below(5)) - 2) }
    // Often close to the bounds of the table.
    line.durable = min(max(0, line.seq - Int64(random.below(4))), line.seq - 1)
    if random.once(in: 2) { line.durable = Int64.random(in: 0..<line.seq, using: &random) }
    return line
  }

  private static func digest(_ random: inout SeededGenerator) -> Digest {
    Digest(random.next(), random.next(), random.next(), random.next())
  }

  private static func scanned(_ line: ReferenceChain.Line) -> ScannedLine {
    var fields = ScannedLine()
    fields.seq = line.seq
    fields.prev = line.prev
    fields.durable = line.durable
    fields.more = line.more
    fields.engineType = line.isSeal ? .sealed : nil
    return fields
  }

  private static func void(_ line: VoidLine) -> ReferenceChain.Void {
    ReferenceChain.Void(kind: line.kind, run: line.run, lastBeyondDoubt: line.lastBeyondDoubt)
  }

  private static func decision(_ decision: LineDecision) -> ReferenceChain.Decision {
    switch decision {
    case .accepted: .accepted
    case .pending: .pending
    case .void(let line): .void(void(line))
    }
  }
}
