import Discovery
import JournalEngine

/// Is told of every entry from now on, each once and in order.
struct Following {
  private let reader: JournalReader

  init(root: String, profile: JournalName) {
    reader = JournalReader(profile, in: root)
  }

  func run() async throws {
    while try !reader.exists() { try await Task.sleep(for: .milliseconds(1)) }
    var last: Head?
    while true {
      do {
        for try await entry in reader.follow(from: last.map { .after($0) } ?? .now) {
          if let last, entry.seq != last.seq + 1 || entry.prev != last.hash {
            Report.broken("entry \(entry.seq) was told after \(last)")
          }
          last = Head(seq: entry.seq, hash: entry.hash)
          if let last, last.seq.isMultiple(of: 16) { Report.seen(last) }
        }
      } catch let error as JournalError where error.code == .pruned {
        // Too slow: what comes next was dropped.
        last = nil
      }
    }
  }
}
