/// All sessions of a profile, in the order of their starts.
///
/// Copies share their storage but for the parts that one of them changes: rows stand in blocks and
/// the index in shards, so that keeping the state before an append is cheap however many sessions
/// there are.
struct SessionTable: Sendable, Hashable {
  private static let blockSize = 64
  private static let shardCount = 256

  private var blocks: [[Session]] = []
  private var shards: [[String: Int]] = []
  private(set) var count = 0

  /// The session of an id. Cost: constant.
  subscript(_ id: String) -> Session? {
    place(of: id).map { self[$0] }
  }

  /// The session that was started as the `place`th.
  subscript(_ place: Int) -> Session {
    blocks[place / Self.blockSize][place % Self.blockSize]
  }

  mutating func append(_ session: Session) {
    if count % Self.blockSize == 0 {
      var block: [Session] = []
      block.reserveCapacity(Self.blockSize)
      blocks.append(block)
    }
    blocks[blocks.count - 1].append(session)
    if shards.isEmpty { shards = Array(repeating: [:], count: Self.shardCount) }
    shards[Self.shard(of: session.id)][session.id] = count
    count += 1
  }

  /// Changes a session in place; false where there is none of that id.
  mutating func update(_ id: String, _ change: (inout Session) -> Void) -> Bool {
    guard let place = place(of: id) else { return false }
    change(&blocks[place / Self.blockSize][place % Self.blockSize])
    return true
  }

  /// The sessions in the order of their starts.
  var oldestFirst: some Sequence<Session> { blocks.lazy.joined() }

  /// The sessions, the one that was started last at first.
  var newestFirst: some Sequence<Session> { blocks.lazy.reversed().lazy.flatMap { $0.reversed() } }

  private func place(of id: String) -> Int? {
    shards.isEmpty ? nil : shards[Self.shard(of: id)][id]
  }

  /// FNV-1a: the same in every process, so that a state's shape does not depend on a seed.
  private static func shard(of id: String) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in id.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int((hash ^ hash >> 16) % UInt32(shardCount))
  }
}
