import Discovery
import JournalEngine
import LegacyProfiles

extension Verb {
  static let export = Verb(
    CommandSpec(
      name: "export", summary: "Write the files of the earlier programs, or stream entries",
      operands: [Operand(name: "PROFILE", kind: .manyOptional)],
      options: [
        OptionSpec(
          name: "to", value: "DIR", help: "write profiles and sessions as files into this folder"),
        OptionSpec(
          name: "layout", choices: LegacyLayout.allCases.map(\.rawValue),
          help: "how the files stand there; else folders"),
        CommonOptions.at,
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
        Of the profiles that are named, or of all.

        With --to, the profiles and their sessions become JSON files that the earlier programs \
        read: flat is profiles/ID.json and sessions/SESSION_ID_YYYYMMDD_HHMMSS.json, folders is \
        ID/profile.json and ID/sessions/SESSION.json. What stands in DIR is never changed: a file \
        that holds the same is left, and one that holds anything else is an error.

        With --format, the entries are streamed in the order of each journal; between journals \
        there is none. Only what is durable is written. With --follow and without PROFILE, \
        journals that are made later are followed too. ndjson is \
        {"journal":…,"cursor":"SEQ:HASH","entry":…} a line, with the journal's very line as the \
        entry. cloudevents is CloudEvents 1.0 in JSON, one a line, with the cursor as its id. csv \
        is RFC 4180.

        CURSOR is the SEQ or SEQ:HASH of the last entry that was seen; PROFILE=CURSOR,… for \
        several; now for none of what there is; or @FILE, whose lines are PROFILE CURSOR, as \
        `daybook head` prints them, or what ndjson and cloudevents wrote before. The last line of \
        a profile counts. With a HASH it is certain that what comes follows the entry that was seen.
        """,
      examples: [
        "daybook export --to old --layout flat",
        "daybook export --format ndjson --since @all.ndjson >> all.ndjson",
        "daybook export acme --format cloudevents --since 120 --follow",
      ])
  ) { call in
    let isStream = call.arguments.value("format") != nil
    guard (call.arguments.value("to") != nil) != isStream else {
      throw UsageError(
        message: isStream
          ? "--to and --format are two different exports" : "nothing says what to export",
        hint: "use --to DIR for files, or --format ndjson for a stream")
    }
    try call.refuse(isStream ? ["layout", "at"] : ["since", "follow", "no-header"])
    return isStream ? try call.exportEntries() : try call.exportFiles()
  }
}

extension Call {
  /// Options of the one export make no sense with the other.
  fileprivate func refuse(_ options: [String]) throws {
    for option in options where arguments.flag(option) || arguments.value(option) != nil {
      let other = arguments.value("to") == nil ? "--to DIR" : "--format"
      throw UsageError(
        message: "--\(option) goes with \(other)", hint: "use \(other), or leave --\(option) out")
    }
  }
}
