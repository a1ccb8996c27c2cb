import JournalTestSupport
import Testing

@testable import JournalEngine

@Suite("The numbers that repairs gave up")
struct GivenUpTests {
  /// A repair that goes on from an entry, and has a number of its own.
  private func repair(from first: Int64, to last: Int64) throws -> Repair {
    let from = Head(seq: first, hash: Digest(of: [1]))
    let data = Repair.data(from: from, segment: 1, offset: 0)
    let line = RawLines.line(
      "journal.repaired", seq: last, prev: from.hash, data: JSON.object(data).text)
    let place = LinePlace(segment: 1, offset: 0, length: line.count)
    let fields = try #require(line.withUnsafeBytes { LineScanner.scan($0) })
    return try #require(
      Repair(Entry(line: line, fields: fields, hash: SHA256.digest(of: line), place: place)))
  }

  @Test("are those between the entry and the line, and a later repair's take in an earlier one's")
  func ranges() throws {
    var givenUp = GivenUp()
    givenUp.add(try repair(from: 3, to: 4))
    #expect(givenUp.ranges.isEmpty)
    givenUp.add(try repair(from: 10, to: 15))
    givenUp.add(try repair(from: 20, to: 25))
    #expect(givenUp.ranges == [11...14, 21...24])
    givenUp.add(try repair(from: 5, to: 30))
    #expect(givenUp.ranges == [6...29])
    #expect(!givenUp.contains(5) && givenUp.contains(6) && givenUp.contains(29))
    #expect(!givenUp.contains(30))
  }
}
