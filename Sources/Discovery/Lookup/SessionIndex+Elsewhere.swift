package import JournalEngine

extension SessionIndex {
  /// Of sessions, each with the journal that it is for, those that another journal holds.
  ///
  /// Only as far as the index leads there: a session that it does not know is not looked for.
  ///
  /// Cost: reads the index, and once each journal that is said to hold such a session.
  package func elsewhere(_ sessions: [ExactName: JournalName]) -> [ExactName: JournalName] {
    guard !sessions.isEmpty else { return [:] }
    var said: [JournalName: Set<ExactName>] = [:]
    contents(open()).forEachHint { session, name in
      let session = ExactName(session)
      guard let own = sessions[session], own.text != name, let journal = try? JournalName(name)
      else { return }
      said[journal, default: []].insert(session)
    }
    var found: [ExactName: JournalName] = [:]
    for (journal, wanted) in said.sorted(by: { $0.key < $1.key }) {
      for session in sessionsThere(wanted, in: journal) where found[session] == nil {
        found[session] = journal
      }
    }
    return found
  }

  /// Those of some sessions that a journal holds; of one that cannot be read, as far as it can be.
  private func sessionsThere(_ wanted: Set<ExactName>, in journal: JournalName) -> Set<ExactName> {
    var search = Search("", root: root, system: system, file: nil) { _ in }
    var found: Set<ExactName> = []
    _ = try? search.forEachSession(in: JournalReader(journal, in: root, system: system)) { id in
      if wanted.contains(ExactName(id)) { found.insert(ExactName(id)) }
      return found.count < wanted.count
    }
    return found
  }
}
