import Discovery
public import JournalEngine
import LegacyProfiles

/// A profile as the earlier services gave it: the members of its file by their names, those that
/// say how it is (`status`, `discovery_status` and their like) among them.
@available(*, deprecated, message: "use ProfileStatus of the module Discovery")
public struct LegacyProfile: Sendable, Hashable {
  public let profileID: String
  /// All members of the file, numbers with their exact text.
  public var members: JSONObject

  /// A profile that is to be created, or to take the place of one.
  ///
  /// - Parameters:
  ///   - profileID: a journal's name.
  ///   - members: as the file has them.
  public init(profileID: String, members: JSONObject = [:]) {
    self.profileID = profileID
    self.members = members
    self.members["profile_id"] = .string(profileID)
  }

  init(_ status: ProfileStatus, in layout: LegacyLayout) {
    let document = ProfileDocument(status, changes: .everything, in: layout)
    self.init(profileID: status.profile.text, members: document.members)
  }

  /// The value of a member; nil where there is none.
  public subscript(_ name: String) -> JSON? {
    get { members[name] }
    set { members[name] = newValue }
  }

  /// `name`, or where there is none `organization_name`.
  public var name: String? { (members["name"] ?? members["organization_name"])?.string }
  /// `active`, `archived`, or whatever an imported file said.
  public var status: String? { members["status"]?.string }
  /// `never_run`, `in_progress`, `completed` or `failed`.
  public var discoveryStatus: String? { members["discovery_status"]?.string }

  /// The members that the journal says by itself: they are never recorded as fields.
  static let computed: Set<String> = [
    "profile_id", "status", "created_at", "updated_at", "discovery_status", "last_discovery_at",
    "last_discovery_date", "discovery_count",
  ]

  /// What is to be recorded of members.
  static func fields(_ members: JSONObject) -> JSONObject {
    JSONObject(members.filter { !computed.contains($0.name) }.map { ($0.name, $0.value) })
  }
}

/// What the service of the flat store called it.
@available(*, deprecated, renamed: "LegacyProfile")
public typealias OrganizationProfile = LegacyProfile

/// What the service of the store with folders called it.
@available(*, deprecated, renamed: "LegacyProfile")
public typealias UnifiedProfile = LegacyProfile
