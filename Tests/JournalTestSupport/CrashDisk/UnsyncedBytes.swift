/// The bytes of a file: those that are durable, and what was appended since.
///
/// The disk writes whole sectors, in any order. A power failure leaves of each sector what was in
/// it at some moment since the last sync, and makes the file end there, or anywhere up to where it
/// ended: what it holds of sectors that were not written reads as zeros.
struct UnsyncedBytes: Sendable {
  private(set) var bytes: [UInt8]
  /// How many of them are durable.
  private var durable: Int
  /// Where the file ended after each append since.
  private var ends: [Int] = []

  init(durable bytes: [UInt8] = []) {
    self.bytes = bytes
    durable = bytes.count
  }

  mutating func append(_ more: [UInt8]) {
    bytes += more
    ends.append(bytes.count)
  }

  mutating func sync() {
    durable = bytes.count
    ends = []
  }

  /// What is left to chance.
  struct Chances: Sendable {
    let bytes: [UInt8]
    /// Where the file can end, in order.
    let sizes: [Int]
    let sectors: [Sector]

    /// One sector, and how far it can be filled, in order.
    struct Sector: Sendable {
      let range: Range<Int>
      let fills: [Int]
    }
  }

  func chances(sectorSize: Int) -> Chances {
    guard durable < bytes.count else {
      return Chances(bytes: bytes, sizes: [durable], sectors: [])
    }
    var sizes: Set<Int> = [durable]
    sizes.formUnion(ends)
    var sectors: [Chances.Sector] = []
    var start = durable / sectorSize * sectorSize
    while start < bytes.count {
      let end = min(start + sectorSize, bytes.count)
      sizes.insert(end)
      let from = max(start, durable)
      var fills = [from]
      for fill in ends.map({ min($0, end) }) where fill > (fills.last ?? 0) { fills.append(fill) }
      sectors.append(Chances.Sector(range: start..<end, fills: fills))
      start += sectorSize
    }
    return Chances(bytes: bytes, sizes: sizes.sorted(), sectors: sectors)
  }
}

extension UnsyncedBytes.Chances {
  /// The choices for this file: of its size, then of its sectors.
  var radices: [UInt16] {
    [UInt16(sizes.count)] + sectors.map { UInt16($0.fills.count) }
  }

  /// The file after a power failure.
  ///
  /// - Parameter choices: which of the ``sizes``, and which of the fills of each sector.
  func surviving(_ choices: ArraySlice<UInt16>, _ filler: Filler) -> [UInt8] {
    guard let first = choices.first, !sectors.isEmpty else { return bytes }
    let size = sizes[Int(first)]
    var left = Array(bytes[..<size])
    for (sector, choice) in zip(sectors, choices.dropFirst()) {
      let lost = sector.fills[Int(choice)]..<max(sector.fills[Int(choice)], sector.range.upperBound)
      guard lost.lowerBound < size else { continue }
      // The kernel fills up what it writes with zeros; old bytes show where it wrote nothing.
      let isUntouched = lost.lowerBound == sector.range.lowerBound
      filler.fill(&left, lost.clamped(to: 0..<size), isUntouched: isUntouched)
    }
    return left
  }
}
