/// An entry as a CloudEvent 1.0 in the JSON event format, on one line.
///
/// `type`, `subject`, `time` and `data` are the entry's own. `id` is its cursor, `SEQ:HASH`, which
/// no other event has; `source` is `/journals/NAME`. Extensions: `journal`, its name; `sequence`,
/// the number in 20 digits, as the extension of that name asks; `prev`, the hash of the entry
/// before; `by`, who recorded it; `key`, the caller's idempotency key.
enum CloudEvent {
  static func append(_ entry: Entry, of journal: JournalName, to bytes: inout [UInt8]) {
    bytes += #"{"specversion":"1.0""#.utf8
    func add(_ name: String, _ value: String) {
      bytes += ",\"\(name)\":".utf8
      JSONText.appendString(value, to: &bytes)
    }
    add("id", entry.cursor.description)
    add("source", "/journals/\(journal)")
    add("type", Self.allowed(entry.type))
    // An attribute has a value or is not there.
    if let subject = entry.subject, !subject.isEmpty { add("subject", Self.allowed(subject)) }
    add("time", entry.time.description)
    add("journal", journal.text)
    add("sequence", Self.inTwentyDigits(entry.seq))
    add("prev", entry.prev.description)
    if let by = entry.by, !by.isEmpty { add("by", Self.allowed(by)) }
    if let key = entry.id, !key.isEmpty { add("key", Self.allowed(key)) }
    if let data = entry.data {
      bytes += #","datacontenttype":"application/json","data":"#.utf8
      bytes += data
    }
    bytes += "}\n".utf8
  }

  /// A text without what the type String of CloudEvents forbids: control characters and code
  /// points that are no characters. U+FFFD stands in their place.
  private static func allowed(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isForbidden) else { return text }
    var allowed = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      allowed.append(isForbidden(scalar) ? "\u{FFFD}" : scalar)
    }
    return String(allowed)
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: true
    case let value: value & 0xFFFE == 0xFFFE
    }
  }

  /// So that the order of the texts is the order of the numbers.
  private static func inTwentyDigits(_ seq: Int64) -> String {
    let digits = String(seq)
    return String(repeating: "0", count: max(0, 20 - digits.count)) + digits
  }
}
