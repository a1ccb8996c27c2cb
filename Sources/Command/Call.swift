package import Discovery
package import JournalEngine

/// One call of a command: what was asked, and everything outside that it may touch.
package struct Call {
  package let arguments: ParsedArguments
  package let terminal: Terminal
  package let output: StandardOutput
  package let profiles: Profiles
  package let by: String
  private let writeError: (String) -> Void

  package init(
    _ arguments: ParsedArguments, system: JournalSystem, terminal: Terminal,
    output: StandardOutput, writeError: @escaping (String) -> Void
  ) throws {
    self.arguments = arguments
    self.terminal = terminal
    self.output = output
    self.writeError = writeError
    let root =
      try arguments.value("journals") ?? Environment.setting("DAYBOOK_JOURNALS") ?? "Journals"
    guard !root.isEmpty, !root.utf8.contains(0) else {
      throw UsageError(message: "the root of the journals has no name", hint: "--journals DIR")
    }
    let options = WriteOptions(singleWriter: arguments.flag("single-writer"))
    profiles = Profiles(root: root, system: system, options: options)
    if let by = arguments.value("by"), by.isEmpty {
      throw UsageError(message: "--by names nobody", hint: "leave it out for the login name")
    }
    by = try arguments.value("by") ?? Environment.setting("DAYBOOK_BY") ?? loginName()
  }

  package var clock: any WallClock { profiles.system.clock }
  package var json: Bool { arguments.flag("json") || ndjson }
  package var ndjson: Bool { arguments.flag("ndjson") }

  /// The profile that stands as the `index`th operand.
  package func profile(_ index: Int = 0) throws -> JournalName {
    try JournalName(arguments.operand(index) ?? "")
  }

  /// The profiles that are named, or all.
  ///
  /// - Throws: `Failure` `not_found` where there is no root.
  package func namedOrAllProfiles() throws -> [JournalName] {
    if !arguments.operands.isEmpty {
      return try arguments.operands.map { name throws(JournalError) in try JournalName(name) }
    }
    if let names = try profiles.names() { return names }
    throw Failure(
      code: "not_found", message: "there is no folder of journals at \(profiles.root)",
      hint: "name it with --journals DIR, or start a session to make it", status: .notFound)
  }

  /// The session that stands as the first operand, and the profile that it is in.
  package func sessionAndProfile() throws -> (session: String, profile: JournalName) {
    let session = arguments.operand(0) ?? ""
    if let profile = arguments.value("profile") { return (session, try JournalName(profile)) }
    return (session, try profiles.profile(of: session))
  }

  /// The point that an option names; the head where it is not given.
  package func point(_ option: String = "at") throws -> Point {
    guard let text = arguments.value(option) else { return .head }
    return try MomentParser(now: clock.now()).point(text)
  }

  /// The idempotency key.
  package func key() throws -> String? {
    guard let key = arguments.value("id") else { return nil }
    guard !key.isEmpty else {
      throw UsageError(
        message: "the idempotency key is empty", hint: "leave --id out to record without one")
    }
    return key
  }

  /// A whole number, zero or more.
  package func count(_ option: String) throws -> Int? {
    guard let text = arguments.value(option) else { return nil }
    guard let count = Int(text), count >= 0 else {
      throw UsageError(
        message: "--\(option) \(text) is not a whole number", hint: "0 or more is expected")
    }
    return count
  }

  /// Records a command. From here on Ctrl-C waits until that is done; what only reads ends at once.
  package func record(
    _ command: ProfileCommand, on profile: JournalName
  ) throws -> Profiles.Outcome {
    Signals.catchInterrupts()
    return try profiles.perform(command, on: profile, by: by, id: try key())
  }

  /// Something that the user should know, and that changes nothing.
  package func warn(_ message: String) {
    if !arguments.flag("quiet") {
      writeError(terminal.errorStyle.yellow("warning:") + " \(message.escapedForTerminal)\n")
    }
  }

  /// Reports damage that reading met.
  package func warn(_ damage: Damage?, in profile: JournalName) -> ExitStatus {
    guard let damage else { return .done }
    warn("\(profile): \(damage.error)")
    return .damage
  }
}
