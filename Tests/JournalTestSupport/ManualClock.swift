package import JournalEngine
internal import Synchronization

/// A clock that goes only when it is told to. A pause takes no time: it moves the clock on.
package final class ManualClock: WallClock {
  private struct State {
    var now: Timestamp
    var elapsed = Duration.zero
  }

  private let state: Mutex<State>

  package init(_ now: Timestamp = Timestamp(microseconds: 1_759_320_000_000_000)) {
    state = Mutex(State(now: now))
  }

  package func now() -> Timestamp { state.withLock { $0.now } }

  package func elapsed() -> Duration { state.withLock { $0.elapsed } }

  package func pause(_ duration: Duration) { advance(by: duration) }

  /// Lets time pass, on both clocks.
  package func advance(by duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    state.withLock { state in
      state.now = state.now.advanced(byMicroseconds: microseconds)
      state.elapsed += duration
    }
  }

  /// Sets the clock on the wall, which may jump; the other one goes on.
  package func set(_ now: Timestamp) {
    state.withLock { $0.now = now }
  }
}
