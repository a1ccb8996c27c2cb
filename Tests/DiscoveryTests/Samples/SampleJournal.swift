import Discovery
import JournalEngine
import Testing

/// A journal that the program writes the same way each time: its name, and the story that is
/// recorded in it.
struct SampleJournal: Sendable, CustomTestStringConvertible {
  let name: String
  private let record: @Sendable (_ scene: SampleScene) throws -> Void

  init(_ name: String, record: @escaping @Sendable (_ scene: SampleScene) throws -> Void) {
    self.name = name
    self.record = record
  }

  static let all: [SampleJournal] = [.everyEvent, .lostRace, .small, .tornLine]

  var testDescription: String { name }

  func profile() throws -> JournalName { try JournalName(name) }

  /// Writes the journal into a root that does not hold it yet.
  func write(into root: String) throws {
    let profile = try profile()
    guard try !JournalReader(profile, in: root).exists() else {
      throw SampleFault(description: "\(root) holds \(name) already: move it away first")
    }
    let seed = name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }
    try record(SampleScene(profile, root: root, seed: seed))
  }
}

/// Where a story is recorded: the journal, the clock, and chance with a seed.
final class SampleScene {
  let profile: JournalName
  let clock = SampleClock()
  let files = CutShortFileSystem()
  private let root: String
  private let seed: UInt64
  private let ids: SampleRandomness
  private var writers: UInt64 = 0

  init(_ profile: JournalName, root: String, seed: UInt64) {
    self.profile = profile
    self.root = root
    self.seed = seed
    ids = SampleRandomness(seed: seed)
  }

  /// The id of a new session.
  func newSession() -> String { SessionID.make(ids) }

  /// Opens the journal once more, as another process would.
  func open(by author: String) throws -> SampleAuthor {
    writers += 1
    let system = JournalSystem(
      fileSystem: files, clock: clock, random: SampleRandomness(seed: seed &* 1000 &+ writers))
    return SampleAuthor(
      writer: try JournalWriter<Profile>(profile, in: root, system: system), clock: clock,
      by: author)
  }
}

/// Somebody who records, with a handle of their own.
struct SampleAuthor {
  let writer: JournalWriter<Profile>
  let clock: SampleClock
  let by: String

  /// Carries out a command at a moment.
  ///
  /// - Parameter meanwhile: what happens between the decision and the write; called at each try.
  @discardableResult
  func record(
    _ moment: String, _ command: ProfileCommand, id: String? = nil,
    meanwhile: @escaping () throws -> Void = {}
  ) throws -> Receipt {
    try clock.set(moment)
    return try writer.decide(by: by, id: id) { state in
      let events = try command.decide(on: state)
      try meanwhile()
      return events
    }
  }
}

extension JSONObject {
  /// The object that a text is, its numbers as they are written.
  init(sample text: String) throws {
    guard let object = try JSON(parsing: text).object else {
      throw SampleFault(description: "no object: \(text)")
    }
    self = object
  }
}
