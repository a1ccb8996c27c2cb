/// What stands in the part of a file that belongs to it and was never written.
package enum Filler: Sendable, Hashable {
  /// Zeros, as file systems promise.
  case zeros
  /// What the disk held there before: parts of old lines, newlines, anything.
  case stale(seed: UInt64)

  /// - Parameter isUntouched: whether nothing was ever written to the sector. The kernel fills up
  ///   with zeros what it writes in part.
  func fill(_ bytes: inout [UInt8], _ range: Range<Int>, isUntouched: Bool) {
    guard !range.isEmpty else { return }
    guard case .stale(let seed) = self, isUntouched else {
      _ = bytes.withUnsafeMutableBytes { bytes in
        UnsafeMutableRawBufferPointer(rebasing: bytes[range]).initializeMemory(
          as: UInt8.self, repeating: 0)
      }
      return
    }
    var random = SeededGenerator(seed: seed &+ UInt64(range.lowerBound))
    switch random.below(4) {
    case 0:
      for index in range { bytes[index] = UInt8(truncatingIfNeeded: random.next()) }
    case 1:
      for index in range { bytes[index] = 10 }
    default:
      // A piece of what stands before, as of a file that was here once. A newline on each side
      // keeps it from mending the line that it is in: no format without a sum of each line could
      // tell that from a line which was written so.
      let inside = range.dropFirst().dropLast()
      for index in range { bytes[index] = 10 }
      guard range.lowerBound > inside.count else { return }
      let start = random.below(range.lowerBound - inside.count)
      for (step, index) in inside.enumerated() { bytes[index] = bytes[start + step] }
    }
  }
}
