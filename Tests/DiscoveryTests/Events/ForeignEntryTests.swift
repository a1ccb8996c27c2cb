import Discovery
import JournalEngine
import Testing

@Suite("Entries that others wrote")
struct ForeignEntryTests {
  let scratch = Scratch()

  @Test("Entries of unknown types stay in the journal and change nothing")
  func unknownTypes() throws {
    try scratch.perform(.create(fields: ["a": 1]))
    let before = try scratch.state()
    try scratch.record("profile.blessed", nil, ["fields": ["a": 2]])
    try scratch.record("session.started.v2", "s9", ["tracks": "none"])
    #expect(try scratch.state() == before)
    let types = try scratch.entries().map(\.type)
    #expect(types.suffix(2) == ["profile.blessed", "session.started.v2"])
  }

  @Test("Members that are not known are ignored")
  func unknownMembers() throws {
    try scratch.record("profile.created", nil, ["fields": ["a": 1], "mood": ["good"]])
    try scratch.record("session.started", "s1", ["tracks": ["t"], "priority": 7])
    try scratch.record("session.found", "s1", ["track": "t", "count": 2, "cost": "high"])
    let state = try scratch.state()
    #expect(state.fields == ["a": 1])
    #expect(try #require(try state.session("s1")).totalOpportunities == 2)
  }

  @Test("Members that are missing or null have their empty value")
  func missingMembers() throws {
    try scratch.record("profile.created", nil, [:])
    try scratch.record("session.started", "s1", ["tracks": nil, "params": nil])
    try scratch.record("session.found", "s1", ["opportunities": [[:], [:]]])
    try scratch.record("session.failed", "s1", ["reason": "a reason of later days"])
    let session = try #require(try scratch.state().session("s1"))
    #expect(session.tracks == ["unknown"])
    #expect(session.totalOpportunities == 2)
    #expect(session.errors == [])
    #expect(session.reason == .error)
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let type: String
    let data: JSONObject
    let message: String
    var testDescription: String { "\(type) \(JSON.object(data).text)" }
  }

  static let wrong: [Wrong] = [
    .init(type: "profile.created", data: ["fields": []], message: "fields is not an object"),
    .init(
      type: "profile.created", data: ["confidence": "high"],
      message: "confidence is not a number"),
    .init(type: "profile.updated", data: ["set": "a"], message: "set is not an object"),
    .init(type: "profile.updated", data: ["unset": "a"], message: "unset is not an array"),
    .init(
      type: "profile.updated", data: ["unset": [1]], message: "unset is not an array of strings"),
    .init(type: "profile.updated", data: ["source": 1], message: "source is not a string"),
    .init(type: "profile.archived", data: ["reason": 1], message: "reason is not a string"),
    .init(type: "profile.restored", data: ["reason": [:]], message: "reason is not a string"),
    .init(type: "profile.deleted", data: ["reason": true], message: "reason is not a string"),
    .init(type: "session.started", data: ["tracks": [:]], message: "tracks is not an array"),
    .init(type: "session.started", data: ["params": []], message: "params is not an object"),
    .init(type: "session.found", data: ["track": 1], message: "track is not a string"),
    .init(type: "session.found", data: ["count": "1"], message: "count is not a whole number"),
    .init(type: "session.found", data: ["count": 1.5], message: "count is not a whole number"),
    .init(type: "session.found", data: ["count": -1], message: "count is not zero or more"),
    .init(
      type: "session.found", data: ["opportunities": 3], message: "opportunities is not an array"),
    .init(
      type: "session.completed", data: ["opportunities_found": []],
      message: "opportunities_found is not an object"),
    .init(
      type: "session.completed", data: ["opportunities_found": ["t": "2"]],
      message: "t is not a whole number"),
    .init(
      type: "session.completed", data: ["total_opportunities": []],
      message: "total_opportunities is not a whole number"),
    .init(type: "session.failed", data: ["errors": "e"], message: "errors is not an array"),
    .init(
      type: "session.failed", data: ["superseded_by": 1], message: "superseded_by is not a string"),
  ]

  @Test("A member of the wrong type is an error that names entry and file", arguments: wrong)
  func wrongTypes(_ wrong: Wrong) throws {
    try scratch.perform(.start(session: "s1"))
    try scratch.record(wrong.type, wrong.type.hasPrefix("session") ? "s1" : nil, wrong.data)
    let error = try #require(throws: JournalError.self) { try scratch.state() }
    #expect(error.code == .undecodable)
    #expect(error.seq == 3)
    #expect(error.file == scratch.segment())
    #expect(error.message == "entry 3 of type \(wrong.type) cannot be read: \(wrong.message)")
  }

  @Test("An entry about a session that names none cannot be read", arguments: [nil, ""])
  func noSubject(subject: String?) throws {
    try scratch.record("session.completed", subject, [:])
    let error = try #require(throws: JournalError.self) { try scratch.state() }
    #expect(error.code == .undecodable)
    #expect(error.seq == 2)
    #expect(error.message.hasSuffix("subject is not a session's id"))
  }

  @Test(
    "An entry that contradicts what stands before it cannot be read",
    arguments: [
      ("session.started", "s1", "s1 was started before"),
      ("session.started", "s2", "s2 is started while s1 is in progress"),
      ("session.completed", "s2", "s2 was never started"),
      ("session.found", "s0", "s0 is completed already"),
      ("session.failed", "s0", "s0 is completed already"),
    ])
  func contradiction(type: String, subject: String, message: String) throws {
    try scratch.perform(.start(session: "s0"))
    try scratch.perform(.complete(session: "s0"))
    try scratch.perform(.start(session: "s1"))
    try scratch.record(type, subject, [:])
    let error = try #require(throws: JournalError.self) { try scratch.state() }
    #expect(error.code == .undecodable)
    #expect(error.seq == 5)
    #expect(error.message == "entry 5 of type \(type) cannot be read: \(message)")
  }

  @Test("Nothing is written behind an entry that cannot be read")
  func writingRefuses() throws {
    try scratch.record("profile.created", nil, ["fields": 1])
    let before = try scratch.tree()
    let error = try #require(throws: JournalError.self) {
      try scratch.perform(.update(set: ["a": 1]))
    }
    #expect(error.code == .undecodable)
    #expect(try scratch.tree() == before)
  }
}
