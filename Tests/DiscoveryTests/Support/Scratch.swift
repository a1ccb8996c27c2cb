import Discovery
import Foundation
import JournalEngine

/// A root of its own for one test, removed with it. A suite holds it as a property.
final class Scratch: Sendable {
  let root: String
  let clock = ManualClock()
  let system: JournalSystem

  init(random: any RandomSource = SeededRandom()) {
    let folder = FileManager.default.temporaryDirectory
    root = folder.appendingPathComponent("daybook-\(UUID().uuidString)").path
    system = JournalSystem(clock: clock, random: random)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  var profiles: Profiles { Profiles(root: root, system: system) }

  func perform(_ command: ProfileCommand, on name: String = "acme") throws {
    clock.advance(seconds: 1)
    _ = try profiles.perform(command, on: try JournalName(name), by: "tester")
  }

  /// Records events as they are, whatever the rules say.
  func profileWriter(_ name: String = "acme") throws -> JournalWriter<Profile> {
    try JournalWriter(JournalName(name), in: root, system: system)
  }

  func replay(_ name: String = "acme", at point: Point = .head) throws -> Replay<Profile> {
    try profiles.replay(try JournalName(name), at: point)
  }

  func state(_ name: String = "acme") throws -> Profile { try replay(name).state }

  func status(_ name: String = "acme", at point: Point = .head) throws -> ProfileStatus {
    let replay = try replay(name, at: point)
    return try ProfileStatus(
      try JournalName(name), state: replay.state, head: replay.head,
      now: profiles.moment(of: point, replay))
  }

  func entries(_ name: String = "acme") throws -> [Entry] {
    var entries: [Entry] = []
    try profiles.reader(try JournalName(name)).forEach { entry in
      entries.append(entry)
      return true
    }
    return entries
  }

  /// Records an entry as a stranger might: any type, any data.
  func record(
    _ type: String, _ subject: String? = nil, _ data: JSONObject, on name: String = "acme"
  ) throws {
    let journal = try JournalWriter<Stranger>(try JournalName(name), in: root, system: system)
    try journal.append(RecordedEvent(type: type, subject: subject, data: data), by: "stranger")
    try journal.close()
  }

  /// Every file below the root with its bytes.
  func tree() throws -> [String: Data] {
    let manager = FileManager.default
    guard manager.fileExists(atPath: root) else { return [:] }
    var files: [String: Data] = [:]
    for path in try manager.subpathsOfDirectory(atPath: root) {
      files[path] = manager.contents(atPath: root + "/" + path)
    }
    return files
  }

  func path(_ file: String) -> String { root + "/" + file }

  /// The file of a journal's first segment.
  func segment(_ name: String = "acme") -> String {
    path(name + "/00000000000000000001.ndjson")
  }

  func append(_ bytes: [UInt8], to path: String) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(bytes))
    try file.close()
  }
}

/// Records whatever it is given, and knows none of it.
private struct Stranger: Projection {
  static let name = "stranger"
  init() {}
  mutating func apply(_ event: RecordedEvent, from entry: Entry) {}
  static func encode(_ event: RecordedEvent) -> RecordedEvent { event }
  static func decode(_ recorded: RecordedEvent) -> RecordedEvent? { nil }
}

/// The code of the refusal that a body throws; nil where it throws none.
func refusal(_ body: () throws -> Void) throws -> DiscoveryError.Code? {
  do {
    try body()
    return nil
  } catch let error as DiscoveryError {
    return error.code
  }
}

extension JSON {
  /// JSON as a test writes it.
  static func parsed(_ text: String) throws -> JSON { try JSON(parsing: text) }
}
