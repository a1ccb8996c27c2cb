/// A snapshot's file name: the `seq` that it covers, the projector, and its version:
/// `00000000000000060000.discovery-1.snapshot.json`.
package struct SnapshotName: Sendable, Hashable {
  package let seq: Int64
  package let projector: String
  package let version: Int

  private static let suffix = ".snapshot.json"

  /// - Returns: nil for a projector whose name cannot stand in a file's.
  package init?(seq: Int64, projector: String, version: Int) {
    let isPlain = projector.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
      default: false
      }
    }
    guard seq >= 1, isPlain, (1...100).contains(projector.utf8.count), version >= 0 else {
      return nil
    }
    self.seq = seq
    self.projector = projector
    self.version = version
  }

  /// Reads a name; nil for what no snapshot is called.
  package init?(file: String) {
    guard file.hasSuffix(Self.suffix) else { return nil }
    let name = file.utf8.dropLast(Self.suffix.utf8.count)
    guard name.count > 21, name.prefix(20).allSatisfy({ (48...57).contains($0) }),
      name.dropFirst(20).first == UInt8(ascii: "."),
      let dash = name.lastIndex(of: UInt8(ascii: "-")),
      let seq = Int64(String(decoding: name.prefix(20), as: UTF8.self)),
      let version = Int(String(decoding: name[name.index(after: dash)...], as: UTF8.self))
    else { return nil }
    let start = name.index(name.startIndex, offsetBy: 21)
    guard start < dash else { return nil }
    let projector = String(decoding: name[start..<dash], as: UTF8.self)
    self.init(seq: seq, projector: projector, version: version)
    guard self.file == file else { return nil }
  }

  package var file: String {
    String(Substring(SegmentName.file(firstSeq: seq).utf8.dropLast(SegmentName.suffix.utf8.count)))
      + ".\(projector)-\(version)" + Self.suffix
  }
}
