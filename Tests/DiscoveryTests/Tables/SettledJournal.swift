import Discovery
import JournalEngine
import JournalTestSupport
import Testing

/// A profile's journal in memory whose sessions go to tables early and are merged often.
struct SettledJournal {
  static let name = "acme"
  let disk = MemoryDisk()
  let clock = ManualClock()
  private let seeds = SeededRandom(seed: 1)
  var options = WriteOptions(durability: .none, snapshots: .never)
  private(set) var started = 0

  init() {
    options.tableTiers.smallest = 3
    options.tableTiers.run = 3
    options.tableTiers.large = 40
  }

  func system(_ files: MemoryFileSystem? = nil) -> JournalSystem {
    JournalSystem(
      fileSystem: files ?? MemoryFileSystem(on: disk), clock: clock,
      random: SeededRandom(seed: seeds.next()))
  }

  func profiles(_ files: MemoryFileSystem? = nil) -> Profiles {
    Profiles(root: "/root", system: system(files), options: options)
  }

  func writer(_ files: MemoryFileSystem? = nil) throws -> JournalWriter<Profile> {
    try JournalWriter(JournalName(Self.name), in: "/root", system: system(files), options: options)
  }

  func reader(_ files: MemoryFileSystem? = nil) throws -> JournalReader {
    JournalReader(try JournalName(Self.name), in: "/root", system: system(files))
  }

  /// Runs sessions from start to end, some failed, some left for the next one to abandon.
  mutating func run(
    _ sessions: Int, in writer: JournalWriter<Profile>, _ random: inout SeededGenerator
  ) throws {
    for _ in 0..<sessions {
      started += 1
      let id = "s\(started)"
      try perform(.start(session: id, tracks: ["t\(random.below(3))"]), writer, &random)
      if random.below(2) == 0 {
        try perform(.found(session: id, track: "t\(random.below(4))", count: 2), writer, &random)
      }
      if random.below(8) == 0 {
        try perform(.update(set: ["a": .number(JSONNumber(started))]), writer, &random)
      }
      switch random.below(5) {
      case 0: try perform(.fail(session: id, errors: ["e"]), writer, &random)
      case 1: break
      default: try perform(.complete(session: id), writer, &random)
      }
    }
  }

  private func perform(
    _ command: ProfileCommand, _ writer: JournalWriter<Profile>, _ random: inout SeededGenerator
  ) throws {
    clock.advance(microseconds: Int64(random.below(5)) * 700_000)
    try writer.decide { try command.decide(on: $0) }
  }

  /// The names of the journal's files.
  var files: [String] {
    disk.paths.map { String($0.dropFirst("/root/acme/".count)) }
  }

  var tables: [String] { files.filter { $0.hasSuffix(".table") } }
}

/// Compares everything that can be seen of two states.
func expectSame(_ found: Profile, _ expected: Profile, sessions: Int) throws {
  #expect(found.sessionCount == expected.sessionCount)
  #expect(try found.digest == expected.digest)
  let now = Timestamp(microseconds: 2_000_000_000_000_000)
  #expect(try Analytics(found, now: now) == Analytics(expected, now: now))
  for status in [nil] + Session.Status.allCases {
    for limit in [nil, 0, 1, 4, sessions] {
      let (left, right) = try (
        found.sessions(status: status, limit: limit),
        expected.sessions(status: status, limit: limit)
      )
      #expect(left == right, "\(status?.rawValue ?? "all") \(limit ?? -1)")
    }
  }
  for number in 0...sessions + 1 {
    #expect(try found.session("s\(number)") == expected.session("s\(number)"))
  }
}
