import JournalEngine
import LegacyProfiles

/// What an import came to, for people and for programs.
struct ImportSummary {
  private let folder: String
  private let zone: Zone
  private let isZoneGiven: Bool
  private let isDry: Bool
  private var notes: [ImportNote]
  /// Opportunities that name no session of the folder or of their profile's journal.
  private var unplaced: [String]
  private var imported: [(profile: JournalName, result: ProfileImporter.Result)] = []
  private var unchanged = 0
  private var failed = 0

  init(_ survey: SourceSurvey, of folder: String, zone: Zone, isZoneGiven: Bool, isDry: Bool) {
    self.folder = folder
    self.zone = zone
    self.isZoneGiven = isZoneGiven
    self.isDry = isDry
    notes = survey.notes
    unplaced = survey.unplaced
  }

  /// How many files were not imported, and should have been.
  var skipped: Int { notes.count { $0.kind == .skipped } }

  mutating func take(_ result: ProfileImporter.Result, of source: SourceSurvey.Source) {
    notes += result.notes
    unplaced += result.unplaced
    if result.entries > 0 {
      imported.append((source.profile, result))
    } else if result.unplaced.count < source.count {
      unchanged += 1
    }
  }

  /// One more profile of which nothing was recorded.
  mutating func fail() { failed += 1 }

  private func sum(_ count: (ProfileImporter.Result) -> Int) -> Int {
    imported.reduce(0) { $0 + count($1.result) }
  }

  // MARK: For people

  /// So many notes of a kind are shown that are no errors, and so many opportunities.
  private static let shown = 50

  func text(_ style: Style) -> String {
    var lines: [String] = []
    for (profile, result) in imported {
      var parts = ["\(profile): \(Self.count(result.entries, "entry", "entries"))"]
      if result.hasProfile { parts.append("its fields") }
      if !result.sessions.isEmpty { parts.append(Self.count(result.sessions.count, "session")) }
      if result.endings > 0 { parts.append(Self.count(result.endings, "ending")) }
      if result.opportunities > 0 {
        parts.append(Self.count(result.opportunities, "opportunity", "opportunities"))
      }
      lines.append(parts.joined(separator: ", "))
    }
    for kind in ImportNote.Kind.allCases { lines += text(of: kind, style) }
    if !unplaced.isEmpty {
      lines.append(
        Self.count(unplaced.count, "opportunity names", "opportunities name")
          + " no session of these files or of its profile's journal, and no entry was made of:")
      lines += Self.first(unplaced.map { "  " + $0.escapedForTerminal })
    }
    lines.append(total)
    lines.append(
      "times without a zone were read as \(zone)"
        + (isZoneGiven ? "" : "; --zone says where they were written"))
    return lines.map { $0 + "\n" }.joined()
  }

  private func text(of kind: ImportNote.Kind, _ style: Style) -> [String] {
    let shown = kind == .skipped ? style.red(kind.rawValue) : style.yellow(kind.rawValue)
    let lines = notes.filter { $0.kind == kind }.map { note in
      "\(shown): \(note.path.escapedForTerminal): \(note.message.escapedForTerminal)"
    }
    return kind == .skipped ? lines : Self.first(lines)
  }

  private static func first(_ lines: [String]) -> [String] {
    guard lines.count > shown else { return lines }
    return lines.prefix(shown) + ["  and \(lines.count - shown) more; --json names all of them"]
  }

  private var total: String {
    var parts = [
      "\(folder.escapedForTerminal): " + Self.count(sum(\.entries), "entry", "entries")
        + (isDry ? " would be recorded" : " recorded") + " of "
        + Self.count(imported.count, "profile"),
      Self.count(sum(\.sessions.count), "session"),
      Self.count(sum(\.opportunities), "opportunity", "opportunities"),
    ]
    if unchanged > 0 { parts.append("nothing new of \(unchanged)") }
    if failed > 0 { parts.append("\(failed) failed") }
    if skipped > 0 { parts.append("\(Self.count(skipped, "file")) skipped") }
    return parts.joined(separator: ", ")
  }

  private static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
  }

  // MARK: For programs

  var json: JSON {
    let imported = imported.map { profile, result -> JSON in
      [
        "profile_id": .string(profile.text),
        "entries": .number(JSONNumber(result.entries)),
        "profile": .bool(result.hasProfile),
        "sessions": .number(JSONNumber(result.sessions.count)),
        "endings": .number(JSONNumber(result.endings)),
        "opportunities": .number(JSONNumber(result.opportunities)),
      ]
    }
    return [
      "source": .string(folder),
      "zone": .string(zone.description),
      "dry_run": .bool(isDry),
      "entries": .number(JSONNumber(sum(\.entries))),
      "sessions": .number(JSONNumber(sum(\.sessions.count))),
      "endings": .number(JSONNumber(sum(\.endings))),
      "opportunities": .number(JSONNumber(sum(\.opportunities))),
      "unchanged": .number(JSONNumber(unchanged)),
      "failed": .number(JSONNumber(failed)),
      "profiles": .array(imported),
      "skipped": notes(.skipped),
      "changed": notes(.changed),
      "ignored": notes(.ignored),
      "unplaced": .array(unplaced.map(JSON.string)),
    ]
  }

  private func notes(_ kind: ImportNote.Kind) -> JSON {
    .array(
      notes.filter { $0.kind == kind }.map { note in
        ["file": .string(note.path), "message": .string(note.message)]
      })
  }
}
