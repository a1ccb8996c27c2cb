/// Appends to one segment and makes it durable. Once a sync has failed it is dead.
final class SegmentAppender {
  let segment: Int64
  /// Open for appending and reading.
  let file: any SegmentFile
  private let folder: any JournalFolder
  /// Space is set aside up to here.
  private var reserved: Int64 = 0
  /// Whether the file's name, and its folder's, may not be durable yet.
  private var namesPending = true
  /// Whether something may not be durable that was written here, or was there when it was opened.
  private(set) var needsSync = true

  init(_ segment: Int64, in folder: any JournalFolder) throws(JournalError) {
    self.segment = segment
    self.folder = folder
    file = try folder.openForAppending(SegmentName.file(firstSeq: segment))
  }

  /// Checks that the name still leads to the file that was read: a segment that was dropped
  /// meanwhile has a tombstone in its place, and nothing is appended to that.
  func checkIsSame(as walk: JournalWalk) throws(JournalError) {
    let end = walk.end.offset
    let start = max(0, end - 96)
    guard let read = walk.currentFile, end > start else { return }
    let count = Int(end - start)
    guard try file.bytes(at: start, count: count) == read.bytes(at: start, count: count) else {
      throw JournalError(
        .pruned, "the segment was dropped while it was opened", hint: "open the journal anew",
        file: file.path)
    }
  }

  /// How a write went.
  enum Landing {
    /// All of it stands right at the known end.
    case atEnd(Int64)
    /// It was taken, and only reading back can tell which of it counts.
    case somewhere
    /// So many bytes of it were taken, and no newline behind them could be: what stands there may
    /// yet become a whole line.
    case open(Int, JournalError)
    /// The system says that nothing was taken.
    case refused(JournalError)
  }

  /// Makes sure that there is space; a full disk is told before a byte is written.
  func reserve(_ count: Int, after end: Int64) throws(JournalError) {
    let needed = end + Int64(count) + 1
    guard needed > reserved else { return }
    // Ahead by a part of the size, so that a small journal takes no more than it needs.
    let ahead = min(end / 4, 1 << 20) & ~4095
    if ahead > 0, (try? file.reserve(upTo: needed + ahead)) != nil {
      reserved = needed + ahead
      return
    }
    try file.reserve(upTo: needed)
    reserved = needed
  }

  /// Appends whole lines by one call.
  ///
  /// - Parameters:
  ///   - end: where the known bytes end.
  ///   - isLineOpen: whether they do not end in a newline.
  func append(_ lines: [UInt8], end: Int64, isLineOpen: Bool) -> Landing {
    let bytes = isLineOpen ? [UInt8(ascii: "\n")] + lines : lines
    needsSync = true
    let written: Int
    do throws(JournalError) {
      let position: Int64
      (written, position) = try file.append(bytes)
      if written == bytes.count {
        return !isLineOpen && position == end + Int64(written) ? .atEnd(position) : .somewhere
      }
    } catch {
      return .refused(error)
    }
    // A short write is never continued. It is closed, so that its outcome can be read.
    do throws(JournalError) {
      guard try file.append([UInt8(ascii: "\n")]).written == 1 else {
        throw JournalError(
          .io, "the system took no more bytes", hint: "see the system's log, then try again",
          file: file.path)
      }
      return .somewhere
    } catch {
      return .open(written - (bytes.count - lines.count), error)
    }
  }

  /// Begins to make durable what was just appended, where that waits for nothing else.
  func beginSync(from start: Int64, to end: Int64) throws(JournalError) {
    guard !namesPending else { return }
    do {
      try file.beginSync(of: start..<end)
    } catch {
      file.dropCache()
      throw error
    }
  }

  /// Makes all that the file holds durable, and its name.
  func sync() throws(JournalError) {
    do {
      if namesPending { try folder.sync(file) } else { try file.syncData() }
      namesPending = false
      needsSync = false
    } catch {
      file.dropCache()
      throw error
    }
  }
}
