import JournalEngine

/// Where the hints of a stretch of the index file stand, sorted by a hash of the session.
///
/// A file of numbers of 8 bytes, the highest byte first: where the stretch begins and ends, its mark,
/// how many hints there are, and of each the hash and where its line begins.
struct HintRun {
  struct Hint {
    let hash: UInt64
    let offset: Int64
  }

  private let hints: SortedColumn<Hint>
  private let stretch: HintStretch

  private static let headerSize = 32
  private static let hintSize = 16
  /// So much is read at once, around a place: a guess is hardly ever farther off.
  private static let windowSize = 16 << 10

  /// - Parameter mark: of the stretch as it is now.
  /// - Returns: nil where the file is another one's run.
  init?(
    _ file: any SegmentFile, of stretch: HintStretch, mark: UInt64
  ) throws(JournalError) {
    let size = if let size = file.sizeWhenOpened { size } else { try file.size() }
    let header = try file.bytes(at: 0, count: Self.headerSize)
    guard header.count == Self.headerSize,
      header.word(at: 0) == UInt64(bitPattern: stretch.start),
      header.word(at: 8) == UInt64(bitPattern: stretch.end), header.word(at: 16) == mark,
      let count = Int(exactly: header.word(at: 24)), count <= stretch.end - stretch.start,
      size == Int64(Self.headerSize + count * Self.hintSize)
    else { return nil }
    self.stretch = stretch
    var window = 0
    var bytes = [UInt8]()
    hints = SortedColumn(count: count) { index throws(JournalError) in
      let place = Self.headerSize + index * Self.hintSize
      if place < window || place + Self.hintSize > window + bytes.count {
        window = max(0, place - Self.windowSize / 2)
        bytes = try file.bytes(at: Int64(window), count: Self.windowSize)
      }
      let start = place - window
      guard start + Self.hintSize <= bytes.count else {
        throw JournalError(
          .io, "the file has become shorter", hint: "remove it: it is made anew", file: file.path)
      }
      return Hint(
        hash: bytes.word(at: start), offset: Int64(bitPattern: bytes.word(at: start + 8)))
    }
  }

  /// The bytes of a run.
  static func bytes(_ hints: [Hint], of stretch: HintStretch, mark: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(headerSize + hints.count * hintSize)
    for number in [stretch.start, stretch.end] { bytes.append(UInt64(bitPattern: number)) }
    bytes.append(mark)
    bytes.append(UInt64(hints.count))
    for hint in hints.sorted(by: { ($0.hash, $0.offset) < ($1.hash, $1.offset) }) {
      bytes.append(hint.hash)
      bytes.append(UInt64(bitPattern: hint.offset))
    }
    return bytes
  }

  /// Where the lines begin that may name a session: all that do, and hardly ever another.
  ///
  /// Cost: 16 KiB, or twice that.
  func offsets(of hash: UInt64) throws(JournalError) -> [Int64] {
    var place = try hints.lowerBound(near: hash) { $0.hash < hash }
    var offsets: [Int64] = []
    while place < hints.count {
      let hint = try hints[place]
      guard hint.hash == hash else { break }
      if stretch.contains(hint.offset) { offsets.append(hint.offset) }
      place += 1
    }
    return offsets
  }
}

extension [UInt8] {
  fileprivate func word(at offset: Int) -> UInt64 {
    self[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
  }

  fileprivate mutating func append(_ word: UInt64) {
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }
}
