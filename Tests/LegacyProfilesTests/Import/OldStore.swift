import Discovery
import Foundation
import JournalEngine
import JournalTestSupport
import LegacyProfiles

/// A folder of an earlier program's files, and journals in memory that it is imported into.
struct OldStore {
  let folder: ScratchFolder
  let disk = MemoryDisk()
  let clock = ManualClock(Timestamp("2027-01-01T00:00:00.000000Z") ?? .earliest)

  init() throws { folder = try ScratchFolder() }

  /// Puts a document, or what should have been one.
  func put(_ json: JSON, at path: String) throws { try put(json.text, at: path) }

  func put(_ text: String, at path: String) throws {
    try folder.write(Array(text.utf8), to: path)
  }

  func profiles(_ files: MemoryFileSystem? = nil) -> Profiles {
    let system = JournalSystem(
      fileSystem: files ?? MemoryFileSystem(on: disk), clock: clock, random: SeededRandom(seed: 7))
    return Profiles(root: "/journals", system: system, options: WriteOptions(snapshots: .never))
  }

  /// What an import came to.
  struct Outcome {
    var results: [String: ProfileImporter.Result] = [:]
    var notes: [ImportNote] = []
    var unplaced: [String] = []
    var failures: [String: any Error] = [:]

    var entries: Int { results.values.reduce(0) { $0 + $1.entries } }

    /// The messages about a file.
    func messages(_ kind: ImportNote.Kind, _ path: String? = nil) -> [String] {
      notes.filter { $0.kind == kind && (path == nil || $0.path == path) }.map(\.message)
    }
  }

  @discardableResult
  func importAll(
    zone: Zone = .utc, dry: Bool = false, from path: String? = nil,
    on files: MemoryFileSystem? = nil
  ) throws -> Outcome {
    let path = path ?? folder.path
    let survey = SourceSurvey([try SurveyPart(SourceFolder(path).items(), in: path)])
    let importer = ProfileImporter(
      survey, from: path, zone: zone, into: profiles(files), by: "tester")
    var outcome = Outcome()
    outcome.notes = survey.notes
    outcome.unplaced = survey.unplaced
    for source in survey.sources {
      do {
        let result = dry ? try importer.plan(source) : try importer.record(source)
        outcome.results[source.profile.text] = result
        outcome.notes += result.notes
        outcome.unplaced += result.unplaced
      } catch {
        outcome.failures[source.profile.text] = error
      }
    }
    return outcome
  }

  func state(_ profile: String) throws -> Profile {
    try profiles().state(of: JournalName(profile)).state
  }

  func entries(_ profile: String) throws -> [Entry] {
    var entries: [Entry] = []
    try profiles().reader(JournalName(profile)).forEach { entry in
      entries.append(entry)
      return true
    }
    return entries
  }

  /// The data of each entry.
  func data(_ profile: String) throws -> [JSON] {
    try entries(profile).map { .object(try $0.object()) }
  }

  /// The type and the subject of each entry, but those of the journal itself.
  func history(_ profile: String) throws -> [String] {
    try entries(profile).filter { !$0.type.hasPrefix("journal.") }.map { entry in
      ([entry.type] + (entry.subject.map { [$0] } ?? [])).joined(separator: " ")
    }
  }

  /// What an export of all profiles writes, by the paths.
  func exported(in layout: LegacyLayout) throws -> [String: JSON] {
    let profiles = profiles()
    let exporter = ProfileExporter(to: "/\(layout)", in: layout, from: profiles)
    for name in try profiles.names() ?? [] { _ = try exporter.export(name) }
    var documents: [String: JSON] = [:]
    let start = "/\(layout)/"
    for path in disk.paths where path.hasPrefix(start) {
      documents[String(path.dropFirst(start.count))] = try JSON(
        parsing: disk.bytes(of: path) ?? [])
    }
    return documents
  }

  /// What is in the folder, by the paths.
  func documents() throws -> [String: JSON] { try Self.documents(in: folder.path) }

  static func documents(in path: String) throws -> [String: JSON] {
    var documents: [String: JSON] = [:]
    let source = try SourceFolder(path)
    for case .file(let file) in try source.items() {
      documents[file] = try JSON(parsing: source.read(file, limit: 1 << 20))
    }
    return documents
  }

  /// A session as both programs wrote it.
  static func session(
    _ id: String, of profile: String = "acme", from start: String, to end: String? = nil,
    status: String? = nil, _ others: JSONObject = [:]
  ) -> JSON {
    var members: JSONObject = [
      "session_id": .string(id), "profile_id": .string(profile), "started_at": .string(start),
      "completed_at": end.map(JSON.string) ?? .null,
      "status": .string(status ?? (end == nil ? "in_progress" : "completed")),
      "tracks_executed": [], "opportunities_found": [:], "total_opportunities": 0,
      "execution_time_seconds": .null, "error_messages": [], "notes": "",
    ]
    for (name, value) in others { members[name] = value }
    return .object(members)
  }
}
