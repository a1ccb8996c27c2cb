/// Reads a journal batch by batch, away from the cooperative threads.
actor EntryCursor {
  private let executor = JournalExecutor()
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  private let batches: EntryBatches

  init(_ reader: JournalReader, start: EntrySequence.Start, durableOnly: Bool) {
    batches = EntryBatches(reader, start: start, durableOnly: durableOnly)
  }

  /// The next entries, at most a few hundred; empty at the end.
  func next() throws -> [Entry] { try batches.next() }

  /// Yields after each change of the journal, from this call on.
  func changes() throws -> AsyncStream<Void> {
    let reader = batches.reader
    return try reader.system.fileSystem.changes(reader.name.text, in: reader.root)
  }
}
