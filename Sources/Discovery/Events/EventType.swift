/// The types of the domain's entries.
public enum EventType {
  public static let profileCreated = "profile.created"
  public static let profileUpdated = "profile.updated"
  public static let profileArchived = "profile.archived"
  public static let profileRestored = "profile.restored"
  public static let profileDeleted = "profile.deleted"
  public static let sessionStarted = "session.started"
  public static let sessionFound = "session.found"
  public static let sessionCompleted = "session.completed"
  public static let sessionFailed = "session.failed"
  public static let imported = "journal.imported"
}
