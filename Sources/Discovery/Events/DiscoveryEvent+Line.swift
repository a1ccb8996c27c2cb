import JournalEngine

// Sessions come and go all the time, so their events are read from the line and written to it
// without a JSON value between. Whatever is spelled otherwise than here is read as any JSON.
extension DiscoveryEvent {
  /// The event of an entry that is spelled as ``plainText`` spells it; nil says nothing.
  init?(plain entry: Entry) {
    if entry.isPlainly(EventType.sessionStarted) {
      var tracks: [String] = []
      guard let session = entry.plainSubject(), !session.isEmpty,
        entry.readFields({ $0.read(&tracks) })
      else { return nil }
      self = .sessionStarted(session: session, tracks: tracks, params: JSONObject())
    } else if entry.isPlainly(EventType.sessionCompleted) {
      var results = Results()
      guard let session = entry.plainSubject(), !session.isEmpty,
        entry.readFields({ $0.read(&results) })
      else { return nil }
      self = .sessionCompleted(session: session, results)
    } else if entry.isPlainly(EventType.sessionFound) {
      var found = TrackCount("", 0)
      guard let session = entry.plainSubject(), !session.isEmpty,
        entry.readFields({ $0.read(&found) })
      else { return nil }
      self = .sessionFound(
        session: session, track: found.track, count: found.count, opportunities: nil)
    } else {
      return nil
    }
  }
}

extension JSONCursor {
  /// Each of these reads all there is, and returns false where it is spelled otherwise.
  ///
  /// - Parameter tracks: what is expected there, and is left as it is where it stands there.
  mutating func read(_ tracks: inout [String]) -> Bool {
    guard skip(#"{"tracks":["#) else { return false }
    if !skip(tracks) {
      tracks = []
      if !skip("]") {
        repeat {
          guard let track = text() else { return false }
          if tracks.isEmpty { tracks.reserveCapacity(4) }
          tracks.append(track)
        } while skip(",")
        guard skip("]") else { return false }
      }
    }
    return skip("}") && isAtEnd
  }

  /// Whether the rest of an array holds these texts, all without escapes, and is passed then.
  private mutating func skip(_ texts: [String]) -> Bool {
    var ahead = self
    for place in texts.indices {
      if place > 0, !ahead.skip(",") { return false }
      guard ahead.skip(text: texts[place]) else { return false }
    }
    guard ahead.skip("]") else { return false }
    self = ahead
    return true
  }

  mutating func read(_ found: inout TrackCount) -> Bool {
    guard skip(#"{"track":"#), let track = text(), skip(#","count":"#), let count = number() else {
      return false
    }
    found = TrackCount(track, count)
    return skip("}") && isAtEnd
  }

  mutating func read(_ results: inout DiscoveryEvent.Results) -> Bool {
    guard skip("{") else { return false }
    var isFirst = true
    if skip(#""opportunities_found":{"#) {
      var counts: [TrackCount] = []
      guard read(&counts) else { return false }
      results.opportunitiesFound = counts
      isFirst = false
    }
    if isFirst ? skip(#""total_opportunities":"#) : skip(#","total_opportunities":"#) {
      guard let total = number() else { return false }
      results.total = total
      isFirst = false
    }
    if isFirst ? skip(#""notes":"#) : skip(#","notes":"#) {
      guard let notes = text() else { return false }
      results.notes = notes
    }
    return skip("}") && isAtEnd
  }

  /// Up to the closing brace.
  private mutating func read(_ counts: inout [TrackCount]) -> Bool {
    if skip("}") { return true }
    guard let first = count() else { return false }
    counts = [first]
    while skip(",") {
      guard let next = count(),
        // Twice the same name is an error, and many names are rare.
        counts.count < 16, !counts.contains(where: { $0.track.isExactly(next.track) })
      else { return false }
      counts.append(next)
    }
    return skip("}")
  }

  private mutating func count() -> TrackCount? {
    guard let track = text(), skip(":"), let count = number() else { return nil }
    return TrackCount(track, count)
  }
}
