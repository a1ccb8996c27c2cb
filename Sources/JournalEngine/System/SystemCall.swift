internal import Glibc

/// Makes a typed error of an errno.
enum SystemCall {
  /// Repeats a call while a signal interrupts it.
  static func retrying(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  static func error(_ action: String, _ path: String, _ number: Int32 = errno) -> JournalError {
    func make(_ code: JournalError.Code, _ hint: String) -> JournalError {
      JournalError(
        code, "cannot \(action): \(text(of: number))", hint: hint, file: path, errno: number)
    }
    switch number {
    case ENOSPC: return make(.diskFull, "free some space and try again; nothing was recorded")
    case EDQUOT: return make(.diskFull, "the quota is used up; nothing was recorded")
    case EACCES, EPERM: return make(.denied, "check the owner and the mode")
    case EROFS: return make(.denied, "the file system is mounted read-only")
    case ENOENT: return make(.notFound, "check the path")
    case ENOTDIR, ELOOP: return make(.notAFolder, "a journal is a real folder, never a link")
    case EFBIG: return make(.io, "raise the limit on the size of files (ulimit -f)")
    case EMFILE, ENFILE: return make(.io, "too many files are open: close some, or raise the limit")
    default: return make(.io, "see the system's log, then try again")
    }
  }

  private static func text(of number: Int32) -> String {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let start = buffer.baseAddress, unsafe strerror_r(number, start, buffer.count) == 0
      else { return "error \(number)" }
      return unsafe String(cString: start)
    }
  }
}
