import Discovery
import JournalEngine

/// Where the stream of each journal begins, as `--since` says.
struct ExportCursors {
  /// The last entry of a journal that was seen.
  enum Cursor: Equatable {
    case seq(Int64)
    case head(Head)

    /// Reads `SEQ` or `SEQ:HASH`; nil for anything else.
    init?(_ text: some StringProtocol) {
      if let head = Head(text) {
        self = .head(head)
      } else if let seq = Int64(text), seq >= 0, String(seq) == text {
        self = .seq(seq)
      } else {
        return nil
      }
    }
  }

  private var cursors: [JournalName: Cursor] = [:]
  /// Whether nothing of what is there is wanted.
  var isNow = false

  /// The journals that have a cursor.
  var journals: Set<JournalName> { Set(cursors.keys) }

  init(_ call: Call) throws {
    guard let text = call.arguments.value("since") else { return }
    if text == "now" {
      isNow = true
    } else if text.hasPrefix("@") {
      try CursorFile(String(text.dropFirst())).read { cursors[$0] = $1 }
    } else if text.contains("=") {
      try readList(text, for: call.arguments.operands)
    } else {
      try readOne(text, for: call.arguments.operands)
    }
  }

  /// Where the stream of a journal begins.
  ///
  /// - Throws: `JournalError` where the journal does not hold the entry of its cursor.
  func bookmark(in reader: JournalReader) throws -> Bookmark {
    if isNow { return try reader.bookmarkAtHead() }
    switch cursors[reader.name] {
    case .head(let head): return Bookmark(head)
    case .seq(let seq): return try reader.bookmark(at: seq)
    case nil: return .start
    }
  }

  private mutating func readOne(_ text: String, for operands: [String]) throws {
    guard let cursor = Cursor(text) else { throw Self.notACursor(text) }
    guard operands.count == 1 else {
      throw UsageError(
        message: "--since \(text) does not say of which journal",
        hint: "name one PROFILE, or give PROFILE=SEQ:HASH for each")
    }
    cursors[try JournalName(operands[0])] = cursor
  }

  private mutating func readList(_ text: String, for operands: [String]) throws {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, let cursor = Cursor(sides[1]) else {
        throw Self.notACursor(String(part))
      }
      let name = try JournalName(String(sides[0]))
      guard operands.isEmpty || operands.contains(name.text) else {
        throw UsageError(
          message: "--since has a cursor for \(name), which is not to be exported",
          hint: "name it as a PROFILE too, or leave its cursor out")
      }
      guard cursors.updateValue(cursor, forKey: name) == nil else {
        throw UsageError(message: "--since has two cursors for \(name)", hint: "choose one")
      }
    }
  }

  private static func notACursor(_ text: String) -> UsageError {
    UsageError(
      message: "--since \(text.escapedForTerminal) is not a cursor",
      hint: "use SEQ, SEQ:HASH, PROFILE=SEQ:HASH,…, @FILE or now")
  }
}
