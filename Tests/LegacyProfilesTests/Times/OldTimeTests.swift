import Foundation
import JournalEngine
import JournalTestSupport
import LegacyProfiles
import Testing

@Suite("Times as the earlier programs wrote them")
struct OldTimeTests {
  static func zone(_ name: String) throws -> Zone {
    try #require(
      Zone(name) { name in
        FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name).map { Array($0) }
      })
  }

  @Test(
    "are read in every form",
    arguments: [
      ("2025-08-17 21:59:26.862242", "2025-08-17T21:59:26.862242Z"),
      ("2025-08-19T05:07:59.518553", "2025-08-19T05:07:59.518553Z"),
      ("2025-08-19T05:07:59", "2025-08-19T05:07:59.000000Z"),
      ("2025-08-19T05:07:59.5", "2025-08-19T05:07:59.500000Z"),
      ("2025-08-19T05:07:59.123456789", "2025-08-19T05:07:59.123456Z"),
      ("2025-08-19T05:07:59Z", "2025-08-19T05:07:59.000000Z"),
      ("2025-08-19T05:07:59.25+02:00", "2025-08-19T03:07:59.250000Z"),
      ("2025-08-19 05:07-0530", "2025-08-19T10:37:00.000000Z"),
      ("2025-08-19", "2025-08-19T00:00:00.000000Z"),
      ("1969-12-31 23:59:59.5", "1969-12-31T23:59:59.500000Z"),
    ])
  func forms(_ text: String, _ expected: String) {
    #expect(OldTime(text, in: .utc)?.time.description == expected)
  }

  @Test(
    "are nothing else",
    arguments: [
      "", "never", "2025-08", "2025-13-01", "2025-02-30", "2025-08-19 25:00:00", "20250819",
      "2025-08-19T", "2025-08-19T05", "2025-08-19T05:07:59.", "2025-08-19 05:07:59 CET",
      "2025-08-19 05:07:60", "2025-08-19 05:07:59+2", " 2025-08-19",
    ])
  func others(_ text: String) {
    #expect(OldTime(text, in: .utc) == nil)
  }

  @Test(
    "without a zone are of the zone that is given",
    arguments: [
      ("Europe/Berlin", "2025-07-01 12:00:00", "2025-07-01T10:00:00.000000Z", false),
      ("Europe/Berlin", "2025-12-01 12:00:00", "2025-12-01T11:00:00.000000Z", false),
      ("Europe/Berlin", "2025-10-26 02:30:00", "2025-10-26T00:30:00.000000Z", true),
      ("Europe/Berlin", "2025-03-30 02:30:00", "2025-03-30T01:30:00.000000Z", true),
      ("America/New_York", "2025-08-17 21:59:26", "2025-08-18T01:59:26.000000Z", false),
      ("America/New_York", "2045-01-17 21:59:26", "2045-01-18T02:59:26.000000Z", false),
      ("America/New_York", "2045-07-17 21:59:26", "2045-07-18T01:59:26.000000Z", false),
      ("Asia/Kolkata", "2025-08-17 12:00:00", "2025-08-17T06:30:00.000000Z", false),
      ("Australia/Sydney", "2050-01-17 12:00:00", "2050-01-17T01:00:00.000000Z", false),
      ("+05:45", "2025-08-17 12:00:00", "2025-08-17T06:15:00.000000Z", false),
    ])
  func zones(_ name: String, _ text: String, _ expected: String, _ isRemarkable: Bool) throws {
    let time = try #require(OldTime(text, in: try Self.zone(name)))
    #expect(time.time.description == expected)
    #expect((time.remark != nil) == isRemarkable)
  }

  @Test(
    "agree with the toolchain's zones at any hour",
    arguments: ["Europe/London", "America/Santiago", "Africa/Cairo", "Pacific/Auckland"])
  func agree(_ name: String) throws {
    let zone = try Self.zone(name)
    let theirs = try #require(TimeZone(identifier: name))
    var random = SeededGenerator(seed: 20251125)
    for _ in 0..<500 {
      // From 1975 to 2037.
      let seconds = 157_766_400 + Int64(random.below(1_960_000_000))
      let local =
        seconds + Int64(theirs.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
      let text = Timestamp(microseconds: local * 1_000_000).description.dropLast()
      guard let read = OldTime(String(text), in: zone) else { continue }
      if read.remark == nil { #expect(read.time.microseconds == seconds * 1_000_000, "\(text)") }
    }
  }

  @Test(
    "have no zone of such a name",
    arguments: ["", "Nowhere", "../../etc/passwd", "/etc/passwd", "Europe/", "+25:00", "+2", "a b"])
  func noZone(_ name: String) {
    #expect(
      Zone(name) { name in
        FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name).map { Array($0) }
      } == nil)
  }

  @Test("are not read by a file that is cut short or altered into nonsense")
  func badFiles() throws {
    let bytes = try #require(
      FileManager.default.contents(atPath: "/usr/share/zoneinfo/Europe/Berlin").map { Array($0) })
    var random = SeededGenerator(seed: 20251125)
    for _ in 0..<2000 {
      var bad = Array(bytes.prefix(random.below(bytes.count)))
      if !bad.isEmpty { bad[random.below(bad.count)] ^= UInt8(random.below(256)) }
      _ = TimeZoneFile(bad).map { _ in OldTime("2025-08-17 21:59:26", in: .utc) }
      _ = Zone("X") { _ in bad }.map { OldTime("2025-08-17 21:59:26", in: $0) }
    }
  }
}
