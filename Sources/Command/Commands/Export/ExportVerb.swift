import Discovery
import JournalEngine

extension Verb {
  static let export = Verb(
    CommandSpec(
      name: "export", summary: "Stream entries to other systems",
      operands: [Operand(name: "PROFILE", kind: .manyOptional)],
      options: [
        OptionSpec(
          name: "format", choices: StreamFormat.allCases.map(\.rawValue),
          help: "stream the entries in this form to standard output"),
        OptionSpec(
          name: "since", value: "CURSOR",
          help: "only what stands behind the entries that were seen; see below"),
        OptionSpec(name: "follow", help: "wait for what is appended next, until Ctrl-C"),
        OptionSpec(name: "no-header", help: "with csv: leave the line of names out"),
      ],
      notes: """
        The entries of the journals that are named, or of all, in the order of each journal; \
        between journals there is none. Only what is durable is written. With --follow and without \
        PROFILE, journals that are made later are followed too.

        ndjson is {"journal":…,"cursor":"SEQ:HASH","entry":…} a line, with the journal's very line \
        as the entry. cloudevents is CloudEvents 1.0 in JSON, one a line, with the cursor as its \
        id. csv is RFC 4180.

        CURSOR is the SEQ or SEQ:HASH of the last entry that was seen; PROFILE=CURSOR,… for \
        several; now for none of what there is; or @FILE, whose lines are PROFILE CURSOR, as \
        `daybook head` prints them, or what ndjson and cloudevents wrote before. The last line of \
        a profile counts. With a HASH it is certain that nothing was skipped or altered.
        """,
      examples: [
        "daybook export --format ndjson --since @all.ndjson >> all.ndjson",
        "daybook export acme --format cloudevents --since 120 --follow",
      ])
  ) { call in
    guard let format = call.arguments.value("format").flatMap(StreamFormat.init(rawValue:)) else {
      throw UsageError(message: "nothing says what to export", hint: "--format ndjson")
    }
    if call.arguments.flag("no-header"), format != .csv {
      throw UsageError(message: "--no-header goes with --format csv", hint: nil)
    }
    let cursors = try ExportCursors(call)
    // What was begun is written to the end of its record.
    Signals.catchInterrupts()
    do {
      if !call.arguments.flag("no-header") { try call.output.write(format.header) }
      if call.arguments.flag("follow") {
        var following = try EntryFollowing(call, format, cursors)
        return try following.run()
      }
      return try call.export(format, since: cursors)
    } catch OutputError.interrupted {
      // The signal ends the process, and says so itself.
      return .done
    }
  }
}

extension Call {
  /// Writes what there is of each journal, one journal after the other.
  fileprivate func export(
    _ format: StreamFormat, since cursors: ExportCursors
  ) throws -> ExitStatus {
    let missing = reportJournalsMissing(from: cursors, try namedOrAllProfiles())
    // On a terminal the records themselves show how far it is.
    var progress = Progress(
      "exporting", terminal: terminal,
      quiet: arguments.flag("quiet") || terminal.outputIsTerminal)
    defer { progress.finish() }
    let exit = try forEachProfile { profile in
      if Signals.interrupted { return .done }
      progress.clear()
      let stream = EntryStream(self, of: profile, format)
      var bookmark = try cursors.bookmark(in: profiles.reader(profile))
      try stream.write(from: &bookmark) { progress.advance(by: $0) }
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
