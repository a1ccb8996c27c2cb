/// An array whose copies share what they do not change: a tree of small arrays, four levels deep.
///
/// A change in a copy that is shared copies one array on each level, together a few hundred
/// references at most for a million elements.
struct SharedArray<Element: Sendable & Hashable>: Sendable, Hashable {
  // A leaf holds elements, which are dear to copy; a branch holds references.
  private static var leaf: Int { 16 }
  private static var branch: Int { 64 }

  private var blocks: [[[[Element]]]] = []
  private(set) var count = 0

  /// - Parameter place: from 0 to ``count`` − 1.
  subscript(_ place: Int) -> Element {
    // Lent, not copied: an element has many parts that a copy would retain.
    _read {
      let path = Path(place)
      yield blocks[path.a][path.b][path.c][path.d]
    }
    _modify {
      let path = Path(place)
      yield &blocks[path.a][path.b][path.c][path.d]
    }
  }

  mutating func append(_ element: consuming Element) {
    let path = Path(count)
    if path.a == blocks.count { blocks.append([]) }
    if path.b == blocks[path.a].count { blocks[path.a].append([]) }
    if path.c == blocks[path.a][path.b].count {
      var leaf: [Element] = []
      leaf.reserveCapacity(Self.leaf)
      blocks[path.a][path.b].append(leaf)
    }
    blocks[path.a][path.b][path.c].append(element)
    count += 1
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
