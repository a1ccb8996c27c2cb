internal import Glibc

/// The real file system. Folders are opened once and files in them by `openat`, never through a
/// link; all descriptors are closed on exec.
package struct PosixFileSystem: FileSystem {
  package init() {}

  package func journalFolder(
    _ name: String, in root: String
  ) throws(JournalError) -> (any JournalFolder)? {
    // The common case takes one call. Whatever goes wrong is told by looking at the root first.
    if !root.isEmpty, !root.utf8.contains(0) {
      let path = root + "/" + name
      // Lent, not copied, as the text itself would be.
      let number = unsafe path.withCString { path in
        SystemCall.retrying { Int(unsafe Glibc.open(path, Self.folderFlags)) }
      }
      if number >= 0 { return PosixFolder(OwnedDescriptor(Int32(number)), path: path, root: root) }
      if errno == ENOENT { return nil }
    }
    guard let root = try openRoot(root) else { return nil }
    return try Self.open(name, in: root)
  }

  /// A journal's folder is no link; what stands above it may be one.
  private static let folderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

  package func makeJournalFolder(
    _ name: String, in root: String
  ) throws(JournalError) -> any JournalFolder {
    let top = if let top = try openRoot(root) { top } else { try makeRoot(root) }
    let path = top.path + "/" + name
    if unsafe mkdirat(top.descriptor.number, name, 0o700) != 0, errno != EEXIST {
      throw SystemCall.error("make the folder", path)
    }
    guard let folder = try Self.open(name, in: top) else {
      throw SystemCall.error("open", path, ENOENT)
    }
    return folder
  }

  package func folders(in root: String) throws(JournalError) -> [String]? {
    guard let root = try openRoot(root) else { return nil }
    return try root.list { $0 == UInt8(DT_DIR) || $0 == UInt8(DT_UNKNOWN) || $0 == UInt8(DT_LNK) }
  }

  package func changes(_ name: String, in root: String) throws(JournalError) -> AsyncStream<Void> {
    try Inotify.shared.changes(inFolder: root + "/" + name)
  }

  package func derivedFile(_ name: String, in root: String) -> (any SegmentFile)? {
    guard !root.utf8.contains(0) else { return nil }
    let path = root + "/" + name
    let flags = O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC
    let number = SystemCall.retrying { Int(unsafe Glibc.open(path, flags, 0o600)) }
    return number < 0 ? nil : PosixFile(OwnedDescriptor(Int32(number)), path: path)
  }

  private func makeRoot(_ path: String) throws(JournalError) -> PosixFolder {
    if unsafe mkdir(path, 0o700) != 0, errno != EEXIST {
      throw SystemCall.error("make the folder", path)
    }
    guard let root = try openRoot(path) else { throw SystemCall.error("open", path, ENOENT) }
    return root
  }

  /// A root may be a link: the caller chose it.
  private func openRoot(_ path: String) throws(JournalError) -> PosixFolder? {
    // The system would take what stands before it for all.
    guard !path.utf8.contains(0) else {
      throw JournalError(
        .invalidName, "the path of the journals holds a NUL", hint: "name another folder",
        file: path)
    }
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    let number = SystemCall.retrying { Int(unsafe Glibc.open(path, flags)) }
    guard number >= 0 else {
      if errno == ENOENT { return nil }
      throw SystemCall.error("open the folder", path)
    }
    return PosixFolder(OwnedDescriptor(Int32(number)), path: path)
  }

  private static func open(
    _ name: String, in root: PosixFolder
  ) throws(JournalError) -> PosixFolder? {
    let number = SystemCall.retrying {
      Int(unsafe openat(root.descriptor.number, name, folderFlags))
    }
    let path = root.path + "/" + name
    guard number >= 0 else {
      if errno == ENOENT { return nil }
      if errno == ELOOP || errno == ENOTDIR { throw notAFolder(name, in: root, path) }
      throw SystemCall.error("open the folder", path)
    }
    return PosixFolder(OwnedDescriptor(Int32(number)), path: path, root: root.path, above: root)
  }

  private static func notAFolder(_ name: String, in root: PosixFolder, _ path: String)
    -> JournalError
  {
    var status = stat()
    let known = unsafe fstatat(root.descriptor.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0
    let isLink = known && status.st_mode & S_IFMT == S_IFLNK
    return JournalError(
      .notAFolder, "the journal is \(isLink ? "a symbolic link" : "not a folder")",
      hint: isLink ? "use the root that it points into" : "move that file out of the root",
      file: path, errno: errno)
  }
}
