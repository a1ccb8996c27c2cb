import Discovery
import JournalEngine
import Testing

@Suite("Analytics")
struct AnalyticsTests {
  let scratch = Scratch()
  private let name: JournalName

  init() throws { name = try JournalName("acme") }

  /// Sessions that last so many seconds each: above zero they complete, below they fail.
  private func run(_ lengths: [Int64]) throws {
    for (index, length) in lengths.enumerated() {
      _ = try scratch.profiles.perform(.start(session: "s\(index)"), on: name)
      scratch.clock.advance(seconds: abs(length))
      let command: ProfileCommand =
        length < 0 ? .fail(session: "s\(index)", errors: ["e"]) : .complete(session: "s\(index)")
      _ = try scratch.profiles.perform(command, on: name)
    }
  }

  private func analytics() throws -> Analytics {
    try Analytics(scratch.state(), now: scratch.clock.now())
  }

  @Test(
    "The median is the middle one, or half way between the two in the middle",
    arguments: [
      ([5], 5, 5), ([1, 100], 50.5, 50.5), ([1, 100, 4], 35, 4), ([9, 1, 2, 8], 5, 5),
      ([1, -50, 3], 2, 2), ([0, 0, 6], 2, 0),
    ] as [([Int64], Double, Double)])
  func durations(lengths: [Int64], mean: Double, median: Double) throws {
    try run(lengths)
    #expect(try analytics().json["mean_duration_seconds"]?.double == mean)
    #expect(try analytics().json["median_duration_seconds"]?.double == median)
  }

  @Test("Where nothing has completed there are no durations")
  func none() throws {
    try run([-5])
    _ = try scratch.profiles.perform(.start(session: "running"), on: name)
    #expect(try analytics().meanDuration == nil)
    #expect(try analytics().json["median_duration_seconds"] == .some(.null))
    #expect(try analytics().successRate == 0)
    #expect(
      try analytics().json["sessions_by_status"]?.text
        == #"{"in_progress":1,"completed":0,"failed":1}"#)
  }

  @Test(
    "The success rate counts the sessions that have ended",
    arguments: [
      ([1], 1), ([1, -1], 0.5), ([-1, -1, 1, -1], 0.25), ([], nil),
    ] as [([Int64], Double?)])
  func successRate(lengths: [Int64], rate: Double?) throws {
    try run(lengths)
    _ = try scratch.profiles.perform(.start(session: "running"), on: name)
    #expect(try analytics().successRate == rate)
  }

  @Test(
    "The streak counts the failures since the last completion",
    arguments: [
      ([], 0), ([-1], 1), ([-1, 1], 0), ([1, -1, -1], 2), ([-1, -1, 1, -1], 1),
    ] as [([Int64], Int)])
  func streak(lengths: [Int64], streak: Int) throws {
    try scratch.perform(.create(fields: [:]))
    try run(lengths)
    #expect(try analytics().failureStreak == streak)
  }

  @Test("A session that was abandoned counts as a failure, one that runs as neither")
  func abandoned() throws {
    try run([1])
    _ = try scratch.profiles.perform(.start(session: "a"), on: name)
    _ = try scratch.profiles.perform(.start(session: "b"), on: name)
    #expect(try analytics().failureStreak == 1)
    #expect(try analytics().successRate == 0.5)
  }

  @Test("Opportunities are summed by track over all sessions, in the order of their first one")
  func tracks() throws {
    try scratch.perform(.start(session: "s1"))
    try scratch.perform(.found(session: "s1", track: "b", count: 2))
    try scratch.perform(.found(session: "s1", track: "a", count: 1))
    try scratch.perform(.complete(session: "s1"))
    try scratch.perform(.start(session: "s2"))
    try scratch.perform(.found(session: "s2", track: "c", count: 7))
    try scratch.perform(
      .complete(session: "s2", .init(opportunitiesFound: [.init("a", 10), .init("c", 1)])))
    try scratch.perform(.start(session: "s3"))
    try scratch.perform(.found(session: "s3", track: "b", count: 4))
    #expect(try analytics().json["opportunities_by_track"]?.text == #"{"b":6,"a":11,"c":1}"#)
    #expect(try analytics().totalOpportunities == 18)
  }

  @Test("Days are whole ones since the last transition of a session, and never below zero")
  func days() throws {
    func days() throws -> Int64? { try analytics().daysSinceLastDiscovery }
    try scratch.perform(.create(fields: [:]))
    #expect(try days() == nil)
    try run([1])
    #expect(try days() == 0)
    scratch.clock.advance(seconds: 86_399)
    #expect(try days() == 0)
    scratch.clock.advance(seconds: 1)
    #expect(try days() == 1)
    scratch.clock.advance(days: 30)
    try scratch.perform(.update(set: ["a": 1]))
    #expect(try days() == 31)
    scratch.clock.advance(days: -60)
    #expect(try days() == 0)
  }

  @Test("As of an entry, days are counted to that entry; as of a time, to that time")
  func pastDays() throws {
    try run([1])
    scratch.clock.advance(days: 3)
    _ = try scratch.profiles.perform(.update(set: ["a": 1]), on: name)
    let then = scratch.clock.now()
    scratch.clock.advance(days: 10)
    func days(_ point: Point) throws -> Int64? {
      try scratch.status(at: point).analytics.daysSinceLastDiscovery
    }
    #expect(try days(.head) == 13)
    #expect(try days(.seq(3)) == 0)
    #expect(try days(.seq(4)) == 3)
    #expect(try days(.time(then.advanced(byMicroseconds: 2 * 86_400_000_000))) == 5)
    #expect(try days(.time(.latest)) == 13)
  }
}
