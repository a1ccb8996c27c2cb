/// A point in a journal's history.
public enum Point: Sendable, Hashable {
  /// After the newest entry.
  case head
  /// After the entry with this number.
  case seq(Int64)
  /// After the last entry that was recorded at this moment or before it.
  case time(Timestamp)

  /// Whether an entry stands at or before the point.
  func covers(seq: Int64, time: Timestamp) -> Bool {
    switch self {
    case .head: true
    case .seq(let last): seq <= last
    case .time(let last): time <= last
    }
  }
}
