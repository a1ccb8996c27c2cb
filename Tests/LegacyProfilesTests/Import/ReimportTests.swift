import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("Importing once more")
struct ReimportTests {
  let store: OldStore

  init() throws {
    store = try OldStore()
    try putProfile(["a": 1, "b": 1])
    try store.put(
      OldStore.session("old", from: "2025-01-01 00:00:00", to: "2025-01-02 00:00:00"),
      at: "acme/sessions/old.json")
    try store.put(
      OldStore.session("open", from: "2025-01-03 00:00:00"), at: "acme/sessions/open.json")
    // Nothing is to stand before the entry that says what was imported.
    try store.importAll()
    store.clock.advance(by: .seconds(100))
  }

  private func putProfile(_ fields: JSONObject) throws {
    var members: JSONObject = ["profile_id": "acme", "created_at": "2025-01-01T00:00:00"]
    for (name, value) in fields { members[name] = value }
    try store.put(.object(members), at: "acme/profile.json")
  }

  @Test("adds nothing where nothing is new, however the folder is called")
  func nothing() throws {
    let before = store.disk.paths.map { store.disk.bytes(of: $0) }
    #expect(try store.importAll().entries == 0)
    #expect(try store.importAll(from: store.folder.path + "/acme").entries == 0)
    #expect(store.disk.paths.map { store.disk.bytes(of: $0) } == before)
  }

  @Test("takes the fields of a profile's file back to what they were before")
  func backAgain() throws {
    for value in [2, 1] {
      try putProfile(["a": .number(JSONNumber(value)), "b": 1])
      try store.importAll()
      #expect(try store.state("acme").fields["a"] == .number(JSONNumber(value)))
      #expect(try store.importAll().entries == 0)
    }
  }

