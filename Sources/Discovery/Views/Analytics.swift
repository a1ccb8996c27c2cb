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
  /// How many of the sessions that have ended failed in a row, by the order of their starts, up to the last.
  public let failureStreak: Int

  /// - Parameter now: what days are counted to.
  /// - Throws: `JournalError`, where the durations of sessions that finished long ago cannot be
  ///   read.
  ///
  /// Cost: one pass over the sessions that the state holds, a sort of their durations, and a few
  /// pages of each table of the others.
  public init(_ profile: Profile, now: Timestamp) throws {
    var tally = profile.tally
    var durations: [Int64] = []
    var running = 0
    for session in profile.table.oldestFirst {
      tally.add(session)
      if session.status == .inProgress { running += 1 }
      if session.status == .completed, let duration = session.duration {
        durations.append(duration)
      }
    }
    let counts: KeyValuePairs = [
      Session.Status.inProgress: running, .completed: tally.completed, .failed: tally.failed,
    ]
    sessionsByStatus = Dictionary(uniqueKeysWithValues: counts.filter { $0.value > 0 })
    let ended = tally.completed + tally.failed
    successRate = ended == 0 ? nil : Double(tally.completed) / Double(ended)
    meanDuration = tally.completed == 0 ? nil : tally.duration / Double(tally.completed)
    medianDuration = try profile.medianDuration(with: durations)
    opportunitiesByTrack = tally.tracks
    daysSinceLastDiscovery = profile.lastTransition.map {
      max(0, now.microseconds - $0.time.microseconds) / 86_400_000_000
    }
    failureStreak = tally.failureStreak
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
