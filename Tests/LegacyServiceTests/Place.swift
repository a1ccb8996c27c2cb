import Discovery
import JournalEngine
import JournalTestSupport

/// A root of journals for a test, and the store on it.
struct Place {
  let scratch: ScratchFolder
  /// Goes only when a test lets it.
  let clock = ManualClock()
  let store: ProfileStore

  init() throws {
    scratch = try ScratchFolder()
    store = ProfileStore(root: scratch.path + "/Journals", system: JournalSystem(clock: clock))
  }

  /// The types of what was recorded in a profile's journal by applications.
  func recorded(_ profile: String) throws -> [String] {
    var types: [String] = []
    try JournalReader(JournalName(profile), in: store.root).forEach { entry in
      if !entry.isEngines { types.append(entry.type) }
      return true
    }
    return types
  }
}

/// Whether a call is refused by the rules.
func isConflict(_ call: () async throws -> some Any) async -> Bool {
  do {
    _ = try await call()
    return false
  } catch let error as DiscoveryError {
    return error.code == .conflict
  } catch {
    return false
  }
}
