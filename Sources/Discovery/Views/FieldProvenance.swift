public import JournalEngine

/// For each current field, the entry that set it.
public struct FieldProvenance: Sendable {
  public let fields: [(name: String, value: JSON, origin: Profile.Provenance)]

  public init(_ profile: Profile) {
    fields = profile.fields.compactMap { name, value in
      profile.provenance[name].map { (name, value, $0) }
    }
  }

  /// Field to `value`, `seq`, `time`, `by`, `source`, `confidence`.
  public var json: JSON {
    .object(
      JSONObject(
        fields.map { name, value, origin in
          var members: JSONObject = ["value": value]
          for (name, value) in origin.members { members[name] = value }
          return (name, JSON.object(members))
        }))
  }
}
