import JournalEngine

/// All sessions of a profile, in the order of their starts, and found by their ids.
///
/// A state is copied before each append. Copies share their storage but for the path that one of
/// them changes, so that a change costs about the same with ten sessions and with a million.
struct SessionTable: Sendable, Hashable {
  private var rows = SharedArray<Session>()
  private var index = SharedIndex()

  var count: Int { rows.count }

  /// The session of an id. Cost: constant.
  subscript(_ id: String) -> Session? {
    place(of: id).map { rows[$0] }
  }

  mutating func append(_ session: Session) {
    index.add(Self.hash(session.id), place: rows.count)
    rows.append(session)
  }

  /// Changes a session in place; false where there is none of that id.
  mutating func update(
    _ id: String, _ change: (inout Session) throws -> Void
  ) rethrows -> Bool {
    guard let place = place(of: id) else { return false }
    try change(&rows[place])
    return true
  }

  /// The sessions in the order of their starts.
  var oldestFirst: some Sequence<Session> { (0..<count).lazy.map { rows[$0] } }

  /// The sessions, the one that was started last at first.
  var newestFirst: some Sequence<Session> { (0..<count).reversed().lazy.map { rows[$0] } }

  private func place(of id: String) -> Int? {
    index.first(Self.hash(id)) { rows[$0].id.isExactly(id) }
  }

  /// FNV-1a: the same in every process, so that a state's shape does not depend on a seed.
  private static func hash(_ id: String) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in id.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return hash ^ hash >> 15
  }
}
