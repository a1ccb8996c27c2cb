internal import Glibc

/// Waits, on the calling thread, for changes in any of many folders, by one inotify(7) instance.
package final class FolderWatch {
  /// What is told of a folder.
  package enum Interest {
    /// That a file in it grew, or came.
    case contents
    /// That something new stands in it.
    case names
  }

  /// What ended the wait.
  package enum Event: Equatable {
    /// These watches have something to tell; the folders of those that are gone are too, and they
    /// will say nothing more.
    case changed(Set<Int32>, gone: Set<Int32>)
    /// So much happened that some of it was lost: anything may have changed.
    case overflow
    /// The descriptor that was to end the wait can be read, or a signal came.
    case interrupted
    /// Nobody reads the output any more.
    case outputClosed
  }

  private let descriptor: OwnedDescriptor

  package init() throws(JournalError) {
    let number = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard number >= 0 else { throw SystemCall.error("start watching", "inotify") }
    descriptor = OwnedDescriptor(number)
  }

  /// Watches a folder from this call on; what happens after it is never missed.
  ///
  /// - Returns: the number of the watch; the same folder has the same.
  /// - Throws: where the folder is not there, is a link, or the system has no more watches.
  package func add(_ path: String, for interest: Interest) throws(JournalError) -> Int32 {
    var mask = UInt32(IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)
    switch interest {
    case .contents: mask |= UInt32(IN_MODIFY | IN_DONT_FOLLOW)
    case .names: break  // a root may be a link: the caller chose it
    }
    let watch = unsafe inotify_add_watch(descriptor.number, path, mask)
    if watch < 0, errno == ENOSPC {
      throw JournalError(
        .io, "the system has no more watches for folders",
        hint: "raise fs.inotify.max_user_watches, or name fewer journals", file: path,
        errno: ENOSPC)
    }
    guard watch >= 0 else { throw SystemCall.error("watch", path) }
    return watch
  }

  /// Waits for the next change, or for what is to end it.
  ///
  /// - Parameters:
  ///   - interrupt: a descriptor that ends the wait once it can be read; nil for none.
  ///   - output: a descriptor whose end at the other side ends the wait; nil for none.
  package func wait(
    interrupt: Int32? = nil, output: Int32? = nil
  ) throws(JournalError) -> Event {
    // poll(2) passes over a descriptor below 0.
    var ends = [
      pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: interrupt ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: output ?? -1, events: 0, revents: 0),
    ]
    while true {
      guard unsafe poll(&ends, nfds_t(ends.count), -1) >= 0 else {
        if errno == EINTR { return .interrupted }
        throw SystemCall.error("wait for a change", "inotify")
      }
      if ends[1].revents != 0 { return .interrupted }
      if ends[2].revents != 0 { return .outputClosed }
      if let event = try read() { return event }
    }
  }

  /// What the kernel has to say; nil where it has nothing.
  private func read() throws(JournalError) -> Event? {
    let headerSize = MemoryLayout<inotify_event>.size
    var changed: Set<Int32> = []
    var gone: Set<Int32> = []
    var isLost = false
    let failure: JournalError? = unsafe withUnsafeTemporaryAllocation(
      byteCount: 16_384, alignment: 8
    ) { buffer in
      while true {
        let count = SystemCall.retrying {
          unsafe Glibc.read(descriptor.number, buffer.baseAddress, buffer.count)
        }
        guard count > 0 else {
          return errno == EAGAIN ? nil : SystemCall.error("read what changed", "inotify")
        }
        var at = 0
        while at + headerSize <= count {
          let event = unsafe buffer.loadUnaligned(fromByteOffset: at, as: inotify_event.self)
          if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { isLost = true }
          if event.mask & UInt32(IN_IGNORED) != 0 { gone.insert(event.wd) }
          if event.wd >= 0 { changed.insert(event.wd) }
          at += headerSize + Int(event.len)
        }
      }
    }
    if let failure { throw failure }
    if isLost { return .overflow }
    return changed.isEmpty ? nil : .changed(changed, gone: gone)
  }
}
