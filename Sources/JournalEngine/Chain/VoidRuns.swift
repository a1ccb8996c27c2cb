/// The newest void lines and the runs that they form, and what each line proves of the history
/// around it (Docs/Format.md, "Debris or damage").
struct VoidRuns: Sendable {
  private struct Run {
    let number: Int
    let kind: VoidKind
    /// The `seq` of the run's first line.
    let first: Int64
  }

  /// A run that a hash belongs to, and where in the ring the hash stands last.
  private struct Place {
    let run: Run
    let slot: Int
  }

  private var runs: [Digest: Place] = [:]
  /// The remembered hashes, the oldest at `next` once the ring is full.
  private var ring: [Digest] = []
  private var next = 0
  private var count = 0

  mutating func torn() -> VoidLine {
    count += 1
    return VoidLine(kind: .torn, run: count, seq: nil, lastBeyondDoubt: nil)
  }

  /// A line that a repair gave up: it proves nothing any more.
  mutating func giveUp(seq: Int64) -> VoidLine {
    count += 1
    return VoidLine(kind: .givenUp, run: count, seq: seq, lastBeyondDoubt: nil)
  }

  /// A line that begins a run.
  mutating func begin(_ kind: VoidKind, _ link: ChainState.Link, head: Int64) -> VoidLine {
    count += 1
    return add(link, to: Run(number: count, kind: kind, first: link.seq), head: head)
  }

  /// A line that chains on a remembered void one, or nil where it does not.
  mutating func join(_ link: ChainState.Link, prev: Digest, head: Int64) -> VoidLine? {
    guard let run = runs[prev]?.run else { return nil }
    return add(link, to: run, head: head)
  }

  private mutating func add(_ link: ChainState.Link, to run: Run, head: Int64) -> VoidLine {
    remember(link.hash, run)
    return VoidLine(
      kind: run.kind, run: run.number, seq: link.seq,
      lastBeyondDoubt: lastBeyondDoubt(run, durable: link.durable, head: head))
  }

  /// The table of the format, row by row; nil is debris.
  private func lastBeyondDoubt(_ run: Run, durable: Int64, head: Int64) -> Int64? {
    var limit: Int64?
    // Lines after the head were vouched for, and are not there.
    if durable > head { limit = head }
    // The line that the run was built on was vouched for, and what stands there is not it.
    if run.kind == .unchained, durable >= run.first - 1 { limit = min(head, run.first - 2) }
    // The run itself was vouched for: it was history once, and another took its place.
    if run.kind == .lostRace, durable >= run.first {
      limit = min(limit ?? head, run.first - 1)
    }
    return limit.map { max(0, $0) }
  }

  private mutating func remember(_ hash: Digest, _ run: Run) {
    let slot = next
    next = (next + 1) % LineFormat.rememberedVoid
    if ring.count < LineFormat.rememberedVoid {
      ring.append(hash)
    } else {
      // A line that came again since is remembered from then on.
      if runs[ring[slot]]?.slot == slot { runs[ring[slot]] = nil }
      ring[slot] = hash
    }
    runs[hash] = Place(run: run, slot: slot)
  }
}
