/// The state that entries give, taken in order until one cannot be.
struct FoldedState<P: Projection>: Sendable {
  private(set) var state: P
  /// The last entry that was taken.
  private(set) var head: Head
  private(set) var time: Timestamp?
  /// Why the state has stopped: the walk goes on, to see whether it is damage.
  private(set) var failure: JournalError?
  private let path: String

  /// - Parameter path: the journal's folder, for messages.
  init(_ state: P = P(), head: Head = .none, time: Timestamp? = nil, path: String) {
    self.state = state
    self.head = head
    self.time = time
    self.path = path
  }

  mutating func take(_ lines: HeldLines) {
    for index in 0..<lines.count { take(lines.entry(at: index)) }
  }

  mutating func take(_ entry: Entry) {
    guard failure == nil else { return }
    do throws(JournalError) {
      try state.take(entry, path: path)
    } catch {
      failure = error
      return
    }
    head = Head(seq: entry.seq, hash: entry.hash)
    time = entry.time
  }
}
