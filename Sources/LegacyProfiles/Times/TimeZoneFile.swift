/// The rules of a time zone, as the system's database has them: a TZif file (RFC 9636).
///
/// FoundationEssentials knows no zones by name, and the C library's is one for the whole process.
package struct TimeZoneFile: Sendable {
  /// From a moment on, seconds east of UTC.
  private let transitions: [(from: Int64, offset: Int)]
  /// Before the first.
  private let first: Int
  /// After the last; nil where the last goes on.
  private let rule: TimeZoneRule?

  /// Reads a file's bytes; nil for anything else.
  package init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    // Version 1 counts in 32 bits; what stands behind it says the same in 64.
    guard let old = reader.header(), old.version >= UInt8(ascii: "2"),
      reader.skip(old.size(wide: false)), let header = reader.header(),
      header.types > 0, reader.has(header.size(wide: true))
    else { return nil }
    let moments = (0..<header.times).map { _ in reader.number(8) }
    let indices = (0..<header.times).map { _ in Int(reader.number(1)) & 0xFF }
    let offsets = (0..<header.types).map { _ in
      let offset = Int(Int32(truncatingIfNeeded: reader.number(4)))
      _ = reader.number(2)
      return offset
    }
    guard indices.allSatisfy({ $0 < offsets.count }) else { return nil }
    transitions = zip(moments, indices).map { ($0, offsets[$1]) }
    first = offsets[0]
    _ = reader.skip(header.characters + header.leaps * 12 + header.standards + header.universals)
    rule = TimeZoneRule(reader.footer())
  }

  /// Seconds east of UTC at a moment, given in seconds since 1970 of UTC.
  func offset(at seconds: Int64) -> Int {
    if let last = transitions.last, seconds >= last.from, let rule {
      return rule.offset(at: seconds)
    }
    // The last that is not later.
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].from <= seconds { low = middle + 1 } else { high = middle }
    }
    if low == 0 { return transitions.isEmpty ? rule?.offset(at: seconds) ?? first : first }
    return transitions[low - 1].offset
  }

  private struct Header {
    let version: UInt8
    let universals: Int
    let standards: Int
    let leaps: Int
    let times: Int
    let types: Int
    let characters: Int

    func size(wide: Bool) -> Int {
      let time = wide ? 8 : 4
      return times * (time + 1) + types * 6 + characters + leaps * (time + 4) + standards
        + universals
    }
  }

  private struct Reader {
    let bytes: [UInt8]
    var at = 0

    func has(_ count: Int) -> Bool { count >= 0 && at + count <= bytes.count }

    mutating func skip(_ count: Int) -> Bool {
      guard has(count) else { return false }
      at += count
      return true
    }

    /// Big-endian; zero bytes behind the end.
    mutating func number(_ size: Int) -> Int64 {
      var value: UInt64 = 0
      for _ in 0..<size {
        value = value &<< 8 | UInt64(at < bytes.count ? bytes[at] : 0)
        at += 1
      }
      return Int64(bitPattern: value)
    }

    mutating func header() -> Header? {
      guard has(44), bytes[at..<at + 4].elementsEqual("TZif".utf8) else { return nil }
      let version = bytes[at + 4]
      at += 20
      let counts = (0..<6).map { _ in Int(number(4)) }
      guard counts.allSatisfy({ $0 < 1 << 20 }) else { return nil }
      return Header(
        version: version, universals: counts[0], standards: counts[1], leaps: counts[2],
        times: counts[3], types: counts[4], characters: counts[5])
    }

    /// What stands between the last two line feeds.
    func footer() -> String {
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\n") else { return "" }
      let rest = bytes[(at + 1)...].prefix { $0 != UInt8(ascii: "\n") }
      return String(decoding: rest, as: UTF8.self)
    }
  }
}
