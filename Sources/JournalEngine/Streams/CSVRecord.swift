/// An entry as a record of comma-separated values (RFC 4180): lines end in CRLF, a field is quoted
/// where it must be, and a quote in it is doubled. What an entry does not say is an empty field; an
/// empty text is `""`. `data` is the JSON text as it stands in the journal.
enum CSVRecord {
  private static let names = [
    "journal", "seq", "time", "type", "subject", "by", "id", "data", "prev", "hash",
  ]

  static let header = Array((names.joined(separator: ",") + "\r\n").utf8)

  static func append(_ entry: Entry, of journal: JournalName, to bytes: inout [UInt8]) {
    var isFirst = true
    func add(_ field: some Collection<UInt8>) {
      if !isFirst { bytes.append(comma) }
      isFirst = false
      bytes += field
    }
    func add(text: String?) {
      add(text.map { quoted(Array($0.utf8)) } ?? [])
    }
    add(journal.text.utf8)
    add(String(entry.seq).utf8)
    add(entry.time.description.utf8)
    add(text: entry.type)
    add(text: entry.subject)
    add(text: entry.by)
    add(text: entry.id)
    add(entry.data.map { quoted(Array($0)) } ?? [])
    add(entry.prev.description.utf8)
    add(entry.hash.description.utf8)
    bytes += "\r\n".utf8
  }

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")

  private static func quoted(_ field: [UInt8]) -> [UInt8] {
    let needsQuotes =
      field.isEmpty
      || field.contains { $0 == quote || $0 == comma || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return field }
    var quoted = [quote]
    quoted.reserveCapacity(field.count + 2)
    for byte in field {
      if byte == quote { quoted.append(quote) }
      quoted.append(byte)
    }
    return quoted + [quote]
  }
}
