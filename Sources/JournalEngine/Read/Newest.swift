/// The last elements of a sequence, in their order.
package struct Newest<Element> {
  private let limit: Int?
  private var ring: [Element] = []
  private var next = 0

  /// - Parameter limit: how many are kept; nil for all.
  package init(_ limit: Int?) { self.limit = limit }

  /// Whether there are as many as are kept.
  package var isFull: Bool { ring.count == limit }

  package mutating func append(_ element: Element) {
    guard let limit, isFull else { return ring.append(element) }
    guard limit > 0 else { return }
    ring[next] = element
    next = (next + 1) % limit
  }

  package var elements: [Element] { Array(ring[next...] + ring[..<next]) }
}
