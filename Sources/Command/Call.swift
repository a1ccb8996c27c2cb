package import Discovery
package import JournalEngine

/// One call of a command: what was asked, and everything outside that it may touch.
package struct Call {
  package let arguments: ParsedArguments
  package let terminal: Terminal
  package let output: StandardOutput
  package let profiles: Profiles
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
  }

  /// Who records. Asked only then: the login name may have to be looked up, and reading needs none.
  package var by: String {
    get throws {
      try arguments.value("by") ?? Environment.setting("DAYBOOK_BY") ?? loginName()
    }
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
    throw noRoot
  }

  /// There is no root.
  package var noRoot: Failure {
    Failure(
      code: "not_found", message: "there is no folder of journals at \(profiles.root)",
      hint: "name it with --journals DIR, or start a session to make it", status: .notFound)
  }

  /// The session that stands as the first operand, and the profile that it is in.
  package func sessionAndProfile() throws -> (session: String, profile: JournalName) {
    let (session, found) = try sessionFound()
    return (session, found.journal)
  }

  /// The same, with what was seen of the session, where it had to be looked for.
  package func sessionFound() throws -> (session: String, found: FoundSession) {
    let session = arguments.operand(0) ?? ""
    if let profile = arguments.value("profile") {
      return (session, FoundSession(journal: try JournalName(profile)))
    }
    let found = try showingProgress("looking for \(session)") {
      try profiles.find(session, progress: $0)
    }
    return (session, found)
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
    let outcome = try profiles.perform(command, on: profile, by: try by, id: try key())
    warn(outcome.warnings, of: profile)
    if let failure = outcome.compactionFailure {
      warn("what was recorded stands, and no snapshot was made: \(failure)", of: profile)
    }
    return outcome
  }

  /// Tells of what does no harm, so not where only results and errors are wanted.
  package func warn(_ text: String, of profile: JournalName) {
    guard !arguments.flag("quiet") else { return }
    if json {
      let warning: JSON = ["profile_id": .string(profile.text), "message": .string(text)]
      writeError(JSON.object(["warning": warning]).text + "\n")
    } else {
      writeWarning(text, of: profile)
    }
  }

  private func writeWarning(_ text: String, of profile: JournalName) {
    let text = "\(profile): \(text)".escapedForTerminal
    writeError(terminal.errorStyle.yellow("warning:") + " \(text)\n")
  }

  /// Reports damage that reading met, beside the results: an error for programs, a warning for
  /// people, and neither can be turned off.
  package func report(_ damage: Damage?, in profile: JournalName) -> ExitStatus {
    guard let damage else { return .done }
    if json { return report(Failure(damage.error), of: profile) }
    writeWarning("\(damage.error)", of: profile)
    return .damage
  }

  /// Reports what went wrong with one profile, where the others go on.
  package func report(_ failure: Failure, of profile: JournalName) -> ExitStatus {
    writeError(failure.of(profile).text(json: json, style: terminal.errorStyle))
    return failure.status
  }

  /// Does work for each profile that is named, or for all. What fails for one is reported, and
  /// the others go on; where only one was named, it is thrown. Of all, those that are not there, or
  /// were not at the time that is asked for, are passed over: a first append that came to nothing
  /// leaves its folder.
  ///
  /// - Returns: the worst status of any.
  package func forEachProfile(
    _ body: (JournalName) throws -> ExitStatus
  ) throws -> ExitStatus {
    try namedOrAllProfiles().reduce(.done) { exit, profile in
      exit.worse(try statusOfOne(profile) { try body(profile) })
    }
  }

  /// What the work for one of these comes to.
  func statusOfOne(_ profile: JournalName, _ work: () throws -> ExitStatus) throws -> ExitStatus {
    do {
      return try work()
    } catch let error as OutputError {
      throw error
    } catch {
      if arguments.operands.count == 1 { throw error }
      let failure = Failure(error)
      if arguments.operands.isEmpty, failure.isNotFound { return .done }
      return report(failure, of: profile)
    }
  }

  /// Does work that may take long, and shows how many bytes it has read.
  ///
  /// - Parameters:
  ///   - total: the bytes there are; nil where nobody knows.
  ///   - quiet: whether it shows nothing.
  package func showingProgress<R>(
    _ label: String, total: Int64? = nil, quiet: Bool = false,
    _ body: (@escaping (Int64) -> Void) throws -> R
  ) throws -> R {
    var progress = Progress(
      label, total: total, terminal: terminal, quiet: quiet || arguments.flag("quiet"))
    defer { progress.finish() }
    return try withoutActuallyEscaping({ progress.advance(to: $0) }) { try body($0) }
  }

  /// A profile's state, from the newest snapshot that can be used.
  package func state(of profile: JournalName, at point: Point) throws -> Replay<Profile> {
    let state = try showingProgress("reading \(profile)") {
      try profiles.state(of: profile, at: point, progress: $0)
    }
    warn(state.warnings, of: profile)
    return state
  }

  /// Tells of snapshots that could not be used.
  package func warn(_ warnings: [SnapshotWarning], of profile: JournalName) {
    for warning in warnings { warn("\(warning)", of: profile) }
  }

  /// The same from the first line, which takes as long as the journal is.
  package func replay(_ profile: JournalName, at point: Point) throws -> Replay<Profile> {
    let total = try? profiles.reader(profile).extent()
    return try showingProgress("reading \(profile)", total: total) {
      try profiles.replay(profile, at: point, progress: $0)
    }
  }

  /// The entries of a session: those between its start and its end that name it.
  package func entries(
    of session: Session, in profile: JournalName, upTo last: Int64
  ) throws -> [Entry] {
    let last = min(last, session.seqEnded ?? last)
    var entries: [Entry] = []
    func take(_ entry: Entry) -> Bool {
      if entry.seq > last { return false }
      if entry.subject?.isExactly(session.id) == true { entries.append(entry) }
      return entry.seq < last
    }
    if let place = session.place,
      try profiles.reader(profile).forEach(from: place, take), entries.first?.seq == place.seq
    {
      return entries
    }
    entries = []
    _ = try forEachLine(of: profile) { line in
      guard case .entry(let entry) = line else { return true }
      return take(entry)
    }
    return entries
  }

  /// Every line of a profile's journal, with progress.
  ///
  /// - Parameters:
  ///   - point: from where on lines are asked for; some that stand before it come too. Nil for all.
  ///   - isPrinting: whether the lines are printed meanwhile: on a terminal they show how far it is.
  ///   - body: returns false to have enough.
  package func forEachLine(
    of profile: JournalName, coming point: Point? = nil, printing isPrinting: Bool = false,
    _ body: (JournalLine) throws -> Bool
  ) throws -> Damage? {
    let reader = profiles.reader(profile)
    let total = point == nil ? try? reader.extent() : nil
    let isQuiet = isPrinting && terminal.outputIsTerminal
    return try showingProgress("reading \(profile)", total: total, quiet: isQuiet) { advance in
      var bytes: Int64 = 0
      return try reader.forEachLine(coming: point) { line in
        bytes += Int64(line.place.length) + 1
        advance(bytes)
        return try body(line)
      }
    }
  }
}

extension JournalLine {
  fileprivate var place: LinePlace {
    switch self {
    case .entry(let entry): entry.place
    case .void(_, let place): place
    }
  }
}
