import JournalEngine
import Synchronization

/// A clock that stands still until it is set, so that a story is told at the same moments each time.
final class SampleClock: WallClock {
  private let moment = Mutex(Timestamp.earliest)

  func now() -> Timestamp { moment.withLock { $0 } }
  func elapsed() -> Duration { .zero }
  func pause(_ duration: Duration) {}

  func set(_ text: String) throws {
    guard let time = Timestamp(text) else { throw SampleFault(description: "\(text) is no time") }
    moment.withLock { $0 = time }
  }
}

/// SplitMix64 with a seed.
final class SampleRandomness: RandomSource {
  private let state: Mutex<UInt64>

  init(seed: UInt64) { state = Mutex(seed) }

  func next() -> UInt64 {
    state.withLock { state in
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }
}

/// Something about a sample is not as it has to be.
struct SampleFault: Error, CustomStringConvertible {
  let description: String
}

/// The real file system, but for single appends that are told to go wrong.
final class CutShortFileSystem: FileSystem {
  private let real = PosixFileSystem()
  private let plan = Mutex(Plan())

  struct Plan {
    /// How many bytes of the next append are taken; nil for all.
    var keep: Int?
    /// Whether the append after that one finds the disk full.
    var thenFull = false
  }

  /// Of the next append only the first bytes are taken.
  ///
  /// - Parameter thenFull: whether the newline that would close them finds no room either.
  func cutNextAppend(keeping bytes: Int, thenFull: Bool = false) {
    plan.withLock { $0 = Plan(keep: bytes, thenFull: thenFull) }
  }

  func journalFolder(_ name: String, in root: String) throws(JournalError) -> (any JournalFolder)? {
    guard let folder = try real.journalFolder(name, in: root) else { return nil }
    return CutShortFolder(folder, self)
  }

  func makeJournalFolder(
    _ name: String, in root: String
  ) throws(JournalError) -> any JournalFolder {
    CutShortFolder(try real.makeJournalFolder(name, in: root), self)
  }

  func folders(in root: String) throws(JournalError) -> [String]? { try real.folders(in: root) }

  func changes(_ name: String, in root: String) throws(JournalError) -> AsyncStream<Void> {
    try real.changes(name, in: root)
  }

  func derivedFile(_ name: String, in root: String) -> (any SegmentFile)? {
    real.derivedFile(name, in: root)
  }

  fileprivate func append(
    _ bytes: [UInt8], to file: any SegmentFile
  ) throws(JournalError) -> (written: Int, end: Int64) {
    let plan = self.plan.withLock { plan in
      defer { plan = Plan(keep: plan.thenFull && plan.keep != nil ? 0 : nil) }
      return plan
    }
    guard let keep = plan.keep else { return try file.append(bytes) }
    guard keep > 0 else {
      throw JournalError(.diskFull, "no space left", hint: "free some space", file: file.path)
    }
    return try file.append(Array(bytes.prefix(keep)))
  }
}

private final class CutShortFolder: JournalFolder {
  private let real: any JournalFolder
  private let system: CutShortFileSystem

  init(_ real: any JournalFolder, _ system: CutShortFileSystem) {
    self.real = real
    self.system = system
  }

  var path: String { real.path }
  func names() throws(JournalError) -> [String] { try real.names() }
  func syncNames() throws(JournalError) { try real.syncNames() }

  func openForReading(_ file: String) throws(JournalError) -> (any SegmentFile)? {
    try real.openForReading(file)
  }

  func openForAppending(_ file: String) throws(JournalError) -> any SegmentFile {
    CutShortFile(try real.openForAppending(file), system)
  }

  func createFile(_ file: String) throws(JournalError) -> any SegmentFile {
    try real.createFile(file)
  }

  func rename(
    _ file: String, to name: String, replacing: Bool
  ) throws(JournalError) -> Bool {
    try real.rename(file, to: name, replacing: replacing)
  }

  func remove(_ file: String) throws(JournalError) { try real.remove(file) }

  func appendsAtomically() throws(JournalError) -> (known: Bool, fileSystem: String) {
    try real.appendsAtomically()
  }
}

private final class CutShortFile: SegmentFile {
  private let real: any SegmentFile
  private let system: CutShortFileSystem

  init(_ real: any SegmentFile, _ system: CutShortFileSystem) {
    self.real = real
    self.system = system
  }

  var path: String { real.path }
  func size() throws(JournalError) -> Int64 { try real.size() }
  func syncData() throws(JournalError) { try real.syncData() }
  func dropCache() { real.dropCache() }
  func reserve(upTo end: Int64) throws(JournalError) { try real.reserve(upTo: end) }

  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(JournalError) -> Int {
    try real.read(into: buffer, at: offset)
  }

  func append(_ bytes: [UInt8]) throws(JournalError) -> (written: Int, end: Int64) {
    try system.append(bytes, to: real)
  }
}
