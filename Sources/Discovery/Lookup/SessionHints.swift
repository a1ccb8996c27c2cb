import JournalEngine
internal import Synchronization

/// Leaves the hints of one store in the index of sessions, whose file it keeps open.
final class SessionHints: Sendable {
  private let index: SessionIndex
  private let file = Mutex<OpenFile?>(nil)

  // Unchecked: the file is used by nobody else, and here only while the mutex is held.
  private struct OpenFile: @unchecked Sendable {
    let file: any SegmentFile
  }

  init(_ index: SessionIndex) { self.index = index }

  /// Notes where a session was started. May block for a moment; a failure is no loss.
  func add(_ session: String, in journal: JournalName) {
    guard SessionIndex.isPlain(session) else { return }
    let hint = Array(IndexContents.hint(session, in: journal).utf8)
    file.withLock { open in
      // Deleted since: whoever looks makes it anew, and the hint belongs there.
      if open?.file.hasName != true { open = index.open().map { OpenFile(file: $0) } }
      _ = try? open?.file.append(hint)
    }
  }
}
