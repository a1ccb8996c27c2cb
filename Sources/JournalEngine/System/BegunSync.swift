internal import Glibc

/// A sync of which a part may have been done.
struct BegunSync {
  let start = ContinuousClock.now
  /// Until when the thread stays awake, where the sync is eager.
  var moment: ContinuousClock.Instant?
  /// What the system said when bytes were sent to the disk; 0 for nothing.
  var error: Int32 = 0

  /// Why the sync has failed already. The system tells of an error once: it may not tell the sync
  /// what it told here.
  var failure: Int32? {
    switch error {
    // Nothing was sent, for it cannot be.
    case 0, ENOSYS, EPERM, EINVAL, ESPIPE, EOPNOTSUPP: nil
    default: error
    }
  }
}
