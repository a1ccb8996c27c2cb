import JournalEngine

extension Finding.Kind {
  /// The kind as programs see it: `lost_race`.
  var name: String { rawValue.inSnakeCase }
}

extension VoidKind {
  /// The kind as programs see it: `lost_race`.
  var name: String { rawValue.inSnakeCase }
}

extension String {
  fileprivate var inSnakeCase: String {
    String(decoding: utf8.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
  }
}
