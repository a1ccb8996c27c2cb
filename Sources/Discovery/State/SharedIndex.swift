/// From a hash to the places that have it, shared between copies like ``SharedArray``: a trie of
/// three levels over the hash's bits, with short lists at its ends.
struct SharedIndex: Sendable, Hashable {
  private static let width = 32

  private struct Item: Sendable, Hashable {
    let hash: UInt32
    let place: Int32
  }

  private var root: [[[[Item]]]] = []

  /// The first of the places that were added with a hash which a predicate takes.
  func first(_ hash: UInt32, where isWanted: (Int) -> Bool) -> Int? {
    let (a, b, c) = Self.path(hash)
    guard !root.isEmpty, !root[a].isEmpty, !root[a][b].isEmpty else { return nil }
    // By place, so that none of the lists is retained to be looked at.
    for index in root[a][b][c].indices where root[a][b][c][index].hash == hash {
      let place = Int(root[a][b][c][index].place)
      if isWanted(place) { return place }
    }
    return nil
  }

  mutating func add(_ hash: UInt32, place: Int) {
    let (a, b, c) = Self.path(hash)
    Self.open(&root)
    Self.open(&root[a])
    Self.open(&root[a][b])
    root[a][b][c].append(Item(hash: hash, place: Int32(clamping: place)))
  }

  private static func open<T>(_ list: inout [[T]]) {
    if list.isEmpty { list = Array(repeating: [], count: width) }
  }

  private static func path(_ hash: UInt32) -> (Int, Int, Int) {
    (Int(hash & 31), Int(hash >> 5 & 31), Int(hash >> 10 & 31))
  }
}
