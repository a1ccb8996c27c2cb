public import JournalEngine

/// Figures over all sessions of a profile, computed when they are asked for.
public struct Analytics: Sendable, Hashable {
  public let sessionsByStatus: [Session.Status: Int]
  /// Completed of those that ended, 0 to 1; nil where none has.
  public let successRate: Double?
  /// Of the completed sessions, in microseconds.
  public let meanDuration: Double?
  public let medianDuration: Double?
  /// Over all sessions, by track, in the order of their first appearance.
  public let opportunitiesByTrack: [TrackCount]
  /// The sum over all tracks.
  public var totalOpportunities: Int64 {
    opportunitiesByTrack.reduce(0) { $0.addingClamped($1.count) }
  }
  /// Whole days from the last transition of a session to `now`.
  public let daysSinceLastDiscovery: Int64?
  /// How many of the sessions that ended last failed in a row.
  public let failureStreak: Int

  /// - Parameter now: what days are counted to.
  ///
  /// Cost: one pass over the sessions, and a sort of their durations.
  public init(_ profile: Profile, now: Timestamp) {
    var counts: [Session.Status: Int] = [:]
    var durations: [Int64] = []
    var tracks: [TrackCount] = []
    var places: [ExactName: Int] = [:]
    var ends: [(seq: Int64, failed: Bool)] = []
    for session in profile.table.oldestFirst {
      counts[session.status, default: 0] += 1
      for found in session.opportunitiesFound {
        if let place = places[ExactName(found.track)] {
          tracks[place].count = tracks[place].count.addingClamped(found.count)
        } else {
          places[ExactName(found.track)] = tracks.count
          tracks.append(found)
        }
      }
      if session.status == .completed, let duration = session.duration {
        durations.append(duration)
      }
      if let end = session.seqEnded { ends.append((end, session.status == .failed)) }
    }
    sessionsByStatus = counts
    let completed = counts[.completed] ?? 0
    let ended = completed + (counts[.failed] ?? 0)
    successRate = ended == 0 ? nil : Double(completed) / Double(ended)
    meanDuration =
      durations.isEmpty
      ? nil : durations.reduce(0.0) { $0 + Double($1) } / Double(durations.count)
    medianDuration = Self.median(durations)
    opportunitiesByTrack = tracks
    daysSinceLastDiscovery = profile.lastTransition.map {
      max(0, now.microseconds - $0.time.microseconds) / 86_400_000_000
    }
    failureStreak = ends.sorted { $0.seq > $1.seq }.prefix { $0.failed }.count
  }

  private static func median(_ values: [Int64]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1
      ? Double(sorted[middle]) : (Double(sorted[middle - 1]) + Double(sorted[middle])) / 2
  }

  /// The figures as programs see them; times in seconds.
  public var json: JSON {
    func number(_ value: Double?) -> JSON {
      value.flatMap { JSONNumber($0) }.map(JSON.number) ?? .null
    }
    return [
      "sessions_by_status": .object(
        JSONObject(
          Session.Status.allCases.map {
            ($0.rawValue, JSON.number(JSONNumber(sessionsByStatus[$0] ?? 0)))
          })),
      "success_rate": number(successRate),
      "mean_duration_seconds": number(meanDuration.map { $0 / 1e6 }),
      "median_duration_seconds": number(medianDuration.map { $0 / 1e6 }),
      "opportunities_by_track": .object(JSONObject(opportunitiesByTrack)),
      "days_since_last_discovery": .number(daysSinceLastDiscovery),
      "failure_streak": .number(JSONNumber(failureStreak)),
    ]
  }
}
