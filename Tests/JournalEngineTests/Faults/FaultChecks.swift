import JournalEngine
import JournalTestSupport

/// What must be true after a fault.
extension FaultRun {
  /// Whether a segment was said not to be durable: the handle that was told writes no more. A
  /// snapshot that is not durable costs nothing.
  private var hasFailedSync: Bool {
    guard let failed, let failedAt else { return false }
    switch failed.kind {
    case .beginSync, .syncData: return failed.path.hasSuffix(".ndjson")
    case .syncNames:
      let before = system.log[..<failedAt].last
      return before?.kind == .syncData && before?.path.hasSuffix(".ndjson") == true
    default: return false
    }
  }

  /// What was told is typed, and names the file and the system's number.
  func checkErrors(_ kind: FaultKind) throws {
    guard let failed else { throw Violation("the call was not made") }
    for (index, error) in errors.enumerated() {
      guard let error = error as? JournalError else { throw Violation("not typed: \(error)") }
      // What is written once and whole is not tried again where nothing of it was taken.
      let isPart = failed.kind == .append && failed.path.hasSuffix(".tmp")
      try Violation.unless(kind.fails || isPart, "nothing failed, and yet: \(error)")
      // Later ones are those of a handle that is dead, for the same reason.
      try Violation.unless(index == 0 || hasFailedSync, "once more: \(error)")
      try Violation.unless(
        error.file == failed.path, "the file is not \(failed.path): \(error)")
      try Violation.unless(error.errno == kind.number, "no errno: \(error)")
    }
  }

  /// After a failed sync nothing is acknowledged (Rebello et al., ATC '20).
  func checkNothingFollowsAFailedSync() throws {
    guard hasFailedSync, !errors.isEmpty, let failedAt else { return }
    for (tag, answer, calls) in answers where calls > failedAt {
      try Violation.unless(answer != .recorded, "\(tag) was acknowledged after a failed sync")
    }
  }

  /// What was refused is not there, and what was acknowledged is.
  func checkAnswers() throws {
    let tags = try journal.disk.paths.isEmpty ? [] : journal.tally().tags
    for (tag, answer, _) in answers where answer != .unknown {
      try Violation.unless(
        tags.contains(tag) == (answer == .recorded), "\(tag) was \(answer): \(tags)")
    }
  }

  /// The handle works on, or says again why it cannot.
  func checkTheSameHandle() throws {
    guard let writer else { return }
    for tag in answers.map(\.tag) + ["again"] {
      let isThere = try !journal.disk.paths.isEmpty && journal.tally().tags.contains(tag)
      do {
        let receipt = try writer.append(contentsOf: Self.group(tag), id: tag)
        try Violation.unless(!hasFailedSync, "\(tag) is acknowledged after a failed sync")
        try Violation.unless(receipt.isRepeated == isThere, "\(tag) was there: \(isThere)")
      } catch let error as JournalError {
        try Violation.unless(
          hasFailedSync && error.code == .syncFailed && error.file == failed?.path,
          "the handle does not work: \(error)")
      }
    }
    if !hasFailedSync {
      try Violation.unless(writer.state == journal.tally(), "the handle's state is another")
    }
  }

  func checkNothingIsLeftOpen() throws {
    try Violation.unless(system.openHandles == 0, "\(system.openHandles) left open")
  }

  /// Whoever comes next can work, and finds what was acknowledged, whole and once.
  func checkTheNextHandle() throws {
    let next = try journal.writer()
    try next.append(Tally.Event("next"))
    let tally = try journal.tally()
    try Violation.unless(next.state == tally, "the next handle has \(next.state)")
    try Violation.unless(Set(tally.tags).count == tally.tags.count, "twice: \(tally.tags)")
    for (tag, answer, _) in answers {
      let found = Self.group(tag).map(tally.tags.contains)
      try Violation.unless(Set(found).count == 1, "\(tag): half a group")
      if answer == .recorded { try Violation.unless(found[0], "\(tag) is lost") }
      let again = try next.append(contentsOf: Self.group(tag), id: tag)
      try Violation.unless(again.isRepeated == found[0], "\(tag) was there: \(found[0])")
    }
    let verification = try journal.reader().verify()
    try Violation.unless(verification.isSound, "\(verification.findings)")
  }
}
