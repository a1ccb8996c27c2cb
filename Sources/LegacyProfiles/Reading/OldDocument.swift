package import JournalEngine

/// A file of an earlier program, recognised by its members: what it is, not where it stands.
package enum OldDocument: Sendable {
  case profile(id: String)
  case session(id: String, profile: String?)
  case opportunity(profile: String?, session: String?)
  /// None of these.
  case unknown

  package init(_ members: JSONObject) {
    let profile = members["profile_id"]?.string
    if members["lead_id"] != nil || members["opportunity_id"] != nil {
      let session = members["session_id"] ?? members["discovery_session_id"]
      self = .opportunity(profile: profile, session: session?.string)
    } else if let id = members["session_id"]?.string,
      ["started_at", "status", "tracks_executed"].contains(where: { members[$0] != nil })
    {
      self = .session(id: id, profile: profile)
    } else if let profile {
      self = .profile(id: profile)
    } else {
      self = .unknown
    }
  }

  /// The most that is read of a file: what does not fit into a line of a journal cannot be recorded.
  package static let longestFile = 16 << 20
  /// The most that a document may have without its white space.
  package static let longest = LineFormat.longestLine - (8 << 10)

  /// Reads a file's bytes.
  ///
  /// - Throws: ``SourceError`` where it is no JSON object, or too long for a line.
  package static func members(_ bytes: [UInt8]) throws(SourceError) -> JSONObject {
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
}
