import JournalEngine
import JournalTestSupport

/// What must hold when the power is back.
enum Recovery {
  /// Opens, goes on, and reads all of it anew; and, where it is to be thorough, opens again before
  /// going on, and sees the two agree.
  ///
  /// - Returns: the head that was recovered, and what was done to check it, during which the power
  ///   may fail again.
  static func check(
    _ image: DiskImage, of origin: CrashRun, keeping promises: [Promise],
    lines: inout AttemptedLines, seed: UInt64, isThorough: Bool
  ) throws -> (head: Head, run: CrashRun) {
    let run = try CrashRun(on: image, options: origin.options, seed: seed)
    let first = try opened(run, "the first writer", isDamaged: origin.isDamaged)
    let head = first.journal.head
    try lines.add(run.disk.history.changes)
    try lines.check(first.journal.state, at: head, "the first writer")
    try check(promises, at: head, lines)
    for group in origin.groups {
      try Violation.unless(
        Set(group.map(first.journal.state.tags.contains)).count == 1, "of \(group) a part is there")
    }
    if isThorough, head != .none {
      let state = try run.reader.state(Chronicle.self)
      let replay = try run.reader.replay(Chronicle.self)
      try Violation.unless(
        state.head == head && state.state == first.journal.state && state.damage == nil,
        "from a snapshot the head is \(state.head.seq) and was \(head.seq)")
      try Violation.unless(
        replay.head == head && replay.state == first.journal.state && replay.damage == nil,
        "from the first line the head is \(replay.head.seq) and was \(head.seq)")
      let verification = try run.reader.verify(as: Chronicle.self)
      try Violation.unless(
        verification.isSound && verification.head == head,
        "verified, it is not sound: \(verification.findings)")
    }

    let second = isThorough ? try opened(run, "the second writer") : nil
    if let second {
      try Violation.unless(
        second.journal.head == head && second.journal.state == first.journal.state,
        "opened again, the head is \(second.journal.head.seq) and was \(head.seq)")
    }

    do {
      try first.append("after")
      for (key, tags) in origin.keyed.sorted(by: { $0.key < $1.key }) {
        let isThere = tags.allSatisfy(first.journal.state.tags.contains)
        let receipts = try first.commit([CrashWriter.Request(tags, key)])
        try Violation.unless(
          receipts.allSatisfy { $0.isRepeated == isThere },
          "\(tags) are there: \(isThere), and told to be the opposite")
      }
      try second?.refresh()
      if isThorough { try second?.compact() }
      if let failure = first.journal.compactionFailure { throw failure }
    } catch let error as JournalError {
      throw Violation("it does not go on: \(error)")
    }
    try lines.add(run.disk.history.changes)
    try lines.check(first.journal.state, at: first.journal.head, "the first writer, going on,")
    try Violation.unless(
      lines.contains(head, in: first.journal.head), "going on, what was recovered is lost")
    if let second {
      let left = run.disk.paths.filter { $0.hasSuffix(".tmp") }
      try Violation.unless(left.isEmpty, "a compaction has not cleared \(left)")
      try Violation.unless(
        second.journal.head == first.journal.head && second.journal.state == first.journal.state,
        "two writers do not agree")
    }

    let replay = try run.reader.replay(Chronicle.self)
    try Violation.unless(replay.damage == nil, "going on has left damage: \(replay.damage as Any)")
    try Violation.unless(
      replay.head == first.journal.head && replay.state == first.journal.state,
      "read anew, the head is \(replay.head.seq) and was \(first.journal.head.seq)")
    return (head, run)
  }

  static func check(_ promises: [Promise], at head: Head, _ lines: AttemptedLines) throws {
    for promise in promises where !lines.contains(promise.line, in: head) {
      throw Violation(
        "\(promise.what) rests on \(promise.line.seq), which is lost; the head is \(head.seq)")
    }
  }

  private static func opened(
    _ run: CrashRun, _ who: String, isDamaged: Bool = false
  ) throws -> CrashWriter {
    do {
      return try run.open()
    } catch {
      if isDamaged, (error as? JournalError)?.code == .damaged {
        try run.repair()
        return try opened(run, "after a repair, \(who)")
      }
      throw Violation("\(who) cannot open the journal: \(error)")
    }
  }
}
