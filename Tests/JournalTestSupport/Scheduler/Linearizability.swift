package import JournalEngine

/// Checks a history against the entries that were found in the end: there must be one order of the
/// calls, in which each takes effect at once, that explains every answer and that no two calls
/// contradict of which one had returned before the other began (Herlihy and Wing, TOPLAS '90).
///
/// The journal gives the order: an append takes effect where its entries stand, and who read up to
/// an entry read just after it. So no order has to be searched for.
package struct Linearizability {
  /// The entry at each number from 1 on, as far as the check needs it.
  package struct Line: Sendable {
    /// What was counted; nil for an entry of the engine.
    package let tag: String?
    package let id: String?
    package let hash: Digest
    /// Whether it is the last of its atomic group.
    package let endsGroup: Bool
    package let file: String
    /// Just behind its newline.
    package let end: Int

    package init(
      tag: String?, id: String? = nil, hash: Digest = .zero, endsGroup: Bool = true,
      file: String = "", end: Int = 0
    ) {
      self.tag = tag
      self.id = id
      self.hash = hash
      self.endsGroup = endsGroup
      self.file = file
      self.end = end
    }
  }

  private let lines: [Line]
  private let tags: [String]
  /// The number of each tag's entry.
  private let seqs: [Int64]

  package init(_ lines: [Line]) {
    self.lines = lines
    let counted = lines.indices.filter { lines[$0].tag != nil }
    tags = counted.compactMap { lines[$0].tag }
    seqs = counted.map { Int64($0) + 1 }
  }

  /// Where in the order of the journal a call took effect.
  private struct Effect {
    let call: Call
    let earliest: Int64
    let latest: Int64
    /// Whether it added entries: who returned before it began has not seen them.
    let adds: Bool
    /// Whether it may have taken effect after it returned.
    let mayBeLate: Bool
  }

  /// Throws what cannot be explained.
  package func check(_ calls: [Call]) throws {
    try Violation.unless(Set(tags).count == tags.count, "recorded twice: \(tags)")
    let ids = lines.compactMap(\.id)
    try Violation.unless(Set(ids).count == ids.count, "a key was used twice: \(ids)")
    let asked = Set(calls.flatMap(\.tags))
    try Violation.unless(tags.allSatisfy(asked.contains), "nobody asked for one of \(tags)")
    let effects = try calls.compactMap { call in
      let effect = try self.effect(of: call)
      try checkDurable(call, effect)
      return effect
    }
    for first in effects where !first.mayBeLate {
      for second in effects where first.call.ended < second.call.began {
        let isKept =
          second.adds ? first.earliest < second.latest : first.earliest <= second.latest
        try Violation.unless(isKept, "out of order: first (\(first.call)), then (\(second.call))")
      }
    }
  }

  /// Checks an answer by itself, and says where it has its place; nil where it has none.
  private func effect(of call: Call) throws -> Effect? {
    func exactly(_ seq: Int64, adds: Bool = false, mayBeLate: Bool = false) -> Effect {
      Effect(call: call, earliest: seq, latest: seq, adds: adds, mayBeLate: mayBeLate)
    }
    let found = call.tags.compactMap { tags.firstIndex(of: $0) }.map { seqs[$0] }
    switch call.answer {
    case .recorded(let range):
      try Violation.unless(found == Array(range), "\(found) are the numbers of (\(call))")
      try Violation.unless(line(range.upperBound)?.id == call.id, "not its key: \(call)")
      try checkGroup(range, call)
      return exactly(range.upperBound, adds: true)
    case .repeated(let range, let head):
      try Violation.unless(found.isEmpty, "recorded all the same: \(call)")
      try Violation.unless(
        call.id != nil && line(range.upperBound)?.id == call.id && range.upperBound <= head.seq,
        "its key is not there: \(call)")
      return exactly(head.seq)
    case .refused(let seen):
      try Violation.unless(found.isEmpty, "recorded all the same: \(call)")
      let count = try prefix(seen, call)
      try Violation.unless(
        count == 0 || line(seqs[count - 1])?.endsGroup == true, "half a group: \(call)")
      let next = count < seqs.count ? seqs[count] - 1 : Int64(lines.count)
      return Effect(
        call: call, earliest: count == 0 ? 0 : seqs[count - 1], latest: next, adds: false,
        mayBeLate: false)
    case .read(let seen, let head):
      let hash = head.seq == 0 ? Head.none.hash : line(head.seq)?.hash
      try Violation.unless(hash == head.hash, "not a head that ever was: \(call)")
      try Violation.unless(
        head.seq == 0 || line(head.seq)?.endsGroup == true, "half a group: \(call)")
      if let seen {
        let count = seqs.count { $0 <= head.seq }
        try Violation.unless(try prefix(seen, call) == count, "not the state at its head: \(call)")
      }
      return exactly(head.seq)
    case .failed:
      try Violation.unless(found.isEmpty, "recorded all the same: \(call)")
      return nil
    case .unknown:
      try Violation.unless(found.isEmpty || found.count == call.tags.count, "in part: \(call)")
      return found.last.map { exactly($0, adds: true, mayBeLate: true) }
    }
  }

  private func line(_ seq: Int64) -> Line? {
    seq >= 1 && seq <= lines.count ? lines[Int(seq) - 1] : nil
  }

  private func checkGroup(_ range: ClosedRange<Int64>, _ call: Call) throws {
    let isGroup = range.allSatisfy { line($0)?.endsGroup == ($0 == range.upperBound) }
    try Violation.unless(isGroup, "not one group: \(call)")
  }

  private func prefix(_ seen: [String], _ call: Call) throws -> Int {
    try Violation.unless(
      tags.starts(with: seen), "a state that never was, of \(tags): \(call)")
    return seen.count
  }

  /// What an answer rests on was durable when it was given.
  private func checkDurable(_ call: Call, _ effect: Effect?) throws {
    guard let durable = call.durable, let effect, let last = line(effect.earliest) else { return }
    try Violation.unless(
      last.end <= durable[last.file] ?? 0,
      "entry \(effect.earliest) was not durable when it was told: \(call)")
  }
}
