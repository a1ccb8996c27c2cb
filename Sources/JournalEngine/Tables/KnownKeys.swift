internal import Synchronization

/// The keys of a journal's tables, as far as they were read: what is known of some tables holds for
/// those that take their place too, and is shared with them.
///
/// Memory: two bytes for each record, six at most, and 8 KiB at least.
final class KnownKeys: Sendable {
  private struct State {
    var filter: KeyFilter
    /// Who looks up one id and no more need not read all keys for it.
    var looksToCome = 1
    var isBeingRead = false
  }

  /// The number of the first record.
  let first: Int
  private let state: Mutex<State>

  init(from first: Int) {
    self.first = first
    state = Mutex(State(filter: KeyFilter(from: first)))
  }

  /// Where the records of a key can be among those of some tables.
  func records(with hash: UInt64, in tables: [TableName]) -> [Range<Int>] {
    let (found, known) = state.withLock { ($0.filter.records(with: hash), $0.filter.end) }
    guard let end = tables.last?.end, end > known else { return found }
    return found + [known..<end]
  }

  /// The table whose keys are to be read next, by its place; nil where somebody does that just now, or
  /// it is not worth it yet. One a look, so that none takes long. Whoever is told one reads it and then
  /// calls ``endReading(_:_:)``.
  ///
  /// - Parameter oldest: the first record that is wanted.
  func beginReading(_ tables: [TableName], from oldest: Int = 0) -> Int? {
    state.withLock { state in
      guard state.looksToCome == 0 else {
        state.looksToCome -= 1
        return nil
      }
      guard !state.isBeingRead else { return nil }
      let next = tables.firstIndex { $0.end > max(state.filter.end, oldest) }
      state.isBeingRead = next != nil
      return next
    }
  }

  /// - Parameter keys: nil where they could not be read: whoever looks there will be told why.
  func endReading(_ table: TableName, _ keys: [TableKey]?) {
    state.withLock { state in
      state.isBeingRead = false
      guard let keys else {
        state.looksToCome = 1000
        return
      }
      state.filter.add(keys, from: table.first, to: table.end)
    }
  }
}
