package import JournalEngine

/// A file of an earlier program, recognised by its members; by its place only where they leave it open.
package enum OldDocument: Sendable {
  /// With what is to be told of its id, if anything.
  case profile(id: String, Evidence, remark: String? = nil)
  /// With what it lacks to be imported, if anything.
  case session(id: String, profile: String?, lack: String?)
  case opportunity(profile: String?, session: String?)
  /// Plainly one of these, and why it cannot be imported all the same.
  case unusable(String)
  /// None of these.
  case unknown

  /// What speaks for a profile, the least first: much that is no profile names one.
  package enum Evidence: Int, Sendable, Comparable {
    /// It has a `profile_id`, and no more than that.
    case id
    /// It has a name as well, or is called `profile.json`.
    case name
    /// It stands where the earlier programs put that very profile.
    case place

    package static func < (a: Evidence, b: Evidence) -> Bool { a.rawValue < b.rawValue }
  }

  init(_ members: JSONObject, at place: SourcePath) {
    let profile = members["profile_id"]?.string
    if members["lead_id"] != nil || members["opportunity_id"] != nil {
      let session = members["session_id"] ?? members["discovery_session_id"]
      self = .opportunity(profile: profile, session: session?.string)
    } else if let id = members["session_id"]?.string,
      Self.hasSession(members) || place.isInside("sessions")
    {
      self = .session(id: id, profile: profile, lack: Self.lack(of: members))
    } else if Self.isSessionWithoutID(members, place) {
      let id = members["session_id"].map { "its session_id is \($0.shown), which is no text" }
      self = .unusable(id ?? "it is a session, and has no session_id")
    } else if let profile {
      self = .profile(id: profile, Self.evidence(of: profile, members, place))
    } else if let (id, name) = Self.idOfPlace(members, place) {
      self = .profile(
        id: id, .place,
        remark: Self.noID(members) + ": it is imported as \(id), as \(name) is called")
    } else if Self.hasName(members), members["profile_id"]?.isNull == false {
      self = .unusable(Self.noID(members))
    } else {
      self = .unknown
    }
  }

  /// The id of a profile whose file does not say it, and whose name it is.
  private static func idOfPlace(
    _ members: JSONObject, _ place: SourcePath
  ) -> (id: String, name: String)? {
    if place.name == "profile.json", let parent = place.parent { return (parent, "its folder") }
    let isProfile = place.parent == "profiles" && (hasName(members) || members["profile_id"] != nil)
    return isProfile ? (place.stem, "it") : nil
  }

  private static func noID(_ members: JSONObject) -> String {
    members["profile_id"].map { "its profile_id is \($0.shown), which is no text" }
      ?? "it has no profile_id"
  }

  private static func evidence(
    of profile: String, _ members: JSONObject, _ place: SourcePath
  ) -> Evidence {
    if place.name == "profile.json", place.parent == profile { return .place }
    if place.parent == "profiles", place.stem == profile { return .place }
    return place.name == "profile.json" || hasName(members) ? .name : .id
  }

  private static func hasSession(_ members: JSONObject) -> Bool {
    members["status"] != nil || isTimed(members)
  }

  /// Why a session cannot be imported, whatever the zone of its times.
  private static func lack(of members: JSONObject) -> String? {
    let start = members["started_at"]?.string.flatMap { OldTime($0, in: .utc) }
    return start == nil ? ReadTime.lack(of: "started_at", members) : nil
  }

  /// Whether it has members that no profile has.
  private static func isTimed(_ members: JSONObject) -> Bool {
    members["started_at"] != nil || members["tracks_executed"] != nil
  }

  private static func isSessionWithoutID(_ members: JSONObject, _ place: SourcePath) -> Bool {
    guard hasSession(members) else { return false }
    if place.isInside("sessions") { return true }
    if let profile = members["profile_id"]?.string,
      evidence(of: profile, members, place) == .place
    {
      return false
    }
    let hasID = members["session_id"] != nil
    if hasName(members) { return hasID && isTimed(members) }
    return hasID || (members["profile_id"] != nil && isTimed(members))
  }

  private static func hasName(_ members: JSONObject) -> Bool {
    ["name", "organization_name"].contains { members[$0]?.string != nil }
  }

  /// The most that is read of a file: what does not fit into a line of a journal cannot be recorded.
  package static let longestFile = 16 << 20
  /// The most that a document may have without its white space.
  package static let longest = LineFormat.longestLine - (8 << 10)

  /// Reads a file's bytes.
  ///
  /// - Throws: ``SourceError`` where it is no JSON object, or too long for a line.
  package static func members(_ bytes: [UInt8]) throws(SourceError) -> JSONObject {
    if let encoding = foreignEncoding(bytes) {
      throw SourceError("it \(encoding): save it as UTF-8 without a byte order mark")
    }
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: bytes, limits: JSONLimits(depth: 100, length: longestFile))
    } catch {
      throw SourceError("\(error)")
    }
    guard let members = json.object else { throw SourceError("it is no JSON object") }
    // Without white space it may be shorter.
    if bytes.count > longest {
      let count = json.text.utf8.count
      guard count <= longest else {
        throw SourceError(
          "it has \(count) bytes without white space; a line of a journal holds \(longest)",
          isTooLong: true)
      }
    }
    return members
  }

  /// What is told of a file that an editor saved otherwise than as plain UTF-8.
  private static func foreignEncoding(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return "begins with a byte order mark" }
    let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let isWide = bytes.count > 1 && (bytes[0] == 0) != (bytes[1] == 0)
    return isMarked || isWide ? "is UTF-16" : nil
  }
}
