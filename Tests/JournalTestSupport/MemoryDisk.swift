internal import Synchronization

/// Folders and files in memory, shared by all the ``MemoryFileSystem``s on it, which stand for the
/// processes of one machine.
///
/// Every change is written down, so that a test can make what a power failure would leave: see
/// ``PowerFailure``.
package final class MemoryDisk: Sendable {
  /// One append, as the disk saw it.
  package struct Write: Sendable, Equatable {
    package let offset: Int64
    package let count: Int
    /// How many bytes of each file of the disk were durable when it came.
    package let durableBefore: [String: Int64]
  }

  private struct File {
    var bytes: [UInt8] = []
    /// How many of them are durable.
    var durable = 0
    var writes: [Write] = []
  }

  /// A file itself, whatever its name, and without one as long as somebody has it open.
  typealias Node = Int

  private struct State {
    var folders: Set<String> = []
    var names: [String: Node] = [:]
    var nodes: [File] = []
    var durableNames: Set<String> = []
    var history = DiskHistory()
    var followers: [String: [AsyncStream<Void>.Continuation]] = [:]

    func file(_ path: String) -> File? { names[path].map { nodes[$0] } }

    mutating func make(_ path: String, _ file: File) -> Node {
      names[path] = nodes.count
      nodes.append(file)
      return nodes.count - 1
    }

    mutating func makeFolder(_ path: String) {
      guard folders.insert(path).inserted else { return }
      history.changes.append(.makeFolder(path))
    }

    mutating func makeNew(_ path: String) -> Node {
      let node = make(path, File())
      history.changes.append(.makeFile(path, node: node))
      return node
    }
  }

  private let state = Mutex(State())

  /// - Parameter image: what is there, durable.
  package init(_ image: DiskImage = DiskImage()) {
    state.withLock { state in
      state.folders = image.folders
      for (path, bytes) in image.files.sorted(by: { $0.key < $1.key }) {
        _ = state.make(path, File(bytes: bytes, durable: bytes.count))
      }
      state.durableNames = image.folders.union(image.files.keys)
      state.history.base = image
      state.history.nodes = state.names
    }
  }

  // MARK: What tests look at and put there

  /// The paths of all files, in order.
  package var paths: [String] { state.withLock { $0.names.keys.sorted() } }

  /// A file's bytes; nil where there is none.
  package func bytes(of path: String) -> [UInt8]? {
    state.withLock { $0.file(path)?.bytes }
  }

  /// A file's bytes as they were when they were last made durable.
  package func durableBytes(of path: String) -> [UInt8]? {
    state.withLock { $0.file(path).map { Array($0.bytes[..<$0.durable]) } }
  }

  /// All changes so far. Bytes that a test put into a file that was there are not among them.
  package var history: DiskHistory { state.withLock { $0.history } }

  /// The number of changes so far.
  package var changeCount: Int { state.withLock { $0.history.changes.count } }

  /// Whether a file's or folder's name was made durable.
  package func isNameDurable(_ path: String) -> Bool {
    state.withLock { $0.durableNames.contains(path) }
  }

  /// All appends to a file, in order.
  package func writes(to path: String) -> [Write] {
    state.withLock { $0.file(path)?.writes ?? [] }
  }

  /// Puts a file there, with the folders above it, or puts other bytes into it.
  package func put(_ bytes: [UInt8], at path: String, durable: Bool = true) {
    state.withLock { state in
      let file = File(bytes: bytes, durable: durable ? bytes.count : 0)
      if let node = state.names[path] {
        state.nodes[node] = file
        return
      }
      let folder = DiskPath.folder(of: path)
      for folder in DiskPath.folders(above: path) { state.makeFolder(folder) }
      let node = state.make(path, file)
      state.history.changes += [.makeFile(path, node: node), .append(bytes, node: node)]
      if durable { state.history.changes += [.syncData(node: node), .syncNames(folder)] }
    }
    wake(path)
  }

  /// Appends as another process would, without anybody's leave.
  package func append(_ bytes: [UInt8], to path: String) {
    _ = take(bytes, at: path, node(path) ?? make(path))
  }

  package func remove(_ path: String) {
    state.withLock { state in
      guard state.names.removeValue(forKey: path) != nil else { return }
      state.durableNames.remove(path)
      state.history.changes.append(.remove(path))
    }
    wake(path)
  }

  // MARK: What the file systems do

  func hasFolder(_ path: String) -> Bool {
    state.withLock { $0.folders.contains(path) }
  }

  func makeFolder(_ path: String) {
    state.withLock { $0.makeFolder(path) }
  }

  /// The entries right inside a folder.
  func names(in folder: String, folders: Bool) -> [String] {
    state.withLock { state in
      let paths = folders ? Array(state.folders) : Array(state.names.keys)
      return paths.filter { DiskPath.folder(of: $0) == folder }
        .map { String($0.dropFirst(folder.count + 1)) }
    }
  }

  func node(_ path: String) -> Node? {
    state.withLock { $0.names[path] }
  }

  /// The file of that name, made where there is none.
  func make(_ path: String) -> Node {
    let (node, isNew) = state.withLock { state in
      if let node = state.names[path] { return (node, false) }
      return (state.makeNew(path), true)
    }
    if isNew { wake(path) }
    return node
  }

  /// A new file; nil where the name is taken.
  func makeNew(_ path: String) -> Node? {
    let node = state.withLock { $0.names[path] == nil ? $0.makeNew(path) : nil }
    if node != nil { wake(path) }
    return node
  }

  /// Gives a file another name; nil where there is none, false where the new name is taken.
  func rename(_ path: String, to new: String, replacing: Bool) -> Bool? {
    let done: Bool? = state.withLock { state in
      guard let node = state.names[path] else { return nil }
      guard replacing || state.names[new] == nil else { return false }
      state.names[path] = nil
      state.names[new] = node
      state.durableNames.remove(path)
      state.history.changes.append(.rename(path, to: new))
      return true
    }
    if done == true { wake(new) }
    return done
  }

  /// Copies bytes out; fewer where the file ends, at most `limit`.
  func read(
    _ node: Node, into buffer: UnsafeMutableRawBufferPointer, at offset: Int64, limit: Int
  ) -> Int {
    state.withLock { state in
      guard offset < state.nodes[node].bytes.count else { return 0 }
      let start = Int(offset)
      let count = min(buffer.count, state.nodes[node].bytes.count - start, max(1, limit))
      state.nodes[node].bytes.withUnsafeBytes { bytes in
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]))
      }
      return count
    }
  }

  /// Appends at the very end and returns where that is then.
  func take(_ bytes: some Collection<UInt8>, at path: String, _ node: Node) -> Int64 {
    let end = state.withLock { state in
      let write = Write(
        offset: Int64(state.nodes[node].bytes.count), count: bytes.count,
        durableBefore: state.names.mapValues { Int64(state.nodes[$0].durable) })
      state.nodes[node].bytes.append(contentsOf: bytes)
      state.nodes[node].writes.append(write)
      if !bytes.isEmpty { state.history.changes.append(.append(Array(bytes), node: node)) }
      return write.offset + Int64(write.count)
    }
    wake(path)
    return end
  }

  func sync(_ node: Node) {
    state.withLock { state in
      state.nodes[node].durable = state.nodes[node].bytes.count
      state.history.changes.append(.syncData(node: node))
    }
  }

  func syncNames(of folder: String) {
    state.withLock { state in
      let inside = state.names.keys.filter { DiskPath.folder(of: $0) == folder }
      state.durableNames.formUnion(inside)
      state.durableNames.insert(folder)
      state.history.changes.append(.syncNames(folder))
    }
  }

  func size(of node: Node) -> Int64 {
    state.withLock { Int64($0.nodes[node].bytes.count) }
  }

  func changes(in folder: String) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    state.withLock { $0.followers[folder, default: []].append(continuation) }
    return stream
  }

  private func wake(_ path: String) {
    let woken = state.withLock { $0.followers[DiskPath.folder(of: path)] ?? [] }
    for follower in woken { follower.yield() }
  }
}
