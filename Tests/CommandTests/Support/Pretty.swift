import JournalEngine

/// A JSON document as the program prints it, from its compact text.
func pretty(_ compact: String) throws -> String {
  try JSON(parsing: compact).prettyText() + "\n"
}

/// The members of a status that a profile without sessions has, but for its own fields.
func restingStatus(
  _ profile: String, status: String = "active", created: Int, updated: Int, fields: String,
  seq: Int
) throws -> String {
  try pretty(
    """
    {"profile_id":"\(profile)","status":"\(status)","discovery_status":"never_run",\
    "last_discovery_at":null,"current_session":null,"discovery_count":0,\
    "created_at":"2025-10-01T12:00:0\(created).000000Z",\
    "updated_at":"2025-10-01T12:00:0\(updated).000000Z","fields":\(fields),\
    "analytics":{"sessions_by_status":{"in_progress":0,"completed":0,"failed":0},\
    "success_rate":null,"mean_duration_seconds":null,"median_duration_seconds":null,\
    "opportunities_by_track":{},"days_since_last_discovery":null,"failure_streak":0},\
    "seq":\(seq),"head":"<\(profile) \(seq)>"}
    """)
}
