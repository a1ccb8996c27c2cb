import JournalEngine
import JournalTestSupport
import Testing

/// Any number of writers, interleaved at each of their calls, with short and failing writes among
/// them: what they were told, what they think the state is, and what the bytes say, must agree.
@Suite("Interleaved writers")
struct InterleavedWritersTests {
  @Test("agree with one another and with the bytes, whatever the order of their calls")
  func agree() async throws {
    try await Property.check("interleaved writers", rounds: 30) { seed in
      var random = SeededGenerator(seed: seed)
      let journal = try TestJournal(seed: random.next())
      let count = 2 + random.below(4)
      let scripts = (0..<count).map {
        WriterScript(journal, number: $0, seed: seed &+ UInt64($0) &* 977)
      }
      let steps = 4 + random.below(14)
      var bodies: [@Sendable (@escaping () -> Void) -> Void] = scripts.map { script in
        { turn in script.run(steps: steps, turn) }
      }
      if random.once(in: 2) {
        let seals = 1 + random.below(4)
        bodies.append { turn in Self.seal(journal, times: seals, turn) }
      }
      await Interleaver.run(
        seed: random.next(), stickiness: random.pick([1, 2, 5]), bodies)
      for script in scripts {
        if let violation = script.violation { throw Violation(violation) }
      }
      try Self.check(journal, scripts)
    }
  }

  /// Another implementation, which seals the last segment now and then.
  private static func seal(_ journal: TestJournal, times: Int, _ turn: () -> Void) {
    for _ in 0..<times {
      for _ in 0..<40 { turn() }
      guard let last = try? journal.entries().last, !last.isType("journal.sealed") else { continue }
      turn()
      var lines = RawLines(on: Head(seq: last.seq, hash: last.hash))
      lines.putRaw("\n")
      lines.add("journal.sealed", time: last.time)
      journal.disk.append(lines.bytes, to: journal.path(last.place.segment))
    }
  }

  private static func check(_ journal: TestJournal, _ scripts: [WriterScript]) throws {
    let calls = scripts.flatMap(\.calls)
    guard !journal.disk.paths.isEmpty else {
      let isEmpty = calls.allSatisfy { if case .refused = $0.answer { true } else { false } }
      return try Violation.unless(isEmpty, "something was recorded, and nothing is there")
    }
    // Whoever comes after a cut line closes it: then all is decided.
    try journal.writer().append(Tally.Event("last"))
    let replay = try journal.reader().replay(Tally.self)
    try Violation.unless(replay.damage == nil, "damage: \(String(describing: replay.damage))")
    for script in scripts {
      guard let last = try script.lastState() else { continue }
      try Violation.unless(last == replay.state, "a writer has \(last), not \(replay.state)")
    }
    try checkAnswers(calls, replay.state)
    try checkChain(journal, replay)
    try checkPrefixes(journal, replay.state)
  }

  /// What was acknowledged is in exactly once, and what was refused is not.
  private static func checkAnswers(_ calls: [WriterScript.Call], _ tally: Tally) throws {
    try Violation.unless(Set(tally.tags).count == tally.tags.count, "twice: \(tally.tags)")
    let seqs = Dictionary(uniqueKeysWithValues: zip(tally.tags, tally.seqs))
    var keys: [String: ClosedRange<Int64>] = [:]
    for call in calls {
      let found = call.tags.compactMap { seqs[$0] }
      switch call.answer {
      case .recorded(let range):
        try Violation.unless(found == Array(range), "\(call.tags) at \(found), not at \(range)")
        if let id = call.id {
          try Violation.unless(keys[id] ?? range == range, "the key \(id) was used twice")
          keys[id] = range
        }
      case .repeated(let range):
        try Violation.unless(found.isEmpty, "\(call.tags) was recorded after all")
        try Violation.unless(range.upperBound <= tally.seqs.last ?? 0, "no such entry")
      case .refused: try Violation.unless(found.isEmpty, "\(call.tags) was refused")
      case .unknown:
        try Violation.unless(found.isEmpty || found.count == call.tags.count, "half a group")
      }
    }
  }

  /// The chain holds, the numbers have no gap, and every durable mark is true.
  private static func checkChain(_ journal: TestJournal, _ replay: Replay<Tally>) throws {
    let entries = try journal.entries()
    var head = Head.none
    var time = Timestamp.earliest
    var ends: [(path: String, offset: Int64)] = [(journal.path(), 0)]
    var ids: Set<String> = []
    for entry in entries {
      try Violation.unless(
        entry.seq == head.seq + 1 && entry.prev == head.hash, "the chain breaks at \(entry.seq)")
      try Violation.unless(PortableSHA256.hex(entry.line) == entry.hash.description, "hash")
      try Violation.unless(entry.time >= time, "entry \(entry.seq) is earlier")
      if let id = entry.id {
        try Violation.unless(ids.insert(id).inserted, "the key \(id) is there twice")
      }
      (head, time) = (Head(seq: entry.seq, hash: entry.hash), entry.time)
      let path = journal.path(entry.place.segment)
      ends.append((path, entry.place.offset + Int64(entry.place.length) + 1))
      let write = journal.disk.writes(to: path).last { $0.offset <= entry.place.offset }
      guard let write, entry.durable < entry.seq else { throw Violation("no write") }
      let (file, end) = ends[Int(entry.durable)]
      try Violation.unless(
        end <= write.durableBefore[file] ?? 0,
        "entry \(entry.seq) vouches for \(entry.durable), which was not durable")
    }
    try Violation.unless(head == replay.head, "\(head) is not \(replay.head)")
  }

  /// The state at each seq is that of the entries up to it.
  private static func checkPrefixes(_ journal: TestJournal, _ tally: Tally) throws {
    let last = try journal.reader().head().seq
    for seq in stride(from: 0, through: last, by: max(1, Int(last) / 8)) {
      let replay = try journal.reader().replay(Tally.self, until: .seq(seq))
      let expected = zip(tally.tags, tally.seqs).filter { $0.1 <= seq }.map(\.0)
      try Violation.unless(replay.state.tags == expected && replay.head.seq == seq, "at \(seq)")
    }
  }
}
