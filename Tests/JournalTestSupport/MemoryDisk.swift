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

  private struct State {
    var folders: Set<String> = []
    var files: [String: File] = [:]
    var durableNames: Set<String> = []
    var followers: [String: [AsyncStream<Void>.Continuation]] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  // MARK: What tests look at and put there

  /// The paths of all files, in order.
  package var paths: [String] { state.withLock { $0.files.keys.sorted() } }

  /// A file's bytes; nil where there is none.
  package func bytes(of path: String) -> [UInt8]? {
    state.withLock { $0.files[path]?.bytes }
  }

  /// A file's bytes as they were when they were last made durable.
  package func durableBytes(of path: String) -> [UInt8]? {
    state.withLock { $0.files[path]?.durable }
  }

  /// Whether a file's or folder's name was made durable.
  package func isNameDurable(_ path: String) -> Bool {
    state.withLock { $0.durableNames.contains(path) }
  }

  /// All appends to a file, in order.
  package func writes(to path: String) -> [Write] {
    state.withLock { $0.files[path]?.writes ?? [] }
  }

  /// Puts a file there, with the folders above it, or puts other bytes into it.
  package func put(_ bytes: [UInt8], at path: String, durable: Bool = true) {
    state.withLock { state in
      state.files[path] = File(bytes: bytes, durable: durable ? bytes : [])
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
    _ = take(bytes, path)
  }

  package func remove(_ path: String) {
    state.withLock { $0.files[path] = nil }
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
      let paths = folders ? Array(state.folders) : Array(state.files.keys)
      return paths.filter { Self.folder(of: $0) == folder }
        .map { String($0.dropFirst(folder.count + 1)) }
    }
  }

  func make(_ path: String) {
    let isNew = state.withLock { state in
      guard state.files[path] == nil else { return false }
      state.files[path] = File()
      return true
    }
    if isNew { wake(path) }
  }

  /// Copies bytes out; fewer where the file ends, at most `limit`.
  func read(
    _ path: String, into buffer: UnsafeMutableRawBufferPointer, at offset: Int64, limit: Int
  ) -> Int {
    state.withLock { state in
      guard let file = state.files[path], offset < file.bytes.count else { return 0 }
      let start = Int(offset)
      let count = min(buffer.count, file.bytes.count - start, max(1, limit))
      file.bytes.withUnsafeBytes { bytes in
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]))
      }
      return count
    }
  }

  /// Appends at the very end and returns where that is then.
  func take(_ bytes: some Collection<UInt8>, _ path: String) -> Int64 {
    let end = state.withLock { state in
      let write = Write(
        offset: Int64(state.files[path]?.bytes.count ?? 0), count: bytes.count,
        durableBefore: state.files.mapValues { Int64($0.durable.count) })
      state.files[path, default: File()].bytes.append(contentsOf: bytes)
      state.files[path]?.writes.append(write)
      return write.offset + Int64(write.count)
    }
    wake(path)
    return end
  }

  func sync(_ path: String) {
    state.withLock { state in
      guard let file = state.files[path] else { return }
      state.files[path]?.durable.append(contentsOf: file.bytes[file.durable.count...])
    }
  }

  func syncNames(of folder: String) {
    state.withLock { state in
      let inside = state.files.keys.filter { Self.folder(of: $0) == folder }
      state.durableNames.formUnion(inside)
      state.durableNames.insert(folder)
    }
  }

  func size(of path: String) -> Int64 {
    state.withLock { Int64($0.files[path]?.bytes.count ?? 0) }
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
