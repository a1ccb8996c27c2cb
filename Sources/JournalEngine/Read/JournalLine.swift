/// A line of a journal as a reader sees it.
public enum JournalLine: Sendable {
  /// It counts.
  case entry(Entry)
  /// It does not, and stands here.
  case void(VoidLine, LinePlace)
}

/// Hands out lines until there are enough.
struct EachLine: LineVisitor {
  let body: (JournalLine) throws -> Bool
  var error: (any Error)?
  private let path: String
  private var hasEnough = false
  private var hasHanded = false

  init(path: String, body: @escaping (JournalLine) throws -> Bool) {
    self.path = path
    self.body = body
  }

  mutating func accepted(_ line: AcceptedLine) throws(JournalError) -> Bool {
    hasHanded = true
    return unsafe hand(.entry(line.entry))
  }

  mutating func void(_ line: VoidLine, at place: LinePlace) {
    _ = hand(.void(line, place))
  }

  mutating func dropped(_ tombstone: Tombstone) throws(JournalError) {
    // What a journal begins with may be gone; what goes meanwhile would be left out.
    if hasHanded { throw tombstone.entriesAreGone(path) }
  }

  private mutating func hand(_ line: JournalLine) -> Bool {
    // A void line cannot pause the walk, nor one within a group: what follows it is not handed out.
    guard !hasEnough else { return false }
    do {
      hasEnough = try !body(line)
    } catch {
      self.error = error
      hasEnough = true
    }
    return !hasEnough
  }
}
