import Discovery
import Glibc
import JournalEngine

/// What the process tells, a line an answer:
///
/// - `ACK FIRST LAST HASH TYPE SUBJECT KEY`: recorded; HASH is that of the last entry.
/// - `SAME FIRST LAST TYPE SUBJECT KEY`: recorded before under that key.
/// - `SEEN SEQ HASH`: read, and found consistent.
/// - `COMPACTED SNAPSHOTS`: how many were written.
/// - `REFUSED CODE`: the rules said no, or others were first too often.
/// - `BROKEN TEXT`: what must not happen.
///
/// `-` stands for a subject or key that there is none of.
enum Report {
  static func answer(_ receipt: Receipt, key: String?) {
    guard let seqs = receipt.seqs else { return broken("nothing was recorded") }
    let rest = "\(receipt.type ?? "-") \(receipt.subject ?? "-") \(key ?? "-")"
    if receipt.isRepeated {
      put("SAME \(seqs.lowerBound) \(seqs.upperBound) \(rest)")
    } else if let hash = receipt.entries.last?.hash {
      put("ACK \(seqs.lowerBound) \(seqs.upperBound) \(hash) \(rest)")
    } else {
      broken("an acknowledgement without entries")
    }
  }

  /// Tells of a refusal.
  ///
  /// - Throws: the error where it is none.
  static func refusal(_ error: any Error) throws {
    switch error {
    case let error as DiscoveryError: put("REFUSED \(error.code)")
    case let error as JournalError where error.code == .gaveUp: put("REFUSED \(error.code)")
    default: throw error
    }
  }

  static func seen(_ head: Head) { put("SEEN \(head.seq) \(head.hash)") }

  static func compacted(snapshots: Int) { put("COMPACTED \(snapshots)") }

  static func broken(_ text: String) { put("BROKEN \(text)") }

  /// A line is one write, so that a kill leaves all of it or nothing.
  private static func put(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    if write(STDOUT_FILENO, bytes, bytes.count) != bytes.count { exit(3) }
  }
}
