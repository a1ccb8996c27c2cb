package import JournalEngine

/// Tags in the order of their entries, the oldest of which may have left the state for tables.
package struct NotedTags: Sendable {
  package struct Note: Sendable, Equatable {
    package let tag: String
    package let seq: Int64
    let segment: Int64
    let offset: Int64
    let check: UInt64
  }

  package private(set) var recent: [Note] = []
  package private(set) var settled = SettledRecords.none

  package init() {}

  package mutating func add(_ tag: String, _ entry: Entry) {
    recent.append(
      Note(
        tag: tag, seq: entry.seq, segment: entry.place.segment, offset: entry.place.offset,
        check: entry.check))
  }

  mutating func settle(_ records: SettledRecords) {
    recent.removeFirst(max(0, records.count - settled.count))
    settled = records
  }

  /// What a snapshot keeps.
  package var members: JSONObject {
    var object: JSONObject = [
      "notes": .array(
        recent.map { note in
          [
            .string(note.tag), .number(JSONNumber(note.seq)), .number(JSONNumber(note.segment)),
            .number(JSONNumber(note.offset)), .string(String(note.check)),
          ]
        })
    ]
    if settled.count > 0 { object["settled"] = .number(JSONNumber(settled.count)) }
    return object
  }

  /// Nil where a member is missing or is not what it should be.
  package init?(_ snapshot: JSON) {
    guard let notes = snapshot["notes"]?.array else { return nil }
    for note in notes {
      guard let fields = note.array, fields.count == 5, let tag = fields[0].string,
        let seq = fields[1].int, let segment = fields[2].int, let offset = fields[3].int,
        let check = fields[4].string.flatMap({ UInt64($0) })
      else { return nil }
      recent.append(Note(tag: tag, seq: seq, segment: segment, offset: offset, check: check))
    }
    settled = SettledRecords(count: Int(snapshot["settled"]?.int ?? 0))
  }
}

/// A state that keeps every tag, and lets go of them when a compaction asks for it.
package protocol NotesTags: Projection {
  var noted: NotedTags { get set }
}

extension NotesTags {
  package var tags: [String] { notes.map(\.tag) }

  /// The `seq` of each tag's entry.
  package var seqs: [Int64] { notes.map(\.seq) }

  private var notes: [NotedTags.Note] {
    guard noted.settled.count > 0 else { return noted.recent }
    do {
      let count = noted.settled.count
      let settled = try noted.settled.read(Self.self) { records in
        try records.replay(0..<count, as: Self.self).noted.recent
      } replayed: { whole in
        Array(whole.noted.recent.prefix(count))
      }
      return settled + noted.recent
    } catch {
      // Shown by whatever compares tags.
      return [NotedTags.Note(tag: "unreadable: \(error)", seq: 0, segment: 0, offset: 0, check: 0)]
    }
  }

  package func finalRecords() -> [SettledRecord] {
    noted.recent.map { note in
      let first = LineStart(seq: note.seq, segment: note.segment, offset: note.offset)
      return SettledRecord(
        id: note.tag, span: EntrySpan(first: first, last: note.seq, check: note.check),
        measure: note.seq)
    }
  }

  package var settledCount: Int { noted.settled.count }

  package mutating func settle(_ records: SettledRecords) { noted.settle(records) }
}
