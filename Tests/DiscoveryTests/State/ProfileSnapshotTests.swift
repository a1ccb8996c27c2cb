import Foundation
import JournalEngine
import Testing

@testable import Discovery

@Suite("A snapshot of a profile")
struct ProfileSnapshotTests {
  @Test(
    "is read back as the very state, for every sample at every entry", arguments: SampleJournal.all)
  func roundTrip(_ sample: SampleJournal) throws {
    let reader = JournalReader(try sample.profile(), in: SampleFolder.journals.path)
    let head = try reader.replay(Profile.self).head.seq
    for seq in 0...head {
      let state = try reader.replay(Profile.self, until: .seq(seq)).state
      let json = try #require(state.snapshot())
      let back = try Profile(snapshot: JSON(parsing: json.text), version: Profile.version)
      #expect(try back == state && back.digest == state.digest)
    }
  }

  @Test("that says more was finished than can be counted on does no harm")
  func uncountable() throws {
    let sample = try #require(SampleJournal.all.first { $0.name == "sample-every-event" })
    let reader = JournalReader(try sample.profile(), in: SampleFolder.journals.path)
    let sound = try reader.replay(Profile.self).state
    let failed = try #require(try sound.sessions().first { $0.status == .failed })
    var state = try #require(sound.snapshot()?.object)
    state["tally"] = [
      "completed": .number(JSONNumber(Int64.max)), "failed": .number(JSONNumber(Int64.max)),
      "failure_streak": .number(JSONNumber(Int64.max)), "duration": 0, "tracks": [],
    ]
    var profile = try Profile(snapshot: .object(state), version: Profile.version)
    profile.tally.add(failed)
    #expect(profile.tally.failed > 0 && profile.tally.failureStreak > 0)
  }

  @Test("that lacks a member which must be there is refused")
  func lacking() throws {
    #expect(throws: (any Error).self) { try Profile(snapshot: [:], version: 1) }
    #expect(throws: (any Error).self) {
      try Profile(snapshot: ["status": "active", "sessions": [[:]]], version: 1)
    }
    #expect(throws: (any Error).self) {
      try Profile(snapshot: ["status": "unheard of"], version: 1)
    }
  }
}
