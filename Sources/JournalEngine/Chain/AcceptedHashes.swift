/// The hashes of the newest accepted lines, by their `seq`. What reading began with, at first 0 with
/// its zeros, counts as one.
struct AcceptedHashes: Sendable {
  private var ring: [Digest]
  /// The `seq` that stands first in the ring.
  private let first: Int64
  private(set) var newest: Int64

  init(from head: Head = .none) {
    ring = []
    ring.reserveCapacity(16)
    ring.append(head.hash)
    first = head.seq
    newest = head.seq
  }

  /// The lowest `seq` that is remembered.
  var oldest: Int64 { newest - Int64(ring.count) + 1 }

  /// - Parameter seq: one above ``newest``.
  mutating func append(_ hash: Digest, seq: Int64) {
    newest = seq
    if ring.count < LineFormat.rememberedAccepted {
      ring.append(hash)
    } else {
      ring[slot(seq)] = hash
    }
  }

  func hash(of seq: Int64) -> Digest? {
    guard seq >= oldest, seq <= newest else { return nil }
    return ring[slot(seq)]
  }

  private func slot(_ seq: Int64) -> Int {
    Int((seq - first) % Int64(LineFormat.rememberedAccepted))
  }
}
