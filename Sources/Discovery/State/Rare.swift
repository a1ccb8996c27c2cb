/// What few values have: kept elsewhere, so that the many that do not have it are small, and cheap to
/// copy.
struct Rare<Value: Sendable & Hashable>: Sendable, Hashable {
  private final class Box: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  private var box: Box?

  /// nil where there is nothing.
  var value: Value? {
    get { box?.value }
    set { box = newValue.map(Box.init) }
  }

  static func == (a: Rare, b: Rare) -> Bool { a.box === b.box || a.value == b.value }

  func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
