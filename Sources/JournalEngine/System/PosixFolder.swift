internal import CLinux
internal import Glibc
internal import Synchronization

/// A folder held open.
final class PosixFolder: JournalFolder {
  let descriptor: OwnedDescriptor
  let path: String
  /// The root, where this is a journal's folder and not the root itself.
  private let root: String?
  /// The root itself, where it was opened for this one and was not synced yet.
  private var above: PosixFolder?

  init(
    _ descriptor: consuming OwnedDescriptor, path: String, root: String? = nil,
    above: PosixFolder? = nil
  ) {
    self.descriptor = descriptor
    self.path = path
    self.root = root
    self.above = above
  }

  func names() throws(JournalError) -> [String] {
    try list { _ in true }
  }

  func openForReading(_ file: String) throws(JournalError) -> (any SegmentFile)? {
    try open(file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
  }

  func openForAppending(_ file: String) throws(JournalError) -> any SegmentFile {
    let flags = O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    guard let file = try open(file, flags) else {
      throw SystemCall.error("open", path + "/" + file, ENOENT)
    }
    return file
  }

  func createFile(_ file: String) throws(JournalError) -> any SegmentFile {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC
    guard let opened = try open(file, flags) else {
      throw SystemCall.error("make", path + "/" + file, ENOENT)
    }
    return opened
  }

  func rename(
    _ file: String, to name: String, replacing: Bool
  ) throws(JournalError) -> Bool {
    let error = unsafe clinux_rename(descriptor.number, file, name, replacing ? 1 : 0)
    switch error {
    case 0: return true
    case EEXIST where !replacing: return false
    default: throw SystemCall.error("rename", path + "/" + file, error)
    }
  }

  func remove(_ file: String) throws(JournalError) {
    if unsafe unlinkat(descriptor.number, file, 0) != 0, errno != ENOENT {
      throw SystemCall.error("remove", path + "/" + file)
    }
  }

  func syncNames() throws(JournalError) {
    let above = try foldersAbove()
    try withExtendedLifetime(above) { () throws(JournalError) in
      for call in syncsOfNames(above) {
        if let error = call() { throw error }
      }
    }
  }

  func sync(_ file: any SegmentFile) throws(JournalError) {
    // Threads are worth their start in a process that does this again and again.
    guard let file = file as? PosixFile,
      Self.syncs.add(1, ordering: .relaxed).oldValue > 0
    else {
      try file.syncData()
      return try syncNames()
    }
    let above = try foldersAbove()
    try withExtendedLifetime((file, above)) { () throws(JournalError) in
      try CallsAtOnce.make([file.syncing] + syncsOfNames(above))
    }
  }

  /// How often a file and its names were made durable by this process.
  private static let syncs = Atomic(0)

  /// The root, where this is a journal's folder, and the folder that holds the root's name.
  private func foldersAbove() throws(JournalError) -> [PosixFolder] {
    guard let root else { return [] }
    let known = above
    above = nil  // no descriptor is held for what is rare
    guard let above = if let known { known } else { try folderAbove(root) } else {
      throw SystemCall.error("open the folder", root, EACCES)
    }
    // That one need not be ours to read.
    guard let parent = try above.folderAbove(root + "/..") else { return [above] }
    return [above, parent]
  }

  /// The folder that holds this one's name now; nil where it is not ours to read.
  private func folderAbove(_ path: String) throws(JournalError) -> PosixFolder? {
    let number = SystemCall.retrying {
      Int(unsafe openat(descriptor.number, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    }
    guard number >= 0 else {
      if errno == EACCES || errno == EPERM { return nil }
      throw SystemCall.error("open", path)
    }
    return PosixFolder(OwnedDescriptor(Int32(number)), path: path)
  }

  func appendsAtomically() throws(JournalError) -> (known: Bool, fileSystem: String) {
    var type: UInt64 = 0
    let error = unsafe clinux_file_system_type(descriptor.number, &type)
    guard error == 0 else { throw SystemCall.error("ask for the file system of", path, error) }
    // statfs(2): local file systems on which the kernel orders O_APPEND writes by the inode.
    switch type {
    case 0xEF53: return (true, "ext4")
    case 0x5846_5342: return (true, "XFS")
    case 0x9123_683E: return (true, "Btrfs")
    case 0x2FC1_2FC1: return (true, "ZFS")
    case 0x0102_1994: return (true, "tmpfs")
    case 0x794C_7630: return (true, "overlay")
    case 0x6969: return (false, "NFS")
    case 0xFF53_4D42, 0xFE53_4D42, 0x517B: return (false, "SMB")
    case 0x0102_1997: return (false, "9P")
    case 0x6573_5546: return (false, "FUSE")
    default: return (false, "type 0x" + String(type, radix: 16))
    }
  }

  /// The names of entries whose kind (`d_type`) is wanted, but for `.` and `..`.
  func list(_ wanted: (UInt8) -> Bool) throws(JournalError) -> [String] {
    // The first time too: some file systems tell of what came since the open only then.
    guard lseek(descriptor.number, 0, SEEK_SET) == 0 else { throw SystemCall.error("list", path) }
    var names: [String] = []
    let error = unsafe FolderEntries.each(of: descriptor.number) { name, kind in
      guard wanted(kind), let name = unsafe String(validating: name, as: UTF8.self) else { return }
      names.append(name)
    }
    guard error == 0 else { throw SystemCall.error("list", path, error) }
    return names
  }

  private func open(_ file: String, _ flags: Int32) throws(JournalError) -> PosixFile? {
    let number = unsafe file.withCString { file in
      SystemCall.retrying { Int(unsafe openat(descriptor.number, file, flags, 0o600)) }
    }
    let path = self.path + "/" + file
    guard number >= 0 else {
      if errno == ENOENT, flags & O_CREAT == 0 { return nil }
      if errno == ELOOP {
        throw JournalError(
          .notAFolder, "it is a symbolic link", hint: "put the file itself there",
          file: path, errno: ELOOP)
      }
      throw SystemCall.error("open", path)
    }
    return try PosixFile(regular: OwnedDescriptor(Int32(number)), path: path)
  }

  private func syncsOfNames(_ above: [PosixFolder]) -> [CallsAtOnce.Call] {
    // The root's own name may stand in a file system that is read-only: it cannot be lost there.
    [syncing(orReadOnly: false)]
      + above.enumerated().map { $1.syncing(orReadOnly: $0 > 0) }
  }

  /// Makes the names in this folder durable, on any thread, as long as it is open.
  ///
  /// - Parameter orReadOnly: whether nothing is lost where the file system is read-only.
  private func syncing(orReadOnly: Bool) -> CallsAtOnce.Call {
    let (number, path) = (descriptor.number, path)
    return {
      if fsync(number) == 0 { return nil }
      // fsync(2): the file system keeps no names that could be lost.
      if errno == EINVAL || (orReadOnly && errno == EROFS) { return nil }
      return JournalError(
        .syncFailed, "the folder could not be made durable",
        hint: "nothing was acknowledged; check the disk, then open the journal anew",
        file: path, errno: errno)
    }
  }
}
