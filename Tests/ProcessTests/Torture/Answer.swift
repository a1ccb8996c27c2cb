import JournalEngine

/// A line of a `torture-writer`: see its `Report`.
enum Answer {
  /// Recorded now.
  case acknowledged(Place, hash: String)
  /// Recorded before under the same key.
  case same(Place)
  /// An entry that was read.
  case seen(Int64, hash: String)
  /// How many snapshots a compaction wrote.
  case compacted(snapshots: Int)
  case refused(String)
  /// What must not happen.
  case broken(String)

  /// What an answer says of the journal.
  struct Place {
    let first: Int64
    let last: Int64
    let type: String
    let subject: String?
    let key: String?

    init?(_ words: some Collection<Substring>) {
      let words = Array(words)
      guard words.count == 5, let first = Int64(words[0]), let last = Int64(words[1]) else {
        return nil
      }
      self.first = first
      self.last = last
      type = String(words[2])
      subject = words[3] == "-" ? nil : String(words[3])
      key = words[4] == "-" ? nil : String(words[4])
    }
  }

  init(_ line: Substring) {
    let words = line.split(separator: " ")
    switch words.first {
    case "ACK" where words.count == 7:
      if let place = Place(words[1...2] + words[4...]) {
        self = .acknowledged(place, hash: String(words[3]))
        return
      }
    case "SAME":
      if let place = Place(words.dropFirst()) {
        self = .same(place)
        return
      }
    case "SEEN" where words.count == 3:
      if let seq = Int64(words[1]) {
        self = .seen(seq, hash: String(words[2]))
        return
      }
    case "COMPACTED" where words.count == 2:
      if let snapshots = Int(words[1]) {
        self = .compacted(snapshots: snapshots)
        return
      }
    case "REFUSED":
      self = .refused(String(words.last ?? ""))
      return
    default: break
    }
    self = .broken(String(line))
  }
}
