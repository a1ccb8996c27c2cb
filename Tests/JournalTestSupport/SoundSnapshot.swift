package import JournalEngine

/// Snapshots that say something else than they should, and are as sound as any: the digest of the
/// file is changed with it.
package enum SoundSnapshot {
  /// - Parameter bytes: of a snapshot's file.
  package static func changed(
    _ bytes: [UInt8], _ change: (inout JSONObject) throws -> Void
  ) throws -> [UInt8] {
    var object = try JSON(parsing: bytes).object ?? JSONObject()
    try change(&object)
    object["sha256"] = nil
    let body = Array(JSON.object(object).text.utf8.dropLast())
    return body + Array(#","sha256":"\#(Digest(of: body))"}"#.utf8) + [10]
  }
}

extension MemoryDisk {
  package func changeSnapshot(
    at path: String, _ change: (inout JSONObject) throws -> Void
  ) throws {
    put(try SoundSnapshot.changed(bytes(of: path) ?? [], change), at: path)
  }
}
