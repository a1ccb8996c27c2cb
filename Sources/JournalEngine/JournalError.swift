/// What went wrong with a journal: a code for programs, a sentence and a hint for people, and the
/// file, place and errno where there are any.
public struct JournalError: Error, Sendable, CustomStringConvertible {
  /// The kind of an error. Open: later versions may add kinds.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// A journal name that the format does not allow.
    public static let invalidName = Code(description: "invalid_name")
    /// What was to be recorded cannot be: not an object, too long, a reserved type.
    public static let invalidEvent = Code(description: "invalid_event")
    /// There is no such journal, root or entry.
    public static let notFound = Code(description: "not_found")
    /// The journal's folder is a link, a file, or something else that is not a folder.
    public static let notAFolder = Code(description: "not_a_folder")
    /// The system refuses the access.
    public static let denied = Code(description: "denied")
    /// The disk or the quota is full.
    public static let diskFull = Code(description: "disk_full")
    /// The file system is not known to append atomically.
    public static let unsafeFileSystem = Code(description: "unsafe_file_system")
    /// Any other failure of a system call.
    public static let io = Code(description: "io")
    /// A sync failed: nothing of it was acknowledged, and the handle is dead.
    public static let syncFailed = Code(description: "sync_failed")
    /// Other writers were first, again and again.
    public static let gaveUp = Code(description: "gave_up")
    /// The lines may be recorded or not; only a later look can tell.
    public static let outcomeUnknown = Code(description: "outcome_unknown")
    /// The journal is of a newer format.
    public static let newerFormat = Code(description: "newer_format")
    /// Bytes that were vouched for are missing or altered.
    public static let damaged = Code(description: "damaged")
    /// An entry is on the chain, and its fields are not what its type needs.
    public static let undecodable = Code(description: "undecodable")
    /// A cursor names an entry that the journal does not hold.
    public static let cursorLost = Code(description: "cursor_lost")
    /// What was asked for was dropped from the journal by pruning.
    public static let pruned = Code(description: "pruned")
    /// A snapshot holds another state than its entries give.
    public static let snapshotDiffers = Code(description: "snapshot_differs")
    /// A table of finished records is missing or altered: read the journal from its first line.
    public static let tableUnusable = Code(description: "table_unusable")
    /// The journal was repaired while it was read: read it anew.
    public static let repaired = Code(description: "repaired")
    /// The handle was closed, or died of an earlier error.
    public static let closed = Code(description: "closed")
  }

  public let code: Code
  /// What happened, as one sentence without a full stop.
  public let message: String
  /// What to do about it.
  public let hint: String
  /// The path as it was given to the system.
  public var file: String?
  /// Bytes from the start of the file.
  public var offset: Int64?
  /// The entry, where it has a number.
  public var seq: Int64?
  /// The system's error number, where a system call failed.
  public var errno: Int32?

  package init(
    _ code: Code, _ message: String, hint: String, file: String? = nil, offset: Int64? = nil,
    seq: Int64? = nil, errno: Int32? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.file = file
    self.offset = offset
    self.seq = seq
    self.errno = errno
  }

  /// The whole of it in one line.
  public var description: String {
    var place = ""
    if let file { place += " (\(file)" + (offset.map { ", byte \($0)" } ?? "") + ")" }
    return message + place + "; " + hint
  }
}
