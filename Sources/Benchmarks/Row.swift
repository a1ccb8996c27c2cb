internal import JournalEngine

/// One line of the table: a work, and what it is held against.
struct Row: Sendable {
  let name: String
  /// What it measures, in one line.
  let summary: String
  let run: @Sendable (Bench, inout RowReport) async throws -> Void

  static let all: [Row] = [
    .session, .append, .groupCommit, .appendMany, .appendUnsynced,
    .replay, .verify, .open, .commands, .compaction,
    .profilesWrite, .profilesStatus, .profilesOne, .start, .contention, .reader, .importing,
    .event,
  ]

  static func listing(json: Bool) -> String {
    if json {
      let rows = all.map {
        JSON.object(["name": .string($0.name), "measures": .string($0.summary)])
      }
      return JSON.array(rows).prettyText() + "\n"
    }
    let width = all.map(\.name.count).max() ?? 0
    return all.map { row in
      row.name + String(repeating: " ", count: width + 2 - row.name.count) + row.summary + "\n"
    }.joined()
  }
}
