import JournalEngine
import Testing

@testable import Discovery

@Suite("The tracks of a session")
struct SessionTracksTests {
  private func session(_ tracks: [String]) -> Session {
    Session(
      id: "s", startedAt: .earliest, seqStarted: 1, place: nil, tracks: tracks,
      params: JSONObject())
  }

  @Test("are counted in the order of their first appearance, few or many", arguments: [3, 16, 60])
  func counts(_ most: Int) {
    var random = SeededGenerator.forTest()
    let begun = (0..<random.below(most)).map { "t\($0)" }
    var session = session(begun)
    var (tracks, found) = (begun, [TrackCount]())
    for _ in 0..<400 {
      let (track, count) = ("t\(random.below(most))", Int64(random.below(10)))
      session.add(count, on: track)
      if !tracks.contains(track) { tracks.append(track) }
      if let place = found.firstIndex(where: { $0.track == track }) {
        found[place].count += count
      } else {
        found.append(TrackCount(track, count))
      }
    }
    #expect(session.tracks == tracks)
    #expect(session.found == found)
    // One that is read from a snapshot is no other.
    var read = self.session(tracks)
    read.found = found
    #expect(read == session && read.hashValue == session.hashValue)
  }

  @Test("can be as many as a journal has lines")
  func many() {
    var session = session([])
    for number in 0..<100_000 { session.add(1, on: "t\(number)") }
    for number in 0..<100_000 { session.add(1, on: "t\(number)") }
    #expect(session.tracks.count == 100_000)
    #expect(session.totalOpportunities == 200_000)
  }
}
