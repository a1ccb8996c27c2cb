internal import Glibc

/// Lines in memory, and what it costs to hash them and nothing else.
struct Hashing {
  private let bytes: [UInt8]
  private let lines: [Range<Int>]

  /// - Parameter path: a file of lines; at most its first 64 MiB are taken.
  init(_ path: String) throws {
    bytes = try PlainRead.beginning(path, limit: 64 << 20)
    lines = Self.lines(bytes)
  }

  init(_ lines: [[UInt8]]) {
    bytes = Array(lines.joined())
    self.lines = Self.lines(bytes)
  }

  /// SHA-256 of each line, where it stands being known.
  func hashed() -> Double {
    var hash = BareSHA256()
    let seconds = unsafe bytes.withUnsafeBytes { bytes in
      Timing.seconds {
        for line in lines { unsafe hash.hash(UnsafeRawBufferPointer(rebasing: bytes[line])) }
      }
    }
    keep(hash)
    return Double(lines.count) / seconds
  }

  /// The same, with the lines to be found.
  func foundAndHashed() -> Double {
    var hash = BareSHA256()
    let seconds = unsafe bytes.withUnsafeBytes { bytes in
      Timing.seconds {
        var start = 0
        while let end = unsafe Self.newline(in: bytes, from: start) {
          unsafe hash.hash(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
          start = end + 1
        }
      }
    }
    keep(hash)
    return Double(lines.count) / seconds
  }

  /// Each line with the hash of the one before it put into its last member, then hashed: what a
  /// chain costs at least.
  func chained() -> Double {
    var hash = BareSHA256()
    var copy = bytes
    let seconds = unsafe copy.withUnsafeMutableBytes { bytes in
      Timing.seconds {
        for line in lines {
          // The line ends in `PREV"}`.
          let prev = unsafe UnsafeMutableRawBufferPointer(
            rebasing: bytes[(line.upperBound - 66)..<(line.upperBound - 2)])
          unsafe prev.copyBytes(from: hash.hex)
          unsafe hash.hash(UnsafeRawBufferPointer(rebasing: bytes[line]))
          hash.writeHex()
        }
      }
    }
    keep(hash)
    return Double(lines.count) / seconds
  }

  private static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
    unsafe bytes.withUnsafeBytes { bytes in
      var lines: [Range<Int>] = []
      var start = 0
      while let end = unsafe newline(in: bytes, from: start) {
        if end - start > 66 { lines.append(start..<end) }
        start = end + 1
      }
      return lines
    }
  }

  private static func newline(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count,
      let found = unsafe memchr(base + start, 10, bytes.count - start)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - base
  }
}
