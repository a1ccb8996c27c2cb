/// The hashes of the newest accepted lines, by their `seq`. The beginning, 0 with its zeros,
/// counts as one.
struct AcceptedHashes: Sendable {
  private var ring: [Digest] = [.zero]
  private(set) var newest: Int64 = 0

  /// The lowest `seq` that is remembered.
  var oldest: Int64 { newest - Int64(ring.count) + 1 }

  mutating func append(_ hash: Digest, seq: Int64) {
    newest = seq
    let slot = Int(seq % Int64(LineFormat.rememberedAccepted))
    if ring.count < LineFormat.rememberedAccepted {
      ring.append(hash)
    } else {
      ring[slot] = hash
    }
  }

  func hash(of seq: Int64) -> Digest? {
    guard seq >= oldest, seq <= newest else { return nil }
    return ring[Int(seq % Int64(LineFormat.rememberedAccepted))]
  }
}
