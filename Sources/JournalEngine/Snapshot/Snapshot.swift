/// The state after an entry, as a projector made it. It can always be made anew from the journal,
/// unless what it was made of was dropped on request.
package struct Snapshot: Sendable {
  package let journal: JournalName
  /// The entry that it covers, the last one.
  package let head: Head
  /// That entry's time.
  package let time: Timestamp
  /// Where that entry stands.
  package let place: LinePlace
  package let projector: String
  package let version: Int
  /// The idempotency keys that are remembered there.
  package let keys: IdempotencyKeys
  package let state: JSON
  /// How many records the state leaves to tables.
  package let settled: Int
  /// The entries before it that repairs gave up.
  let givenUp: GivenUp
  /// The middle of their measures, where it is known.
  let middle: MiddleMeasures?
  /// SHA-256 of the state's canonical JSON.
  package let stateDigest: Digest

  init?<P: Projection>(
    of state: P, leaving records: SettledRecords? = nil, keys: IdempotencyKeys, head: Head,
    time: Timestamp, place: LinePlace, givenUp: GivenUp = GivenUp(), journal: JournalName
  ) throws {
    guard let json = try state.snapshot() else { return nil }
    self.journal = journal
    self.head = head
    self.time = time
    self.place = place
    projector = P.name
    version = P.version
    self.keys = keys
    self.state = json
    settled = state.settledCount
    self.givenUp = givenUp
    middle = records?.count == settled ? records?.middle : nil
    stateDigest = Digest(of: json.canonicalBytes())
  }

  /// Whether it leaves nothing to tables.
  var isWhole: Bool { settled == 0 && keys.settledCount == 0 }

  /// What a file of it is called; nil where the projector's name cannot stand in one.
  var name: SnapshotName? {
    SnapshotName(seq: head.seq, projector: projector, version: version)
  }
}

extension Projection {
  /// Whether a snapshot holds this very state, but for the records that it leaves to tables, and
  /// gives it back when it is read.
  func isState(of snapshot: Snapshot) -> Bool {
    func digest(_ state: Self) throws -> Digest? {
      try state.snapshot().map { Digest(of: $0.canonicalBytes()) }
    }
    do {
      let back = try Self(snapshot: snapshot.state, version: snapshot.version)
      var left = self
      if back.settledCount > settledCount {
        left.settle(SettledRecords(count: back.settledCount))
      }
      return try digest(left) == snapshot.stateDigest && digest(back) == snapshot.stateDigest
    } catch {
      return false
    }
  }
}
