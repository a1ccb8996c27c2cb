import LegacyProfiles

extension Verb {
  static let importFiles = Verb(
    CommandSpec(
      name: "import", summary: "Record what the files of the earlier programs hold",
      operands: [Operand(name: "DIR")],
      options: [
        OptionSpec(
          name: "zone", value: "ZONE",
          help: "of times that name none: Europe/Berlin, +02:00; else UTC"),
        OptionSpec(name: "dry-run", help: "say what would be recorded, and record nothing"),
      ],
      notes: """
        DIR and the folders in it may hold the files of both earlier programs, side by side. What \
        a file is, its members say. Nothing in DIR is changed, and links are not followed.

        A profile's journal gets all of its files or none. What was imported before is not \
        recorded again: after the earlier program has gone on, import DIR once more for what is \
        new. Times stay what they were; an entry cannot stand before the last one of its journal, \
        and what would have to is skipped.

        Each file that is skipped is named with its reason, and the exit status is 1 then. changed \
        names what could not be taken as it is written, ignored what is no part of a profile.
        """,
      examples: [
        "daybook import old --zone America/New_York --dry-run",
        "daybook import old --zone America/New_York",
      ])
  ) { call in try call.importFiles() }
}
