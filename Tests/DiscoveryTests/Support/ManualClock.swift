import JournalEngine
import Synchronization

/// A clock that stands still until a test moves it. A pause takes no time.
final class ManualClock: WallClock {
  private let moment: Mutex<Timestamp>

  init(_ text: String = "2025-10-01T12:00:00.000000Z") {
    moment = Mutex(Timestamp(text) ?? .earliest)
  }

  func now() -> Timestamp { moment.withLock { $0 } }

  func elapsed() -> Duration { .microseconds(now().microseconds) }

  func pause(_ duration: Duration) {}

  func advance(seconds: Int64 = 0, microseconds: Int64 = 0) {
    moment.withLock { $0 = $0.advanced(byMicroseconds: seconds * 1_000_000 + microseconds) }
  }

  func advance(days: Int64) { advance(seconds: days * 86_400) }
}
