import JournalEngine

/// A file that was looked at, and what is remembered of it until its profile's turn comes.
package struct SurveyedFile: Sendable {
  package let path: String
  let document: OldDocument
  let digest: Digest
  let bytes: Int

  /// Whether another file says the same, in whatever spelling. One that cannot be read any more
  /// does not.
  ///
  /// Cost: where the bytes differ, reads and parses both once more.
  func isSame(as other: SurveyedFile, in folder: String) -> Bool {
    if digest == other.digest { return true }
    guard let source = try? SourceFolder(folder) else { return false }
    let documents = [self, other].map { file in
      (try? source.read(file.path, limit: OldDocument.longestFile))
        .flatMap { try? OldDocument.members($0) }
    }
    return documents[0] != nil && documents[0] == documents[1]
  }

  var place: SourcePath { SourcePath(path) }
}

/// What looking at some files came to. For any number of threads, a part of the files each.
package struct SurveyPart: Sendable {
  package private(set) var files: [SurveyedFile] = []
  package private(set) var notes: [ImportNote] = []
  /// The folder that the files stand in.
  let folder: String
  /// How many bytes were read.
  package private(set) var bytes: Int64 = 0

  /// Looks at files.
  ///
  /// - Throws: ``SourceError`` where the folder itself cannot be read any more.
  ///
  /// Cost: reads and parses each file once. Memory for one file, and a few words for each.
  package init(
    _ items: some Sequence<SourceFolder.Item>, in folder: String
  ) throws(SourceError) {
    self.folder = folder
    let source = try SourceFolder(folder)
    for item in items {
      switch item {
      case .file(let path): look(at: path, source)
      case .link(let path):
        notes.append(ImportNote(.skipped, path, "it is a link, and links are not followed"))
      case .unreadable(let path, let why): notes.append(ImportNote(.skipped, path, why))
      }
    }
  }

  private mutating func look(at path: String, _ source: SourceFolder) {
    if path.ends(in: ".lock") {
      notes.append(ImportNote(.ignored, path, "it is a lock, and locks mean nothing any more"))
      return
    }
    guard path.ends(in: ".json") else {
      notes.append(ImportNote(.ignored, path, "it is no JSON file"))
      return
    }
    do throws(SourceError) {
      let bytes = try source.read(path, limit: OldDocument.longestFile)
      self.bytes += Int64(bytes.count)
      let document = OldDocument(try OldDocument.members(bytes), at: SourcePath(path))
      switch document {
      case .unknown:
        notes.append(
          ImportNote(.ignored, path, "it is neither a profile nor a session nor an opportunity"))
      case .unusable(let why): notes.append(ImportNote(.skipped, path, why))
      case .profile, .session, .opportunity:
        files.append(
          SurveyedFile(
            path: path, document: document, digest: Digest(of: bytes), bytes: bytes.count))
      }
    } catch {
      notes.append(ImportNote(.skipped, path, error.description))
    }
  }
}
