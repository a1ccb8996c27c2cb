extension IdempotencyKeys {
  /// Whether a snapshot remembers these very keys and what they stand on, but for those that it leaves
  /// to tables, and for what snapshots of earlier versions did not keep.
  ///
  /// - Parameter repeated: keys that a later line carries too, as only another implementation writes
  ///   it. Who has them in tables gives them a number for each line: they are not compared.
  func agree(with snapshot: IdempotencyKeys, but repeated: Set<JSONKey> = []) -> Bool {
    func compared(_ keys: IdempotencyKeys) -> [(key: String, record: Record)] {
      let all = keys.inOrder
      return repeated.isEmpty ? all : all.filter { !repeated.contains(JSONKey(text: $0.key)) }
    }
    let (own, others) = (compared(self), compared(snapshot))
    let areCounted = areNumbered && snapshot.areNumbered && repeated.isEmpty
    if areCounted, snapshot.end != end { return false }
    if snapshot.settledCount == 0, others.count != own.count { return false }
    return others.count <= own.count
      && zip(own.suffix(others.count), others).allSatisfy { own, other in
        own.key.isExactly(other.key) && own.record.agrees(with: other.record)
      }
  }
}

extension IdempotencyKeys.Record {
  fileprivate func agrees(with other: Self) -> Bool {
    guard first == other.first, last == other.last, type.isExactly(other.type),
      subject.map({ JSONKey(text: $0) }) == other.subject.map({ JSONKey(text: $0) })
    else { return false }
    guard let line, let others = other.line else { return true }
    return line == others
  }
}
