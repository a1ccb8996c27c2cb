/// How large the works are.
enum Scale: String {
  case quick, normal, full

  /// How long one slice of something lasts that is repeated for a while.
  var window: Duration {
    switch self {
    case .quick: .milliseconds(10)
    case .normal: .milliseconds(25)
    case .full: .milliseconds(50)
    }
  }

  /// How long processes compete in one run.
  var contest: Duration { self == .quick ? .milliseconds(60) : .seconds(1) }

  /// What has to be free on the disk, in bytes.
  var space: Int64 {
    switch self {
    case .quick: 128 << 20
    case .normal: 6 << 30
    case .full: 30 << 30
    }
  }

  /// One of three.
  func callAsFunction<T>(quick: T, normal: T, full: T? = nil) -> T {
    switch self {
    case .quick: quick
    case .normal: normal
    case .full: full ?? normal
    }
  }
}
