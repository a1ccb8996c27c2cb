extension JournalReader {
  /// Recomputes every hash and checks every line, and that each snapshot is the state that its
  /// entries give.
  ///
  /// - Parameters:
  ///   - projection: whose snapshots are compared with a replay; of others only what they say of
  ///     the chain.
  ///   - expected: a head that was written down elsewhere. If the chain holds it, nothing up to it
  ///     was altered, reordered, added or removed.
  ///   - progress: called with the bytes that were read so far.
  /// - Throws: ``JournalError``: `notFound`, `newerFormat`, and what the system calls give. What
  ///   is found wrong is not thrown.
  ///
  /// Cost: one pass, as ``replay(_:until:progress:)``.
  public func verify<P: Projection>(
    as projection: P.Type, expecting expected: Head? = nil,
    progress: @escaping (Int64) -> Void = { _ in }
  ) throws(JournalError) -> Verification {
    try anew { folder, isFirst throws(JournalError) in
      let lines = Verifier(
        name, expected: expected, now: system.clock.now(), path: path, progress: progress)
      var visitor = try SnapshotVerifier<P>(lines, folder: folder, journal: name)
      let listing = try JournalListing(folder)
      let start = WalkStart(
        listing: listing, repairs: isFirst ? nil : try Repairs(listing, in: folder), head: .none,
        time: .earliest, place: nil, isSealed: false)
      let walk = JournalWalk(folder, name: name, clock: system.clock, from: start)
      try walk.advance(&visitor)
      try visitor.finish(walk)
      let found = visitor.lines
      let damage = [walk.damage, found.headDamage, visitor.damage].reduce(nil as Damage?) {
        worst, next in next?.worse(than: worst) ?? worst
      }
      return Verification(
        journal: name, head: walk.chain.head, time: found.time, entries: found.entries,
        bytes: found.bytes, findings: try found.findings.numbered(in: folder),
        counts: found.counts, damage: damage)
    }
  }

  /// The same without any state.
  public func verify(
    expecting expected: Head? = nil, progress: @escaping (Int64) -> Void = { _ in }
  ) throws(JournalError) -> Verification {
    try verify(as: NoState.self, expecting: expected, progress: progress)
  }
}

/// Knows no event.
private struct NoState: Projection {
  static let name = ""

  mutating func apply(_ event: RecordedEvent, from entry: Entry) {}
  static func encode(_ event: RecordedEvent) -> RecordedEvent { event }
  static func decode(_ recorded: RecordedEvent) -> RecordedEvent? { nil }
}
