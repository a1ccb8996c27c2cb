/// What the tables of a journal are of: the records that a projection's state leaves out, or the
/// idempotency keys that its snapshots do.
struct TableKind: Sendable, Hashable {
  let projector: String
  let version: Int
  let areKeys: Bool

  /// The final records of a projection.
  static func records<P: Projection>(of type: P.Type) -> TableKind {
    TableKind(projector: P.name, version: P.version, areKeys: false)
  }

  /// The idempotency keys.
  static func keys<P: Projection>(of type: P.Type) -> TableKind {
    TableKind(projector: P.name + TableName.keysSuffix, version: P.version, areKeys: true)
  }
}

extension JournalListing {
  func tables(of kind: TableKind) -> [TableName] {
    tables.filter { $0.projector == kind.projector && $0.version == kind.version }
  }

  /// The tables of a kind that a snapshot needs; nil where they are not there.
  func cover(of snapshot: Snapshot, _ kind: TableKind) -> [TableName]? {
    TableCover.exact(
      tables(of: kind), from: snapshot.oldest(of: kind), count: snapshot.count(of: kind),
      last: snapshot.head.seq, without: snapshot.givenUp)
  }

  /// All tables that a snapshot needs; nil where they are not there.
  func cover<P: Projection>(of snapshot: Snapshot, _ type: P.Type) -> [TableName]? {
    guard let records = cover(of: snapshot, .records(of: P.self)),
      let keys = cover(of: snapshot, .keys(of: P.self))
    else { return nil }
    return records + keys
  }
}

extension Snapshot {
  /// The first record of a kind that is wanted.
  func oldest(of kind: TableKind) -> Int { kind.areKeys ? keys.oldest : 0 }

  /// Up to which number records of a kind stand in tables.
  func count(of kind: TableKind) -> Int { kind.areKeys ? keys.settledCount : settled }
}
