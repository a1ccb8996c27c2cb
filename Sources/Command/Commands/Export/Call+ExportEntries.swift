import Discovery
import JournalEngine

extension Call {
  /// `export --format`.
  func exportEntries() throws -> ExitStatus {
    guard let format = arguments.value("format").flatMap(StreamFormat.init(rawValue:)) else {
      return .usage
    }
    if arguments.flag("no-header"), format != .csv {
      throw UsageError(
        message: "--no-header goes with --format csv",
        hint: "use --format csv, or leave --no-header out")
    }
    let cursors = try ExportCursors(self)
    // What was begun is written to the end of its record.
    Signals.catchInterrupts()
    do {
      if !arguments.flag("no-header") { try output.write(format.header) }
      if arguments.flag("follow") {
        var following = try EntryFollowing(self, format, cursors)
        return try following.run()
      }
      return try exportWhatThereIs(format, since: cursors)
    } catch OutputError.interrupted {
      // The signal ends the process, and says so itself.
      return .done
    }
  }

  /// Writes what there is of each journal, one journal after the other.
  private func exportWhatThereIs(
    _ format: StreamFormat, since cursors: ExportCursors
  ) throws -> ExitStatus {
    let missing = reportJournalsMissing(from: cursors, try namedOrAllProfiles())
    // On a terminal the records themselves show how far it is.
    var progress = Progress(
      "exporting", terminal: terminal,
      quiet: arguments.flag("quiet") || terminal.outputIsTerminal)
    defer { progress.finish() }
    var before: Int64 = 0
    let exit = try forEachProfile { profile in
      if Signals.interrupted { return .done }
      progress.clear()
      let stream = EntryStream(self, of: profile, format)
      var bookmark = try cursors.bookmark(in: profiles.reader(profile))
      try stream.write(from: &bookmark) { bytes in
        before += bytes
        progress.advance(to: before)
      }
      return .done
    }
    return exit.worse(missing)
  }

  /// Reports each journal that a cursor names and that is not there.
  func reportJournalsMissing(
    from cursors: ExportCursors, _ names: [JournalName]
  ) -> ExitStatus {
    guard arguments.operands.isEmpty else { return .done }
    let missing = cursors.journals.subtracting(names).sorted()
    return missing.reduce(.done) { exit, name in
      exit.worse(
        report(
          Failure(
            code: "not_found", message: "there is no journal \(name), and a cursor names it",
            hint: "it was removed or renamed since", status: .notFound), of: name))
    }
  }
}
