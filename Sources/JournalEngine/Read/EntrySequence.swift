/// The entries of a journal as an async sequence, one after the other, in constant memory.
///
/// Reading runs on threads of the engine's own. With ``follows``, the sequence does not end: it
/// waits for what is appended next, by whatever process, without polling, and hands out only what
/// is durable, so that nothing it told can be taken back by a power failure. Cancelling the task
/// ends it.
public struct EntrySequence: AsyncSequence, Sendable {
  public typealias Element = Entry
  public typealias Failure = any Error

  /// Where a sequence begins.
  public enum Start: Sendable, Hashable {
    /// With the first entry.
    case first
    /// After an entry that was seen before. If the journal does not hold it with this very hash,
    /// the sequence throws `cursorLost`.
    case after(Head)
    /// With what comes next.
    case now
  }

  /// Whether it waits for more at the end.
  public let follows: Bool
  private let reader: JournalReader
  private let start: Start

  init(_ reader: JournalReader, start: Start, follows: Bool) {
    self.reader = reader
    self.start = start
    self.follows = follows
  }

  public func makeAsyncIterator() -> Iterator {
    Iterator(reader, start: start, follows: follows)
  }

  public struct Iterator: AsyncIteratorProtocol {
    private let cursor: EntryCursor
    private let follows: Bool
    private var batch: ArraySlice<Entry> = []
    private var changes: AsyncStream<Void>.Iterator?

    init(_ reader: JournalReader, start: Start, follows: Bool) {
      self.follows = follows
      cursor = EntryCursor(reader, start: start, durableOnly: follows)
    }

    /// The next entry.
    ///
    /// - Throws: ``JournalError``: `damaged`, `cursorLost`, `notFound`, and what reading gives.
    /// - Returns: nil at the end, or when the task was cancelled.
    public mutating func next() async throws -> Entry? {
      while true {
        if let entry = batch.popFirst() { return entry }
        if Task.isCancelled { return nil }
        if follows, changes == nil {
          // Before the first read, so that nothing which comes after it is missed.
          changes = try await cursor.changes().makeAsyncIterator()
        }
        batch = try await cursor.next()[...]
        guard batch.isEmpty else { continue }
        guard follows, await changes?.next(isolation: #isolation) != nil else { return nil }
      }
    }
  }
}

extension JournalReader {
  /// The entries from a point on, as far as the journal goes when its end is reached.
  ///
  /// Cost: what stands before the last snapshot that is before the point is not read; damage there is
  /// seen by ``verify()`` only.
  public func entries(from start: EntrySequence.Start = .first) -> EntrySequence {
    EntrySequence(self, start: start, follows: false)
  }

  /// All entries and whatever comes after them.
  public func follow(from start: EntrySequence.Start = .first) -> EntrySequence {
    EntrySequence(self, start: start, follows: true)
  }
}
