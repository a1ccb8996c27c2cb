/// A command: how it is called, and what it does.
package struct Verb: Sendable {
  package let spec: CommandSpec
  package let run: @Sendable (Call) throws -> ExitStatus

  package init(_ spec: CommandSpec, run: @escaping @Sendable (Call) throws -> ExitStatus) {
    self.spec = spec
    self.run = run
  }

  /// All of them, in the order of the help.
  package static let all: [Verb] = [
    .profileCreate, .profileSet, .profileArchive, .profileRestore, .profileDelete,
    .start, .found, .complete, .fail,
    .status, .sessions, .session, .history, .replay,
    .verify, .head, .compact, .repair, .importFiles, .export, .version,
  ]

  package static let groups = [
    CommandGroup(
      title: "Recording",
      verbs: [
        "profile create", "profile set", "profile archive", "profile restore", "profile delete",
        "start", "found", "complete", "fail",
      ]),
    CommandGroup(
      title: "Reading", verbs: ["status", "sessions", "session", "history", "replay"]),
    CommandGroup(
      title: "Keeping",
      verbs: ["verify", "head", "compact", "repair", "import", "export", "version"]),
  ]
}
