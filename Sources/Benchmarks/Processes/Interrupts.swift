internal import Glibc
internal import Synchronization

/// Signals that end a run early. They end the row that is being run; this process stays to take
/// the data away.
enum Interrupts {
  private static let row = Atomic<pid_t>(0)
  static let all = [SIGINT, SIGTERM, SIGHUP, SIGPIPE]

  /// From now on.
  static func handle() {
    for number in all {
      _ = signal(number) { number in
        let row = Interrupts.row.load(ordering: .relaxed)
        if row > 0 { kill(row, number) }
      }
    }
  }

  /// Names the process of the row, 0 for none.
  static func pass(to process: pid_t) { row.store(process, ordering: .relaxed) }

  static func isOne(_ status: Int32) -> Bool { all.contains(status - 128) }
}
