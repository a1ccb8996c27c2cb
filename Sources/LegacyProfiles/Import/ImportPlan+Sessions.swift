import Discovery
import JournalEngine

/// What becomes of the files of sessions and opportunities.
extension ImportPlan {
  /// What happens to the sessions, in its order.
  mutating func timeline(_ known: Set<Digest>) -> Timeline {
    let sorted = documents.sessions.map(\.session).sorted { $0.start < $1.start }
    var begun: [SessionHistory] = []
    var going: [(String, [SessionHistory.Step])] = []
    for file in documents.sessions {
      let session = file.session
      let isKnown = known.contains(file.file.digest)
      // In the order in which they are recorded.
      let found = (documents.opportunities[ExactName(session.id)] ?? [])
        .filter { !known.contains($0.file.digest) }
        .sorted {
          SessionHistory.moment($0.time, session) < SessionHistory.moment($1.time, session)
        }
      if isKnown, found.isEmpty { continue }
      let next = session.wasAbandoned ? Self.next(after: session, in: sorted) : nil
      let history = SessionHistory(
        session, opportunities: found.map { ($0.members, $0.time) }, next: next)
      guard let status = status(of: session, file.file) else { continue }
      switch status {
      case .new:
        guard begin(history, file.file) else {
          for file in found { skip(file.file, "\(session.id), which found it, is not added") }
          continue
        }
        begun.append(history)
        files.append(file.file)
        files += found.map(\.file)
        for file in found { change(file.file, file.found.remarks) }
        opportunities += found.count
      case .there(let known):
        let steps = goOn(history, file.file, found, known, isKnown: isKnown)
        if !steps.isEmpty { going.append((session.id, steps)) }
      }
    }
    going += strays(known)
    return Timeline(begun, endings: going, running: state.running)
  }

  private enum Status {
    case new
    case there(Session)
  }

  private mutating func status(of session: OldSession, _ file: SurveyedFile) -> Status? {
    do {
      return try state.session(session.id).map(Status.there) ?? .new
    } catch {
      skip(file, "\(session.id) cannot be looked up: \(error)")
      return nil
    }
  }

  /// Whether a session can begin now.
  private mutating func begin(_ history: SessionHistory, _ file: SurveyedFile) -> Bool {
    let session = history.session
    if let other = elsewhere[ExactName(session.id)] {
      skip(file, "\(session.id) is in the journal \(other) already, and is not added to another")
      return false
    }
    guard !isDeleted else {
      skip(file, "\(documents.name) is deleted in the journal: \(session.id) is not added to it")
      return false
    }
    guard session.start >= last else {
      skip(
        file,
        "\(session.id) began at \(session.start), before the journal's last entry (\(last)): it "
          + "cannot be added any more")
      return false
    }
    change(file, session.remarks)
    sessions.append(session.id)
    return true
  }

  /// What can be added to a session that the journal has already.
  private mutating func goOn(
    _ history: SessionHistory, _ file: SurveyedFile,
    _ found: [SourceDocuments.OpportunityFile], _ known: Session, isKnown: Bool
  ) -> [SessionHistory.Step] {
    let id = history.session.id
    let status = known.status
    // The same in another spelling says nothing new.
    let changed = isKnown ? [] : history.differences(from: known)
    guard status == .inProgress else {
      if !changed.isEmpty {
        skip(
          file,
          "\(id) is \(status.rawValue) in the journal, and the file is another than the one that "
            + "was imported")
      }
      refuse(found, known)
      return []
    }
    let steps = add(found, history.found)
    guard !isKnown else { return steps }
    guard let end = history.end(on: state) else {
      if !changed.isEmpty {
        skip(
          file,
          "\(id) is in progress in the journal, and is not changed before it ends: the file has "
            + "other members now (\(changed.joined(separator: ", ")))")
      }
      return steps
    }
    guard end.time >= last else {
      skip(
        file,
        "\(id) ended at \(end.time), before the journal's last entry (\(last)): its end cannot be "
          + "added any more")
      return steps
    }
    files.append(file)
    endings += 1
    return steps + [end]
  }

  /// What can be added to sessions that are in the journal, and whose files are not here any more.
  private mutating func strays(_ known: Set<Digest>) -> [(String, [SessionHistory.Step])] {
    let here = Set(documents.sessions.map { ExactName($0.session.id) })
    var going: [(String, [SessionHistory.Step])] = []
    for (id, all) in documents.opportunities.sorted(by: { $0.key.text < $1.key.text })
    where !here.contains(id) {
      let files = all.filter { !known.contains($0.file.digest) }
      do {
        guard let session = try state.session(id.text) else {
          unplaced += files.map(\.file.path)
          continue
        }
        guard session.status == .inProgress else {
          refuse(files, session)
          continue
        }
        let found = files.map { file in
          (file, max(file.time ?? session.startedAt, session.startedAt))
        }.sorted { $0.1 < $1.1 }
        let steps = add(
          found.map(\.0),
          found.map { file, time in
            (SessionHistory.found(file.members, by: session.id, session.tracks), time)
          })
        if !steps.isEmpty { going.append((id.text, steps)) }
      } catch {
        for file in files { skip(file.file, "\(id.text) cannot be looked up: \(error)") }
      }
    }
    return going
  }

  private mutating func refuse(_ found: [SourceDocuments.OpportunityFile], _ session: Session) {
    for file in found {
      skip(file.file, "\(session.id) is \(session.status.rawValue): nothing is added to it")
    }
  }

  /// The opportunities that a running session can still find, of those in the order of their times.
  private mutating func add(
    _ found: [SourceDocuments.OpportunityFile], _ steps: [SessionHistory.Step]
  ) -> [SessionHistory.Step] {
    var added: [SessionHistory.Step] = []
    for (step, opportunity) in zip(steps, found) {
      let file = opportunity.file
      guard step.time >= last else {
        skip(file, "it was found before the journal's last entry (\(last)): it cannot be added")
        continue
      }
      added.append(step)
      files.append(file)
      change(file, opportunity.found.remarks)
      opportunities += 1
    }
    return added
  }

  /// The session that was started next after one had been given up.
  private static func next(after session: OldSession, in sorted: [OldSession]) -> String? {
    guard let end = session.ending?.time else { return nil }
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].start < end { low = middle + 1 } else { high = middle }
    }
    return sorted[low...].first { !$0.id.isExactly(session.id) }?.id
  }
}
