internal import Glibc
internal import Synchronization

/// One inotify(7) instance for the process, and the one thread that reads it. Nobody polls: the
/// thread sleeps in read(2) until the kernel has something to say.
final class Inotify: Sendable {
  static let shared = Inotify()

  private struct State {
    var descriptor: Int32?
    var followers: [Int32: [Int: AsyncStream<Void>.Continuation]] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  /// A stream that yields after each change in a folder, from this call on.
  func changes(inFolder path: String) throws(JournalError) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let result: Result<(Int32, Int), JournalError> = state.withLock { state in
      do throws(JournalError) {
        let descriptor = try start(&state)
        // The same folder gets the same watch number again, so followers share it.
        let mask = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF)
        let watch = unsafe inotify_add_watch(descriptor, path, mask)
        guard watch >= 0 else { throw SystemCall.error("watch", path) }
        state.next += 1
        state.followers[watch, default: [:]][state.next] = continuation
        return .success((watch, state.next))
      } catch {
        return .failure(error)
      }
    }
    let (watch, number) = try result.get()
    continuation.onTermination = { [weak self] _ in self?.leave(watch, number) }
    return stream
  }

  private func start(_ state: inout State) throws(JournalError) -> Int32 {
    if let descriptor = state.descriptor { return descriptor }
    let descriptor = inotify_init1(Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { throw SystemCall.error("start watching", "inotify") }
    guard Threads.start({ [weak self] in self?.listen(descriptor) }) else {
      _ = close(descriptor)
      throw SystemCall.error("start a thread for", "inotify", EAGAIN)
    }
    state.descriptor = descriptor
    return descriptor
  }

  private func leave(_ watch: Int32, _ number: Int) {
    state.withLock { state in
      state.followers[watch]?[number] = nil
      if state.followers[watch]?.isEmpty == true, let descriptor = state.descriptor {
        state.followers[watch] = nil
        _ = inotify_rm_watch(descriptor, watch)
      }
    }
  }

  private func listen(_ descriptor: Int32) {
    let headerSize = MemoryLayout<inotify_event>.size
    unsafe withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 8) { buffer in
      while true {
        let count = SystemCall.retrying {
          unsafe read(descriptor, buffer.baseAddress, buffer.count)
        }
        guard count > 0 else {
          end { _ in true }
          return
        }
        var at = 0
        var changed: Set<Int32> = []
        var gone: Set<Int32> = []
        while at + headerSize <= count {
          let event = unsafe buffer.loadUnaligned(fromByteOffset: at, as: inotify_event.self)
          changed.insert(event.wd)
          if event.mask & UInt32(IN_IGNORED) != 0 { gone.insert(event.wd) }
          at += headerSize + Int(event.len)
        }
        wake(changed)
        if !gone.isEmpty { end { gone.contains($0) } }
      }
    }
  }

  /// Ends the streams of watches that will say nothing more: their folders were removed.
  private func end(_ isGone: (Int32) -> Bool) {
    let ended = state.withLock { state in
      let ended = state.followers.filter { isGone($0.key) }
      for watch in ended.keys { state.followers[watch] = nil }
      return ended.values.flatMap(\.values)
    }
    for follower in ended { follower.finish() }
  }

  private func wake(_ watches: Set<Int32>) {
    // A queue that overflowed (watch −1) may have lost anything: wake everybody.
    let woken = state.withLock { state in
      state.followers.filter { watches.contains($0.key) || watches.contains(-1) }
        .flatMap { $0.value.values }
    }
    for follower in woken { follower.yield() }
  }
}
