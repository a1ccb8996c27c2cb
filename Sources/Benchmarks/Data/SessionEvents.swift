internal import Discovery
internal import JournalEngine

/// Sessions, each with its start and its end, as lines of about 290 bytes. The same for the same
/// seed.
struct SessionEvents {
  private var random: SeededGenerator
  private let seed: UInt64
  private var made = 0

  init(seed: UInt64) {
    self.seed = seed
    random = SeededGenerator(seed: seed)
  }

  /// The id of a session, counted from 1.
  static func id(_ number: Int, seed: UInt64) -> String {
    // An odd factor: no id comes twice.
    let mixed = (UInt64(number) &* 0x5DEE_CE66_D1CF &+ seed) & 0xFFFF_FFFF_FFFF
    let digits = String(mixed, radix: 16)
    return "session_" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  /// The next session.
  mutating func next() -> [DiscoveryEvent] {
    made += 1
    let id = Self.id(made, seed: seed)
    let count = Int64.random(in: 0..<100, using: &random)
    let start = DiscoveryEvent.sessionStarted(
      session: id, tracks: ["government", "foundation"], params: [:])
    let end = DiscoveryEvent.sessionCompleted(
      session: id,
      .init(
        opportunitiesFound: [TrackCount("government", count)], total: count, notes: "none"))
    return [start, end]
  }

  /// The events of so many sessions.
  mutating func next(_ sessions: Int) -> [DiscoveryEvent] {
    var events: [DiscoveryEvent] = []
    events.reserveCapacity(sessions * 2)
    for _ in 0..<sessions { events += next() }
    return events
  }

  /// Something found in a session that runs, for those who record at the same time.
  static func found(in session: String, by number: Int) -> DiscoveryEvent {
    .sessionFound(
      session: session, track: "government", count: 1,
      opportunities: [["title": .string("Community grant \(number)")]])
  }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
