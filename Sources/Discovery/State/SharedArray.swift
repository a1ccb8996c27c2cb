/// An array whose copies share what they do not change: a tree of small arrays, and the newest
/// elements beside it, which are what changes most.
///
/// A change among the newest in a copy that is shared copies these few; any other copies one array on
/// each of four levels, together a few hundred references at most for a million elements.
struct SharedArray<Element: Sendable & Hashable>: Sendable, Hashable {
  // A leaf holds elements, which are dear to copy; a branch holds references.
  private static var leaf: Int { 8 }
  private static var branch: Int { 64 }

  /// Leaves that are full.
  private var blocks: [[[[Element]]]] = []
  /// The leaf that is filled: empty only where there is no element at all.
  private var newest: [Element] = []
  /// How many are in full leaves.
  private var settled = 0

  var count: Int { settled + newest.count }

  /// - Parameter place: from 0 to ``count`` − 1.
  subscript(_ place: Int) -> Element {
    // Lent, not copied: an element has many parts that a copy would retain.
    _read {
      let path = Path(place)
      let leaf = place >= settled ? newest : blocks[path.a][path.b][path.c]
      yield leaf[path.d]
    }
  }

  /// Changes an element in place.
  mutating func change(_ place: Int, _ body: (inout Element) throws -> Void) rethrows {
    if place >= settled {
      try body(&newest[place - settled])
    } else {
      let path = Path(place)
      try body(&blocks[path.a][path.b][path.c][path.d])
    }
  }

  mutating func append(_ element: consuming Element) {
    if newest.count == Self.leaf { settle() }
    if newest.isEmpty { newest.reserveCapacity(Self.leaf) }
    newest.append(element)
  }

  private mutating func settle() {
    let path = Path(settled)
    if path.a == blocks.count { blocks.append([]) }
    if path.b == blocks[path.a].count { blocks[path.a].append([]) }
    blocks[path.a][path.b].append(newest)
    settled += newest.count
    newest = []
  }

  private struct Path {
    let a: Int
    let b: Int
    let c: Int
    let d: Int

    init(_ place: Int) {
      d = place % leaf
      c = place / leaf % branch
      b = place / leaf / branch % branch
      a = place / leaf / branch / branch
    }
  }
}
