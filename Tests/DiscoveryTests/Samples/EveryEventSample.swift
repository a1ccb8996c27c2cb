import Discovery
import JournalEngine

extension SampleJournal {
  /// Each type of event, provenance, texts that are not ASCII, numbers that no double holds.
  static let everyEvent = SampleJournal("sample-every-event") { scene in
    let kiosk = try scene.open(by: "intake")
    try begin(scene, kiosk)
    let runner = try scene.open(by: "weekly-runner")
    try searchesThatComplete(scene, runner)
    try searchesThatFail(scene, runner)
    let office = try scene.open(by: "Åse Øverland")
    try changesOfTheProfile(scene, office)
    try lastSearch(scene, runner)
  }

  private static func begin(_ scene: SampleScene, _ intake: SampleAuthor) throws {
    let fields = try JSONObject(
      sample: #"""
        {"name":"Larkspur Reading Rooms – Biblioteca Čtenářů 読書室","states":["OR","WA"],
         "mission":"Reading rooms in towns without a library:\n\t“one shelf, one table, one lamp”",
         "annual_budget":1284000.00,"overhead_rate":1.50,"ledger":12345678901234567890,
         "founded":1998,"faith_based":false,"fiscal_sponsor":null,
         "programs":{"adults":{"rooms":4,"hours":6.5},"children":{"rooms":9,"hours":2e1}}}
        """#)
    try scene.clock.set("2025-08-04T16:02:11.048213Z")
    try intake.writer.append(
      .imported(
        try JSONObject(
          sample: #"""
            {"source":"profiles","files":[{"name":"larkspur.json","sha256":
            "0bb01f4e4cd5bf7fdfaa0c8ac8f2db4f1c3a3d7cbd0a2a3ee1f1d5b7a9f3c6de"}],
            "profiles":1,"sessions":0}
            """#)),
      .profileCreated(
        fields: fields,
        origin: .init(source: "profiles/larkspur.json", confidence: JSONNumber(text: "0.80"))),
      by: intake.by)
    try intake.record(
      "2025-08-05T17:40:09.511008Z",
      .update(
        set: [
          "ein": "93-0000000", "annual_budget": .object(["2023": 1_284_000, "2024": 1_310_500]),
        ],
        origin: .init(source: "form 990 of 2023", confidence: JSONNumber(text: "0.95"))))
  }

  private static func searchesThatComplete(
    _ scene: SampleScene, _ runner: SampleAuthor
  ) throws {
    let first = scene.newSession()
    try runner.record(
      "2025-08-06T05:00:00.004417Z",
      .start(
        session: first, tracks: ["government", "foundation"],
        params: ["states": ["OR", "WA"], "minimum_award": 25_000, "deadline": "2025-12-31"]),
      id: "weekly-2025-32")
    try runner.record(
      "2025-08-06T05:00:14.903166Z",
      .found(
        session: first, track: "government", count: nil,
        opportunities: [
          ["title": "Rural Literacy Fund", "agency": "State of Oregon", "award": 60_000],
          ["title": "Bücher für alle", "agency": "Grantmakers’ Circle", "award": nil],
        ]))
    try runner.record(
      "2025-08-06T05:01:02.230984Z",
      .found(session: first, track: "foundation", count: 7))
    try runner.record(
      "2025-08-06T05:01:33.871245Z",
      .complete(
        session: first,
        .init(
          opportunitiesFound: [.init("government", 2), .init("foundation", 6)], total: 8,
          notes: "one foundation was listed twice; “Bücher für alle” wants a letter first")))

    let second = scene.newSession()
    try runner.record(
      "2025-08-13T05:00:00.003950Z", .start(session: second, tracks: ["government"]),
      id: "weekly-2025-33")
    try runner.record(
      "2025-08-13T05:00:20.118402Z", .found(session: second, track: "government", count: 3))
    try runner.record(
      "2025-08-13T05:02:41.640777Z", .found(session: second, track: "nonprofit", count: 1))
    try runner.record("2025-08-13T05:02:42.000001Z", .complete(session: second))
  }

  private static func searchesThatFail(_ scene: SampleScene, _ runner: SampleAuthor) throws {
    let third = scene.newSession()
    try runner.record(
      "2025-08-20T05:00:00.004102Z",
      .start(session: third, tracks: ["government", "foundation"]), id: "weekly-2025-34")
    try runner.record(
      "2025-08-20T05:03:00.771930Z",
      .fail(
        session: third,
        errors: ["the search service answered 503, 3 times", "gave up on foundation after 180 s"]))
    // The machine went down in the middle: the next start finds the session still running.
    let fourth = scene.newSession()
    try runner.record(
      "2025-08-20T09:15:30.000000Z", .start(session: fourth, tracks: ["foundation"]))
    try runner.record(
      "2025-08-20T09:15:55.209441Z", .found(session: fourth, track: "foundation", count: 4))
    let fifth = scene.newSession()
    try runner.record(
      "2025-08-27T05:00:00.003788Z",
      .start(session: fifth, tracks: ["government", "foundation"]), id: "weekly-2025-35")
    try runner.record(
      "2025-08-27T05:00:41.337214Z", .found(session: fifth, track: "foundation", count: 5))
    try runner.record(
      "2025-08-27T05:01:10.450062Z",
      .complete(session: fifth, .init(notes: "nothing new on government")))
  }

  private static func changesOfTheProfile(_ scene: SampleScene, _ office: SampleAuthor) throws {
    try office.record(
      "2025-09-01T14:22:37.655120Z",
      .update(
        set: ["contact": "Åse Øverland", "overhead_rate": 1.75],
        unset: ["fiscal_sponsor", "faith_based"], origin: .init(source: "telephone call")))
    try office.record(
      "2025-09-02T08:00:00.120000Z", .archive(reason: "the board reviews the programme"))
    try office.record("2025-09-12T08:00:00.310000Z", .restore(reason: "review is over"))
    try office.record(
      "2025-09-12T08:04:10.940000Z", .delete(reason: "taken for the copy in the old folder"))
    try office.record("2025-09-12T08:05:59.020000Z", .restore(reason: "it was not the copy"))
  }

  private static func lastSearch(_ scene: SampleScene, _ runner: SampleAuthor) throws {
    let sixth = scene.newSession()
    try runner.record(
      "2025-09-17T05:00:00.004250Z",
      .start(session: sixth, tracks: ["government", "foundation", "nonprofit"]),
      id: "weekly-2025-38")
    // The runner was not told in time and asked again: the same key adds nothing.
    let repeated = try runner.record(
      "2025-09-17T05:00:05.000000Z",
      .start(session: scene.newSession(), tracks: ["government", "foundation", "nonprofit"]),
      id: "weekly-2025-38")
    guard repeated.isRepeated else { throw SampleFault(description: "the key was not known") }
    try runner.record(
      "2025-09-17T05:00:33.602918Z", .found(session: sixth, track: "government", count: 11))
    try runner.record(
      "2025-09-17T05:01:20.000730Z", .fail(session: sixth, errors: ["日本語の応答を読めない"]))
  }
}
