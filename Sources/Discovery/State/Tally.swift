internal import JournalEngine

/// What finished sessions add up to, taken in the order of their starts.
struct Tally: Sendable, Hashable {
  var completed = 0
  var failed = 0
  /// Of the completed, in microseconds.
  var duration = 0.0
  /// How many failed in a row, up to the last.
  var failureStreak = 0
  /// In the order of their first appearance.
  private(set) var tracks: [TrackCount] = []
  private var places: [ExactName: Int] = [:]

  /// How many of them ended so.
  func count(_ status: Session.Status) -> Int {
    switch status {
    case .inProgress: 0
    case .completed: completed
    case .failed: failed
    }
  }

  mutating func add(_ session: Session) {
    for found in session.opportunitiesFound { add(found) }
    switch session.status {
    case .inProgress: break
    case .completed:
      completed += 1
      duration += Double(session.duration ?? 0)
      failureStreak = 0
    case .failed:
      failed += 1
      failureStreak += 1
    }
  }

  mutating func add(_ found: TrackCount) {
    if let place = places[ExactName(found.track)] {
      tracks[place].count = tracks[place].count.addingClamped(found.count)
    } else {
      places[ExactName(found.track)] = tracks.count
      tracks.append(found)
    }
  }
}
