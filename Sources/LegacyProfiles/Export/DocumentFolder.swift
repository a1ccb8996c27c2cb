import JournalEngine

/// A folder that JSON documents are written to. What stands there is never changed: a file is
/// written under another name, made durable, and gets its name only where that is free.
struct DocumentFolder {
  private let folder: any JournalFolder
  private let random: any RandomSource

  /// Opens a folder, made where it is missing with the one above it. Neither may be a link.
  init(_ name: String, in parent: String, system: JournalSystem) throws(ExportError) {
    do throws(JournalError) {
      folder = try system.fileSystem.makeJournalFolder(name, in: parent)
    } catch {
      throw ExportError(error, at: parent + "/" + name)
    }
    random = system.random
  }

  /// Writes a document; its name becomes durable with ``syncNames()``.
  ///
  /// - Returns: false where a file of that name holds the same document already.
  /// - Throws: ``ExportError``: `exists` where it holds anything else.
  func write(_ members: JSONObject, as file: String) throws(ExportError) -> Bool {
    let path = folder.path + "/" + file
    do throws(JournalError) {
      if let outcome = try put(.object(members), as: file) { return outcome }
    } catch {
      throw ExportError(error, at: path)
    }
    throw ExportError(
      .exists, "another file stands there", hint: "move it away, or export to another folder",
      file: path)
  }

  /// Whether the document was written now; nil where another file stands there.
  private func put(_ document: JSON, as file: String) throws(JournalError) -> Bool? {
    if let there = try folder.openForReading(file) {
      return try Self.holds(there, document) ? false : nil
    }
    let isWritten = try WholeFile.write(
      Array(document.prettyText().utf8), as: file, replacing: false, in: folder, random: random,
      syncingNames: false)
    return isWritten ? true : nil
  }

  /// Makes the names durable.
  func syncNames() throws(ExportError) {
    do throws(JournalError) {
      try folder.syncNames()
    } catch {
      throw ExportError(error, at: folder.path)
    }
  }

  private static func holds(
    _ file: any SegmentFile, _ document: JSON
  ) throws(JournalError) -> Bool {
    let size = try file.size()
    // A document of ours is read whole anywhere else; a larger one is none.
    guard size <= limit else { return false }
    let bytes = try file.bytes(at: 0, count: Int(size))
    let limits = JSONLimits(depth: 256, length: limit)
    return (try? JSON(parsing: bytes, limits: limits)) == document
  }

  private static let limit = 64 << 20
}
