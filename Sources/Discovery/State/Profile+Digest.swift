public import JournalEngine

extension Profile {
  /// The whole state as JSON, all sessions with it: what the digest is taken of.
  public var json: JSON {
    get throws {
      var object = ownMembers
      object["sessions"] = .array(try sessions().reversed().map { .object($0.stateMembers) })
      return .object(object)
    }
  }

  /// What the state keeps besides the sessions.
  var ownMembers: JSONObject {
    var object: JSONObject = [
      "status": .string(status.rawValue),
      "declared": .bool(isDeclared),
      "created_at": .text(createdAt),
      "updated_at": .text(updatedAt),
      "fields": .object(fields),
      "provenance": .object(
        JSONObject(
          provenance.inOrder.map { ($0.field, JSON.object($0.origin.members)) })),
      "current_session": .text(currentSession),
      "imports": .array(imports.map(JSON.object)),
    ]
    if !alsoRunning.isEmpty { object["also_running"] = .array(alsoRunning.map(JSON.string)) }
    object["last_transition"] = lastTransition.map {
      [
        "session": .string($0.session), "status": .string($0.status.rawValue),
        "time": .text($0.time),
      ]
    }
    return object
  }

  /// SHA-256 of the canonical JSON (RFC 8785) of ``json``: equal states have equal digests, and
  /// two states with one digest differ at most in how numbers are spelled, as 1.5 and 1.50.
  public var digest: Digest { get throws { Digest(of: try json.canonicalBytes()) } }
}

extension Profile.Provenance {
  /// `seq`, `time`, `by`, `source`, `confidence`.
  public var members: JSONObject {
    [
      "seq": .number(JSONNumber(seq)), "time": .text(time), "by": .text(by),
      "source": .text(source), "confidence": confidence.map(JSON.number) ?? .null,
    ]
  }
}

extension Session {
  /// What the state keeps: the counts as they were given and as they were found, apart.
  var stateMembers: JSONObject {
    var members = members(profile: nil, duration: false)
    members["found"] = .object(JSONObject(found))
    members["given_counts"] = givenCounts.map { .object(JSONObject($0)) } ?? .null
    members["given_total"] = givenTotal.map { .number(JSONNumber($0)) } ?? .null
    return members
  }
}

extension JSON {
  /// A string, or null.
  static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

  /// A time as the journal writes it, or null.
  static func text(_ time: Timestamp?) -> JSON { .text(time?.description) }

  /// A whole number, or null.
  static func number(_ number: Int64?) -> JSON { number.map { .number(JSONNumber($0)) } ?? .null }
}
