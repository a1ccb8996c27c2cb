internal import Synchronization

/// Folders and files in memory, shared by all the ``MemoryFileSystem``s on it, which stand for the
/// processes of one machine.
///
/// What was written and what was made durable are kept apart, so that a test can look at what a
/// power failure would leave.
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
    var durable: [UInt8] = []
    var writes: [Write] = []
  }

  /// A file itself, whatever its name, and without one as long as somebody has it open.
  typealias Node = Int

  private struct State {
    var folders: Set<String> = []
    var names: [String: Node] = [:]
    var nodes: [File] = []
    var durableNames: Set<String> = []
    var followers: [String: [AsyncStream<Void>.Continuation]] = [:]

    func file(_ path: String) -> File? { names[path].map { nodes[$0] } }

    mutating func make(_ path: String, _ file: File = File()) -> Node {
      names[path] = nodes.count
      nodes.append(file)
      return nodes.count - 1
    }
  }

  private let state = Mutex(State())

  package init() {}

  // MARK: What tests look at and put there

  /// The paths of all files, in order.
  package var paths: [String] { state.withLock { $0.names.keys.sorted() } }

  /// A file's bytes; nil where there is none.
  package func bytes(of path: String) -> [UInt8]? {
    state.withLock { $0.file(path)?.bytes }
  }

  /// A file's bytes as they were when they were last made durable.
  package func durableBytes(of path: String) -> [UInt8]? {
    state.withLock { $0.file(path)?.durable }
  }

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
      let file = File(bytes: bytes, durable: durable ? bytes : [])
      if let node = state.names[path] {
        state.nodes[node] = file
      } else {
        _ = state.make(path, file)
      }
      var folder = Self.folder(of: path)
      while !folder.isEmpty {
        state.folders.insert(folder)
        folder = Self.folder(of: folder)
      }
    }
    wake(path)
  }

  /// Appends as another process would, without anybody's leave.
  package func append(_ bytes: [UInt8], to path: String) {
    _ = take(bytes, at: path, node(path) ?? make(path))
  }

  package func remove(_ path: String) {
    state.withLock { state in
      state.names[path] = nil
      state.durableNames.remove(path)
    }
    wake(path)
  }

  // MARK: What the file systems do

  func hasFolder(_ path: String) -> Bool {
    state.withLock { $0.folders.contains(path) }
  }

  func makeFolder(_ path: String) {
    _ = state.withLock { $0.folders.insert(path) }
  }

  /// The entries right inside a folder.
  func names(in folder: String, folders: Bool) -> [String] {
    state.withLock { state in
      let paths = folders ? Array(state.folders) : Array(state.names.keys)
      return paths.filter { Self.folder(of: $0) == folder }
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
      return (state.make(path), true)
    }
    if isNew { wake(path) }
    return node
  }

  /// A new file; nil where the name is taken.
  func makeNew(_ path: String) -> Node? {
    let node = state.withLock { $0.names[path] == nil ? $0.make(path) : nil }
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
        durableBefore: state.names.mapValues { Int64(state.nodes[$0].durable.count) })
      state.nodes[node].bytes.append(contentsOf: bytes)
      state.nodes[node].writes.append(write)
      return write.offset + Int64(write.count)
    }
    wake(path)
    return end
  }

  func sync(_ node: Node) {
    state.withLock { state in
      let file = state.nodes[node]
      state.nodes[node].durable.append(contentsOf: file.bytes[file.durable.count...])
    }
  }

  func syncNames(of folder: String) {
    state.withLock { state in
      let inside = state.names.keys.filter { Self.folder(of: $0) == folder }
      state.durableNames.formUnion(inside)
      state.durableNames.insert(folder)
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
    let woken = state.withLock { $0.followers[Self.folder(of: path)] ?? [] }
    for follower in woken { follower.yield() }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}
