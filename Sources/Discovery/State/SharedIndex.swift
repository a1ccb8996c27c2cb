internal import Synchronization

/// From a hash to the places that have it.
///
/// Copies share one table, and go on sharing it when they change: a copy costs nothing, and neither
/// does a change after it. So a place may be of another copy, or of one that was thrown away; whoever
/// looks it up sees by what stands there that it is not the one.
struct SharedIndex: Sendable {
  private final class Table: Sendable {
    let slots: Mutex<Slots>

    init(_ slots: consuming Slots) { self.slots = Mutex(slots) }
  }

  private let table: Table

  /// - Parameter hashes: of the places from 0 on.
  init(_ hashes: some Sequence<UInt32> = []) {
    var slots = Slots()
    for (place, hash) in hashes.enumerated() { slots.add(hash, Int32(clamping: place)) }
    table = Table(slots)
  }

  /// The first place of a hash which a predicate takes. It must not come back to the index.
  ///
  /// Cost: constant.
  func first(_ hash: UInt32, where isWanted: (Int) -> Bool) -> Int? {
    table.slots.withLock { $0.first(hash, where: isWanted) }
  }

  /// - Parameter place: how many were added before.
  /// - Returns: false where most of the table is of no use to this copy. Nothing was added then, and an
  ///   index of its own serves it better.
  ///
  /// Cost: constant, on average; but a copy that makes an index of its own and is thrown away has made
  /// it for nothing.
  func add(_ hash: UInt32, place: Int) -> Bool {
    table.slots.withLock { slots in
      guard slots.count <= 2 * max(place, 64) else { return false }
      slots.add(hash, Int32(clamping: place))
      return true
    }
  }
}

/// A table of hashes and places: each stands in the first free slot from the one on that its hash
/// leads to.
private struct Slots: Sendable {
  private struct Slot {
    var hash: UInt32 = 0
    /// -1 where the slot is free.
    var place: Int32 = -1
  }

  private var slots: [Slot] = []
  private(set) var count = 0

  func first(_ hash: UInt32, where isWanted: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count &- 1
    var index = Int(hash) & mask
    // There is always a free one.
    while slots[index].place >= 0 {
      if slots[index].hash == hash, isWanted(Int(slots[index].place)) {
        return Int(slots[index].place)
      }
      index = (index &+ 1) & mask
    }
    return nil
  }

  mutating func add(_ hash: UInt32, _ place: Int32) {
    if count * 4 >= slots.count * 3 { grow() }
    put(Slot(hash: hash, place: place))
  }

  private mutating func put(_ slot: Slot) {
    let mask = slots.count &- 1
    var index = Int(slot.hash) & mask
    while slots[index].place >= 0 {
      // Another copy has added it.
      if slots[index].hash == slot.hash, slots[index].place == slot.place { return }
      index = (index &+ 1) & mask
    }
    slots[index] = slot
    count += 1
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: max(16, old.count * 2))
    count = 0
    for slot in old where slot.place >= 0 { put(slot) }
  }
}
