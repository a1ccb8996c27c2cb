import JournalEngine

/// Finds a session's hints in the index file without reading all of it.
///
/// The file only grows. Of each stretch that is complete there is a run, which is made by whoever
/// misses it; what is behind the last one is read as it stands. Neither is trusted more than the index
/// is: a hint is looked up where the run says, and whoever finds none looks into the journals.
struct HintRuns {
  static let folder = ".sessions.runs"

  private let index: any SegmentFile
  private let folder: any JournalFolder
  private let random: any RandomSource

  /// - Returns: nil where there is no such folder, and none can be made.
  init?(of index: any SegmentFile, in root: String, system: JournalSystem) {
    self.index = index
    random = system.random
    let files = system.fileSystem
    do throws(JournalError) {
      folder =
        if let folder = try files.journalFolder(Self.folder, in: root) {
          folder
        } else {
          try files.makeJournalFolder(Self.folder, in: root)
        }
    } catch {
      return nil
    }
  }

  /// The journals that are said to hold a session.
  ///
  /// Cost: 16 KiB of each run, of which there are a dozen at most and one more for each 16 MiB of
  /// the file, and less than 64 KiB of the file itself; the making of runs that are missing.
  func places(of session: String) throws(JournalError) -> Set<JournalName> {
    let size = try index.size()
    let stretches = HintStretch.all(in: size)
    let files = try folder.names()
    // One that is slower than others may write what has been replaced.
    for file in files where isOld(file, beside: stretches) { try? folder.remove(file) }
    let hash = Self.hash(session.utf8)
    var found: Set<JournalName> = []
    var end: Int64 = 0
    for stretch in stretches {
      guard let run = try run(of: stretch, among: files) else { break }
      end = stretch.end
      for offset in try run.offsets(of: hash) {
        found.formUnion(try places(of: session, at: offset))
      }
    }
    let rest = try index.bytes(at: end, count: Int(size - end))
    return found.union(IndexContents(rest).places(of: session))
  }

  private static func hash(_ session: some Sequence<UInt8>) -> UInt64 {
    Digest(of: Array(session)).a
  }

  /// The run of a stretch; nil where its last line has no end yet.
  private func run(
    of stretch: HintStretch, among files: [String]
  ) throws(JournalError) -> HintRun? {
    let mark = try mark(of: stretch)
    if files.contains(stretch.file), let file = try folder.openForReading(stretch.file),
      let run = try HintRun(file, of: stretch, mark: mark)
    {
      return run
    }
    guard let hints = try hints(in: stretch) else { return nil }
    // What somebody who died left.
    for file in files where WholeFile.isTemporary(file) { try? folder.remove(file) }
    _ = try WholeFile.write(
      HintRun.bytes(hints, of: stretch, mark: mark), as: stretch.file, replacing: true,
      in: folder, random: random, syncingNames: false)
    guard let file = try folder.openForReading(stretch.file) else { return nil }
    return try HintRun(file, of: stretch, mark: mark)
  }

  /// What a run has of the end of its stretch, so that it is not taken for that of another file.
  private func mark(of stretch: HintStretch) throws(JournalError) -> UInt64 {
    let count: Int64 = 256
    return Digest(of: try index.bytes(at: stretch.end - count, count: Int(count))).a
  }

  /// Whether a file is a run of which one of these stretches' has all.
  private func isOld(_ file: String, beside stretches: [HintStretch]) -> Bool {
    guard let other = HintStretch(file: file) else { return false }
    return stretches.contains { $0 != other && $0.contains(other) }
  }

  /// The hints whose lines begin in a stretch, and the rest of one that began before it, which is none;
  /// nil where the last line has no end yet.
  private func hints(in stretch: HintStretch) throws(JournalError) -> [HintRun.Hint]? {
    let newline = UInt8(ascii: "\n")
    let length = Int(stretch.end - stretch.start)
    var bytes = try index.bytes(at: stretch.start, count: length)
    // What is longer than any line is none, whatever follows.
    while bytes.last != newline, bytes.count - length < LineFormat.longestLine {
      let more = try index.bytes(at: stretch.start + Int64(bytes.count), count: 4096)
      guard !more.isEmpty else { return nil }
      bytes += more.prefix { $0 != newline }
      if more.contains(newline) { bytes.append(newline) }
    }
    var hints: [HintRun.Hint] = []
    for line in bytes.split(separator: newline) {
      guard let blank = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
      let offset = stretch.start + Int64(line.startIndex)
      hints.append(HintRun.Hint(hash: Self.hash(line[..<blank]), offset: offset))
    }
    return hints
  }

  /// What the line at a place says of a session, and perhaps those behind it.
  private func places(
    of session: String, at offset: Int64
  ) throws(JournalError) -> Set<JournalName> {
    let start = max(0, offset - 1)
    let count = session.utf8.count + JournalName.longest + 3
    return IndexContents(try index.bytes(at: start, count: count)).places(of: session)
  }
}
