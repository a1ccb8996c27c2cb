package import JournalEngine
internal import Synchronization

/// What one process sees of a ``MemoryDisk``: with its own log of calls, plan of faults and hook.
///
/// Appends go to the very end of the file, whoever else has it open, as O_APPEND demands.
package final class MemoryFileSystem: FileSystem {
  package let disk: MemoryDisk
  /// Called before each call, outside all locks, so that a test can let somebody else act exactly
  /// there. What it does through this very file system does not call it again.
  ///
  /// Set and used by the one thread that uses this file system. Without it, and without
  /// ``chooseFault``, any number of threads may.
  package nonisolated(unsafe) var onOperation: ((Operation) -> Void)?
  /// Chooses faults call by call, where no plan says otherwise. Used as ``onOperation``.
  package nonisolated(unsafe) var chooseFault: ((Operation) -> Fault?)?
  /// What appends are said to be: atomic, and on what.
  package nonisolated(unsafe) var atomicity = (known: true, fileSystem: "memory")
  /// When all files are said to have been written to last; nil where that is not known.
  package nonisolated(unsafe) var lastWrite: Timestamp?

  private struct State {
    var log: [Operation] = []
    var reads: [Read] = []
    var begunSyncs: [Range<Int64>] = []
    var faults = FaultPlan()
    var openHandles = 0
  }

  private let state = Mutex(State())
  private nonisolated(unsafe) var isInHook = false

  package init(on disk: MemoryDisk = MemoryDisk()) {
    self.disk = disk
  }

  /// The calls so far.
  package var log: [Operation] { state.withLock { $0.log } }

  /// What one call read.
  package struct Read: Sendable {
    package let path: String
    package let offset: Int64
    package let got: Int
  }

  /// What was read so far.
  package var reads: [Read] { state.withLock { $0.reads } }

  /// What was said to be synced next.
  package var begunSyncs: [Range<Int64>] { state.withLock { $0.begunSyncs } }

  fileprivate func note(begunSync range: Range<Int64>) {
    state.withLock { $0.begunSyncs.append(range) }
  }

  func note(_ read: Read) { state.withLock { $0.reads.append(read) } }

  /// The number of calls of a kind so far.
  package func count(_ kind: Operation.Kind) -> Int { log.count { $0.kind == kind } }

  /// How many folders and files are held open.
  package var openHandles: Int { state.withLock { $0.openHandles } }

  fileprivate func count(handles: Int) { state.withLock { $0.openHandles += handles } }

  package func forgetLog() { state.withLock { $0.log = [] } }

  /// Lets the n-th call of a kind from now on go wrong; 1 is the next one.
  package func fail(_ kind: Operation.Kind, call: Int = 1, _ fault: Fault) {
    state.withLock { $0.faults.fail(kind, call: call, fault) }
  }

  /// Lets all calls of a kind go wrong from now on.
  package func failAll(_ kind: Operation.Kind, _ fault: Fault) {
    state.withLock { $0.faults.failAll(kind, fault) }
  }

  /// Logs a call, and gives what goes wrong with it.
  func begin(_ operation: Operation) -> Fault? {
    let planned = state.withLock { state in
      state.log.append(operation)
      return state.faults.next(operation.kind)
    }
    guard onOperation != nil || chooseFault != nil, !isInHook else { return planned }
    isInHook = true
    defer { isInHook = false }
    onOperation?(operation)
    return planned ?? chooseFault?(operation)
  }

  /// The same for calls that can only fail as a whole; `work` is what they do.
  func perform<R>(
    _ operation: Operation, _ work: () throws(JournalError) -> R
  ) throws(JournalError) -> R {
    switch begin(operation) {
    case .error(let error): throw error
    case .late(let error):
      _ = try work()
      throw error
    case .short, .ignored, nil: return try work()
    }
  }

  /// The same for syncs, which may also be a lie.
  func performSync(_ operation: Operation, _ work: () -> Void) throws(JournalError) {
    switch begin(operation) {
    case .error(let error): throw error
    case .late(let error):
      work()
      throw error
    case .ignored: break
    case .short, nil: work()
    }
  }

  // MARK: FileSystem

  package func journalFolder(
    _ name: String, in root: String
  ) throws(JournalError) -> (any JournalFolder)? {
    let path = root + "/" + name
    return try perform(Operation(.journalFolder, path)) { () throws(JournalError) in
      disk.hasFolder(path) ? MemoryFolder(path, in: self) : nil
    }
  }

  package func makeJournalFolder(
    _ name: String, in root: String
  ) throws(JournalError) -> any JournalFolder {
    let path = root + "/" + name
    return try perform(Operation(.makeFolder, path)) { () throws(JournalError) in
      disk.makeFolder(root)
      disk.makeFolder(path)
      return MemoryFolder(path, in: self)
    }
  }

  package func folders(in root: String) throws(JournalError) -> [String]? {
    try perform(Operation(.folders, root)) { () throws(JournalError) in
      disk.hasFolder(root) ? disk.names(in: root, folders: true) : nil
    }
  }

  package func changes(_ name: String, in root: String) throws(JournalError) -> AsyncStream<Void> {
    let path = root + "/" + name
    return try perform(Operation(.changes, path)) { () throws(JournalError) in
      guard disk.hasFolder(path) else { throw .planned(.notFound) }
      return disk.changes(in: path)
    }
  }

  package func derivedFile(_ name: String, in root: String) -> (any SegmentFile)? {
    let path = root + "/" + name
    return try? perform(Operation(.derivedFile, path)) { () throws(JournalError) in
      MemoryFile(path, disk.make(path), in: self)
    }
  }
}

