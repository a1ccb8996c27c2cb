import JournalEngine
import JournalTestSupport

/// A disk whose failed syncs lose what they were to write, while the pages look clean: no later
/// sync writes them, and once the cache is dropped zeros are read there (Rebello et al., ATC '20).
final class ForgetfulDisk {
  let journal: TestJournal
  private var lost: [String: Range<Int>] = [:]

  init() throws { journal = try TestJournal() }

  /// A process whose next sync fails.
  func failingSystem() -> MemoryFileSystem {
    let system = MemoryFileSystem(on: journal.disk)
    var hasFailed = false
    system.chooseFault = { [unowned self] operation in
      switch operation.kind {
      case .syncData where !hasFailed:
        hasFailed = true
        lose(operation.path)
        return .error(
          JournalError(.syncFailed, "planned by the test", hint: "none", file: operation.path))
      case .dropCache:
        drop(operation.path)
        return nil
      default: return nil
      }
    }
    return system
  }

  /// The journal as it is after a power failure.
  func afterPowerFailure() throws -> TestJournal {
    let after = try TestJournal()
    for path in journal.disk.paths {
      after.disk.put(zeroed(path, journal.disk.durableBytes(of: path) ?? []), at: path)
    }
    return after
  }

  private func lose(_ path: String) {
    let durable = journal.disk.durableBytes(of: path)?.count ?? 0
    lost[path] = durable..<max(durable, journal.disk.bytes(of: path)?.count ?? 0)
  }

  private func drop(_ path: String) {
    guard let bytes = journal.disk.bytes(of: path) else { return }
    journal.disk.put(zeroed(path, bytes), at: path)
  }

  private func zeroed(_ path: String, _ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for index in lost[path] ?? 0..<0 where index < bytes.count { bytes[index] = 0 }
    return bytes
  }
}
