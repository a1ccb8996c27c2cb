/// A segment's file name: the `seq` of its first line, twenty digits, `.ndjson`.
package enum SegmentName {
  package static let suffix = ".ndjson"

  package static func file(firstSeq: Int64) -> String {
    let digits = String(firstSeq)
    return String(repeating: "0", count: max(0, 20 - digits.count)) + digits + suffix
  }

  /// The `seq` in a name, or nil where the name is not a segment's.
  package static func firstSeq(of file: String) -> Int64? {
    guard file.hasSuffix(suffix) else { return nil }
    let digits = file.utf8.dropLast(suffix.utf8.count)
    guard digits.count == 20, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    guard let seq = Int64(String(decoding: digits, as: UTF8.self)), seq >= 1 else { return nil }
    return seq
  }
}
