import JournalEngine
import JournalTestSupport

/// Every line that any writer ever tried to write, whether it was kept or not, and the history
/// that it claims: a journal may hold nothing else.
struct AttemptedLines {
  private struct Line {
    let more: Bool
    /// The history, this line last.
    let history: [Head]
    let tags: [String]
    /// The last line of the history that has a tag.
    let last: Head
  }

  private var lines: [Digest: Line] = [:]

  /// Takes the lines out of what was appended.
  mutating func add(_ changes: some Sequence<DiskChange>) throws {
    for case .append(let bytes, _) in changes {
      for piece in bytes.split(separator: 10) { try add(Array(piece)) }
    }
  }

  private mutating func add(_ bytes: [UInt8]) throws {
    guard let fields = bytes.withUnsafeBytes({ LineScanner.scan($0) }) else { return }
    let entry = Entry(
      line: bytes, fields: fields, hash: SHA256.digest(of: bytes),
      place: LinePlace(segment: 1, offset: 0, length: bytes.count))
    guard lines[entry.hash] == nil else { return }
    let before = lines[entry.prev]
    try Violation.unless(
      before != nil || entry.prev == .zero, "line \(entry.seq) was chained on what nobody wrote")
    let isRepair = entry.type == "journal.repaired"
    let next = (before?.history.last?.seq ?? 0) + 1
    try Violation.unless(
      isRepair ? entry.seq >= next : entry.seq == next, "line \(entry.seq) is misnumbered")
    let tag = entry.type == Chronicle.type ? entry.subject : nil
    lines[entry.hash] = Line(
      more: entry.more,
      history: (before?.history ?? []) + [Head(seq: entry.seq, hash: entry.hash)],
      tags: (before?.tags ?? []) + (tag.map { [$0] } ?? []),
      last: tag == nil ? before?.last ?? .none : Head(seq: entry.seq, hash: entry.hash))
  }

  /// The history up to a head must be one that somebody attempted, groups whole, and the state
  /// what it makes.
  func check(_ state: Chronicle, at head: Head, _ who: String) throws {
    guard head != .none else {
      try Violation.unless(state == Chronicle(), "\(who) has a state and no head")
      return
    }
    guard let line = lines[head.hash] else {
      throw Violation("\(who) stands at \(head.seq), a line that nobody wrote")
    }
    try Violation.unless(!line.more, "\(who) stands at \(head.seq), inside of an atomic group")
    try Violation.unless(line.history.last == head, "\(who) misnumbers its head")
    try Violation.unless(
      line.tags == state.tags && line.last == state.last,
      "\(who) has \(state.tags), and the lines say \(line.tags)")
  }

  /// Whether a line is part of the history up to a head.
  func contains(_ line: Head, in head: Head) -> Bool {
    guard line != .none else { return true }
    return lines[head.hash]?.history.contains(line) ?? false
  }
}