  @Test("adds the sessions that began since, and the end of one that ran")
  func more() throws {
    try store.put(
      OldStore.session("open", from: "2025-01-03 00:00:00", to: "2027-01-01 00:00:30"),
      at: "acme/sessions/open.json")
    try store.put(
      OldStore.session("new", from: "2027-01-01 00:00:10", to: "2027-01-01 00:00:20"),
      at: "acme/sessions/new.json")
    let result = try #require(try store.importAll().results["acme"])
    #expect(result.notes.isEmpty)
    #expect(result.sessions == ["new"])
    #expect(result.endings == 1)
    #expect(
      try store.history("acme").suffix(3) == [
        "session.started new", "session.completed new", "session.completed open",
      ])
    #expect(try store.state("acme").running == [])
    #expect(try store.importAll().entries == 0)
  }

  @Test("says of what would have to stand before the last entry that it cannot be added")
  func tooOld() throws {
    try store.put(
      OldStore.session("late", from: "2025-01-02 00:00:00", to: "2025-01-02 12:00:00"),
      at: "acme/sessions/late.json")
    try store.put(
      OldStore.session("open", from: "2025-01-03 00:00:00", to: "2025-01-04 00:00:00"),
      at: "acme/sessions/open.json")
    let before = try store.history("acme")
    let outcome = try store.importAll()
    #expect(outcome.entries == 0)
    #expect(
      outcome.messages(.skipped, "acme/sessions/late.json") == [
        "late began at 2025-01-02T00:00:00.000000Z, before the journal's last entry "
          + "(2027-01-01T00:00:00.000000Z): it cannot be added any more"
      ])
    #expect(
      outcome.messages(.skipped, "acme/sessions/open.json").first?.hasPrefix(
        "open ended at 2025-01-04T00:00:00.000000Z, before the journal's last entry") == true)
    #expect(try store.history("acme") == before)
  }

  @Test("says of a finished session that its file is another one now")
  func changed() throws {
    try store.put(
      OldStore.session(
        "old", from: "2025-01-01 00:00:00", to: "2025-01-02 00:00:00", ["notes": "x"]),
      at: "acme/sessions/old.json")
    let outcome = try store.importAll()
    #expect(outcome.entries == 0)
    #expect(
      outcome.messages(.skipped) == [
        "old is completed in the journal, and the file is another than the one that was imported"
      ])
  }

  @Test("changes the fields that the earlier program changed, and not those that were changed here")
  func fields() throws {
    let name = try JournalName("acme")
    _ = try store.profiles().perform(
      .update(set: ["a": 2, "mine": 1], unset: [], origin: .init()), on: name)
    store.clock.advance(by: .seconds(1))
    try putProfile(["a": 3, "c": 1])
    let outcome = try store.importAll()
    #expect(
      outcome.messages(.skipped) == [
        "the field a was changed in the journal since: it stays so; of this file is recorded: c, b"
      ])
    let fields = try store.state("acme").fields
    #expect(fields["a"] == 2)
    #expect(fields["b"] == nil)
    #expect(fields["c"] == 1)
    #expect(fields["mine"] == 1)
    #expect(try store.importAll().entries == 0)
  }

  @Test("leaves what was archived here archived")
  func status() throws {
    try putProfile(["a": 1, "b": 1, "status": "active"])
    try store.importAll()
    let name = try JournalName("acme")
    _ = try store.profiles().perform(.fail(session: "open", errors: ["e"]), on: name)
    _ = try store.profiles().perform(.archive(reason: nil), on: name)
    store.clock.advance(by: .seconds(1))
    try putProfile(["a": 5, "b": 1, "status": "active"])
    try store.importAll()
    #expect(try store.state("acme").status == .archived)
    #expect(try store.state("acme").fields["a"] == 5)
  }

  @Test("says each time that a profile cannot be archived while a session runs, and does it then")
  func waitingStatus() throws {
    try putProfile(["a": 1, "b": 1, "status": "active"])
    try store.importAll()
    store.clock.advance(by: .seconds(1))
    try putProfile(["a": 2, "b": 1, "status": "archived"])
    let refusal = "a session is in progress, so the profile cannot be archived"
    for entries in [2, 0, 0] {
      let outcome = try store.importAll()
      let rest = entries == 0 ? "" : "; of this file is recorded: a"
      #expect(outcome.messages(.skipped, "acme/profile.json") == [refusal + rest])
      #expect(outcome.entries == entries)
    }
    #expect(try store.state("acme").fields["a"] == 2)
    #expect(try store.state("acme").fields["status"] == "active")
    store.clock.advance(by: .seconds(1))
    try store.put(
      OldStore.session("open", from: "2025-01-03 00:00:00", to: "2027-01-01 00:01:42"),
      at: "acme/sessions/open.json")
    #expect(try store.importAll().messages(.skipped) == [])
    let state = try store.state("acme")
    #expect(state.status == .archived)
    #expect(state.fields["status"] == "archived")
    #expect(try store.importAll().entries == 0)
  }

  @Test("takes what a profile could not be archived for when the session has ended here")
  func waitingStatusEndedHere() throws {
    try putProfile(["a": 1, "b": 1, "status": "archived"])
    try store.importAll()
    _ = try store.profiles().perform(
      .fail(session: "open", errors: ["e"]), on: JournalName("acme"))
    store.clock.advance(by: .seconds(1))
    #expect(try store.importAll().messages(.skipped) == [])
    #expect(try store.state("acme").status == .archived)
    #expect(try store.importAll().entries == 0)
  }

  @Test("adds nothing to a profile that was deleted here, until it is restored")
  func deleted() throws {
    let name = try JournalName("acme")
    _ = try store.profiles().perform(.fail(session: "open", errors: ["e"]), on: name)
    _ = try store.profiles().perform(.delete(reason: nil), on: name)
    store.clock.advance(by: .seconds(100))
    try store.put(
      OldStore.session("new", from: "2027-01-01 00:03:10", to: "2027-01-01 00:03:15"),
      at: "acme/sessions/new.json")
    try putProfile(["a": 2, "b": 1, "status": "archived"])
    for _ in 0..<2 {
      let outcome = try store.importAll()
      #expect(outcome.entries == 0)
      #expect(
        outcome.messages(.skipped, "acme/sessions/new.json") == [
          "acme is deleted in the journal: new is not added to it"
        ])
      #expect(outcome.messages(.skipped, "acme/profile.json").count == 1)
    }
    _ = try store.profiles().perform(.restore(reason: nil), on: name)
    #expect(
      try store.importAll().messages(.skipped) == [
        "new began at 2027-01-01T00:03:10.000000Z, before the journal's last entry "
          + "(2027-01-01T00:03:20.000000Z): it cannot be added any more"
      ])
    #expect(try store.state("acme").fields["a"] == 2)
    #expect(try store.state("acme").status == .archived)
  }

  @Test("brings back a profile that the earlier program brought back, and adds its sessions")
  func restoredThere() throws {
    try putProfile(["a": 1, "b": 1, "status": "deleted"])
    try store.put(
      OldStore.session("open", from: "2025-01-03 00:00:00", to: "2027-01-01 00:00:30"),
      at: "acme/sessions/open.json")
    try store.importAll()
    #expect(try store.state("acme").status == .deleted)
    store.clock.advance(by: .seconds(100))
    try putProfile(["a": 1, "b": 1, "status": "active"])
    try store.put(
      OldStore.session("new", from: "2027-01-01 00:03:10", to: "2027-01-01 00:03:15"),
      at: "acme/sessions/new.json")
    #expect(try store.importAll().messages(.skipped) == [])
    #expect(try store.state("acme").status == .active)
    #expect(try store.state("acme").session("new")?.status == .completed)
  }

  @Test("says each time which members of a running session changed and cannot be taken")
  func changedWhileRunning() throws {
    try store.put(
      OldStore.session(
        "open", from: "2025-01-03 00:00:00", ["tracks_executed": ["x"], "notes": "n", "own": 1]),
      at: "acme/sessions/open.json")
    for _ in 0..<2 {
      let outcome = try store.importAll()
      #expect(outcome.entries == 0)
      #expect(
        outcome.messages(.skipped) == [
          "open is in progress in the journal, and is not changed before it ends: the file has "
            + "other members now (tracks_executed, notes, own)"
        ])
    }
  }

  @Test("says nothing of a session whose file holds the same in another spelling")
  func otherSpelling() throws {
    try store.put(
      """
      { "status": "completed", "session_id": "old", "profile_id": "acme",
        "started_at": "2025-01-01 00:00:00", "completed_at": "2025-01-02 00:00:00",
        "tracks_executed": [ ], "opportunities_found": { }, "total_opportunities": 0,
        "execution_time_seconds": null, "error_messages": [], "notes": "" }
      """, at: "acme/sessions/old.json")
    let open = OldStore.session("open", from: "2025-01-03 00:00:00").text
    try store.put(" " + open + "\n", at: "acme/sessions/open.json")
    let outcome = try store.importAll()
    #expect(outcome.entries == 0)
    #expect(outcome.notes.isEmpty)
  }

  @Test("says nothing of a session whose file has less than an export of it would")
  func shortFile() throws {
    let text = #"{"session_id":"short","profile_id":"acme","started_at":"2027-01-01 00:01:00"}"#
    try store.put(text, at: "acme/sessions/short.json")
    #expect(try store.importAll().results["acme"]?.sessions == ["short"])
    try store.put(" " + text, at: "acme/sessions/short.json")
    #expect(try store.importAll().notes.isEmpty)
  }

  @Test("takes with the end of a session whatever its file says otherwise than at its start")
  func changedAtTheEnd() throws {
    let document = OldStore.session(
      "open", from: "2025-01-03 00:00:00", to: "2027-01-01 00:00:30",
      ["tracks_executed": ["x", "y"], "own": [1]])
    try store.put(document, at: "acme/sessions/open.json")
    #expect(try store.importAll().results["acme"]?.endings == 1)
    #expect(try store.exported(in: .folders)["acme/sessions/open.json"] == document)
    try store.put(" " + document.text, at: "acme/sessions/open.json")
    #expect(try store.importAll().notes.isEmpty)
  }

  @Test("takes opportunities of a session that runs in the journal, without the session's file")
  func stray() throws {
    let other = try OldStore()
    func put(_ id: String, _ session: String, at time: String = "2027-01-01T00:01:00") throws {
      try other.put(
        [
          "lead_id": .string(id), "profile_id": "acme", "session_id": .string(session),
          "discovered_at": .string(time), "track": "federal",
        ], at: "leads/\(id).json")
    }
    try put("in-time", "open")
    try put("too-old", "open", at: "2025-01-03T00:00:01")
    try put("ended", "old")
    try put("lost", "nowhere")
    for entries in [2, 0] {
      let outcome = try store.importAll(from: other.folder.path)
      #expect(outcome.entries == entries)
      #expect(outcome.unplaced == ["leads/lost.json"])
      #expect(outcome.messages(.skipped).count == 2)
      #expect(
        outcome.messages(.skipped, "leads/ended.json") == [
          "old is completed: nothing is added to it"
        ])
      #expect(
        outcome.messages(.skipped, "leads/too-old.json").first?.hasPrefix("it was found before")
          == true)
    }
    #expect(try store.state("acme").session("open")?.totalOpportunities == 1)
  }

  @Test("makes no journal of opportunities whose session is nowhere")
  func strayOfNobody() throws {
    let other = try OldStore()
    try other.put(
      ["opportunity_id": "o", "session_id": "s"], at: "beta/opportunities/opportunity_o.json")
    let outcome = try store.importAll(from: other.folder.path)
    #expect(outcome.unplaced == ["beta/opportunities/opportunity_o.json"])
    #expect(try store.profiles().names()?.map(\.text) == ["acme"])
  }

  @Test("adds no session to a second journal, where an earlier import of another folder had it")
  func elsewhere() throws {
    let other = try OldStore()
    for id in ["old", "own"] {
      try other.put(
        OldStore.session(id, of: "beta", from: "2025-01-01 00:00:00", to: "2025-01-02 00:00:00"),
        at: "beta/sessions/\(id).json")
    }
    for entries in [3, 0] {
      let outcome = try store.importAll(from: other.folder.path)
      #expect(outcome.entries == entries)
      #expect(
        outcome.messages(.skipped) == [
          "old is in the journal acme already, and is not added to another"
        ])
    }
    #expect(try store.state("beta").sessions().map(\.id) == ["own"])
    #expect(try store.profiles().profile(of: "old").text == "acme")
  }

  @Test("believes the index of sessions of no journal that does not hold them")
  func wrongIndex() throws {
    SessionIndex(root: "/journals", system: store.profiles().system)
      .add(["new"], in: try JournalName("nobody"))
    try store.put(
      OldStore.session("new", from: "2027-01-01 00:01:00"), at: "acme/sessions/new.json")
    #expect(try store.importAll().results["acme"]?.sessions == ["new"])
  }

  @Test("says of what a session found that it cannot be added without the session")
  func withoutItsSession() throws {
    try store.put(
      OldStore.session("late", from: "2025-01-02 00:00:00", to: "2025-01-02 12:00:00"),
      at: "acme/sessions/late.json")
    try store.put(["lead_id": "l", "session_id": "late"], at: "leads/l.json")
    let outcome = try store.importAll()
    #expect(outcome.entries == 0)
    #expect(
      outcome.messages(.skipped, "leads/l.json") == ["late, which found it, is not added"])
  }

  @Test(
    "says nothing of a session that was recorded here and exported",
    arguments: LegacyLayout.allCases)
  func exported(_ layout: LegacyLayout) throws {
    let name = try JournalName("beta")
    _ = try store.profiles().perform(.start(session: "s", tracks: ["t"]), on: name)
    store.clock.advance(by: .seconds(7))
    _ = try store.profiles().perform(.complete(session: "s"), on: name)
    let other = try OldStore()
    for (path, document) in try store.exported(in: layout) where document["session_id"] == "s" {
      try other.put(document, at: path)
    }
    let outcome = try store.importAll(from: other.folder.path)
    #expect(outcome.results["beta"] != nil)
    #expect(outcome.entries == 0)
    #expect(outcome.notes.isEmpty)
  }
}
