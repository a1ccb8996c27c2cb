package import JournalEngine

/// A clock of one process of a schedule: where it pauses, others may go on, and no time is lost.
package struct ScheduledClock: WallClock {
  private let clock: ManualClock
  private let turn: Scheduler.Turn

  package init(_ clock: ManualClock, _ turn: Scheduler.Turn) {
    self.clock = clock
    self.turn = turn
  }

  package func now() -> Timestamp { clock.now() }

  package func elapsed() -> Duration { clock.elapsed() }

  package func pause(_ duration: Duration) {
    clock.pause(duration)
    turn.take(isPause: true)
  }
}
