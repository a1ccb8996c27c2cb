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

  /// Cost: constant.
  func contains(_ id: String) -> Bool { place(of: id) != nil }

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

  /// The same in every process, so that a state's shape does not depend on a seed: eight bytes at a
  /// time, each multiplied in.
  private static func hash(_ id: String) -> UInt32 {
    var id = id
    return id.withUTF8 { text in
      let bytes = UnsafeRawBufferPointer(text)
      var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
      var index = 0
      while index < bytes.count {
        let rest = bytes.count - index
        var word: UInt64 = 0
        if rest >= 8 {
          word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
        } else {
          for place in 0..<rest {
            word |= UInt64(unsafe bytes[index + place]) &<< UInt64(place * 8)
          }
        }
        let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        hash = product.high ^ product.low
        index += 8
      }
      return UInt32(truncatingIfNeeded: hash ^ hash &>> 32)
    }
  }
}
