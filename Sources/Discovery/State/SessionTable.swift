import JournalEngine

/// All sessions of a profile, in the order of their starts, and found by their ids.
///
/// A state is copied before each append. Copies share their storage but for the path that one of
/// them changes, so that a change costs about the same with ten sessions and with a million.
struct SessionTable: Sendable {
  private var rows = SharedArray<Session>()
  private var index = SharedIndex()

  var count: Int { rows.count }

  /// The session of an id. Cost: constant.
  subscript(_ id: String) -> Session? {
    place(of: id).map { rows[$0] }
  }

  /// Cost: constant.
  func contains(_ id: String) -> Bool { place(of: id) != nil }

  /// The tracks of the session that was started last. Cost: constant.
  var newestTracks: [String] { rows.count > 0 ? rows[rows.count - 1].tracks : [] }

  mutating func append(_ session: consuming Session) {
    let hash = Self.hash(session.id)
    if !index.add(hash, place: rows.count) {
      index = SharedIndex(oldestFirst.map { Self.hash($0.id) } + [hash])
    }
    rows.append(session)
  }

  /// Changes a session in place; false where there is none of that id.
  mutating func update(
    _ id: String, _ change: (inout Session) throws -> Void
  ) rethrows -> Bool {
    guard let place = place(of: id) else { return false }
    try rows.change(place, change)
    return true
  }

  /// - Parameter place: in the order of the starts, from 0 to ``count`` − 1.
  subscript(place place: Int) -> Session {
    _read { yield rows[place] }
  }

  /// A table without the sessions that were started first.
  func dropFirst(_ number: Int) -> SessionTable {
    var rest = SessionTable()
    for place in number..<count { rest.append(rows[place]) }
    return rest
  }

  /// The sessions in the order of their starts.
  var oldestFirst: some Sequence<Session> { (0..<count).lazy.map { rows[$0] } }

  /// The sessions, the one that was started last at first.
  var newestFirst: some Sequence<Session> { (0..<count).reversed().lazy.map { rows[$0] } }

  private func place(of id: String) -> Int? {
    // Most of what is asked for is the session that runs.
    let last = rows.count - 1
    if last >= 0, rows[last].id.isExactly(id) { return last }
    return index.first(Self.hash(id)) { $0 < rows.count && rows[$0].id.isExactly(id) }
  }

  /// What every hash begins with: another in each process, so that nobody can record sessions which
  /// all have one hash.
  private static let seed = UInt64(bitPattern: Int64(Hasher().finalize()))

  /// Eight bytes at a time, each multiplied in.
  private static func hash(_ id: String) -> UInt32 {
    unsafe id.utf8.span.withUnsafeBytes { bytes in
      let count = bytes.count
      var hash = seed ^ UInt64(count) &* 0x9E37_79B9_7F4A_7C15
      func mix(_ word: UInt64) {
        let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        hash = product.high ^ product.low
      }
      func word(_ index: Int) -> UInt64 {
        unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      }
      if count >= 8 {
        var index = 0
        while index + 8 < count {
          mix(word(index))
          index += 8
        }
        // The last eight, some of them again.
        mix(word(count - 8))
      } else {
        mix(unsafe bytes.reversed().reduce(0) { $0 &<< 8 | UInt64($1) })
      }
      return UInt32(truncatingIfNeeded: hash ^ hash &>> 32)
    }
  }
}

extension SessionTable: Hashable {
  static func == (a: SessionTable, b: SessionTable) -> Bool { a.rows == b.rows }

  func hash(into hasher: inout Hasher) { hasher.combine(rows) }
}
