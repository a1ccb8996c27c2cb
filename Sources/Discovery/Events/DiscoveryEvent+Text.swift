import JournalEngine

extension DiscoveryEvent {
  /// What a line says of the event, for the events of sessions that are read back as they are, and
  /// where no text has to be escaped; nil where ``recorded`` is to be written instead. Both give the
  /// same text.
  var plainText: RecordedText? {
    switch self {
    case .sessionStarted(let session, let tracks, let params)
    where params.isEmpty && !session.isEmpty:
      let data = JSONWriter.text(
        capacity: tracks.reduce(16) { $0 + $1.utf8.count + 3 }
      ) { text in
        text.put(#"{"tracks":["#)
        for (place, track) in tracks.enumerated() {
          if place > 0 { text.put(",") }
          text.put(string: track)
        }
        text.put("]}")
      }
      guard let data else { return nil }
      return RecordedText(type: EventType.sessionStarted, subject: session, known: data)
    case .sessionFound(let session, let track, let count, nil)
    where !session.isEmpty && count ?? 0 >= 0:
      let data = JSONWriter.text(capacity: track.utf8.count + 64) { text in
        text.put(#"{"track":"#)
        text.put(string: track)
        if let count {
          text.put(#","count":"#)
          text.put(count)
        }
        text.put("}")
      }
      guard let data else { return nil }
      return RecordedText(type: EventType.sessionFound, subject: session, known: data)
    case .sessionFound(let session, let track, let count, let opportunities?)
    where !session.isEmpty && count ?? 0 >= 0:
      // What nests too deep is refused elsewhere.
      let found = JSON.array(opportunities)
      guard !found.nests(deeperThan: JSONLimits().depth - 1) else { return nil }
      var data: [UInt8] = []
      data.reserveCapacity(256)
      data.append(contentsOf: #"{"track":"#.utf8)
      JSONText.appendString(track, to: &data)
      if let count {
        data.append(contentsOf: #","count":"#.utf8)
        JSONText.appendNumber(count, to: &data)
      }
      data.append(contentsOf: #","opportunities":"#.utf8)
      found.write(into: &data)
      data.append(UInt8(ascii: "}"))
      return RecordedText(type: EventType.sessionFound, subject: session, known: data)
    case .sessionCompleted(let session, let results)
    where !session.isEmpty && results.areReadable:
      guard let data = results.text else { return nil }
      // Fields that say nothing are not written.
      return RecordedText(
        type: EventType.sessionCompleted, subject: session, known: data.count > 2 ? data : nil)
    default: return nil
    }
  }
}

extension DiscoveryEvent.Results {
  fileprivate var text: [UInt8]? {
    let tracks = opportunitiesFound?.reduce(24) { $0 + $1.track.utf8.count + 24 } ?? 0
    return JSONWriter.text(capacity: tracks + 64 + (notes?.utf8.count ?? 0)) { text in
      text.put("{")
      if let opportunitiesFound {
        text.put(#""opportunities_found":{"#)
        for (place, found) in opportunitiesFound.enumerated() {
          if place > 0 { text.put(",") }
          text.put(string: found.track)
          text.put(":")
          text.put(found.count)
        }
        text.put("}")
      }
      if let total {
        if text.count > 1 { text.put(",") }
        text.put(#""total_opportunities":"#)
        text.put(total)
      }
      if let notes {
        if text.count > 1 { text.put(",") }
        text.put(#""notes":"#)
        text.put(string: notes)
      }
      text.put("}")
    }
  }

  /// Whether nothing was imported, no count is below zero, and the tracks' names are unique, as in an
  /// object they have to be. Of many it is not asked.
  fileprivate var areReadable: Bool {
    guard total ?? 0 >= 0, imported.isEmpty else { return false }
    guard let found = opportunitiesFound else { return true }
    guard found.count < 16 else { return false }
    for (place, one) in found.enumerated() {
      guard one.count >= 0, !found[..<place].contains(where: { $0.track.isExactly(one.track) })
      else { return false }
    }
    return true
  }
}
