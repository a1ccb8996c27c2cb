import Discovery
import JournalEngine

/// What only a journal's entries can say of its files: what was recorded here and what by
/// imports, and which opportunities were found. Memory: the names of the opportunities' files.
struct JournalSurvey {
  private(set) var changes = ChangesSinceImport()
  /// How many opportunities have no file in the layout.
  private(set) var others = 0

  /// Where an opportunity stands last.
  private struct Place: Equatable {
    let seq: Int64
    let index: Int
  }

  private let profile: JournalName
  private let layout: LegacyLayout
  private var places: [String: Place] = [:]

  /// Reads a journal up to an entry.
  ///
  /// - Parameter state: what the journal says then.
  init(
    _ reader: JournalReader, upTo last: Int64, _ state: Profile, in layout: LegacyLayout
  ) throws {
    profile = reader.name
    self.layout = layout
    var isFirst = true
    try reader.forEach { entry in
      if isFirst, entry.seq > 1 { changes = try ChangesSinceImport(prunedTo: state) }
      isFirst = false
      guard entry.seq <= last else {
        // Only the end of its group says who recorded what is in it.
        guard changes.isInGroup else { return false }
        changes.take(entry, isWanted: false)
        return changes.isInGroup
      }
      changes.take(entry)
      for (index, opportunity) in Self.opportunities(of: entry).enumerated() {
        guard let document = OpportunityDocument(opportunity, of: profile, in: layout) else {
          others += 1
          continue
        }
        places[document.name] = Place(seq: entry.seq, index: index)
      }
      return true
    }
  }

  /// Hands out the opportunities that have a file, each as it was found last.
  func forEachOpportunity(
    _ reader: JournalReader, _ body: (OpportunityDocument) throws -> Void
  ) throws {
    guard let last = places.values.map(\.seq).max() else { return }
    try reader.forEach { entry in
      guard entry.seq <= last else { return false }
      for (index, opportunity) in Self.opportunities(of: entry).enumerated() {
        guard let document = OpportunityDocument(opportunity, of: profile, in: layout),
          places[document.name] == Place(seq: entry.seq, index: index)
        else { continue }
        try body(document)
      }
      return true
    }
  }

  private static func opportunities(of entry: Entry) -> [JSON] {
    guard entry.isType(EventType.sessionFound), let data = try? entry.object() else { return [] }
    return data["opportunities"]?.array ?? []
  }
}
