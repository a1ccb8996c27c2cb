import Discovery
import JournalEngine
import LegacyProfiles
import Synchronization

extension Call {
  /// `export --to`.
  func exportFiles() throws -> ExitStatus {
    let folder = arguments.value("to") ?? ""
    guard !folder.isEmpty, !folder.utf8.contains(0) else {
      throw UsageError(message: "the folder to export to has no name", hint: "--to DIR")
    }
    try refuseRoot(folder)
    let layout = arguments.value("layout").flatMap(LegacyLayout.init(rawValue:)) ?? .folders
    let point = try point()
    // A file that is begun is brought to its end.
    Signals.catchInterrupts()
    // What stops all profiles is told once, whichever of them met it first.
    let failure = FirstFailure()
    let exporter = ProfileExporter(to: folder, in: layout, from: profiles) {
      Signals.interrupted || failure.error != nil
    }
    var summary = ExportSummary(folder: folder, layout: layout)
    let exit = try forEachProfileAtOnce("exporting") { profile, progress in
      do {
        return Signals.interrupted || failure.error != nil
          ? nil : try exporter.export(profile, at: point, progress: progress)
      } catch is ProfileExporter.Stopped {
        return nil
      } catch let error as ExportError where error.isOfAll {
        failure.take(error)
        return nil
      }
    } take: { profile, result in
      guard let result else { return .done }
      summary.take(result)
      if result.otherOpportunities > 0 {
        warn(
          "\(result.otherOpportunities) of the opportunities found have another form than the "
            + "files of this layout, and no file", of: profile)
      }
      for warning in result.warnings { warn("\(warning)", of: profile) }
      let damage = report(result.damage, in: profile)
      return result.failures.reduce(damage) { exit, failure in
        exit.worse(report(Failure(failure), of: profile))
      }
    }
    if let error = failure.error { throw error }
    if json { try print(summary.json) } else { try output.write(summary.text) }
    return exit
  }
}

extension Call {
  /// Folders of an export among the journals would be taken for journals.
  private func refuseRoot(_ folder: String) throws {
    guard let root = RealPath.of(profiles.root), let there = RealPath.ofExisting(folder),
      there == root || there.hasPrefix(root + "/")
    else { return }
    throw UsageError(
      message: "\(folder) is the folder of the journals, or in it",
      hint: "export to a folder beside it")
  }
}

/// The first error that ends an export. For any number of threads.
private final class FirstFailure: Sendable {
  private let first = Mutex<ExportError?>(nil)

  var error: ExportError? { first.withLock { $0 } }

  func take(_ error: ExportError) { first.withLock { $0 = $0 ?? error } }
}

/// What an export to files came to.
private struct ExportSummary {
  let folder: String
  let layout: LegacyLayout
  private var profiles = 0
  private var written = 0
  private var same = 0
  private var failed = 0

  init(folder: String, layout: LegacyLayout) {
    self.folder = folder
    self.layout = layout
  }

  mutating func take(_ result: ProfileExporter.Result) {
    profiles += 1
    written += result.written
    same += result.same
    failed += result.failures.count
  }

  var text: String {
    var parts = ["\(Self.count(written, "file")) written of \(Self.count(profiles, "profile"))"]
    if same > 0 { parts.append("\(same) held the same already") }
    if failed > 0 { parts.append("\(failed) could not be written") }
    return "\(folder.escapedForTerminal): \(parts.joined(separator: ", "))\n"
  }

  var json: JSON {
    [
      "folder": .string(folder), "layout": .string(layout.rawValue),
      "profiles": .number(JSONNumber(profiles)), "written": .number(JSONNumber(written)),
      "same": .number(JSONNumber(same)), "failed": .number(JSONNumber(failed)),
    ]
  }

  private static func count(_ number: Int, _ what: String) -> String {
    "\(number) \(what)\(number == 1 ? "" : "s")"
  }
}

extension Failure {
  /// A file that was not written, as the command line tells it.
  init(_ error: ExportError) {
    self.init(
      code: error.code.rawValue, message: "\(error.message) (\(error.file))", hint: error.hint,
      status: .failed)
  }
}
