internal import CLinux

/// The repairs of a journal that stand, in the order of the files.
package struct Repairs: Sendable {
  package private(set) var standing: [Repair] = []
  /// Where each repair was found, also of those that a later one gave up.
  private(set) var places: Set<LinePlace> = []

  init() {}

  /// Looks for repairs in all segments, from a place on.
  ///
  /// Cost: one pass over the bytes, without hashing or reading the lines.
  package init(
    _ listing: JournalListing, in folder: any JournalFolder, segment: Int64 = 0,
    offset: Int64 = 0
  ) throws(JournalError) {
    for name in listing.segments where name >= segment {
      guard let file = try folder.openForReading(SegmentName.file(firstSeq: name)) else {
        continue
      }
      var reader = SegmentReader(
        offset: name == segment ? offset : 0, firstEnd: file.sizeWhenOpened)
      _ = unsafe try reader.read(file) { piece throws(JournalError) in
        guard case .line(let bytes, let offset) = unsafe piece,
          unsafe Self.mayBeRepair(bytes)
        else { return true }
        if let repair = unsafe Self.repair(bytes, segment: name, offset: offset) {
          add(repair)
        }
        return true
      }
    }
  }

  /// Whether an entry of this number stands on a branch that was given up.
  func giveUp(_ seq: Int64) -> Bool { standing.contains { $0.givesUp(seq) } }

  /// Whether one goes back behind an entry of this number: all of them stand after it.
  func goBackBehind(_ seq: Int64) -> Bool { standing.contains { $0.from.seq < seq } }

  private mutating func add(_ repair: Repair) {
    places.insert(repair.place)
    // One that goes back behind an earlier one gives that up too.
    while let last = standing.last, repair.from.seq < last.line.seq { standing.removeLast() }
    standing.append(repair)
  }

  private static func mayBeRepair(_ line: UnsafeRawBufferPointer) -> Bool {
    unsafe line.contains(repairedType)
  }

  private static func repair(
    _ bytes: UnsafeRawBufferPointer, segment: Int64, offset: Int64
  ) -> Repair? {
    guard let fields = unsafe LineScanner.scan(bytes), fields.engineType == .repaired else {
      return nil
    }
    let place = LinePlace(segment: segment, offset: offset, length: bytes.count)
    return unsafe Repair(
      Entry(bytes, fields: fields, hash: SHA256.digest(of: bytes), place: place))
  }

  private static let repairedType = Array(EngineType.repaired.rawValue.utf8)
}

extension UnsafeRawBufferPointer {
  /// Whether some bytes stand anywhere in these.
  fileprivate func contains(_ wanted: [UInt8]) -> Bool {
    guard let start = baseAddress, count >= wanted.count else { return false }
    return unsafe wanted.withUnsafeBytes { bytes in
      guard let wanted = bytes.baseAddress else { return false }
      return unsafe clinux_find(start, count, wanted, bytes.count) >= 0
    }
  }
}
