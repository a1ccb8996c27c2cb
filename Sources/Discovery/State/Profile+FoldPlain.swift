import JournalEngine

extension Profile {
  /// Takes an entry into the state that is spelled as ``DiscoveryEvent/plainText`` spells it, as its
  /// event would be; false where it is another, and nothing was changed.
  ///
  /// What the newest session has already is not made again: most sessions say the same as the one
  /// before, and an entry that ends one names it.
  mutating func foldPlain(_ entry: Entry) throws -> Bool {
    if entry.isPlainly(EventType.sessionStarted) {
      var tracks = table.newestTracks
      guard let session = entry.plainSubject(), !session.isEmpty,
        entry.readFields({ $0.read(&tracks) })
      else { return false }
      try start(session, tracks, JSONObject(), nil, entry)
    } else if entry.isPlainly(EventType.sessionCompleted) {
      var results = DiscoveryEvent.Results()
      guard let session = entry.plainSubject(expecting: currentSession), !session.isEmpty,
        entry.readFields({ $0.read(&results) })
      else { return false }
      try complete(session, results, entry)
    } else {
      return false
    }
    noteTime(of: entry)
    return true
  }
}
