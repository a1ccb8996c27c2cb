import JournalEngine
import JournalTestSupport
import Testing

/// A piece of work in which each call on the files is to fail once.
struct FaultWorkload: Sendable, CustomTestStringConvertible {
  let name: String
  let prepare: @Sendable (TestJournal) throws -> Void
  let work: @Sendable (FaultRun) -> Void

  var testDescription: String { name }

  init(
    _ name: String, on prepare: @escaping @Sendable (TestJournal) throws -> Void = begun,
    _ work: @escaping @Sendable (FaultRun) -> Void
  ) {
    self.name = name
    self.prepare = prepare
    self.work = work
  }

  // MARK: What is there before

  @Sendable static func nothing(_ journal: TestJournal) {}

  @Sendable static func begun(_ journal: TestJournal) throws {
    try journal.writer().append(Tally.Event("before"))
  }

  /// A torn line, a lost race, and the beginning of a line.
  @Sendable static func debris(_ journal: TestJournal) throws {
    var lines = RawLines()
    lines.open(journal.name.text)
    lines.add(tag: "before")
    lines.put(#"{"seq":3,"time"#)
    lines.put(RawLines.line(seq: 2, prev: lines.head.hash, nonce: 7, data: #"{"tag":"lost"}"#))
    lines.putRaw(#"{"seq":3"#)
    journal.put(lines)
  }

  /// Sealed, and the next segment not begun.
  @Sendable static func sealed(_ journal: TestJournal) throws {
    try journal.writer(options: rotating).append(Tally.Event("before"))
  }

  static let rotating = WriteOptions(segmentLimit: 1)

  // MARK: What is done

  static let writing = [
    FaultWorkload("begin a journal", on: nothing) { run in
      run.open()
      run.append("a")
    },
    FaultWorkload("open a journal") { $0.open() },
    FaultWorkload("append") { run in
      run.open()
      run.append("a")
    },
    FaultWorkload("append several times") { run in
      run.open()
      for tag in ["a", "b", "c"] { run.append(tag) }
    },
    FaultWorkload("append behind debris", on: debris) { run in
      run.open()
      run.append("a")
    },
    FaultWorkload("append behind a seal", on: sealed) { run in
      run.open()
      run.append("a")
    },
    FaultWorkload("append from segment to segment") { run in
      run.open(rotating)
      for tag in ["a", "b", "c"] { run.append(tag) }
    },
    FaultWorkload("append, with a snapshot each time") { run in
      run.open(WriteOptions(snapshots: .every(1)))
      for tag in ["a", "b"] { run.append(tag) }
    },
    FaultWorkload("compact", on: twoSegments) { run in
      run.open()
      run.compact()
      run.append("a")
      run.compact()
    },
    FaultWorkload("prune", on: twoSegments) { run in
      run.open()
      run.compact()
      run.compact(pruneBefore: .seq(5))
    },
    FaultWorkload("append beside another") { run in
      run.open()
      let other = try? run.journal.writer()
      var turns = 0
      run.system.onOperation = { operation in
        guard operation.kind == .append, turns < 2 else { return }
        turns += 1
        _ = try? other?.append(Tally.Event("other \(turns)"))
      }
      for tag in ["a", "b"] { run.append(tag) }
      run.system.onOperation = nil
    },
  ]

  static let reading = [
    FaultWorkload("read the entries", on: twoSegments) { run in
      run.find { reader in
        var seqs: [Int64] = []
        try reader.forEach { entry in
          seqs.append(entry.seq)
          return true
        }
        return "\(seqs)"
      }
    },
    FaultWorkload("ask for the head", on: twoSegments) { run in
      run.find { "\(try $0.head())" }
    },
    FaultWorkload("replay", on: twoSegments) { run in
      run.find { reader in
        let replay = try reader.replay(Tally.self)
        return "\(replay.state.tags) \(replay.head) \(replay.damage?.cause ?? "sound")"
      }
    },
    FaultWorkload("ask for the state", on: snapshotted) { run in
      run.find { reader in
        let state = try reader.state(Tally.self)
        return "\(state.state.tags) \(state.head)"
      }
    },
    FaultWorkload("replay behind debris", on: debris) { run in
      run.find { "\(try $0.replay(Tally.self).state.tags)" }
    },
    FaultWorkload("verify", on: twoSegments) { run in
      run.find { reader in
        let verification = try reader.verify()
        return "\(verification.head) \(verification.entries) \(verification.findings)"
      }
    },
  ]

  @Sendable static func snapshotted(_ journal: TestJournal) throws {
    try twoSegments(journal)
    let writer = try journal.writer()
    try writer.compact()
    try writer.append(Tally.Event("after"))
  }

  @Sendable static func twoSegments(_ journal: TestJournal) throws {
    let writer = try journal.writer(options: rotating)
    for tag in ["before", "second"] { try writer.append(Tally.Event(tag)) }
  }
}
