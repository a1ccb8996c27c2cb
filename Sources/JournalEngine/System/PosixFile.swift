internal import CLinux
internal import Glibc

/// A file held open.
final class PosixFile: SegmentFile {
  private let descriptor: OwnedDescriptor
  let path: String
  let sizeWhenOpened: Int64?
  private var eager = EagerSyncs()
  private var begun: BegunSync?

  /// A sync of which a part may have been done.
  private struct BegunSync {
    let start: ContinuousClock.Instant
    /// Where it is eager.
    var awakeUntil: ContinuousClock.Instant?
  }

  init(_ descriptor: consuming OwnedDescriptor, path: String) {
    self.descriptor = descriptor
    self.path = path
    sizeWhenOpened = nil
  }

  /// - Throws: where it is a folder, a device, or anything but a regular file.
  init(regular descriptor: consuming OwnedDescriptor, path: String) throws(JournalError) {
    self.descriptor = descriptor
    self.path = path
    let status = try Self.status(self.descriptor, path)
    sizeWhenOpened = Int64(status.st_size)
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw JournalError(
        .io, "it is not a regular file", hint: "move it out of the journal", file: path)
    }
  }

  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
  ) throws(JournalError) -> Int {
    let count = SystemCall.retrying {
      unsafe pread(descriptor.number, buffer.baseAddress, buffer.count, off_t(offset))
    }
    guard count >= 0 else { throw SystemCall.error("read", path) }
    return count
  }

  func append(_ bytes: [UInt8]) throws(JournalError) -> (written: Int, end: Int64) {
    let written = SystemCall.retrying {
      unsafe bytes.withUnsafeBytes { unsafe write(descriptor.number, $0.baseAddress, $0.count) }
    }
    guard written >= 0 else { throw SystemCall.error("append", path) }
    // With O_APPEND the position after a write is where that write ended, whoever else appends.
    let end = lseek(descriptor.number, 0, SEEK_CUR)
    guard end >= 0 else { throw SystemCall.error("tell the position in", path) }
    return (written, Int64(end))
  }

  func reserve(upTo end: Int64) throws(JournalError) {
    let size = try size()
    guard end > size else { return }
    let error = clinux_reserve(descriptor.number, size, end - size)
    // A file system that cannot set space aside says so; the write itself will tell then.
    if error != 0, error != EOPNOTSUPP, error != ENOSYS {
      throw SystemCall.error("set space aside in", path, error)
    }
  }

  func beginSync(of range: Range<Int64>) throws(JournalError) {
    // For more than a page a disk takes longer than a thread should stay awake.
    guard range.count <= 4096, Threads.areParallel else { return }
    let start = ContinuousClock.now
    guard eager.isNextEager else { return begun = BegunSync(start: start) }
    switch clinux_start_writing(descriptor.number, range.lowerBound, Int64(range.count)) {
    // Where bytes cannot be sent ahead the trials find no gain.
    case 0, ENOSYS, EPERM, EINVAL, ESPIPE, EOPNOTSUPP:
      begun = BegunSync(start: start, awakeUntil: .now + EagerSyncs.moment)
    // The system tells of an error once, and may not tell the sync what it has told here; one that
    // would pass, as a lack of memory, looks no different.
    case let error: throw Self.notDurable(path, error)
    }
  }

  func syncData() throws(JournalError) {
    let begun = self.begun
    self.begun = nil
    if let end = begun?.awakeUntil {
      while ContinuousClock.now < end {}
    }
    if let error = syncing() { throw error }
    if let begun { eager.took(ContinuousClock.now - begun.start) }
  }

  /// What ``syncData()`` does, for any thread, as long as the file is open.
  var syncing: CallsAtOnce.Call {
    let (number, path) = (descriptor.number, path)
    return {
      // Not repeated after EINTR either: whether it reported an error is not known then.
      fdatasync(number) == 0 ? nil : Self.notDurable(path, errno)
    }
  }

  private static func notDurable(_ path: String, _ error: Int32) -> JournalError {
    JournalError(
      .syncFailed, "the appended lines could not be made durable",
      hint: "nothing of them was acknowledged; check the disk, then open the journal anew",
      file: path, errno: error)
  }

  func dropCache() {
    _ = posix_fadvise(descriptor.number, 0, 0, POSIX_FADV_DONTNEED)
  }

  func size() throws(JournalError) -> Int64 {
    Int64(try status().st_size)
  }

  func lastWrite() -> Timestamp? {
    guard let time = try? status().st_mtim else { return nil }
    let (seconds, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000)
    return overflow
      ? nil : Timestamp(microseconds: seconds).advanced(byMicroseconds: Int64(time.tv_nsec) / 1000)
  }

  var hasName: Bool {
    guard let status = try? status() else { return false }
    return status.st_nlink > 0
  }

  private func status() throws(JournalError) -> stat { try Self.status(descriptor, path) }

  private static func status(
    _ descriptor: borrowing OwnedDescriptor, _ path: String
  ) throws(JournalError) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor.number, &status) == 0 else {
      throw SystemCall.error("examine", path)
    }
    return status
  }
}
