/// Which lines count (Docs/Format.md, "Which lines count"): a value that takes one line after the
/// other and decides. It does no I/O and remembers a bounded number of hashes.
package struct ChainState: Sendable {
  /// The last accepted line.
  package private(set) var head = Head.none
  /// Its time.
  package private(set) var time = Timestamp.earliest
  /// Whether an accepted seal has closed this segment.
  package private(set) var isSealed = false
  /// The lines of the group that goes on, oldest first.
  package private(set) var pending: [Link] = []

  private var accepted = AcceptedHashes()
  private var void = VoidRuns()

  package init() {}

  /// Begins behind an entry that is known, with no memory of what stands before it.
  ///
  /// - Parameter isSealed: whether that entry closes its segment.
  package init(after head: Head, time: Timestamp, isSealed: Bool) {
    self.head = head
    self.time = time
    self.isSealed = isSealed
    accepted = AcceptedHashes(from: head)
  }

  /// One line's place in the chain.
  package struct Link: Sendable, Equatable {
    let seq: Int64
    let hash: Digest
    let durable: Int64
  }

  /// Takes the next line of the segment; `line` is nil where it is not well formed. When a line is
  /// accepted or void while a group was pending, ``pending`` has been emptied, and the caller does
  /// with those lines as it is told: `accepted` with it, or `voided`.
  package mutating func step(
    _ line: ScannedLine?, hash: Digest, voided: (VoidLine) -> Void
  ) -> LineDecision {
    guard let line else { return .void(void.torn()) }
    let link = Link(seq: line.seq, hash: hash, durable: line.durable)
    guard !isSealed else { return .void(classify(link, prev: line.prev)) }
    if let last = pending.last, line.prev == last.hash, line.seq == last.seq + 1 {
      return take(line, hash)
    }
    if line.prev == head.hash, line.seq == head.seq + 1 {
      dropPending(voided)
      return take(line, hash)
    }
    return .void(classify(link, prev: line.prev))
  }

  /// Takes a line that follows the one before it, as most do; nil where that is not so, or where it
  /// ends a segment, and ``step(_:hash:voided:)`` is to decide.
  @inline(__always)
  mutating func follow(_ line: ScannedLine, hash: Digest) -> LineDecision? {
    guard !isSealed, !line.isSeal else { return nil }
    if let last = pending.last {
      guard line.prev == last.hash, line.seq == last.seq + 1 else { return nil }
    } else {
      guard line.prev == head.hash, line.seq == head.seq + 1 else { return nil }
    }
    return take(line, hash)
  }

  /// Says that the segment ends here: a group that goes on never will.
  package mutating func endSegment(voided: (VoidLine) -> Void) {
    dropPending(voided)
    isSealed = false
  }

  /// Goes on behind an entry that does not follow the head: the last one of a segment that was
  /// dropped, or a repair.
  package mutating func goOn(
    after head: Head, time: Timestamp, voided: (VoidLine) -> Void
  ) {
    dropPending(voided)
    accepted = AcceptedHashes(from: head)
    self.head = head
    self.time = time
    isSealed = true
  }

  /// A line that a repair gave up.
  package mutating func giveUp(_ line: ScannedLine?) -> VoidLine {
    guard let line else { return void.torn() }
    return void.giveUp(seq: line.seq)
  }

  private mutating func take(_ line: ScannedLine, _ hash: Digest) -> LineDecision {
    if line.more {
      if pending.isEmpty { pending.reserveCapacity(16) }
      pending.append(Link(seq: line.seq, hash: hash, durable: line.durable))
      return .pending
    }
    if !pending.isEmpty {
      for link in pending { accept(link.seq, link.hash) }
      pending.removeAll(keepingCapacity: pending.count <= 4096)
    }
    accept(line.seq, hash)
    time = line.time
    isSealed = line.isSeal
    return .accepted
  }

  private mutating func accept(_ seq: Int64, _ hash: Digest) {
    accepted.append(hash, seq: seq)
    head = Head(seq: seq, hash: hash)
  }

  private mutating func dropPending(_ voided: (VoidLine) -> Void) {
    guard !pending.isEmpty else { return }
    var prev = head.hash
    for link in pending {
      voided(classify(link, prev: prev))
      prev = link.hash
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// The rules for a line that is well formed and does not extend the chain, in their order.
  private mutating func classify(_ link: Link, prev: Digest) -> VoidLine {
    if accepted.hash(of: link.seq - 1) == prev {
      return void.begin(.lostRace, link, head: head.seq)
    }
    if let line = void.join(link, prev: prev, head: head.seq) { return line }
    let isOld = link.seq - 1 < accepted.oldest
    return void.begin(isOld ? .lostRace : .unchained, link, head: head.seq)
  }
}
