/// The members of a JSON object: unique names, in the order they were written.
///
/// Equality and hash ignore the order, as JSON does. Names are compared by their exact code points.
public struct JSONObject: Sendable, Sequence {
  /// One member.
  public typealias Element = (name: String, value: JSON)

  /// Up to this many members a search from the front is as fast as a hash table, for no memory.
  private static let unindexed = 16

  private var members: [Element] = []
  /// Where each name stands in `members`; nil as long as there are few.
  private var places: [JSONKey: Int]?

  /// Makes an object without members.
  public init() {}

  /// Makes an object of members in order; of members with one name the first place and the last
  /// value count.
  ///
  /// Cost: linear in the number of members.
  public init(_ members: some Sequence<(String, JSON)>) {
    for (name, value) in members { self[name] = value }
  }

  /// The number of members.
  public var count: Int { members.count }

  /// The number of members, known without walking them.
  public var underestimatedCount: Int { members.count }

  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The names of the members, in order.
  public var names: [String] { members.map(\.name) }

  /// The members, in order.
  public func makeIterator() -> IndexingIterator<[Element]> { members.makeIterator() }

  /// The value of the member of a name, or nil where there is none.
  ///
  /// Setting replaces the value in place or appends a member; setting nil (not `JSON.null`) removes
  /// the member. Cost: constant for reading, replacing and appending; linear for removing.
  public subscript(_ name: String) -> JSON? {
    get {
      place(of: name).map { members[$0].value }
    }
    set {
      switch (place(of: name), newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): remove(at: place)
      case (nil, let value?): append(name, value)
      case (nil, nil): break
      }
    }
  }

  /// Removes the members of these names, where there are such.
  ///
  /// Cost: linear in the number of all members and of the names.
  public mutating func remove(_ names: some Collection<String>) {
    guard names.contains(where: contains(name:)) else { return }
    let names = Set(names.map(JSONKey.init(text:)))
    members.removeAll { names.contains(JSONKey(text: $0.name)) }
    if members.count > Self.unindexed { index() } else { places = nil }
  }

  /// Whether there is a member of this name.
  func contains(name: String) -> Bool { place(of: name) != nil }

  private func place(of name: String) -> Int? {
    if let places { return places[JSONKey(text: name)] }
    // By place, so that no member is copied to be looked at.
    for place in members.indices where members[place].name.isExactly(name) { return place }
    return nil
  }

  /// Appends a member whose name the caller has found to be free.
  ///
  /// Cost: constant, on average.
  mutating func append(_ name: String, _ value: JSON) {
    members.append((name: name, value: value))
    if places != nil {
      places?[JSONKey(text: name)] = members.count - 1
    } else if members.count > Self.unindexed {
      index()
    }
  }

  private mutating func remove(at place: Int) {
    let name = members.remove(at: place).name
    guard places != nil else { return }
    if members.count <= Self.unindexed {
      places = nil
    } else if place == members.count {
      places?[JSONKey(text: name)] = nil
    } else {
      index()
    }
  }

  private mutating func index() {
    var places: [JSONKey: Int] = [:]
    places.reserveCapacity(members.count)
    for (place, member) in members.enumerated() { places[JSONKey(text: member.name)] = place }
    self.places = places
  }
}

extension JSONObject: Hashable {
  /// Whether two objects have the same members, in whatever order.
  ///
  /// Cost: linear in the size of the objects.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    guard left.count == right.count else { return false }
    // Names are unique, so with equal counts one direction is enough.
    return left.members.allSatisfy { member in right[member.name] == .some(member.value) }
  }

  /// Feeds the members to a hasher so that their order does not matter.
  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for member in members {
      var one = Hasher()
      one.combine(JSONKey(text: member.name))
      one.combine(member.value)
      sum &+= one.finalize()
    }
    hasher.combine(members.count)
    hasher.combine(sum)
  }
}