/// A folder of a ``MemoryDisk``.
private final class MemoryFolder: JournalFolder {
  let path: String
  private let system: MemoryFileSystem

  init(_ path: String, in system: MemoryFileSystem) {
    self.path = path
    self.system = system
    system.count(handles: 1)
  }

  deinit { system.count(handles: -1) }

  func names() throws(JournalError) -> [String] {
    try system.perform(Operation(.names, path)) { () throws(JournalError) in
      system.disk.names(in: path, folders: false)
    }
  }

  func openForReading(_ file: String) throws(JournalError) -> (any SegmentFile)? {
    let path = path + "/" + file
    return try system.perform(Operation(.openForReading, path)) { () throws(JournalError) in
      system.disk.node(path).map { MemoryFile(path, $0, in: system) }
    }
  }

  func openForAppending(_ file: String) throws(JournalError) -> any SegmentFile {
    let path = path + "/" + file
    return try system.perform(Operation(.openForAppending, path)) { () throws(JournalError) in
      MemoryFile(path, system.disk.make(path), in: system)
    }
  }

  func createFile(_ file: String) throws(JournalError) -> any SegmentFile {
    let path = path + "/" + file
    return try system.perform(Operation(.createFile, path)) { () throws(JournalError) in
      guard let node = system.disk.makeNew(path) else { throw .planned(.io) }
      return MemoryFile(path, node, in: system)
    }
  }

  func rename(
    _ file: String, to name: String, replacing: Bool
  ) throws(JournalError) -> Bool {
    let (old, new) = (path + "/" + file, path + "/" + name)
    return try system.perform(Operation(.rename, new)) { () throws(JournalError) in
      guard let done = system.disk.rename(old, to: new, replacing: replacing) else {
        throw .planned(.notFound)
      }
      return done
    }
  }

  func remove(_ file: String) throws(JournalError) {
    let path = path + "/" + file
    try system.perform(Operation(.remove, path)) { () throws(JournalError) in
      system.disk.remove(path)
    }
  }

  func syncNames() throws(JournalError) {
    try system.performSync(Operation(.syncNames, path)) { system.disk.syncNames(of: path) }
  }

  func appendsAtomically() throws(JournalError) -> (known: Bool, fileSystem: String) {
    system.atomicity
  }
}

/// A file of a ``MemoryDisk``, held open.
private final class MemoryFile: SegmentFile {
  let path: String
  let sizeWhenOpened: Int64?
  private let node: MemoryDisk.Node
  private let system: MemoryFileSystem

  init(_ path: String, _ node: MemoryDisk.Node, in system: MemoryFileSystem) {
    self.path = path
    self.node = node
    self.system = system
    sizeWhenOpened = system.disk.size(of: node)
    system.count(handles: 1)
  }

  deinit { system.count(handles: -1) }

  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(JournalError) -> Int {
    let limit: Int
    switch system.begin(Operation(.read, path, count: buffer.count)) {
    case .error(let error), .late(let error): throw error
    case .short(let count): limit = count
    case .ignored, nil: limit = .max
    }
    let got = system.disk.read(node, into: buffer, at: offset, limit: limit)
    system.note(MemoryFileSystem.Read(path: path, offset: offset, got: got))
    return got
  }

  func append(_ bytes: [UInt8]) throws(JournalError) -> (written: Int, end: Int64) {
    switch system.begin(Operation(.append, path, count: bytes.count)) {
    case .error(let error): throw error
    case .late(let error):
      _ = system.disk.take(bytes, at: path, node)
      throw error
    case .short(let count):
      let part = bytes.prefix(count)
      return (part.count, system.disk.take(part, at: path, node))
    case .ignored, nil: return (bytes.count, system.disk.take(bytes, at: path, node))
    }
  }

  func reserve(upTo end: Int64) throws(JournalError) {
    try system.perform(Operation(.reserve, path)) { () throws(JournalError) in }
  }

  func beginSync(of range: Range<Int64>) throws(JournalError) {
    try system.perform(Operation(.beginSync, path, count: range.count)) { () throws(JournalError) in
      system.note(begunSync: range)
    }
  }

  func syncData() throws(JournalError) {
    try system.performSync(Operation(.syncData, path)) { system.disk.sync(node) }
  }

  func dropCache() { _ = system.begin(Operation(.dropCache, path)) }

  func lastWrite() -> Timestamp? { system.lastWrite }

  func size() throws(JournalError) -> Int64 {
    try system.perform(Operation(.size, path)) { () throws(JournalError) in
      system.disk.size(of: node)
    }
  }
}
