import JournalEngine

/// What a journal holds, read line by line, with no use of the domain's own rules.
struct ReadBack {
  private(set) var entries: [Entry] = []
  private(set) var void: [VoidKind: Int] = [:]
  /// The entries under each idempotency key.
  private(set) var keys: [String: [Int64]] = [:]
  let damage: Damage?

  init(_ reader: JournalReader) throws {
    var entries: [Entry] = []
    var void: [VoidKind: Int] = [:]
    damage = try reader.forEachLine { line in
      switch line {
      case .entry(let entry): entries.append(entry)
      case .void(let line, _): void[line.kind, default: 0] += 1
      }
      return true
    }
    self.entries = entries
    self.void = void
    for entry in entries {
      if let id = entry.id { keys[id, default: []].append(entry.seq) }
    }
  }

  subscript(_ seq: Int64) -> Entry? {
    guard seq >= 1, seq <= entries.count else { return nil }
    return entries[Int(seq) - 1]
  }

  /// The first place where `seq` is not one more, or `prev` not the hash before; nil where none is.
  var firstBreak: Int64? {
    var prev = Digest.zero
    for (index, entry) in entries.enumerated() {
      if entry.seq != Int64(index) + 1 || entry.prev != prev { return entry.seq }
      prev = entry.hash
    }
    return nil
  }

  /// Entries at which a second session begins beside one that runs, or one ends that does not run.
  var contradictions: [Int64] {
    var running: String?
    var found: [Int64] = []
    for entry in entries {
      switch entry.type {
      case "session.started":
        if running != nil { found.append(entry.seq) }
        running = entry.subject
      case "session.found":
        if running != entry.subject { found.append(entry.seq) }
      case "session.completed", "session.failed":
        if running != entry.subject { found.append(entry.seq) }
        running = nil
      default: break
      }
    }
    return found
  }

  /// Why an acknowledgement is not what the journal holds; nil where it is.
  func fault(in place: Answer.Place, hash: String?) -> String? {
    guard place.first >= 1, place.first <= place.last, let last = self[place.last] else {
      return "entries \(place.first) to \(place.last) are not there"
    }
    if let hash, last.hash.description != hash { return "\(place.last) has another hash" }
    if last.type != place.type { return "\(place.last) is a \(last.type)" }
    if last.subject != place.subject { return "\(place.last) is about another session" }
    if last.id != place.key { return "\(place.last) has another key" }
    let inside = (place.first..<place.last).compactMap { self[$0] }
    if !inside.allSatisfy(\.more) || last.more { return "\(place.last) is no atomic group" }
    if let key = place.key, keys[key]?.count != 1 { return "the key \(key) stands twice" }
    return nil
  }
}
