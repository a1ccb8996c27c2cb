/// An entry as one line of NDJSON: `{"journal":NAME,"cursor":"SEQ:HASH","entry":{…}}`.
///
/// The entry is the journal's very line, so that its SHA-256 can be compared with the cursor's.
enum LineRecord {
  static func append(_ entry: Entry, of journal: JournalName, to bytes: inout [UInt8]) {
    bytes += #"{"journal":""#.utf8
    bytes += journal.text.utf8
    bytes += #"","cursor":""#.utf8
    bytes += entry.cursor.description.utf8
    bytes += #"","entry":"#.utf8
    bytes += entry.line
    bytes += "}\n".utf8
  }
}
