import JournalEngine

/// A file that says how far journals were seen: `PROFILE SEQ:HASH` a line, or the records that were
/// exported before, which carry their cursors. Of several lines for one journal the last counts.
struct CursorFile {
  private let path: String

  /// - Parameter path: `-` is standard input.
  init(_ path: String) { self.path = path }

  /// Hands out the cursors, line by line. Memory: the longest line.
  func read(_ body: (JournalName, ExportCursors.Cursor) -> Void) throws {
    var number = 0
    try InputFile.forEachLine(path) { line, isComplete in
      number += 1
      let place = "line \(number) of \(path)"
      if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { return }
      guard line.first == UInt8(ascii: "{") else {
        let (name, cursor) = try Self.plain(line, place)
        return body(name, cursor)
      }
      guard isComplete else {
        throw UsageError(
          message: "\(place) has no end: its record was cut short",
          hint: "take that line away, and it comes again")
      }
      let (name, cursor) = try Self.record(line, place)
      body(name, cursor)
    }
  }

  private static func plain(
    _ line: [UInt8], _ place: String
  ) throws -> (JournalName, ExportCursors.Cursor) {
    let words = String(decoding: line, as: UTF8.self)
      .split { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard words.count == 2, let name = try? JournalName(String(words[0])),
      let cursor = ExportCursors.Cursor(words[1])
    else { throw noCursor(place) }
    return (name, cursor)
  }

  /// What `export` wrote as ndjson or as a CloudEvent, whose id is the cursor.
  private static func record(
    _ line: [UInt8], _ place: String
  ) throws -> (JournalName, ExportCursors.Cursor) {
    let members = LineMembers(line).members
    func text(_ name: String) -> String? {
      members.first { $0.name == name }.flatMap { try? JSON(parsing: $0.text).string }
    }
    guard let name = text("journal").flatMap({ try? JournalName($0) }),
      let cursor = (text("cursor") ?? text("id")).flatMap({ ExportCursors.Cursor($0) })
    else { throw noCursor(place) }
    return (name, cursor)
  }

  private static func noCursor(_ place: String) -> UsageError {
    UsageError(
      message: "\(place) holds no cursor",
      hint: "each line is PROFILE SEQ:HASH, or a record of ndjson or cloudevents")
  }
}
