public import JournalEngine

extension Session {
  /// The session as programs see it: snake_case, the members of the earlier stores and ours.
  public func json(profile: JournalName) -> JSON {
    .object(members(profile: profile, duration: true))
  }

  func members(profile: JournalName?, duration: Bool) -> JSONObject {
    var members: JSONObject = ["session_id": .string(id)]
    if let profile { members["profile_id"] = .string(profile.text) }
    members["started_at"] = .text(startedAt)
    members["completed_at"] = .text(endedAt)
    members["status"] = .string(status.rawValue)
    members["tracks_executed"] = .array(tracks.map(JSON.string))
    members["opportunities_found"] = .object(JSONObject(opportunitiesFound))
    members["total_opportunities"] = .number(JSONNumber(totalOpportunities))
    if duration {
      members["execution_time_seconds"] = .number(self.duration.map { $0 / 1_000_000 })
    }
    members["error_messages"] = .array(errors.map(JSON.string))
    members["notes"] = .text(notes)
    members["reason"] = .text(reason?.rawValue)
    members["superseded_by"] = .text(supersededBy)
    members["params"] = .object(params)
    members["seq_started"] = .number(JSONNumber(seqStarted))
    members["seq_ended"] = .number(seqEnded)
    if !imported.isEmpty { members["imported"] = .object(imported) }
    if duration {
      members["duration_seconds"] = self.duration.map(JSON.seconds) ?? .null
    }
    return members
  }
}

extension JSON {
  /// Microseconds as seconds with all their decimals, exactly: 1,500,000 is `1.5`.
  static func seconds(_ microseconds: Int64) -> JSON {
    let (whole, part) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    var decimals = String(String(part.magnitude + 1_000_000).dropFirst())
    while decimals.hasSuffix("0") { decimals.removeLast() }
    let sign = microseconds < 0 && whole == 0 ? "-" : ""
    let text = "\(sign)\(whole)" + (decimals.isEmpty ? "" : ".\(decimals)")
    return JSONNumber(text: text).map(JSON.number) ?? .null
  }
}
