import JournalEngine
import Synchronization

/// The real file system, which counts the bytes that are read of each journal.
final class CountingFileSystem: FileSystem {
  private let real = PosixFileSystem()
  private let counts = Counts()

  /// Bytes read since the last look, by journal.
  func takeReads() -> [String: Int] { counts.take() }

  func journalFolder(_ name: String, in root: String) throws(JournalError) -> (any JournalFolder)? {
    guard let folder = try real.journalFolder(name, in: root) else { return nil }
    return CountingFolder(folder, name: name, counts: counts)
  }

  func makeJournalFolder(_ name: String, in root: String) throws(JournalError) -> any JournalFolder
  {
    CountingFolder(try real.makeJournalFolder(name, in: root), name: name, counts: counts)
  }

  func folders(in root: String) throws(JournalError) -> [String]? { try real.folders(in: root) }

  func changes(_ name: String, in root: String) throws(JournalError) -> AsyncStream<Void> {
    try real.changes(name, in: root)
  }

  func derivedFile(_ name: String, in root: String) -> (any SegmentFile)? {
    real.derivedFile(name, in: root)
  }
}

private final class Counts: Sendable {
  private let reads = Mutex<[String: Int]>([:])

  func add(_ bytes: Int, to name: String) { reads.withLock { $0[name, default: 0] += bytes } }

  func take() -> [String: Int] {
    reads.withLock { reads in
      defer { reads = [:] }
      return reads
    }
  }
}

private final class CountingFolder: JournalFolder {
  private let folder: any JournalFolder
  private let name: String
  private let counts: Counts

  init(_ folder: any JournalFolder, name: String, counts: Counts) {
    self.folder = folder
    self.name = name
    self.counts = counts
  }

  var path: String { folder.path }
  func names() throws(JournalError) -> [String] { try folder.names() }

  func openForReading(_ file: String) throws(JournalError) -> (any SegmentFile)? {
    guard let file = try folder.openForReading(file) else { return nil }
    return CountingFile(file, name: name, counts: counts)
  }

  func openForAppending(_ file: String) throws(JournalError) -> any SegmentFile {
    CountingFile(try folder.openForAppending(file), name: name, counts: counts)
  }

  func createFile(_ file: String) throws(JournalError) -> any SegmentFile {
    try folder.createFile(file)
  }

  func rename(
    _ file: String, to name: String, replacing: Bool
  ) throws(JournalError) -> Bool {
    try folder.rename(file, to: name, replacing: replacing)
  }

  func remove(_ file: String) throws(JournalError) { try folder.remove(file) }

  func syncNames() throws(JournalError) { try folder.syncNames() }

  func appendsAtomically() throws(JournalError) -> (known: Bool, fileSystem: String) {
    try folder.appendsAtomically()
  }
}

private final class CountingFile: SegmentFile {
  private let file: any SegmentFile
  private let name: String
  private let counts: Counts

  init(_ file: any SegmentFile, name: String, counts: Counts) {
    self.file = file
    self.name = name
    self.counts = counts
  }

  var path: String { file.path }

  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(JournalError) -> Int {
    let count = try file.read(into: buffer, at: offset)
    counts.add(count, to: name)
    return count
  }

  func append(_ bytes: [UInt8]) throws(JournalError) -> (written: Int, end: Int64) {
    try file.append(bytes)
  }

  func reserve(upTo end: Int64) throws(JournalError) { try file.reserve(upTo: end) }
  func syncData() throws(JournalError) { try file.syncData() }
  func dropCache() { file.dropCache() }
  func size() throws(JournalError) -> Int64 { try file.size() }
}
