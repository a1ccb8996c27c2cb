/// A segment's file name: the `seq` of its first line, twenty digits, `.ndjson`.
package enum SegmentName {
  package static let suffix = ".ndjson"

  private static let digits = 20

  package static func file(firstSeq: Int64) -> String {
    // Names are made for each file that is opened: byte by byte, into one string.
    unsafe String(unsafeUninitializedCapacity: digits + suffix.utf8.count) { name in
      var rest = firstSeq.magnitude
      for place in (0..<digits).reversed() {
        unsafe name.initializeElement(at: place, to: UInt8(ascii: "0") + UInt8(rest % 10))
        rest /= 10
      }
      var end = digits
      for byte in suffix.utf8 {
        unsafe name.initializeElement(at: end, to: byte)
        end += 1
      }
      return end
    }
  }

  /// The `seq` in a name, or nil where the name is not a segment's.
  package static func firstSeq(of file: String) -> Int64? {
    let name = file.utf8
    guard name.count == digits + suffix.utf8.count,
      name.dropFirst(digits).elementsEqual(suffix.utf8)
    else { return nil }
    var seq: Int64 = 0
    for byte in name.prefix(digits) {
      guard (48...57).contains(byte) else { return nil }
      let (tens, isTooHigh) = seq.multipliedReportingOverflow(by: 10)
      let (sum, isHigher) = tens.addingReportingOverflow(Int64(byte - 48))
      guard !isTooHigh, !isHigher else { return nil }
      seq = sum
    }
    return seq >= 1 ? seq : nil
  }
}
