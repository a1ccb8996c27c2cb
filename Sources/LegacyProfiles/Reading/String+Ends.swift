extension StringProtocol {
  /// Whether it ends in these bytes, whatever characters they make with what stands before them.
  func ends(in suffix: StaticString) -> Bool {
    utf8.reversed().starts(with: "\(suffix)".utf8.reversed())
  }
}
