internal import Foundation
package import JournalEngine

/// Processes that work on one journal at the same time, and what must be true in the end.
package struct Race: Sendable {
  package let name: String
  private let prepare: @Sendable (TestJournal) throws -> Void
  private let processes: [ScheduledProcess]
  /// What calls may fail with.
  private let mayFail: Set<String>

  /// The tags of what may show although no process of the race asks for it.
  private let asked: [String]

  package init(
    _ name: String, _ processes: [ScheduledProcess], mayFail: [JournalError.Code] = [],
    asked: [String] = [], prepare: @escaping @Sendable (TestJournal) throws -> Void = { _ in }
  ) {
    self.name = name
    self.processes = processes
    self.mayFail = Set(mayFail.map(\.description))
    self.asked = asked
    self.prepare = prepare
  }

  /// Tries so many schedules, those that interrupt least first.
  ///
  /// `DAYBOOK_SCHEDULES` says how many; `DAYBOOK_SCHEDULE` is the one to try.
  package func search(_ count: Int) async throws {
    if let text = Self.environment("DAYBOOK_SCHEDULE"), let schedule = Schedule(text) {
      _ = try await run(FollowedSchedule(schedule), seed: 1)
      return
    }
    let count = Self.count(count)
    var search = PreemptionSearch()
    var tried = 0
    while tried < count, let prefix = search.next() {
      let run = try await run(FollowedSchedule(prefix), seed: 1)
      search.learn(from: run, begunWith: prefix)
      tried += 1
    }
    let whole = search.isExhausted ? "all" : "all with fewer than \(search.bound) interruptions"
    Self.tell("\(name): \(tried) schedules, \(whole)")
  }

  /// How many schedules are tried: `DAYBOOK_SCHEDULES`, or what is given.
  package static func count(_ count: Int) -> Int {
    environment("DAYBOOK_SCHEDULES").flatMap(Int.init) ?? count
  }

  /// Tries a schedule of random priorities.
  package func sample(
    seed: UInt64, interruptions: Int, length: Int
  ) async throws {
    let policy = PriorityPolicy(
      seed: seed, count: processes.count, interruptions: interruptions, length: length)
    _ = try await run(policy, seed: seed)
  }

  private func run(_ policy: any SchedulingPolicy, seed: UInt64) async throws -> ScheduledRun {
    let journal = try TestJournal(seed: seed)
    try prepare(journal)
    let history = History()
    let before = try Self.lines(of: journal)
    let run = await Scheduler.run(
      policy,
      processes.map { process in
        { turn in process.run(on: journal, turn, history: history) }
      })
    do {
      try Violation.unless(!run.isEndless, "it does not end")
      try check(journal, history.calls, before: before)
    } catch {
      let calls = history.calls.map { "\n  \($0)" }.joined()
      Self.tell("\(name): failed; DAYBOOK_SCHEDULE='\(run.schedule)'\(calls)")
      throw Violation("\(name): \(error) (schedule \(run.schedule))")
    }
    return run
  }

  private func check(
    _ journal: TestJournal, _ calls: [Call], before: [Linearizability.Line]
  ) throws {
    for case .failed(let code) in calls.map(\.answer) {
      try Violation.unless(mayFail.contains(code), "a call failed: \(code)")
    }
    let there = Call(
      what: "before", tags: before.compactMap(\.tag) + asked, began: -1, ended: 0,
      answer: .unknown("-"))
    let lines = try Self.lines(of: journal)
    try Violation.unless(
      lines.prefix(before.count).map(\.hash) == before.map(\.hash), "history has changed")
    try Linearizability(lines).check(calls + [there])
  }

  /// What a last reader finds.
  private static func lines(of journal: TestJournal) throws -> [Linearizability.Line] {
    guard !journal.disk.paths.isEmpty else { return [] }
    var lines: [Linearizability.Line] = []
    let damage = try journal.reader().forEachLine { line in
      switch line {
      case .entry(let entry): lines.append(try Linearizability.Line(entry, in: journal))
      case .void(let line, _):
        try Violation.unless(line.kind == .lostRace, "a void line that is \(line.kind.rawValue)")
      }
      return true
    }
    if let damage { throw damage.error }
    return lines
  }

  private static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name]
  }

  private static func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }
}

extension Linearizability.Line {
  fileprivate init(_ entry: Entry, in journal: TestJournal) throws {
    self.init(
      tag: entry.isType(Tally.type) ? try entry.object()["tag"]?.string : nil, id: entry.id,
      hash: entry.hash, endsGroup: !entry.more, file: journal.path(entry.place.segment),
      end: Int(entry.place.offset) + entry.place.length + 1)
  }
}
