/// Tells of nearly every key that records do not have it, where a look into each table would cost a
/// page of each.
///
/// It is a Bloom filter (Bloom, Communications of the ACM 13, 1970) in parts, each twice as large as
/// the one before it, so that it grows without being made anew (Almeida et al., Information Processing
/// Letters 101, 2007); the bits of a key stand in one block of 64 bytes (Putze et al., ACM Journal of
/// Experimental Algorithmics 14, 2009). With 16 bits a key, a part lets through about one in a
/// thousand that none of its records has.
struct KeyFilter: Sendable {
  /// So many records belong to the first part.
  static let first = 4096

  /// The number of its first record.
  private let base: Int
  /// The number behind that of its last one.
  private(set) var end: Int
  private var parts: [[UInt64]] = []

  /// - Parameter base: the number of the first record that will be in it.
  init(from base: Int = 0) {
    self.base = base
    end = base
  }

  /// Adds the keys of the records that follow.
  ///
  /// - Parameters:
  ///   - keys: those of records from some number on, in any order; those that are in already may be
  ///     among them.
  ///   - first: that number.
  ///   - end: the number behind the last one's.
  mutating func add(_ keys: [TableKey], from first: Int, to end: Int) {
    for key in keys {
      let number = first + Int(key.row)
      guard number >= self.end, number < end else { continue }
      let part = Self.part(of: number - base)
      while parts.count <= part {
        parts.append([UInt64](repeating: 0, count: Self.records(of: parts.count).count / 4))
      }
      let block = Self.block(of: key.hash, in: parts[part].count)
      for word in 0..<8 { parts[part][block + word] |= Self.bit(of: key.hash, word) }
    }
    self.end = max(self.end, end)
  }

  /// Where the records of a key can be: numbers outside of these have it not.
  ///
  /// Cost: one block of each part; of a million records there are eight.
  func records(with hash: UInt64) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for (part, words) in parts.enumerated() {
      let block = Self.block(of: hash, in: words.count)
      let holds = (0..<8).allSatisfy { word in
        words[block + word] & Self.bit(of: hash, word) != 0
      }
      guard holds else { continue }
      let records = Self.records(of: part)
      found.append((base + records.lowerBound..<base + records.upperBound).clamped(to: base..<end))
    }
    return found
  }

  private static func part(of number: Int) -> Int {
    Int.bitWidth - 1 - (number / first + 1).leadingZeroBitCount
  }

  private static func records(of part: Int) -> Range<Int> {
    first * (1 << part - 1)..<first * (2 << part - 1)
  }

  /// The first word of a key's block: by the upper bits of the hash, whose lower ones choose the bits.
  private static func block(of hash: UInt64, in words: Int) -> Int {
    Int(hash.multipliedFullWidth(by: UInt64(words / 8)).high) * 8
  }

  /// A key has one bit in each word of its block.
  private static func bit(of hash: UInt64, _ word: Int) -> UInt64 {
    1 << (hash >> UInt64(6 * word) & 63)
  }
}
