import JournalEngine

extension DiscoveryEvent {
  /// What a line says of the event, for the events of sessions that are read back as they are; nil
  /// where ``recorded`` is to be written instead. Both give the same text.
  var plainText: RecordedText? {
    var data: [UInt8] = []
    data.reserveCapacity(128)
    switch self {
    case .sessionStarted(let session, let tracks, let params)
    where params.isEmpty && !session.isEmpty:
      data.put(#"{"tracks":["#)
      for (place, track) in tracks.enumerated() {
        if place > 0 { data.put(",") }
        JSONText.appendString(track, to: &data)
      }
      data.put("]}")
      return RecordedText(type: EventType.sessionStarted, subject: session, known: data)
    case .sessionFound(let session, let track, let count, let opportunities)
    where !session.isEmpty && count ?? 0 >= 0:
      // What nests too deep is refused elsewhere.
      let found = JSON.array(opportunities ?? [])
      guard !found.nests(deeperThan: JSONLimits().depth - 1) else { return nil }
      data.put(#"{"track":"#)
      JSONText.appendString(track, to: &data)
      if let count {
        data.put(#","count":"#)
        data.put(count)
      }
      if opportunities != nil {
        data.put(#","opportunities":"#)
        found.write(into: &data)
      }
      data.put("}")
      return RecordedText(type: EventType.sessionFound, subject: session, known: data)
    case .sessionCompleted(let session, let results)
    where !session.isEmpty && results.areReadable:
      results.write(into: &data)
      // Fields that say nothing are not written.
      return RecordedText(
        type: EventType.sessionCompleted, subject: session, known: data.count > 2 ? data : nil)
    default: return nil
    }
  }
}

extension DiscoveryEvent.Results {
  fileprivate func write(into data: inout [UInt8]) {
    data.put("{")
    if let opportunitiesFound {
      data.put(#""opportunities_found":{"#)
      for (place, found) in opportunitiesFound.enumerated() {
        if place > 0 { data.put(",") }
        JSONText.appendString(found.track, to: &data)
        data.put(":")
        data.put(found.count)
      }
      data.put("}")
    }
    if let total {
      if data.count > 1 { data.put(",") }
      data.put(#""total_opportunities":"#)
      data.put(total)
    }
    if let notes {
      if data.count > 1 { data.put(",") }
      data.put(#""notes":"#)
      JSONText.appendString(notes, to: &data)
    }
    data.put("}")
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

extension [UInt8] {
  fileprivate mutating func put(_ text: StaticString) {
    unsafe append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  fileprivate mutating func put(_ number: Int64) { JSONText.appendNumber(number, to: &self) }
}
