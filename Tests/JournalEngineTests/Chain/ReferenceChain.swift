@testable import JournalEngine

/// The rules of the format once more, word by word and with no thought of speed: lists that are
/// searched from their ends.
struct ReferenceChain {
  struct Line {
    var seq: Int64
    var hash: Digest
    var prev: Digest
    var durable: Int64
    var more = false
    var isSeal = false
  }

  struct Void: Equatable {
    var kind: VoidKind
    var run: Int
    var lastBeyondDoubt: Int64?
  }

  enum Decision: Equatable {
    case accepted, pending
    case void(Void)
  }

  private struct Run {
    var number: Int
    var kind: VoidKind
    var first: Int64
  }

  private(set) var accepted: [(seq: Int64, hash: Digest)] = [(0, .zero)]
  private(set) var pending: [Line] = []
  private var voids: [(hash: Digest, run: Run)] = []
  private var runs = 0
  private var isSealed = false

  var head: (seq: Int64, hash: Digest) { accepted[accepted.count - 1] }

  /// Decides on a line, and on the pending ones that it makes void; nil is not well formed.
  mutating func step(_ line: Line?) -> (dropped: [Void], decision: Decision) {
    guard let line else {
      runs += 1
      return ([], .void(Void(kind: .torn, run: runs)))
    }
    if isSealed { return ([], .void(void(line))) }
    let (seq, hash) = pending.last.map { ($0.seq, $0.hash) } ?? head
    if line.prev == hash, line.seq == seq + 1 { return ([], extend(line)) }
    if line.prev == head.hash, line.seq == head.seq + 1 {
      let dropped = dropPending()
      return (dropped, extend(line))
    }
    return ([], .void(void(line)))
  }

  mutating func endSegment() -> [Void] {
    isSealed = false
    return dropPending()
  }

  private mutating func extend(_ line: Line) -> Decision {
    pending.append(line)
    if line.more { return .pending }
    for line in pending { accepted.append((line.seq, line.hash)) }
    pending = []
    isSealed = line.isSeal
    return .accepted
  }

  private mutating func dropPending() -> [Void] {
    let lines = pending
    pending = []
    return lines.map { void($0) }
  }

  private mutating func void(_ line: Line) -> Void {
    let run = run(of: line)
    voids.append((line.hash, run))
    return Void(kind: run.kind, run: run.number, lastBeyondDoubt: lastBeyondDoubt(line, run))
  }

  private mutating func run(of line: Line) -> Run {
    func begin(_ kind: VoidKind) -> Run {
      runs += 1
      return Run(number: runs, kind: kind, first: line.seq)
    }
    let remembered = accepted.suffix(4096)
    if remembered.contains(where: { $0.seq == line.seq - 1 && $0.hash == line.prev }) {
      return begin(.lostRace)
    }
    if let known = voids.suffix(8192).last(where: { $0.hash == line.prev }) { return known.run }
    if let oldest = remembered.first, line.seq - 1 < oldest.seq { return begin(.lostRace) }
    return begin(.unchained)
  }

  /// The smallest of what the rows of the table leave; nil where none applies.
  private func lastBeyondDoubt(_ line: Line, _ run: Run) -> Int64? {
    var left: [Int64] = []
    if line.durable > head.seq { left.append(head.seq) }
    if run.kind == .unchained, line.durable >= run.first - 1 {
      left += [head.seq, run.first - 2]
    }
    if run.kind == .lostRace, line.durable >= run.first { left += [head.seq, run.first - 1] }
    return left.min().map { max(0, $0) }
  }
}
