/// A table's file name: the last `seq` that it needs, the projector and its version, the number of
/// its first record, counted from 0, and how many records it holds:
/// `00000000000000060000.discovery-2.0-29990.table`.
package struct TableName: Sendable, Hashable {
  package let last: Int64
  package let projector: String
  package let version: Int
  package let first: Int
  package let count: Int

  private static let suffix = ".table"
  /// What the projector's name ends in where the records are idempotency keys: no projector's own
  /// name can.
  static let keysSuffix = "+ids"

  /// - Returns: nil for a projector whose name cannot stand in a file's, and for an empty table.
  package init?(last: Int64, projector: String, version: Int, first: Int, count: Int) {
    let isOfKeys = projector.hasSuffix(Self.keysSuffix)
    let name = isOfKeys ? String(projector.dropLast(Self.keysSuffix.count)) : projector
    guard SnapshotName(seq: last, projector: name, version: version) != nil, first >= 0,
      count > 0, first < 1 << 40, count < 1 << 31
    else { return nil }
    self.last = last
    self.projector = projector
    self.version = version
    self.first = first
    self.count = count
  }

  /// Reads a name; nil for what no table is called.
  package init?(file: String) {
    // A listing reads all of a journal's names: by bytes.
    let (dot, minus) = (UInt8(ascii: "."), UInt8(ascii: "-"))
    let parts = file.utf8.split(separator: dot, omittingEmptySubsequences: false)
    guard parts.count == 4, parts[3].elementsEqual(Self.suffix.utf8.dropFirst()),
      let last = Int64(Substring(parts[0])), let dash = parts[1].lastIndex(of: minus),
      let version = Int(Substring(parts[1][parts[1].index(after: dash)...]))
    else { return nil }
    let range = parts[2].split(separator: minus)
    guard range.count == 2, let first = Int(Substring(range[0])),
      let count = Int(Substring(range[1]))
    else { return nil }
    self.init(
      last: last, projector: String(Substring(parts[1][..<dash])), version: version, first: first,
      count: count)
    guard self.file == file else { return nil }
  }

  package var file: String {
    String(Substring(SegmentName.file(firstSeq: last).utf8.dropLast(SegmentName.suffix.utf8.count)))
      + ".\(projector)-\(version).\(first)-\(count)" + Self.suffix
  }

  /// The number of the record behind its last one.
  package var end: Int { first + count }

  /// Of one journal's tables hardly two agree in both.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(first)
    hasher.combine(count)
  }
}
