/// All that the engine asks of a file system. `PosixFileSystem` is the real one; tests put others
/// in its place, so that every fault can be tried.
///
/// Every call may block. Paths are folders that the caller chose; names are single components.
package protocol FileSystem: Sendable {
  /// Opens the folder of a journal, which must be a real folder and not a link; nil where nothing
  /// stands there.
  func journalFolder(_ name: String, in root: String) throws(JournalError) -> (any JournalFolder)?

  /// The same, made first where it is missing, with the root above it. Says nothing of durability:
  /// see ``JournalFolder/syncNames()``.
  func makeJournalFolder(_ name: String, in root: String) throws(JournalError) -> any JournalFolder

  /// The names of all entries of a root that are folders, in no order; nil where there is no root.
  func folders(in root: String) throws(JournalError) -> [String]?

  /// Yields after each change in a journal's folder. Changes may be merged, and there may be more
  /// yields than changes; a change after the call is never missed.
  func changes(_ name: String, in root: String) throws(JournalError) -> AsyncStream<Void>

  /// A file in the root that helps to find things and may be lost: opened for reading and
  /// appending, made where it is missing; nil where it cannot be had.
  func derivedFile(_ name: String, in root: String) -> (any SegmentFile)?
}

/// One journal's folder, held open, so that it stays the same folder whatever is renamed.
package protocol JournalFolder: AnyObject {
  /// Where it is, for messages.
  var path: String { get }

  /// The names of the folder's entries, in no order.
  func names() throws(JournalError) -> [String]

  /// Opens a file for reading, without following a link; nil where there is none.
  func openForReading(_ file: String) throws(JournalError) -> (any SegmentFile)?

  /// Opens a segment for appending and reading, made empty where it is missing.
  func openForAppending(_ file: String) throws(JournalError) -> any SegmentFile

  /// Makes a new, empty file for appending; fails where the name is taken.
  func createFile(_ file: String) throws(JournalError) -> any SegmentFile

  /// Gives a file another name, in one step: whoever looks finds the one or the other.
  ///
  /// - Parameter replacing: whether a file that has the new name loses it.
  /// - Returns: false where the new name is taken and is not to be replaced.
  /// - Throws: `notFound` where there is no such file.
  func rename(_ file: String, to name: String, replacing: Bool) throws(JournalError) -> Bool

  /// Takes a file's name away; nothing where there is none.
  func remove(_ file: String) throws(JournalError)

  /// Makes the names in this folder durable, the folder's own name in the root, and the root's.
  func syncNames() throws(JournalError)

  /// Makes a file's bytes durable, and the names as ``syncNames()`` does, in any order or at once.
  /// What ``SegmentFile/syncData()`` says of errors holds.
  func sync(_ file: any SegmentFile) throws(JournalError)

  /// Whether appends of several processes to one file are atomic here, as far as is known, and
  /// the file system's name for messages.
  func appendsAtomically() throws(JournalError) -> (known: Bool, fileSystem: String)
}

/// One file, held open.
package protocol SegmentFile: AnyObject {
  /// Where it is, for messages.
  var path: String { get }

  /// Reads at most the buffer's size from an offset; 0 only at the end. May read less.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(JournalError)
    -> Int

  /// Appends by one call, and says how many bytes were taken (perhaps fewer) and at what offset
  /// the last of them ends. An error means that none was.
  func append(_ bytes: [UInt8]) throws(JournalError) -> (written: Int, end: Int64)

  /// Sets space aside up to an offset without changing the file's size, where the file system
  /// can. Throws `diskFull` where there is not that much; nothing has been written then.
  func reserve(upTo end: Int64) throws(JournalError)

  /// Says that these bytes were just appended and that ``syncData()`` comes next, so that a part of
  /// that work can be begun. What is said there of errors holds here.
  func beginSync(of range: Range<Int64>) throws(JournalError)

  /// Makes the file's bytes durable. After an error nothing may be believed of what was written
  /// since the last success, and the call is not to be repeated.
  func syncData() throws(JournalError)

  /// Drops cached pages, as well as the system lets it: after a failed sync they may look clean.
  func dropCache()

  /// The file's size in bytes.
  func size() throws(JournalError) -> Int64

  /// The file's size when it was opened; nil where that is not known.
  var sizeWhenOpened: Int64? { get }

  /// Whether the file still has a name in some folder.
  var hasName: Bool { get }

  /// When the file was written to last, by the wall clock; nil where that is not known.
  func lastWrite() -> Timestamp?
}

extension JournalFolder {
  package func sync(_ file: any SegmentFile) throws(JournalError) {
    try file.syncData()
    try syncNames()
  }
}

extension SegmentFile {
  package func beginSync(of range: Range<Int64>) {}
  package func lastWrite() -> Timestamp? { nil }
  package var sizeWhenOpened: Int64? { nil }
  package var hasName: Bool { true }
}
