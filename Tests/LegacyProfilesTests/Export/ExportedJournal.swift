import Discovery
import JournalEngine
import JournalTestSupport
import LegacyProfiles

/// A profile in memory, recorded event by event, and what an export makes of it.
struct ExportedJournal {
  let name: JournalName
  let disk = MemoryDisk()
  let clock = ManualClock()
  var options = WriteOptions(snapshots: .never)

  init(_ name: String = "acme", settling: Bool = false) throws {
    self.name = try JournalName(name)
    guard settling else { return }
    options.tableTiers.smallest = 3
    options.tableTiers.run = 3
  }

  func profiles(_ files: MemoryFileSystem? = nil) -> Profiles {
    let system = JournalSystem(
      fileSystem: files ?? MemoryFileSystem(on: disk), clock: clock, random: SeededRandom(seed: 7))
    return Profiles(root: "/journals", system: system, options: options)
  }

  /// Records events at once, a second after the last ones.
  func record(_ events: DiscoveryEvent...) throws {
    clock.advance(by: .microseconds(1_000_000))
    let profiles = profiles()
    let writer = try JournalWriter<Profile>(
      name, in: profiles.root, system: profiles.system, options: options)
    try writer.decide { _ in events }
    try writer.close()
  }

  @discardableResult
  func export(
    in layout: LegacyLayout = .folders, to folder: String = "/out", at point: Point = .head,
    on files: MemoryFileSystem? = nil
  ) throws -> ProfileExporter.Result {
    let exporter = ProfileExporter(to: folder, in: layout, from: profiles(files))
    return try exporter.export(name, at: point)
  }

  /// The documents below a folder, by their paths in it.
  func documents(in folder: String = "/out") throws -> [String: JSON] {
    var documents: [String: JSON] = [:]
    for path in disk.paths where path.hasPrefix(folder + "/") {
      documents[String(path.dropFirst(folder.count + 1))] = try JSON(
        parsing: disk.bytes(of: path) ?? [])
    }
    return documents
  }
}

extension DiscoveryEvent {
  static func created(_ fields: JSONObject = [:]) -> DiscoveryEvent {
    .profileCreated(fields: fields, origin: .init())
  }

  static func started(_ session: String, _ tracks: String..., params: JSONObject = [:])
    -> DiscoveryEvent
  {
    .sessionStarted(session: session, tracks: tracks, params: params)
  }

  static func completed(_ session: String, _ results: Results = .init()) -> DiscoveryEvent {
    .sessionCompleted(session: session, results)
  }

  static func failed(_ session: String, _ errors: String...) -> DiscoveryEvent {
    .sessionFailed(session: session, .init(errors: errors))
  }
}
