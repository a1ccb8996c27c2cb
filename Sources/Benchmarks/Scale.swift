/// How large the works are.
enum Scale: String {
  case quick, normal

  /// How long one slice of something lasts that is repeated for a while.
  var window: Duration { self == .quick ? .milliseconds(10) : .milliseconds(25) }

  /// How long processes compete in one run.
  var contest: Duration { self == .quick ? .milliseconds(60) : .seconds(1) }

  /// What has to be free on the disk, in bytes.
  var space: Int64 { self == .quick ? 128 << 20 : 12 << 30 }

  /// One of two.
  func callAsFunction<T>(quick: T, normal: T) -> T { self == .quick ? quick : normal }
}
