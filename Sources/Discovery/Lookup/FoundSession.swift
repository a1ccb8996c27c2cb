package import JournalEngine

/// Where a session was found.
package struct FoundSession {
  package let journal: JournalName
  /// The session, and the state that it was seen in; nil where no state was asked for it.
  package let seen: Seen?

  package struct Seen {
    package let session: Session
    package let replay: Replay<Profile>
  }

  package init(journal: JournalName, seen: Seen? = nil) {
    self.journal = journal
    self.seen = seen
  }
}
