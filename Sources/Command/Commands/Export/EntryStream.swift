import Discovery
import JournalEngine

/// Writes the entries of one journal to standard output in a form for other systems.
struct EntryStream {
  private let call: Call
  private let profile: JournalName
  private let format: StreamFormat

  init(_ call: Call, of profile: JournalName, _ format: StreamFormat) {
    self.call = call
    self.profile = profile
    self.format = format
  }

  /// Writes what stands behind a bookmark, up to the end, and moves the bookmark there. Ends
  /// between two batches where the process is asked to stop.
  ///
  /// - Parameter progress: is told how many bytes of the journal each batch had.
  func write(
    from bookmark: inout Bookmark, progress: (Int64) -> Void = { _ in }
  ) throws {
    var record: [UInt8] = []
    var isFirst = bookmark == .start
    try call.profiles.reader(profile).readOn(from: &bookmark) { entries in
      if isFirst, let first = entries.first, first.seq > 1 { warnOfPruning(before: first.seq) }
      isFirst = false
      var bytes: Int64 = 0
      for entry in entries {
        record.removeAll(keepingCapacity: true)
        format.append(entry, of: profile, to: &record)
        // A record at once: what is cut off by a full pipe or disk is one record at most.
        try call.output.write(record)
        bytes += Int64(entry.line.count) + 1
      }
      progress(bytes)
      return !Signals.interrupted
    }
  }

  private func warnOfPruning(before seq: Int64) {
    call.warn(
      "the stream begins with entry \(seq): those before it were dropped by pruning", of: profile)
  }
}
