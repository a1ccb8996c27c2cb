/// A form in which entries leave for other systems, one record an entry.
package enum StreamFormat: String, Sendable, CaseIterable {
  /// The very lines, each with its journal and its cursor.
  case ndjson
  /// CloudEvents 1.0 in the JSON event format, one a line.
  case cloudevents
  /// RFC 4180.
  case csv

  /// What stands before the first record.
  package var header: [UInt8] {
    switch self {
    case .ndjson, .cloudevents: []
    case .csv: CSVRecord.header
    }
  }

  /// Appends an entry's record with its line end.
  ///
  /// Cost: linear in the line's length; the event's data is copied as it stands.
  package func append(_ entry: Entry, of journal: JournalName, to bytes: inout [UInt8]) {
    switch self {
    case .ndjson: LineRecord.append(entry, of: journal, to: &bytes)
    case .cloudevents: CloudEvent.append(entry, of: journal, to: &bytes)
    case .csv: CSVRecord.append(entry, of: journal, to: &bytes)
    }
  }
}

extension Entry {
  /// Its number and its hash: whoever has seen it goes on behind it with that.
  package var cursor: Head { Head(seq: seq, hash: hash) }
}
