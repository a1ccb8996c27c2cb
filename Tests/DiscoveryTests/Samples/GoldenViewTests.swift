import Discovery
import Foundation
import JournalEngine
import Testing

/// What each sample says when it is read: its views, the digest of its state, and what a
/// verification finds. After a wanted change, set `DAYBOOK_WRITE_VIEWS` to a folder, run these
/// tests, and compare what they write there.
@Suite
struct GoldenViewTests {
  /// What days are counted to.
  private let now = "2025-11-03T12:00:00.000000Z"

  @Test("A sample read anew gives the views that were kept", arguments: SampleJournal.all)
  func views(_ sample: SampleJournal) throws {
    let view = try view(of: sample)
    if let folder = SampleFolder.setting("DAYBOOK_WRITE_VIEWS") {
      try Data(view.utf8).write(to: URL(filePath: folder).appending(path: "\(sample.name).json"))
    }
    let file = SampleFolder.golden.appending(path: "\(sample.name).json")
    #expect(view == String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }

  @Test("A sample is sound, and holds the head it ends with", arguments: SampleJournal.all)
  func sound(_ sample: SampleJournal) throws {
    let reader = try profiles().reader(try sample.profile())
    let verification = try reader.verify(expecting: try reader.head())
    #expect(verification.isSound)
    #expect(verification.findings.allSatisfy { !$0.isDamage })
    let places = verification.findings.map(\.offset)
    #expect(places == places.sorted())
  }

  @Test(
    "Lines that do not count are told by their kind",
    arguments: [
      (SampleJournal.everyEvent, [:]), (.small, [:]),
      (.lostRace, [.lostRace: 6]), (.tornLine, [.torn: 3, .lostRace: 1]),
    ] as [(SampleJournal, [Finding.Kind: Int])])
  func voidKinds(
    _ sample: SampleJournal, _ counts: [Finding.Kind: Int]
  ) throws {
    let verification = try profiles().reader(try sample.profile()).verify()
    #expect(verification.counts == counts)
  }

  @Test("Numbers come back with the text they were recorded with")
  func exactNumbers() throws {
    let state = try profiles().replay(try SampleJournal.everyEvent.profile(), at: .seq(3)).state
    #expect(state.fields["overhead_rate"]?.text == "1.50")
    #expect(state.fields["ledger"]?.text == "12345678901234567890")
    #expect(state.provenance["ledger"]?.confidence?.text == "0.80")
  }

  private func profiles() throws -> Profiles {
    let clock = SampleClock()
    try clock.set(now)
    return Profiles(root: SampleFolder.journals.path, system: JournalSystem(clock: clock))
  }

  private func view(of sample: SampleJournal) throws -> String {
    let (profiles, profile) = (try profiles(), try sample.profile())
    let replay = try profiles.replay(profile)
    let verification = try profiles.reader(profile).verify()
    let status = try ProfileStatus(
      profile, state: replay.state, head: replay.head, now: profiles.moment(of: .head, replay))
    let view: JSON = [
      "status": status.json,
      "sessions": .array(try replay.state.sessions().map { $0.json(profile: profile) }),
      "provenance": FieldProvenance(replay.state).json,
      "digest": .string(try replay.state.digest.description),
      "verify": [
        "sound": .bool(verification.isSound),
        "entries": .number(JSONNumber(verification.entries)),
        "bytes": .number(JSONNumber(verification.bytes)),
        "counts": .object(
          JSONObject(
            Finding.Kind.allCases.compactMap { kind in
              verification.counts[kind].map { (kind.rawValue, .number(JSONNumber($0))) }
            })),
      ],
    ]
    return view.prettyText() + "\n"
  }
}
