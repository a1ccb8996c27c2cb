import JournalEngine
internal import JournalTestSupport

/// A journal that is made of any bytes: its segments, and how they are to be read.
struct FuzzedJournal {
  static let name = "j"
  /// A segment by the `seq` that names it.
  private(set) var segments: [Int64: [UInt8]] = [:]
  /// At most so many bytes are read at once, where reads are short.
  let readSize: Int
  /// How much of the last segment is there when it is first read, of 256 parts.
  let cut: Int
  /// After so many entries the walk pauses, where it does.
  let pause: Int

  init(_ input: [UInt8]) {
    var supply = ByteSupply(input)
    let isScript = supply.byte() & 1 == 1
    let size = Int(supply.byte())
    cut = Int(supply.byte())
    pause = supply.number(below: 8) + 1
    if isScript {
      var script = JournalScript()
      script.run(&supply)
      segments = script.segments
    } else {
      // As the bytes are; the byte 1E, which stands in no line, begins another segment.
      var number: Int64 = 1
      for part in supply.all().split(separator: 0x1E, omittingEmptySubsequences: false) {
        segments[number] = Array(part)
        number += Int64(part.count { $0 == UInt8(ascii: "\n") })
        while segments[number] != nil { number += 1 }
      }
    }
    // Few bytes at once, but not a million reads.
    let most = segments.values.map(\.count).max() ?? 0
    readSize = max(size < 128 ? size + 1 : (size - 127) * 600, most / 1024)
  }

  /// The lines of a segment that are not blank.
  func lines(of segment: Int64) -> [LinePlace] {
    var lines: [LinePlace] = []
    var start = 0
    for (end, byte) in (segments[segment] ?? []).enumerated() where byte == UInt8(ascii: "\n") {
      if end > start {
        lines.append(LinePlace(segment: segment, offset: Int64(start), length: end - start))
      }
      start = end + 1
    }
    return lines
  }

  /// Whether there may be a repair in it.
  var isRepaired: Bool {
    segments.values.contains { String(decoding: $0, as: UTF8.self).contains("repaired") }
  }

  /// Puts it on a disk, the last segment up to the cut only where it is not to be whole.
  func put(on journal: TestJournal, isWhole: Bool = true) {
    let last = segments.keys.max()
    for (number, bytes) in segments {
      let count = number == last && !isWhole ? bytes.count * cut / 256 : bytes.count
      journal.disk.put(Array(bytes.prefix(count)), at: journal.path(number))
    }
  }

  /// Adds what ``put(on:isWhole:)`` left out.
  func putRest(on journal: TestJournal) {
    guard let last = segments.max(by: { $0.key < $1.key }) else { return }
    let path = journal.path(last.key)
    let count = journal.disk.bytes(of: path)?.count ?? 0
    journal.disk.append(Array(last.value.dropFirst(count)), to: path)
  }
}
