import Testing

@testable import JournalEngine

#if canImport(Glibc)
import Glibc
#endif

@Suite("A sync that was begun")
struct BegunSyncTests {
  @Test("has failed if bytes could not be sent, for the system tells that once")
  func failed() {
    for error in [EIO, ENOSPC, EDQUOT, ENOMEM, EROFS] {
      #expect(BegunSync(error: error).failure == error)
    }
  }

  @Test("is as any other where the system cannot send bytes ahead, or was not asked to")
  func cannot() {
    for error in [0, ENOSYS, EPERM, EINVAL, ESPIPE, EOPNOTSUPP] {
      #expect(BegunSync(error: error).failure == nil)
    }
  }
}
