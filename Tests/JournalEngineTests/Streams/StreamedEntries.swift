import JournalEngine
import JournalTestSupport

/// Entries to be streamed, and what a format makes of them.
struct StreamedEntries {
  let journal: JournalName
  let entries: [Entry]

  /// The entries of a journal that was recorded for this.
  init(_ events: [RecordedEvent], by: String? = nil, id: String? = nil) throws {
    let journal = try TestJournal("acme")
    let writer = try journal.writer(Recorder.self)
    for event in events { try writer.append(event, by: by, id: id) }
    self.journal = journal.name
    entries = try journal.entries()
  }

  /// A journal of random events whose texts are awkward.
  init(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let journal = try TestJournal("acme", seed: seed)
    let writer = try journal.writer(Recorder.self)
    for number in 0...random.below(8) {
      let event = RecordedEvent(
        type: "t" + random.text(random.below(6)),
        subject: random.once(in: 3) ? nil : random.text(random.below(8)),
        data: ["text": .string(random.text(random.below(30))), "n": 1.50])
      try writer.append(
        event, by: random.once(in: 3) ? nil : random.text(1 + random.below(6)),
        id: random.once(in: 3) ? nil : "\(number)" + random.text(random.below(6)))
    }
    self.journal = journal.name
    entries = try journal.entries()
  }

  func bytes(as format: StreamFormat) -> [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries { format.append(entry, of: journal, to: &bytes) }
    return bytes
  }

  func lines(as format: StreamFormat) -> [ArraySlice<UInt8>] {
    bytes(as: format).split(separator: UInt8(ascii: "\n"))
  }
}
