import Discovery
import JournalEngine
import Testing

@Suite("Every command in every state")
struct RuleTableTests {
  /// The states that a profile can be in, and how it comes there. `S` is the session that the
  /// commands name.
  static let states: [(name: String, commands: [ProfileCommand])] = [
    ("nothing recorded", []),
    ("undeclared, S runs", [start]),
    ("undeclared, S completed", [start, complete]),
    ("undeclared, S failed", [start, fail]),
    ("active, no session", [create]),
    ("active, S runs", [create, start]),
    ("active, S completed", [create, start, complete]),
    ("active, S failed", [create, start, fail]),
    ("active, S abandoned for T", [create, start, startOther]),
    ("archived, no session", [create, archive]),
    ("archived, S completed", [create, start, complete, archive]),
    ("archived, undeclared", [start, complete, archive]),
    ("deleted, no session", [create, delete]),
    ("deleted, S failed", [create, start, fail, delete]),
    ("deleted, undeclared", [start, complete, delete]),
    ("restored, S completed", [create, start, complete, delete, .restore()]),
  ]

  static let create = ProfileCommand.create(fields: ["a": 1])
  static let start = ProfileCommand.start(session: "S")
  static let startOther = ProfileCommand.start(session: "T")
  static let complete = ProfileCommand.complete(session: "S")
  static let fail = ProfileCommand.fail(session: "S", errors: ["e"])
  static let archive = ProfileCommand.archive()
  static let delete = ProfileCommand.delete()

  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let command: ProfileCommand
    /// What comes of it in each of the states: events by their short names, or a code.
    let outcomes: String
    var testDescription: String { name }
  }

  // One word a state, in the order above.
  static let rows: [Row] = [
    Row(
      name: "create", command: .create(fields: ["b": 2]),
      outcomes: """
        created created created created conflict conflict conflict conflict conflict
        conflict conflict created conflict conflict conflict conflict
        """),
    Row(
      name: "set a field", command: .update(set: ["b": 2]),
      outcomes: """
        not_found updated updated updated updated updated updated updated updated
        updated updated updated conflict conflict conflict updated
        """),
    Row(
      name: "unset a field that only declared profiles have",
      command: .update(set: [:], unset: ["a"]),
      outcomes: """
        not_found not_found not_found not_found updated updated updated updated updated
        updated updated not_found conflict conflict conflict updated
        """),
    Row(
      name: "archive", command: .archive(reason: "r"),
      outcomes: """
        not_found conflict archived archived archived conflict archived archived conflict
        conflict conflict conflict conflict conflict conflict archived
        """),
    Row(
      name: "restore", command: .restore(reason: "r"),
      outcomes: """
        not_found conflict conflict conflict conflict conflict conflict conflict conflict
        restored restored restored restored restored restored conflict
        """),
    Row(
      name: "delete", command: .delete(reason: "r"),
      outcomes: """
        not_found conflict deleted deleted deleted conflict deleted deleted conflict
        deleted deleted deleted conflict conflict conflict deleted
        """),
    Row(
      name: "start another session", command: .start(session: "N"),
      outcomes: """
        started failed+started started started started failed+started started started failed+started
        conflict conflict conflict conflict conflict conflict started
        """),
    Row(
      name: "start S", command: start,
      outcomes: """
        started conflict conflict conflict started conflict conflict conflict conflict
        conflict conflict conflict conflict conflict conflict conflict
        """),
    Row(
      name: "found in S", command: .found(session: "S", track: "t", count: 1),
      outcomes: """
        not_found found conflict conflict not_found found conflict conflict conflict
        not_found conflict conflict not_found conflict conflict conflict
        """),
    Row(
      name: "complete S", command: complete,
      outcomes: """
        not_found completed conflict conflict not_found completed conflict conflict conflict
        not_found conflict conflict not_found conflict conflict conflict
        """),
    Row(
      name: "fail S", command: fail,
      outcomes: """
        not_found failed conflict conflict not_found failed conflict conflict conflict
        not_found conflict conflict not_found conflict conflict conflict
        """),
    Row(
      name: "complete a session that was never started", command: .complete(session: "N"),
      outcomes: """
        not_found not_found not_found not_found not_found not_found not_found not_found not_found
        not_found not_found not_found not_found not_found not_found not_found
        """),
  ]

  @Test("records or refuses as the table says", arguments: rows)
  func table(row: Row) throws {
    let words = row.outcomes.split { $0 == " " || $0 == "\n" }.map(String.init)
    try #require(words.count == Self.states.count)
    for (state, expected) in zip(Self.states, words) {
      let scratch = Scratch()
      for command in state.commands { try scratch.perform(command) }
      let before = try scratch.tree()
      let profile = state.commands.isEmpty ? Profile() : try scratch.state()
      #expect(outcome(row.command, on: profile) == expected, "\(state.name)")

      // The journal agrees with the rules: what is refused changes no byte, what is not is there.
      let code = try refusal { try scratch.perform(row.command) }
      if let code {
        #expect(code.description == expected, "\(state.name)")
        #expect(try scratch.tree() == before, "\(state.name)")
      } else {
        let added = expected.split(separator: "+").count
        let found = try scratch.entries().suffix(added).map { Self.short($0.type) }
        #expect(found.joined(separator: "+") == expected, "\(state.name)")
      }
    }
  }

  private func outcome(_ command: ProfileCommand, on profile: Profile) -> String {
    do {
      let events = try command.decide(on: profile)
      return events.map { Self.short(Profile.encode($0).type) }.joined(separator: "+")
    } catch {
      return (error as? DiscoveryError)?.code.description ?? "\(error)"
    }
  }

  private static func short(_ type: String) -> String {
    String(type[type.index(after: type.firstIndex(of: ".") ?? type.startIndex)...])
  }
}
