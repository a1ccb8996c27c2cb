import Discovery
import FoundationEssentials
import JournalEngine
import LegacyProfiles

extension Call {
  /// `import DIR`.
  func importFiles() throws -> ExitStatus {
    let folder = arguments.operand(0) ?? ""
    guard !folder.isEmpty, !folder.utf8.contains(0) else {
      throw UsageError(message: "the folder to import has no name", hint: nil)
    }
    let isDry = arguments.flag("dry-run")
    let zone = try zone()
    let by = isDry ? nil : try self.by
    // A profile that is begun is brought to its end, and no other is begun then.
    Signals.catchInterrupts()
    guard let survey = try survey(folder) else { return .failed }
    guard !survey.isEmpty else {
      throw Failure(
        code: "not_found",
        message: "no profile, session or opportunity of the earlier programs is in \(folder)",
        hint: "name the folder that holds their JSON files, or one above it", status: .notFound)
    }
    let importer = ProfileImporter(survey, from: folder, zone: zone, into: profiles, by: by)
    var summary = ImportSummary(
      survey, of: folder, zone: zone, isZoneGiven: arguments.value("zone") != nil, isDry: isDry)
    let exit = importEach(of: survey.sources, by: importer, isDry, into: &summary)
    if json { try print(summary.json) } else { try output.write(summary.text(terminal.style)) }
    return summary.skipped > 0 ? exit.worse(.failed) : exit
  }

  private func zone() throws -> Zone {
    guard let text = arguments.value("zone") else { return .utc }
    let folder = "/usr/share/zoneinfo"
    let zone = Zone(text) { name in
      (try? Data(contentsOf: URL(filePath: folder + "/" + name))).map(Array.init)
    }
    guard let zone else {
      throw UsageError(
        message: "--zone \(UsageError.quoted(text)) is no time zone",
        hint: "UTC, an offset as +02:00, or a name as Europe/Berlin, of which \(folder) has a file")
    }
    return zone
  }

  /// How many files one thread looks at before it takes the next ones.
  private static let filesAtOnce = 64

  /// Looks at all files of a folder; nil where Ctrl-C ended that.
  private func survey(_ folder: String) throws -> SourceSurvey? {
    let items: [SourceFolder.Item]
    do throws(SourceError) {
      items = try SourceFolder(folder).items()
    } catch {
      throw Failure(
        code: "not_found", message: "\(folder) cannot be read: \(error)",
        hint: "name a folder of the earlier programs", status: .notFound)
    }
    let progress = SharedProgress(
      Progress(
        "reading \(folder)", total: Int64(items.count), unit: .items("files"), terminal: terminal,
        quiet: arguments.flag("quiet")))
    defer { progress.finish() }
    let chunks = stride(from: 0, to: items.count, by: Self.filesAtOnce).map { start in
      items[start..<min(start + Self.filesAtOnce, items.count)]
    }
    var parts: [SurveyPart] = []
    try Parallel.forEach(chunks) { chunk in
      Result { () throws -> SurveyPart? in
        if Signals.interrupted { return nil }
        return try progress.part { advance in
          defer { advance(Int64(chunk.count)) }
          return try SurveyPart(chunk, in: folder)
        }
      }
    } take: { _, part in
      if let part = try part.get() { parts.append(part) }
    }
    return Signals.interrupted ? nil : SourceSurvey(parts)
  }

  private func importEach(
    of sources: [SourceSurvey.Source], by importer: ProfileImporter, _ isDry: Bool,
    into summary: inout ImportSummary
  ) -> ExitStatus {
    let progress = SharedProgress(
      Progress(
        "importing \(sources.count) profiles", total: sources.reduce(0) { $0 + $1.bytes },
        terminal: terminal, quiet: arguments.flag("quiet")))
    defer { progress.finish() }
    var exit = ExitStatus.done
    Parallel.forEach(sources) { source in
      Result { () throws -> ProfileImporter.Result? in
        if Signals.interrupted { return nil }
        return try progress.part { advance in
          defer { advance(source.bytes) }
          return try isDry ? importer.plan(source) : importer.record(source)
        }
      }
    } take: { source, result in
      progress.aside {
        do {
          guard let result = try result.get() else {
            exit = exit.worse(.failed)
            return
          }
          summary.take(result, of: source)
          for warning in result.warnings { warn("\(warning)", of: source.profile) }
          if let failure = result.compactionFailure {
            warn(
              "what was recorded stands, and no snapshot was made: \(failure)", of: source.profile)
          }
        } catch {
          summary.fail()
          exit = exit.worse(report(Failure(error), of: source.profile))
        }
      }
    }
    return exit
  }
}
