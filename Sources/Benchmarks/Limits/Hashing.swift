internal import Glibc
internal import JournalEngine

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

  var count: Int { lines.count }

  /// SHA-256 of each line, where it is being known.
  func hashed() -> Double {
    let seconds = unsafe bytes.withUnsafeBytes { bytes in
      Timing.seconds {
        for line in lines {
          unsafe keep(SHA256.digest(of: UnsafeRawBufferPointer(rebasing: bytes[line])))
        }
      }
    }
    return Double(lines.count) / seconds
  }

  /// The same, with the lines to be found.
  func foundAndHashed() -> Double {
    let seconds = unsafe bytes.withUnsafeBytes { bytes in
      Timing.seconds {
        var start = 0
        while let end = unsafe Self.newline(in: bytes, from: start) {
          unsafe keep(SHA256.digest(of: UnsafeRawBufferPointer(rebasing: bytes[start..<end])))
          start = end + 1
        }
      }
    }
    return Double(lines.count) / seconds
  }

  /// Each line with the hash of the one before it put into its last member, then hashed: what a
  /// chain costs at least.
  func chained() -> Double {
    var copy = bytes
    let seconds = Timing.seconds {
      var digits: [UInt8] = []
      digits.reserveCapacity(64)
      Digest.zero.write(into: &digits)
      for line in lines {
        // The line ends in `"PREV"}`.
        let place = line.upperBound - 66
        if place >= line.lowerBound {
          copy.replaceSubrange(place..<place + 64, with: digits)
        }
        let digest = unsafe copy.withUnsafeBytes {
          unsafe SHA256.digest(of: UnsafeRawBufferPointer(rebasing: $0[line]))
        }
        digits.removeAll(keepingCapacity: true)
        digest.write(into: &digits)
      }
      keep(digits)
    }
    return Double(lines.count) / seconds
  }

  private static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
    unsafe bytes.withUnsafeBytes { bytes in
      var lines: [Range<Int>] = []
      var start = 0
      while let end = unsafe newline(in: bytes, from: start) {
        lines.append(start..<end)
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

/// What is computed for nothing is computed all the same.
@inline(never)
func keep<T>(_ value: T) {}
