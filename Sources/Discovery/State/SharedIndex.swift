/// From a hash to the places that have it, shared between copies like ``SharedArray``: a trie of
/// three levels over the hash's bits, with short lists at its ends.
struct SharedIndex: Sendable, Hashable {
  private static let width = 32

  private struct Item: Sendable, Hashable {
    let hash: UInt32
    let place: Int32
  }

  private var root: [[[[Item]]]] = []

  /// The places that were added with a hash, oldest first.
  func places(_ hash: UInt32) -> some Sequence<Int> {
    list(hash).lazy.filter { $0.hash == hash }.map { Int($0.place) }
  }

  mutating func add(_ hash: UInt32, place: Int) {
    let (a, b, c) = Self.path(hash)
    Self.open(&root)
    Self.open(&root[a])
    Self.open(&root[a][b])
    root[a][b][c].append(Item(hash: hash, place: Int32(clamping: place)))
  }

  private func list(_ hash: UInt32) -> [Item] {
    let (a, b, c) = Self.path(hash)
    guard !root.isEmpty, !root[a].isEmpty, !root[a][b].isEmpty else { return [] }
    return root[a][b][c]
  }

  private static func open<T>(_ list: inout [[T]]) {
    if list.isEmpty { list = Array(repeating: [], count: width) }
  }

  private static func path(_ hash: UInt32) -> (Int, Int, Int) {
    (Int(hash & 31), Int(hash >> 5 & 31), Int(hash >> 10 & 31))
  }
}
