extension String {
  /// Whether another text has the same bytes, which is more than to look the same.
  package func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
