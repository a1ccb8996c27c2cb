import Discovery
import JournalEngine

/// A session as its file tells it.
struct OldSession {
  enum Ending {
    case completed, failed
  }

  let id: String
  let profile: JournalName
  let members: JSONObject
  let start: Timestamp
  /// How it ended and when; nil while it runs.
  let ending: (how: Ending, time: Timestamp)?
  let tracks: [String]
  /// Nil where the file's are no counts.
  let counts: [TrackCount]?
  let total: Int64?
  let errors: [String]
  let notes: String?
  /// What could not be taken as it is written, as clauses.
  private(set) var remarks: [String] = []

  /// - Parameters:
  ///   - zone: of times that name none.
  ///   - now: nothing can have happened later.
  /// - Throws: ``SourceError`` where the file does not say when it began.
  init(
    _ id: String, of profile: JournalName, _ members: JSONObject, zone: Zone, now: Timestamp
  ) throws(SourceError) {
    self.id = id
    self.profile = profile
    self.members = members
    var remarks: [String] = []
    func time(_ name: String, notBefore earliest: Timestamp = .earliest) -> Timestamp? {
      let read = ReadTime(name, of: members, zone: zone, notBefore: earliest, now: now)
      remarks += read.remarks
      return read.time
    }
    guard let start = time("started_at") else {
      throw SourceError(ReadTime.lack(of: "started_at", members))
    }
    self.start = start

    let how: Ending?
    switch members["status"]?.string {
    case "completed": how = .completed
    case "failed": how = .failed
    case "in_progress": how = nil
    case let other:
      // Whatever it was: it is over where it says when.
      how = members["completed_at"]?.string == nil ? nil : .failed
      remarks.append(
        "its status is \(other ?? "missing"): it stands as \(how == nil ? "in_progress" : "failed")"
      )
    }
    if let how {
      var end = time("completed_at", notBefore: start)
      if end == nil {
        let seconds = members["execution_time_seconds"]?.int.map { max(0, min($0, 1 << 40)) }
        let instead =
          seconds.map { "it stands as of its start and its \($0) s" } ?? "it stands as of its start"
        remarks.append(ReadTime.lack(of: "completed_at", members) + ": " + instead)
        end = start.advanced(byMicroseconds: (seconds ?? 0) * 1_000_000)
      }
      if let given = end, given < start {
        remarks.append("it ends before it starts: it stands as ending then")
        end = start
      }
      ending = (how, min(end ?? start, max(now, start)))
    } else {
      ending = nil
    }
    tracks = (members["tracks_executed"]?.array ?? []).compactMap(\.string).filter { !$0.isEmpty }
    counts = Self.counts(members["opportunities_found"])
    total = members["total_opportunities"]?.int.flatMap { $0 >= 0 ? $0 : nil }
    errors = (members["error_messages"]?.array ?? []).compactMap(\.string)
    notes = members["notes"]?.string
    self.remarks = remarks
  }

  /// Whether it was given up for another one.
  var wasAbandoned: Bool { errors == [SessionDocument.abandoned] }

  private static func counts(_ json: JSON?) -> [TrackCount]? {
    guard let object = json?.object else { return nil }
    var counts: [TrackCount] = []
    for (track, value) in object {
      guard let count = value.int, count >= 0 else { return nil }
      counts.append(TrackCount(track, count))
    }
    return counts
  }
}
