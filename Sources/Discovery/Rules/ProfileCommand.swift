public import JournalEngine

/// What may be asked of a profile. ``decide(on:)`` says what comes of it.
public enum ProfileCommand: Sendable, Hashable {
  case create(fields: JSONObject, origin: DiscoveryEvent.Origin = .init())
  case update(set: JSONObject, unset: [String] = [], origin: DiscoveryEvent.Origin = .init())
  case archive(reason: String? = nil)
  case restore(reason: String? = nil)
  case delete(reason: String? = nil)
  /// `session` is the new session's id: see ``SessionID/make(_:)``.
  case start(session: String, tracks: [String] = [], params: JSONObject = .init())
  case found(session: String, track: String, count: Int64?, opportunities: [JSON]? = nil)
  case complete(session: String, DiscoveryEvent.Results = .init())
  case fail(session: String, errors: [String])
}

/// The ids of discovery sessions.
public enum SessionID {
  /// A new one: `session_` and 12 lower-case hex digits.
  public static func make(_ random: any RandomSource) -> String {
    let digits = String(random.next() & 0xFFFF_FFFF_FFFF, radix: 16)
    return "session_" + String(repeating: "0", count: 12 - digits.count) + digits
  }
}
